"""Meeting the head: which times are open, who is called by which number, when somebody is reminded."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from bot.domain.appointments import Opening, hold_until, is_open, next_reminder, number_of, slots
from bot.domain.calendar import Calendar
from bot.domain.errors import RegionError
from bot.domain.quiet import Quiet

ZONE = ZoneInfo("Asia/Jakarta")
OPENING = Opening("Bupati", "Pendopo", frozenset({2, 4}), (time(9, 30), time(9)), places=2, ahead=14)
HOLIDAY = Calendar(holidays={date(2027, 1, 14): "Libur"})
NIGHT = Quiet(hours=(time(20), time(6)))


def at(moment: str) -> float:
    return datetime.fromisoformat(moment).replace(tzinfo=ZONE).timestamp()


def test_times_stand_on_the_open_days_in_order_and_never_on_a_holiday() -> None:
    every = slots(OPENING, HOLIDAY, at("2027-01-11 10:00"))
    found = [f"{datetime.fromtimestamp(slot, ZONE):%m-%d %H.%M}" for slot in every]
    assert found == [
        "01-12 09.00", "01-12 09.30", "01-19 09.00", "01-19 09.30", "01-21 09.00", "01-21 09.30",
    ]  # fmt: skip


def test_what_begins_too_soon_lies_too_far_ahead_or_stands_in_no_plan_is_not_open() -> None:
    now = at("2027-01-12 06:15")
    assert not is_open(OPENING, HOLIDAY, at("2027-01-12 09:00"), now)
    assert is_open(OPENING, HOLIDAY, at("2027-01-12 09:30"), now)
    assert not is_open(OPENING, HOLIDAY, at("2027-01-12 10:00"), now)
    assert not is_open(OPENING, HOLIDAY, at("2027-02-02 09:00"), now)


def test_numbers_follow_the_times_of_the_day_and_nobody_shares_one() -> None:
    day = ("2027-01-12 09:00", "2027-01-12 09:30")
    assert [number_of(OPENING, HOLIDAY, at(slot), place) for slot in day for place in (1, 2)] == [1, 2, 3, 4]


def test_reminders_come_the_day_before_and_two_hours_before() -> None:
    slot, booked = at("2027-01-19 09:30"), at("2027-01-11 10:00")
    assert next_reminder(slot, 0, NIGHT, booked) == (at("2027-01-18 09:30"), 1)
    assert next_reminder(slot, 1, NIGHT, at("2027-01-18 09:30")) == (at("2027-01-19 07:30"), 2)
    assert next_reminder(slot, 2, NIGHT, at("2027-01-19 07:30")) is None


def test_whoever_books_late_is_reminded_once() -> None:
    assert next_reminder(at("2027-01-12 09:30"), 0, NIGHT, at("2027-01-11 15:00")) == (at("2027-01-12 07:30"), 2)
    assert next_reminder(at("2027-01-12 09:30"), 0, NIGHT, at("2027-01-12 08:00")) is None


@pytest.mark.parametrize("quiet", [NIGHT, Quiet()])
def test_nobody_is_reminded_at_night(quiet: Quiet) -> None:
    assert next_reminder(at("2027-01-19 07:00"), 1, quiet, at("2027-01-18 12:00")) == (at("2027-01-19 06:00"), 2)
    assert next_reminder(at("2027-01-19 21:00"), 0, quiet, at("2027-01-11 10:00")) == (at("2027-01-19 06:00"), 1)


def test_a_freed_place_is_kept_for_a_day_but_not_until_it_is_too_late() -> None:
    now = at("2027-01-11 10:00")
    assert hold_until(at("2027-01-19 09:00"), now) == at("2027-01-12 10:00")
    assert hold_until(at("2027-01-12 09:00"), now) == at("2027-01-12 07:30")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"days": frozenset({8})}, "appointments.days"),
        ({"times": (time(9), time(9))}, "appointments.times"),
        ({"places": 0}, "appointments.places"),
        ({"ahead": 0}, "appointments.ahead_days"),
    ],
)
def test_hours_that_cannot_be_meant_are_refused_with_the_fix(changes: dict[str, object], words: str) -> None:
    good: dict[str, object] = {"whom": "Bupati", "where": "Pendopo", "days": frozenset({2}), "times": (time(9),)}
    with pytest.raises(RegionError, match=words):
        Opening(**{**good, **changes})  # type: ignore[arg-type]
