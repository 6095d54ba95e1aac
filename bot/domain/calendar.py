"""Which local days an office works: the week, national holidays and cuti bersama, what a decree changed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from bot.domain.errors import RegionError

DAY = timedelta(days=1)
JAKARTA = "Asia/Jakarta"


class Holidays(Protocol):
    """Names of holidays by date; a dict is one, and so is what works a year out when it is first asked for."""

    def get(self, day: date, /) -> str | None:
        """The holiday's name, or None for an ordinary day."""


@dataclass(frozen=True)
class Calendar:
    """Working days of one office. Moments are seconds since 1970, days are local dates.

    `extra` (holidays of the region or of a late decree) and `removed` (holidays that the decree took back) go before
    `holidays`; `workdays` are ISO weekdays, Monday is 1.
    """

    timezone: str = JAKARTA
    holidays: Holidays = field(default_factory=dict[date, str], hash=False)
    extra: Mapping[date, str] = field(default_factory=dict, hash=False)
    removed: frozenset[date] = frozenset()
    workdays: frozenset[int] = frozenset(range(1, 6))

    def __post_init__(self) -> None:
        if not self.workdays or self.workdays - set(range(1, 8)):
            raise RegionError("calendar.workdays: list at least one day from 1 (Monday) to 7 (Sunday).")
        for day in sorted(self.removed & self.extra.keys()):
            raise RegionError(f"calendar: {day} stands in holidays and in not_holidays: leave it in one.")

    def holiday(self, day: date) -> str | None:
        """The name of the day's holiday, or None."""
        if day in self.extra:
            return self.extra[day]
        return None if day in self.removed else self.holidays.get(day)

    def is_working(self, day: date) -> bool:
        """Whether the office works on this day."""
        return day.isoweekday() in self.workdays and self.holiday(day) is None

    def local_day(self, moment: float) -> date:
        """The local date of a moment."""
        return local(moment, self.timezone).date()

    def last_day(self, moment: float) -> date:
        """The date that people read for a deadline: midnight belongs to the day that ends with it."""
        day = self.local_day(moment)
        return day - DAY if moment == self.midnight(day) else day

    def midnight(self, day: date) -> float:
        """The moment a local day begins."""
        return datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(self.timezone)).timestamp()

    def spans(self, begin: float) -> Iterator[tuple[float, float]]:
        """(from, to) of the working time after a moment, day by day, without end."""
        opens, day = begin, self.local_day(begin)
        while True:
            tomorrow = day + DAY
            closes = self.midnight(tomorrow)
            if self.is_working(day):
                yield opens, closes
            opens, day = closes, tomorrow


def local(moment: float, timezone: str) -> datetime:
    """A moment as the clocks of a time zone show it."""
    return datetime.fromtimestamp(moment, ZoneInfo(timezone))
