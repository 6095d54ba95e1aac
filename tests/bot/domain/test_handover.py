"""A hand-over that waits: office hours count, first the target is reminded, then the head hears."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from bot.domain.calendar import Calendar
from bot.domain.clock import Nudge
from bot.domain.errors import RegionError
from bot.domain.handover import HEAD_TOLD, REMINDED, Accepting, Handover, State, after_hours, next_step

CALENDAR = Calendar(extra={date(2027, 1, 13): "Hari jadi"})
RULES = Accepting(8.0, time(8), time(16))


def at(moment: str) -> float:
    """A local moment, as in 2027-01-11 10:00."""
    return datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo("Asia/Jakarta")).timestamp()


@pytest.mark.parametrize(
    ("begin", "hours", "end"),
    [
        ("2027-01-11 10:00", 2, "2027-01-11 12:00"),
        ("2027-01-11 10:00", 8, "2027-01-12 10:00"),
        ("2027-01-11 20:00", 1, "2027-01-12 09:00"),
        ("2027-01-12 15:00", 8, "2027-01-14 15:00"),  # Wednesday is a holiday here
        ("2027-01-15 15:30", 1, "2027-01-18 08:30"),  # over a weekend
        ("2027-01-16 09:00", 0.5, "2027-01-18 08:30"),
    ],
)
def test_only_office_hours_of_working_days_count(begin: str, hours: float, end: str) -> None:
    assert after_hours(CALENDAR, RULES, at(begin), hours) == at(end)


def test_the_target_is_reminded_once_then_the_head_hears_once() -> None:
    begun = at("2027-01-11 08:00")
    waits = Handover(1, 1, "desa", "dpu", "telegram:1", "Rina", begun, "…", State.MENUNGGU)
    done: dict[str, Nudge] = {}
    assert next_step(waits, done, CALENDAR, RULES, begun) == (None, at("2027-01-11 16:00"))
    late = at("2027-01-12 09:00")
    assert next_step(waits, done, CALENDAR, RULES, late) == (REMINDED, late)
    done[REMINDED] = Nudge(REMINDED, late)
    assert next_step(waits, done, CALENDAR, RULES, late) == (None, at("2027-01-12 16:00"))
    done[HEAD_TOLD] = Nudge(HEAD_TOLD, late + 1)
    assert next_step(waits, done, CALENDAR, RULES, late) == (None, None)


def test_what_was_said_of_an_earlier_hand_over_does_not_count() -> None:
    begun = at("2027-01-11 08:00")
    waits = Handover(2, 1, "desa", "dpu", "telegram:1", "Rina", begun, "…", State.MENUNGGU)
    assert next_step(waits, {REMINDED: Nudge(REMINDED, begun - 1)}, CALENDAR, RULES, begun + 9 * 3600)[0] == REMINDED


def test_an_emergency_hurries() -> None:
    begun = at("2027-01-11 22:00")
    waits = Handover(1, 1, "desa", "dpu", "telegram:1", "Rina", begun, "…", State.MENUNGGU)
    assert next_step(waits, {}, CALENDAR, RULES, begun, hurry=540.0) == (None, begun + 540.0)


@pytest.mark.parametrize(
    ("hours", "opens", "said"), [(0, 8, "accept_hours is 0"), (8, 16, "levels.open is not before")]
)
def test_hours_that_cannot_be_meant_are_said(hours: float, opens: int, said: str) -> None:
    with pytest.raises(RegionError, match=said):
        Accepting(hours, time(opens), time(16))
