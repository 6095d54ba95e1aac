"""Deadlines: the clock of a rule, over weekends, holidays and pauses, and which rule a report has."""

from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.calendar import Calendar
from bot.domain.deadlines import (
    DAY,
    HOUR,
    Deadlines,
    Pause,
    Reminders,
    ReportClass,
    Rule,
    Start,
    Step,
    TimeUnit,
    due,
    pauses_in,
    remaining,
    report_class,
    running,
    spent,
)
from bot.domain.errors import RegionError
from bot.domain.life import Status

FREE = {date(2026, 12, 24): "Cuti bersama", date(2026, 12, 25): "Natal", date(2027, 1, 1): "Tahun baru"}
OFFICE = Calendar(holidays=FREE)
WORKDAYS, DAYS, HOURS = TimeUnit.HARI_KERJA, TimeUnit.HARI, TimeUnit.JAM


def at(text: str) -> float:
    """The moment of a local time such as 2026-11-20 10:00 (a Friday)."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Asia/Jakarta")).timestamp()


def rule(limit: int = 5, unit: TimeUnit = WORKDAYS) -> Rule:
    """A completion rule for everything."""
    return Rule(Step.PENYELESAIAN, tuple(ReportClass), limit, unit, Start.DITERUSKAN)


# Examples -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "limit", "unit", "end"),
    [
        ("2026-11-16 10:00", 3, WORKDAYS, "2026-11-19 10:00"),  # Monday to Thursday
        ("2026-11-20 10:00", 5, WORKDAYS, "2026-11-27 10:00"),  # over a weekend
        ("2026-11-21 15:00", 1, WORKDAYS, "2026-11-24 00:00"),  # what comes on Saturday counts from Monday 00:00
        ("2026-11-23 00:00", 5, WORKDAYS, "2026-11-28 00:00"),  # the end of Friday, not Monday
        ("2026-12-23 08:00", 2, WORKDAYS, "2026-12-29 08:00"),  # over cuti bersama, Natal and a weekend
        ("2026-12-22 08:00", 14, WORKDAYS, "2027-01-14 08:00"),
        ("2026-11-20 10:00", 48, HOURS, "2026-11-22 10:00"),  # Solo's 2 × 24 hours know no weekend
        ("2026-12-20 10:00", 7, DAYS, "2026-12-27 10:00"),
    ],
)
def test_a_deadline_falls_where_an_office_would_say(start: str, limit: int, unit: TimeUnit, end: str) -> None:
    assert due(OFFICE, rule(limit, unit), at(start)) == at(end)


def test_the_clock_stops_while_the_citizen_is_asked() -> None:
    asked = [(at("2026-11-17 10:00"), at("2026-11-18 16:00"))]
    assert due(OFFICE, rule(3), at("2026-11-16 10:00"), asked) == at("2026-11-20 16:00")


def test_a_question_over_the_weekend_moves_nothing() -> None:
    asked = [(at("2026-11-21 00:00"), at("2026-11-23 00:00"))]
    assert due(OFFICE, rule(5), at("2026-11-20 10:00"), asked) == at("2026-11-27 10:00")


def test_while_the_citizen_is_asked_there_is_no_deadline() -> None:
    start, asked = at("2026-11-16 10:00"), [(at("2026-11-17 10:00"), None)]
    assert due(OFFICE, rule(3), start, asked) is None
    for now in ("2026-11-18 00:00", "2026-12-18 00:00"):
        assert remaining(OFFICE, rule(3), start, asked, at(now)) == 2 * DAY


def test_who_is_late_does_not_become_punctual_by_asking() -> None:
    start, asked = at("2026-11-16 10:00"), [(at("2026-11-20 10:00"), None)]
    assert due(OFFICE, rule(3), start, asked) == at("2026-11-19 10:00")
    assert remaining(OFFICE, rule(3), start, asked, at("2026-11-30 10:00")) == -DAY


def test_pauses_may_overlap_and_come_in_any_order() -> None:
    start, end = at("2026-11-16 10:00"), at("2026-11-18 10:00")
    asked = [(end - HOUR, end), (start, end - HOUR / 2), (start - DAY, start + HOUR)]
    assert due(OFFICE, rule(3), start, asked) == due(OFFICE, rule(3), end)
    assert spent(OFFICE, rule(3), start, asked, end + HOUR) == (2 * DAY + HOUR, HOUR)


def test_gross_and_net_time_are_measured_by_the_same_clock() -> None:
    start, now = at("2026-11-20 12:00"), at("2026-11-24 12:00")
    asked = [(at("2026-11-21 12:00"), at("2026-11-23 12:00"))]
    assert spent(OFFICE, rule(), start, asked, now) == (2 * DAY, 1.5 * DAY)
    assert spent(OFFICE, rule(96, HOURS), start, asked, now) == (4 * DAY, 2 * DAY)


def test_a_group_is_reminded_after_a_share_of_the_time() -> None:
    assert due(OFFICE, rule(4), at("2026-11-16 10:00"), share=0.75) == at("2026-11-19 10:00")


def test_nothing_runs_backwards() -> None:
    for unit in TimeUnit:
        assert running(OFFICE, unit, at("2026-11-20 10:00"), at("2026-11-17 10:00")) == 0


def test_the_clock_stands_in_the_statuses_of_the_rule_and_while_the_office_owes_nothing() -> None:
    history = [
        (0.0, Status.DITERUSKAN), (10.0, Status.DIPROSES), (20.0, Status.MENUNGGU_PELAPOR), (30.0, Status.DIPROSES),
        (40.0, Status.MENUNGGU_KONFIRMASI), (50.0, Status.DIBUKA_KEMBALI), (60.0, Status.DIPROSES),
        (70.0, Status.MENUNGGU_PELAPOR),
    ]  # fmt: skip
    assert pauses_in(rule(), history) == ((20.0, 30.0), (40.0, 50.0), (70.0, None))
    strict = Rule(Step.PENYELESAIAN, tuple(ReportClass), 5, WORKDAYS, Start.DITERUSKAN, pauses=())
    assert pauses_in(strict, history) == ((40.0, 50.0),)
    assert pauses_in(rule(), []) == ()


# Invariants -----------------------------------------------------------------------------------------------------

MOMENT = st.integers(int(at("2026-11-01 00:00")), int(at("2027-01-31 00:00"))).map(float)
LENGTH = st.integers(0, 20 * int(DAY)).map(float)
UNIT = st.sampled_from(list(TimeUnit))
RULE = st.builds(rule, st.integers(1, 60), UNIT)
PAUSES = st.lists(st.tuples(MOMENT, LENGTH).map(lambda p: (p[0], p[0] + p[1])), max_size=4)
ZONES = st.sampled_from(["Asia/Jakarta", "Asia/Jayapura", "Europe/Berlin"])  # Berlin: days of 25 hours
OFFICES = st.builds(
    Calendar,
    ZONES,
    st.just(FREE),
    removed=st.frozensets(st.sampled_from(sorted(FREE))),
    workdays=st.frozensets(st.integers(1, 7), min_size=1),
)


@given(OFFICES, UNIT, st.lists(MOMENT, min_size=3, max_size=3).map(sorted))
def test_running_time_is_additive(office: Calendar, unit: TimeUnit, moments: list[float]) -> None:
    first, middle, last = moments
    parts = running(office, unit, first, middle) + running(office, unit, middle, last)
    assert parts == running(office, unit, first, last) <= last - first


@given(OFFICES, RULE, MOMENT, PAUSES)
def test_at_the_deadline_exactly_the_limit_has_run(
    office: Calendar, some: Rule, start: float, pauses: list[Pause]
) -> None:
    end = due(office, some, start, pauses)
    assert end is not None
    assert spent(office, some, start, pauses, end)[1] == some.seconds
    assert remaining(office, some, start, pauses, end) == 0
    assert remaining(office, some, start, pauses, end - 1) == 1


@given(OFFICES, RULE, MOMENT, LENGTH, PAUSES)
def test_who_starts_later_is_due_later(
    office: Calendar, some: Rule, start: float, later: float, pauses: list[Pause]
) -> None:
    first, second = due(office, some, start, pauses), due(office, some, start + later, pauses)
    assert first is not None
    assert second is not None
    assert first <= second


@given(OFFICES, UNIT, st.lists(st.integers(1, 60), min_size=2, unique=True).map(sorted), MOMENT, PAUSES)
def test_a_longer_limit_is_due_later(
    office: Calendar, unit: TimeUnit, limits: list[int], start: float, pauses: list[Pause]
) -> None:
    ends = [due(office, rule(limit, unit), start, pauses) or 0 for limit in limits]
    assert all(first < second for first, second in pairwise(ends))


@given(OFFICES, RULE, MOMENT, st.floats(0, 1), LENGTH)
def test_a_pause_moves_the_deadline_by_exactly_its_running_time(
    office: Calendar, some: Rule, start: float, share: float, length: float
) -> None:
    before = due(office, some, start)
    assert before is not None
    asked = float(int(start + share * (before - 1 - start)))
    after = due(office, some, start, [(asked, asked + length)])
    assert after is not None
    assert running(office, some.unit, before, after) == running(office, some.unit, asked, asked + length)


@given(OFFICES, RULE, MOMENT, PAUSES, MOMENT)
def test_an_open_pause_hides_the_deadline_only_before_it(
    office: Calendar, some: Rule, start: float, pauses: list[Pause], asked: float
) -> None:
    settled = [pause for pause in pauses if (pause[1] or 0) < asked]
    without = due(office, some, start, settled)
    assert without is not None
    assert due(office, some, start, [*settled, (asked, None)]) == (without if without <= asked else None)


@given(OFFICES, RULE, MOMENT, PAUSES, MOMENT)
def test_net_time_is_never_more_than_gross_time(
    office: Calendar, some: Rule, start: float, pauses: list[Pause], now: float
) -> None:
    gross, net = spent(office, some, start, pauses, now)
    assert 0 <= net <= gross


# Rules ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "topic", "further", "expected"),
    [
        ("informasi", "jalan", (), "informasi"),
        ("aspirasi", "jalan", (), "aspirasi"),
        ("pengaduan", "jalan", ("sampah",), "pengaduan_biasa"),
        ("pengaduan", "integritas", (), "pengaduan_pengawasan"),
        ("pengaduan", "jalan", ("sampah", "integritas"), "pengaduan_pengawasan"),
        ("informasi", "integritas", (), "informasi"),
        ("bukan_laporan", "lainnya", (), "pengaduan_biasa"),
    ],
)
def test_a_report_has_the_class_of_the_national_system(
    kind: str, topic: str, further: tuple[str, ...], expected: str
) -> None:
    assert report_class(kind, topic, further) == expected


def test_a_step_without_a_rule_has_no_deadline() -> None:
    some = Deadlines((rule(),))
    assert some.rule(Step.PENYELESAIAN, ReportClass.ASPIRASI) == rule()
    assert some.rule(Step.VERIFIKASI, ReportClass.ASPIRASI) is None
    assert Deadlines().rule(Step.PENYELESAIAN, ReportClass.ASPIRASI) is None


@pytest.mark.parametrize("limit", [0, -1, 1001])
def test_a_limit_is_at_least_one_and_no_eternity(limit: int) -> None:
    with pytest.raises(RegionError, match=f"penyelesaian: limit is {limit}: write 1 or more, up to 1000 days"):
        rule(limit)


def test_a_rule_is_for_some_class() -> None:
    with pytest.raises(RegionError, match="has no classes: name one"):
        Rule(Step.VERIFIKASI, (), 3, WORKDAYS, Start.DITERIMA)


def test_every_class_needs_a_completion() -> None:
    some = Rule(Step.PENYELESAIAN, (ReportClass.INFORMASI, ReportClass.PENGADUAN_BIASA), 5, WORKDAYS, Start.DITERIMA)
    with pytest.raises(RegionError, match=r"no rule gives penyelesaian of aspirasi: add a \[\[deadlines\.rule\]\]"):
        Deadlines((some,))


def test_two_rules_for_the_same_thing_are_refused() -> None:
    with pytest.raises(RegionError, match="two rules give penyelesaian of informasi: leave it in one"):
        Deadlines((rule(), rule(6)))


@pytest.mark.parametrize("share", [0, 1, -0.5, float("nan")])
def test_a_reminder_comes_between_start_and_end(share: float) -> None:
    with pytest.raises(RegionError, match="write a share between 0 and 1"):
        Reminders(before=share)


def test_sixty_working_days_are_about_a_quarter() -> None:
    start = at("2026-11-20 10:00")
    end = due(OFFICE, rule(60), start)
    assert end is not None
    assert timedelta(days=84) <= timedelta(seconds=end - start) <= timedelta(days=90)
