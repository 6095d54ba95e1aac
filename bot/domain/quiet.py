"""Quiet hours: when a group is left alone, and when what was gathered is told."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.calendar import JAKARTA, local
from bot.domain.errors import RegionError


@dataclass(frozen=True)
class Quiet:
    """The office's quiet hours (from, until; local, may cross midnight; None: never) and the time of its digest."""

    timezone: str = JAKARTA
    hours: tuple[time, time] | None = None
    digest: time = time(7, 30)

    def __post_init__(self) -> None:
        if self.hours is None:
            return
        begin, end = self.hours
        if begin == end:
            raise RegionError('quiet.from and quiet.until are the same: write "" in both for no quiet hours.')
        if self._covers(self.digest):
            raise RegionError(f"quiet.digest lies in the quiet hours: write a time from {end:%H.%M} on.")

    def is_quiet(self, now: float) -> bool:
        """Whether the office wants to be left alone now."""
        return self._covers(local(now, self.timezone).time())

    def next_open(self, now: float) -> float:
        """The first moment from now on that is not quiet."""
        return self._next(self.hours[1], now) if self.hours and self.is_quiet(now) else now

    def next_digest(self, now: float) -> float:
        """The next time of the digest, after now."""
        return self._next(self.digest, now)

    def local_day(self, now: float) -> date:
        """The local date; what may be said once a day may be said again on the next."""
        return local(now, self.timezone).date()

    def _covers(self, clock: time) -> bool:
        if self.hours is None:
            return False
        begin, end = self.hours
        return begin <= clock < end if begin < end else clock >= begin or clock < end

    def _next(self, clock: time, now: float) -> float:
        """The first moment after now at which the local clock shows a time."""
        day, zone = self.local_day(now), ZoneInfo(self.timezone)
        moment = datetime.combine(day, clock, zone).timestamp()
        return moment if moment > now else datetime.combine(day + timedelta(days=1), clock, zone).timestamp()
