"""Quiet hours: over midnight, within a day, none at all; and the time of the digest."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.calendar import local
from bot.domain.errors import RegionError
from bot.domain.quiet import Quiet

NIGHT = Quiet(hours=(time(20), time(6)))
NOON = Quiet(hours=(time(12), time(13)), digest=time(13))


def at(text: str) -> float:
    """The moment of a local time on 20 November 2026, or of the day given with it."""
    full = text if "-" in text else f"2026-11-20 {text}"
    return datetime.fromisoformat(full).replace(tzinfo=ZoneInfo("Asia/Jakarta")).timestamp()


@pytest.mark.parametrize(
    ("clock", "night", "noon"),
    [
        ("00:00", True, False),
        ("05:59", True, False),
        ("06:00", False, False),
        ("12:00", False, True),
        ("12:59", False, True),
        ("13:00", False, False),
        ("19:59", False, False),
        ("20:00", True, False),
        ("23:59", True, False),
    ],
)
def test_quiet_hours_begin_with_their_first_minute_and_end_before_the_last(clock: str, night: bool, noon: bool) -> None:
    assert NIGHT.is_quiet(at(clock)) is night
    assert NOON.is_quiet(at(clock)) is noon


@pytest.mark.parametrize(
    ("clock", "opens"),
    [
        ("21:15", "2026-11-21 06:00"),
        ("03:00", "06:00"),
        ("06:00", "06:00"),
        ("10:30", "10:30"),
        ("20:00", "2026-11-21 06:00"),
    ],
)
def test_what_comes_in_the_night_waits_for_the_morning(clock: str, opens: str) -> None:
    assert NIGHT.next_open(at(clock)) == at(opens)


def test_without_quiet_hours_nothing_waits() -> None:
    assert not Quiet().is_quiet(at("03:00"))
    assert Quiet().next_open(at("03:00")) == at("03:00")


@pytest.mark.parametrize(
    ("clock", "digest"),
    [("07:00", "07:30"), ("07:30", "2026-11-21 07:30"), ("22:00", "2026-11-21 07:30"), ("00:00", "07:30")],
)
def test_the_digest_comes_at_its_time_once_a_day(clock: str, digest: str) -> None:
    assert NIGHT.next_digest(at(clock)) == at(digest)


def test_the_day_is_the_local_one() -> None:
    assert NIGHT.local_day(at("23:30")) == date(2026, 11, 20)
    assert Quiet("Asia/Jayapura").local_day(at("23:30")) == date(2026, 11, 21)


TIME = st.times().map(lambda clock: clock.replace(second=0, microsecond=0))
MOMENT = st.floats(1.6e9, 2e9)


@given(st.tuples(TIME, TIME).filter(lambda hours: hours[0] != hours[1]), MOMENT)
def test_the_end_of_the_quiet_is_the_first_moment_that_is_not(hours: tuple[time, time], now: float) -> None:
    quiet = Quiet(hours=hours, digest=hours[1])
    opens = quiet.next_open(now)
    assert not quiet.is_quiet(opens)
    assert 0 <= opens - now <= 86400
    assert opens == now or (quiet.is_quiet(now) and quiet.is_quiet((now + opens) / 2) and quiet.is_quiet(opens - 1))


@given(TIME, MOMENT)
def test_the_next_digest_is_within_a_day_and_never_now(clock: time, now: float) -> None:
    moment = Quiet(digest=clock).next_digest(now)
    assert now < moment <= now + 86400
    assert local(moment, "Asia/Jakarta").time() == clock


def test_a_digest_in_the_quiet_hours_is_refused() -> None:
    with pytest.raises(RegionError, match=r"digest lies in the quiet hours: write a time from 06\.00 on"):
        Quiet(hours=(time(20), time(6)), digest=time(5))


def test_quiet_hours_without_length_are_refused() -> None:
    with pytest.raises(RegionError, match="are the same"):
        Quiet(hours=(time(6), time(6)))
