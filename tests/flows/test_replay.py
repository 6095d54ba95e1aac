"""The replay of a file: the whole Telegram path in two real processes, and the figures made of it."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bench.replaying.reading import Outcome, read
from bench.replaying.rows import ReplayError, Row, load_rows
from bench.replaying.running import REGION, Plan, Run, replay
from bench.replaying.scoring import score
from bench.replaying.showing import report, table
from bot.domain.region import DESK, DUTY, Region
from bot.region_file import load_region

HERE = Path(__file__).parent
SAMPLES = HERE / "samples.jsonl"
RELEASED = HERE.parents[1] / "models" / "CURRENT"
EMERGENCY_ROW, GREETING_ROW, THANKS_ROW = "contoh-09", "contoh-20", "contoh-21"
LOOSE = 0.5  # of the samples at the right department or the desk: the classifier's own tests are strict, not this one


async def replayed(folder: Path, *, model: Path | None) -> tuple[list[Row], dict[str, Outcome], dict[str, Any]]:
    """Run the samples; cards that wait for their group's budget are not waited for."""
    rows, left_out = load_rows([SAMPLES])
    run = await replay(rows, Plan(rate=None, model=model, latency=0.0, cards_seconds=2.0), folder)
    outcomes = read(rows, run)
    return rows, {one.id: one for one in outcomes}, report(rows, outcomes, run, left_out=left_out)


def assert_nothing_lost_and_nothing_twice(
    rows: list[Row], outcomes: dict[str, Outcome], figures: dict[str, Any]
) -> None:
    """What holds whatever tags the messages get."""
    assert {one.id: one.answers for one in outcomes.values()} == {row.id: 1 for row in rows}
    assert figures["integrity"]["lost"] == []
    assert figures["integrity"]["doubled"] == []
    assert figures["violations"] == []
    assert figures["refused_by_limits"] == 0
    assert figures["exit_code"] == 0
    assert figures["cards"]["stand"] + figures["cards"]["waiting"] == figures["cards"]["wanted"]
    for row in rows:
        assert outcomes[row.id].cases == 1 or not row.is_report, row.id


def assert_emergency_alarmed_and_smalltalk_answered(outcomes: dict[str, Outcome]) -> None:
    """The duty group shows the alarm; a greeting and thanks are no case."""
    assert outcomes[EMERGENCY_ROW].answer == "emergency"
    assert DUTY in outcomes[EMERGENCY_ROW].stands
    assert {name: (outcomes[name].cases, outcomes[name].answer) for name in (GREETING_ROW, THANKS_ROW)} == {
        GREETING_ROW: (0, "talk.greeting"),
        THANKS_ROW: (0, "talk.thanks"),
    }


async def test_without_a_model_every_report_reaches_the_desk_and_the_emergency_the_duty_chat(tmp_path: Path) -> None:
    rows, outcomes, figures = await replayed(tmp_path, model=tmp_path / "none")
    assert_nothing_lost_and_nothing_twice(rows, outcomes, figures)
    assert_emergency_alarmed_and_smalltalk_answered(outcomes)
    assert {one.unit for one in outcomes.values() if one.cases} == {DESK}
    assert [one.id for one in outcomes.values() if one.alarm] == [EMERGENCY_ROW]
    assert figures["register"]["right"] == 1.0
    assert not any(row.text in json.dumps(figures, ensure_ascii=False) for row in rows)


@pytest.mark.skipif(not RELEASED.exists(), reason="no model is released: models/CURRENT is missing")
async def test_with_the_released_model_reports_reach_departments(tmp_path: Path) -> None:
    rows, outcomes, figures = await replayed(tmp_path, model=None)
    assert_nothing_lost_and_nothing_twice(rows, outcomes, figures)
    assert_emergency_alarmed_and_smalltalk_answered(outcomes)
    assert figures["model"] != ["rules"]
    assert figures["routing"]["sent"] > 0
    assert figures["routing"]["right_when_sent"] >= LOOSE
    assert figures["register"]["right"] >= LOOSE


@pytest.fixture(scope="module")
def region() -> Region:
    return load_region(REGION)


JALAN = Row("a", "x", kind="pengaduan", topic="jalan", topics2=("sampah",), urgency="sedang", language="jv_krama")
AT_DPU = Outcome("a", 1, "receipt.department", "jv@krama", 1, "pengaduan", "jalan", unit="dputr", cards=1,
                 stands=("dputr",), urgency="sedang", language="jv_krama")  # fmt: skip


def test_the_right_department_the_desk_and_a_wrong_one_are_told_apart(region: Region) -> None:
    rows = [replace(JALAN, id=name) for name in "abcd"]
    units = ["dputr", DESK, "dlh", "pdam"]
    outcomes = [replace(AT_DPU, id=row.id, unit=unit) for row, unit in zip(rows, units, strict=True)]
    routing = score(rows, outcomes, region)["routing"]
    assert (routing["right"], routing["right_or_further"], routing["desk"]) == (0.25, 0.5, 0.25)
    assert (routing["sent"], routing["right_when_sent"]) == (3, pytest.approx(1 / 3, abs=1e-3))
    assert {(one["labelled"], one["sent_to"]) for one in routing["confusions"]} == {("dputr", "dlh"), ("dputr", "pdam")}


def test_missed_emergencies_and_false_alarms_are_named(region: Region) -> None:
    rows = [replace(JALAN, id="missed", urgency="darurat"), replace(JALAN, id="false", urgency="tinggi"), JALAN]
    outcomes = [replace(AT_DPU, id="missed"), replace(AT_DPU, id="false", alarm=True), AT_DPU]
    alarms = score(rows, outcomes, region)["emergencies"]
    assert (alarms["missed"], alarms["false_alarms"]) == (["missed"], ["false"])
    assert alarms["false_alarms_by_urgency"] == {"tinggi": 1}


def test_a_report_without_a_case_counts_against_the_routing(region: Region) -> None:
    routing = score([JALAN], [Outcome("a", 1, "talk.other", "jv@krama")], region)["routing"]
    assert (routing["right"], routing["no_case"]) == (0.0, ["a"])


@pytest.mark.parametrize(
    ("outcome", "lost", "doubled"),
    [
        (AT_DPU, False, False),
        (replace(AT_DPU, answers=0), True, False),
        (replace(AT_DPU, stands=(), waiting=1), False, False),
        (replace(AT_DPU, stands=()), True, False),
        (replace(AT_DPU, cards=0, stands=()), True, False),
        (replace(AT_DPU, answers=2), False, True),
        (replace(AT_DPU, cases=2), False, True),
        (replace(AT_DPU, doubled_cards=1), False, True),
    ],
    ids=["whole", "unanswered", "card waits", "card gone", "never carded", "two answers", "two cases", "two cards"],
)
def test_what_is_lost_and_what_is_doubled_is_seen(outcome: Outcome, lost: bool, doubled: bool) -> None:
    assert (outcome.lost, outcome.doubled) == (lost, doubled)


def test_rows_without_labels_are_replayed_without_label_figures(tmp_path: Path, region: Region) -> None:
    file = tmp_path / "bare.jsonl"
    file.write_text('{"text": "dalane rusak"}\n\n{"text": "  "}\n{"text": "' + "a" * 5000 + '"}\n', encoding="utf-8")
    rows, left_out = load_rows([file])
    assert ([row.id for row in rows], left_out) == (["bare.jsonl:1"], 2)
    stats: dict[str, Any] = {"answer_ms": None, "ack_ms": None, "limits_refused": 0, "violations": []}
    run = Run("", region, {}, [], stats, 0, 0, 1.0, 1.0)
    figures = report(rows, [replace(AT_DPU, id=rows[0].id)], run, left_out=left_out)
    assert figures["routing"] is None
    assert figures["emergencies"] is None
    assert "right department" not in table(figures)


def test_a_file_that_cannot_be_used_says_which_line(tmp_path: Path) -> None:
    file = tmp_path / "torn.jsonl"
    file.write_text('{"text": "dalane rusak"}\n{"text": \n', encoding="utf-8")
    with pytest.raises(ReplayError, match=r"torn.jsonl:2 is not JSON"):
        load_rows([file])
    with pytest.raises(ReplayError, match="cannot be read"):
        load_rows([tmp_path / "missing.jsonl"])
