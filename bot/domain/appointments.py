"""Meeting the head: which places the office opens, and when whoever has one is reminded."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain.calendar import Calendar
from bot.domain.deadlines import DAY, HOUR
from bot.domain.errors import RegionError
from bot.domain.quiet import Quiet

NIGHT = (time(20), time(6))  # when citizens are let alone, also by an office that has no quiet hours
LEAD = 3 * HOUR  # nobody is given a place that begins sooner
HOLD = DAY  # so long a freed place is kept for the first of those who wait
BEFORE = (DAY, 2 * HOUR)  # the reminders
MOST_PLACES = 50
MOST_AHEAD = 180


class State(StrEnum):
    """Where an appointment stands; the office's own words (docs/glossary.md)."""

    MEMILIH = "memilih"
    TERDAFTAR = "terdaftar"
    MENUNGGU = "menunggu"
    DITAWARI = "ditawari"
    HADIR = "hadir"
    TIDAK_HADIR = "tidak_hadir"
    BATAL = "batal"


ACTIVE = frozenset({State.MEMILIH, State.TERDAFTAR, State.MENUNGGU, State.DITAWARI})
"""A person has at most one of these."""
HELD = frozenset({State.TERDAFTAR, State.DITAWARI, State.HADIR, State.TIDAK_HADIR})
"""These take a place."""


@dataclass(frozen=True)
class Opening:
    """The places that the office opens. `days` are ISO weekdays, `times` local, `ahead` in days."""

    whom: str
    where: str
    days: frozenset[int]
    times: tuple[time, ...]
    places: int = 1
    ahead: int = 30

    def __post_init__(self) -> None:
        if not self.days or self.days - set(range(1, 8)):
            raise RegionError("appointments.days: list at least one day from 1 (Monday) to 7 (Sunday).")
        if not self.times or len(set(self.times)) != len(self.times):
            raise RegionError('appointments.times: list each time once, such as ["09.00", "09.30"].')
        if not 1 <= self.places <= MOST_PLACES:
            raise RegionError(f"appointments.places is {self.places}: write a whole number from 1 to {MOST_PLACES}.")
        if not 1 <= self.ahead <= MOST_AHEAD:
            raise RegionError(f"appointments.ahead_days is {self.ahead}: write a whole number from 1 to {MOST_AHEAD}.")


@dataclass(frozen=True)
class Appointment:
    """Somebody who wants to meet the head. `slot` is the moment it begins, `place` which of its places.

    `number` is the one they are called by on that day; `reminded` counts the reminders that are over.
    """

    id: int
    person_id: int
    subject: str
    register: str
    state: State
    created_at: float
    slot: float | None = None
    place: int | None = None
    number: int | None = None
    hold_until: float | None = None
    check_at: float | None = None
    reminded: int = 0
    case_id: int | None = None
    operator: str = ""
    head: str = ""  # whom they want to meet: the unit of a head; empty while that is not chosen

    @property
    def active(self) -> bool:
        return self.state in ACTIVE


def slots(opening: Opening, calendar: Calendar, now: float) -> Iterator[float]:
    """The moments that may be chosen now, in order: on days that the office opens, never on holidays."""
    zone, today = ZoneInfo(calendar.timezone), calendar.local_day(now)
    for ahead in range(opening.ahead + 1):
        day = today + timedelta(days=ahead)
        if day.isoweekday() not in opening.days or calendar.holiday(day) is not None:
            continue
        for clock in sorted(opening.times):
            moment = datetime.combine(day, clock, zone).timestamp()
            if moment >= now + LEAD:
                yield moment


def is_open(opening: Opening, calendar: Calendar, slot: float, now: float) -> bool:
    """Whether this moment is one that may be chosen now."""
    return any(moment == slot for moment in slots(opening, calendar, now))


def number_of(opening: Opening, calendar: Calendar, slot: float, place: int) -> int:
    """The number on that day: the places in order of their times."""
    clock = datetime.fromtimestamp(slot, ZoneInfo(calendar.timezone)).time()
    times = sorted(opening.times)
    before = times.index(clock) if clock in times else len(times)
    return before * opening.places + place


def next_reminder(slot: float, reminded: int, quiet: Quiet, now: float) -> tuple[float, int] | None:
    """When to remind next, and which reminder it is (1: the day before, 2: two hours); never in quiet hours.

    One whose time is over when the place is taken is left out, and so is one that would come after the meeting began.
    """
    kind = quiet if quiet.hours else Quiet(quiet.timezone, NIGHT, time(12))
    for which, before in enumerate(BEFORE, start=1):
        at = kind.next_open(slot - before)
        last = slot - BEFORE[which] if which < len(BEFORE) else slot
        if which > reminded and at > now and at < last:
            return at, which
    return None


def hold_until(slot: float, now: float) -> float:
    """How long a freed place is kept for somebody."""
    return min(now + HOLD, slot - LEAD / 2)
