"""What of the audit trail a reporter may read."""

from bot.domain.life import MOVES
from bot.domain.records import Noted
from bot.domain.trail import public_steps, with_root


def line(at: float, what: str, before: str = "", after: str = "") -> Noted:
    return Noted(at, "telegram:9002", before, after, what)


def told(*lines: Noted) -> list[tuple[str, str]]:
    return [(step.key, step.unit) for step in public_steps(lines, MOVES)]


def test_a_case_that_was_sent_at_once_is_one_step() -> None:
    opened = line(1, "opened", after="dputr")
    assert told(opened, line(1, "verifikasi", "diterima"), line(1, "teruskan")) == [("sent", "dputr")]


def test_steps_name_the_unit_that_had_the_case_then() -> None:
    lines = (
        line(1, "opened", after="meja"), line(2, "verifikasi"), line(2, "teruskan"), line(2, "unit", "meja", "dputr"),
        line(3, "terima"), line(4, "alihkan"), line(4, "unit", "dputr", "dlh"), line(5, "terima"), line(6, "selesai"),
    )  # fmt: skip
    assert told(*lines) == [
        ("desk", "meja"), ("sent", "dputr"), ("terima", "dputr"), ("sent", "dlh"), ("terima", "dlh"),
        ("selesai", "dlh"),
    ]  # fmt: skip


def test_what_is_nobodys_business_or_no_move_is_not_told() -> None:
    lines = [line(2, what) for what in ("data_seen", "edited", "phone", "rated", "place_asked", "words")]
    same = line(3, "route", "dputr", "dputr")
    assert told(line(1, "opened", after="dputr"), *lines, same) == [("sent", "dputr")]


def test_a_merged_case_goes_on_with_the_steps_of_its_root_since_then() -> None:
    own = list(public_steps([line(3, "opened", after="dputr"), line(5, "gabung")], MOVES))
    root = list(public_steps([line(1, "opened", after="dlh"), line(4, "terima"), line(6, "selesai")], MOVES))
    assert [(step.key, step.unit) for step in with_root(own, root)] == [
        ("sent", "dputr"), ("gabung", "dputr"), ("selesai", "dlh"),
    ]  # fmt: skip
