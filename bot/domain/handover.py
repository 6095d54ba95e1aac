"""A case handed up or down between levels: the target must accept; until then it stays with whoever handed it on."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain.calendar import Calendar
from bot.domain.case import Case
from bot.domain.clock import Nudge
from bot.domain.errors import RegionError

REMINDED, HEAD_TOLD = "serah.ingat", "serah.kepala"  # what the clock did of a hand-over


class State(StrEnum):
    """What became of a hand-over."""

    ALASAN = "alasan"  # its reason is still being written
    MENUNGGU = "menunggu"
    DITERIMA = "diterima"
    DITOLAK = "ditolak"
    DITARIK = "ditarik"
    GUGUR = "gugur"  # the case ended, or went another way


@dataclass(frozen=True)
class Handover:
    """A case on its way from one unit to another. `by` as the audit writes people, `name` as colleagues do."""

    id: int
    case_id: int
    source: str
    target: str
    by: str
    name: str
    at: float
    reason: str = ""
    state: State = State.ALASAN

    def holds(self, case: Case) -> bool:
        """Whether it still waits: the case is open, with whoever handed it on, and does not complain of the target."""
        waits = self.state is State.MENUNGGU and case.open and case.unit == self.source
        return waits and self.target not in case.accused


@dataclass(frozen=True)
class Accepting:
    """How long a target may take to accept: so many office hours, counted between `opens` and `closes`."""

    hours: float = 8.0
    opens: time = time(8)
    closes: time = time(16)

    def __post_init__(self) -> None:
        if not 0 < self.hours <= 400:
            raise RegionError(f"levels.accept_hours is {self.hours}: write a number of office hours from 1 to 400.")
        if self.opens >= self.closes:
            raise RegionError("levels.open is not before levels.close: write the hours of a working day.")


def after_hours(calendar: Calendar, accepting: Accepting, begin: float, hours: float) -> float:
    """The moment at which so many office hours of working days have passed since another."""
    zone, left, day = ZoneInfo(calendar.timezone), hours * 3600.0, calendar.local_day(begin)
    while True:
        if calendar.is_working(day):
            opens = datetime.combine(day, accepting.opens, zone).timestamp()
            closes = datetime.combine(day, accepting.closes, zone).timestamp()
            start = max(begin, opens)
            if closes - start >= left:
                return start + left
            left -= max(0.0, closes - start)
        day += timedelta(days=1)


def next_step(
    handover: Handover, nudges: Mapping[str, Nudge], calendar: Calendar, accepting: Accepting, now: float,
    *, hurry: float | None = None,
) -> tuple[str | None, float | None]:  # fmt: skip
    """What to do now of a hand-over that waits (a nudge's kind, or None), and when to look again.

    The target is reminded after the hours, the head hears after as many again. `hurry`: seconds that go instead of
    office hours, for an emergency.
    """
    for times, kind in ((1, REMINDED), (2, HEAD_TOLD)):
        if kind in nudges and nudges[kind].at >= handover.at:
            continue
        if hurry is None:
            moment = after_hours(calendar, accepting, handover.at, accepting.hours * times)
        else:
            moment = handover.at + hurry * times
        return (kind, now) if moment <= now else (None, moment)
    return None, None
