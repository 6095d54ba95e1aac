"""Working days: the week, national holidays with cuti bersama, and what the year's decree changed."""

import subprocess
import sys
from datetime import date, datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.calendar import Calendar, local
from bot.domain.errors import RegionError
from bot.holidays_id import NationalHolidays, of_year

OFFICE = Calendar(holidays=NationalHolidays())
FRIDAY, SATURDAY, MONDAY = date(2026, 11, 20), date(2026, 11, 21), date(2026, 11, 23)


def at(text: str, timezone: str = "Asia/Jakarta") -> float:
    """The moment of a local time such as 2026-11-20 10:00."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(timezone)).timestamp()


def test_weekends_are_free_and_weekdays_are_not() -> None:
    assert [OFFICE.is_working(FRIDAY + timedelta(days=n)) for n in range(4)] == [True, False, False, True]


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2026, 8, 17), "Hari Kemerdekaan Republik Indonesia"),
        (date(2026, 3, 19), "Hari Suci Nyepi"),
        (date(2026, 12, 24), "Cuti Bersama Hari Raya Natal"),
        (date(2026, 3, 23), "Cuti Bersama Hari Raya Idul Fitri"),
        (date(2027, 3, 9), "Cuti Bersama Hari Raya Idul Fitri"),
        (date(2024, 11, 27), "Hari Pemilihan Kepala Daerah"),
    ],
)
def test_national_holidays_and_cuti_bersama_are_known_by_name(day: date, name: str) -> None:
    assert OFFICE.holiday(day) == name
    assert not OFFICE.is_working(day)


def test_a_year_that_no_decree_covers_yet_still_has_its_fixed_holidays() -> None:
    assert OFFICE.holiday(date(2035, 8, 17))
    assert of_year(2150) == {}


def test_a_year_is_worked_out_once() -> None:
    assert of_year(2026) is of_year(2026)


def test_the_start_does_not_load_the_holidays() -> None:
    code = "import sys, bot.region_file; print('holidays' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_the_region_adds_holidays_and_a_late_decree_takes_some_back() -> None:
    office = Calendar(holidays=NationalHolidays(), extra={MONDAY: "Hari Jadi"}, removed=frozenset({date(2026, 12, 24)}))
    assert office.holiday(MONDAY) == "Hari Jadi"
    assert not office.is_working(MONDAY)
    assert office.is_working(date(2026, 12, 24))
    assert not office.is_working(date(2026, 12, 25))


def test_a_holiday_without_a_name_is_one() -> None:
    assert not Calendar(extra={MONDAY: ""}).is_working(MONDAY)


def test_what_is_taken_back_on_a_weekend_stays_a_weekend() -> None:
    assert not Calendar(removed=frozenset({SATURDAY})).is_working(SATURDAY)


def test_some_offices_work_six_days() -> None:
    assert Calendar(workdays=frozenset(range(1, 7))).is_working(SATURDAY)


def test_days_are_local_days() -> None:
    late = at("2026-11-20 23:30")
    assert Calendar().local_day(late) == FRIDAY
    assert Calendar("Asia/Jayapura").local_day(late) == SATURDAY
    assert Calendar("Asia/Jayapura").midnight(SATURDAY) == at("2026-11-20 22:00")


def test_midnight_belongs_to_the_day_that_ends_where_people_read_a_deadline() -> None:
    assert Calendar().last_day(at("2026-11-21 00:00")) == FRIDAY
    assert Calendar().last_day(at("2026-11-21 00:01")) == SATURDAY


def test_working_time_is_told_day_by_day() -> None:
    spans = islice(OFFICE.spans(at("2026-11-20 10:00")), 2)
    assert list(spans) == [
        (at("2026-11-20 10:00"), at("2026-11-21 00:00")),
        (at("2026-11-23 00:00"), at("2026-11-24 00:00")),
    ]


@given(st.floats(0, 4e9), st.sampled_from(["Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura", "Europe/Berlin"]))
def test_working_spans_follow_each_other_and_lie_in_one_working_day(moment: float, timezone: str) -> None:
    office = Calendar(timezone)
    before = moment
    for opens, closes in islice(office.spans(moment), 8):
        assert before <= opens < closes
        assert office.is_working(local(opens, timezone).date())
        assert office.last_day(closes) == local(opens, timezone).date()
        before = closes


@pytest.mark.parametrize("workdays", [[], [0], [1, 8]])
def test_a_week_must_have_days_that_exist(workdays: list[int]) -> None:
    with pytest.raises(RegionError, match=r"calendar\.workdays: list at least one day from 1"):
        Calendar(workdays=frozenset(workdays))


def test_a_day_cannot_be_added_and_taken_back() -> None:
    with pytest.raises(RegionError, match="2026-11-23 stands in holidays and in not_holidays: leave it in one"):
        Calendar(extra={MONDAY: "Hari Jadi"}, removed=frozenset({MONDAY}))
