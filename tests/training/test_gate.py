"""The gate lets an office's habit pass and stops a poisoned batch, and says why in plain Indonesian."""

from __future__ import annotations

import json
import random
import struct
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from classifier.errors import ArtefactError
from classifier.manifest import resolve
from tests.training.habits import corrections, write_jsonl
from training.artefact import seal
from training.cli import app
from training.corrections import LabelMap
from training.errors import DataError
from training.gate import HELD_OUT, Question, judge, right
from training.gate_command import ask
from training.gate_scores import Margins, compared, contradicted
from training.gate_words import percents, why
from training.picture import bars, draw
from training.picture_matrix import mistaken
from training.refit import CORPUS, Order, refit

RELEASED = resolve(None)


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every emergency, what only looks like one, and a third of the other held-out messages: quicker than all."""
    rows = [json.loads(line) for line in HELD_OUT.read_text(encoding="utf-8").splitlines()]
    picked = [row for at, row in enumerate(rows) if row["urgency"] == "darurat" or row["trap"] or at % 3 == 0]
    return write_jsonl(tmp_path_factory.mktemp("shipped") / "held.jsonl", picked)


@pytest.fixture(scope="module")
def habit(tmp_path_factory: pytest.TempPathFactory, shipped: Path) -> tuple[Path, dict[str, Any]]:
    """The honest retrain and the gate's report on it."""
    root = tmp_path_factory.mktemp("habit")
    labels = root / "labels.json"
    labels.write_text(json.dumps({"added": [{"id": "mbg", "examples": []}]}), encoding="utf-8")
    data = write_jsonl(root / "c.jsonl", corrections())
    refit(Order(model=RELEASED, data=[data], out=root / "new", labels=labels, apart=root / "apart"))
    names = root / "names.json"
    names.write_text(json.dumps({"mbg": "Makan bergizi gratis"}), encoding="utf-8")
    done = CliRunner().invoke(
        app,
        ["gate", "--champion", str(RELEASED), "--challenger", str(root / "new"), "--out", str(root / "report.json"),
         "--apart", str(root / "apart" / "model"), "--own", str(root / "apart" / "own.jsonl"), "--shipped",
         str(shipped), "--picture", str(root / "picture.png"), "--names", str(names)],
    )  # fmt: skip
    assert done.exit_code == 0, done.output
    return root, json.loads((root / "report.json").read_text(encoding="utf-8"))


def corpus(name: str, count: int) -> list[dict[str, Any]]:
    lines = (CORPUS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines[:count]]


def poisoned(root: Path, rows: list[dict[str, Any]], shipped: Path) -> dict[str, Any]:
    dated = [{**row, "at": f"2026-05-01T08:{at // 60:02d}:{at % 60:02d}"} for at, row in enumerate(rows)]
    refit(Order(model=RELEASED, data=[write_jsonl(root / "c.jsonl", dated)], out=root / "new", apart=root / "apart"))
    return judge(
        Question(champion=RELEASED, challenger=root / "new", apart=root / "apart" / "model",
                 own=root / "apart" / "own.jsonl", shipped=shipped)
    )  # fmt: skip


def test_the_habit_passes_and_the_unseen_corrections_show_what_was_learnt(habit: tuple[Path, dict[str, Any]]) -> None:
    report = habit[1]
    assert (report["verdict"], report["reasons"]) == ("passed", [])
    own = next(item for item in report["slices"] if item["name"] == "own")
    assert own["rows"] == 16
    assert own["after"] > own["before"] + 0.3
    assert report["judged_by"]["own"] != report["judged_by"]["shipped"] == report["challenger"]
    assert report["sentences"][0] == "Lolos: tidak ada yang turun melebihi batas."
    assert report["sentences"][1].startswith("Topik yang benar pada koreksi terbaru kantor ini naik dari ")


def test_the_unseen_corrections_are_for_the_gate_alone(habit: tuple[Path, dict[str, Any]]) -> None:
    apart = habit[0] / "apart"
    assert (apart / "own.jsonl").stat().st_mode & 0o077 == 0
    manifest = json.loads((apart / "model" / "manifest.json").read_text(encoding="utf-8"))
    assert (manifest["data"]["corrections"], manifest["data"]["left_out_for_the_gate"]) == (64, 16)


def test_shuffled_labels_are_stopped(tmp_path: Path) -> None:
    rows = corpus("indonesia", 120) + corpus("ngoko", 120)
    topics = [row["topic"] for row in rows]
    random.Random(5).shuffle(topics)
    report = poisoned(
        tmp_path, [{"text": row["text"], "topic": topic} for row, topic in zip(rows, topics, strict=True)], HELD_OUT
    )
    assert report["verdict"] == "blocked"
    assert "own" in {reason["name"] for reason in report["reasons"]}
    assert report["sentences"][0].startswith("Tertahan: ")
    own = next(item for item in report["slices"] if item["name"] == "own")
    assert (own["rows"], own["after"] < 0.15) == (48, True)
    draw(report, tmp_path / "blocked.png")


def test_emergencies_called_trifles_are_stopped(tmp_path: Path, shipped: Path) -> None:
    rows = [{"text": row["text"], "urgency": "rendah"} for row in corpus("darurat", 90) if row["urgency"] == "darurat"]
    report = poisoned(tmp_path, rows, shipped)
    reason = next(item for item in report["reasons"] if item["name"] == "emergencies")
    assert reason["after"] < reason["before"] - 0.02
    assert any(line.startswith("Darurat yang tertangkap turun dari ") for line in report["sentences"])


def test_the_picture_fits_a_phone(habit: tuple[Path, dict[str, Any]]) -> None:
    head = (habit[0] / "picture.png").read_bytes()[:24]
    assert head[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", head[16:24])
    assert width == 1080
    assert height < 4000


def test_the_picture_names_topics_and_shows_few(habit: tuple[Path, dict[str, Any]]) -> None:
    main, topics = bars(habit[1])
    assert main[0].title == "Koreksi terbaru kantor"
    assert main[0].gain > 0.3
    assert len(topics) <= 6
    shown = {cell.topic for cell in mistaken(habit[1]["confusion"], {"pajak": "Pajak daerah"})}
    assert 0 < len(shown) <= 8
    assert not any("_" in name for name in shown)


def test_a_damaged_challenger_and_one_of_another_task_are_refused(tmp_path: Path) -> None:
    folder = tmp_path / "broken"
    folder.mkdir()
    for file in RELEASED.iterdir():
        (folder / file.name).symlink_to(file)
    (folder / "ngrams.safetensors").unlink()
    (folder / "ngrams.safetensors").write_bytes(b"cos\nsystem\n(S'true'\ntR.")
    with pytest.raises(ArtefactError, match=r"ngrams\.safetensors is damaged"):
        judge(Question(champion=RELEASED, challenger=folder))
    (folder / "ngrams.safetensors").unlink()
    (folder / "ngrams.safetensors").symlink_to(RELEASED / "ngrams.safetensors")
    (folder / "manifest.json").unlink()
    seal(folder, {**json.loads((RELEASED / "manifest.json").read_bytes()), "task": "single"})
    with pytest.raises(DataError, match="made for another task"):
        judge(Question(champion=RELEASED, challenger=folder))


def test_margins_are_settings_and_a_wrong_one_is_named(tmp_path: Path) -> None:
    (tmp_path / "margins.json").write_text('{"emergency": 0.5}', encoding="utf-8")
    with pytest.raises(DataError, match=r"emergency: 0\.5 is no margin; there are calibration, emergencies"):
        ask(champion=RELEASED, challenger=RELEASED, out=tmp_path / "r", apart=None, own=None, picture=None, names=None,
            margins=tmp_path / "margins.json", shipped=HELD_OUT, threads=1)  # fmt: skip


def test_a_loss_within_the_margin_passes_and_one_beyond_it_does_not() -> None:
    before = [True] * 100
    within, beyond = [True] * 99 + [False], [True] * 95 + [False] * 5
    assert compared("topic", before, within, margin=0.01).blocked is False
    assert compared("topic", before, beyond, margin=0.01).blocked is True
    alarms = [True] * 9 + [False] * 91
    assert compared("alarms", [False] * 100, alarms, margin=0.05, less_is_better=True).blocked is True


def test_of_few_rows_only_a_loss_that_chance_cannot_explain_blocks() -> None:
    before = [True] * 20
    assert compared("one_topic", before, [True] * 17 + [False] * 3, margin=0.1, certain=True).blocked is False
    assert compared("one_topic", before, [True] * 12 + [False] * 8, margin=0.1, certain=True).blocked is True


@pytest.mark.parametrize(
    ("answer", "truth", "fits"),
    [("jalan", "jalan", True), ("kota", "pariwisata", True), ("pariwisata", "kota", True), ("pohon", "hijau", True),
     ("hijau", "pohon", False), ("jalan", "kota", False), ("gratis", "gratis", False)],
)  # fmt: skip
def test_a_retired_topic_counts_as_what_it_became(answer: str, truth: str, fits: bool) -> None:
    labels = LabelMap({}, {"pariwisata": "kota", "gratis": None}, {"hijau": ("pohon", "polusi")})
    assert right(answer, truth, labels) is fits


def test_percents_show_a_difference_that_whole_ones_would_hide() -> None:
    assert percents(0.97, 0.91) == ["97 %", "91 %"]
    assert percents(0.8753, 0.8763) == ["87,5 %", "87,6 %"]
    assert percents(0.5, 0.5) == ["50 %", "50 %"]


def test_corrections_that_contradict_each_other_are_said_to() -> None:
    nothing = compared("own", [False] * 48, [False] * 46 + [True] * 2, margin=0.05, certain=True)
    assert nothing is not None
    assert not contradicted(replace(nothing, rows=29), Margins()).blocked
    learnt = compared("own", [False] * 48, [False] * 36 + [True] * 12, margin=0.05, certain=True)
    assert learnt is not None
    assert not contradicted(learnt, Margins()).blocked
    blocked = contradicted(replace(nothing, high=0.0), Margins())
    assert blocked.blocked
    assert why([blocked.plain()]) == "koreksinya saling bertentangan, tidak ada yang bisa dipelajari"
    assert why([blocked.plain(), {"name": "topic", "change": -0.02, "margin": 0.01}]) == "ada yang turun melebihi batas"
    assert why([]) == "tidak ada yang turun melebihi batas"
