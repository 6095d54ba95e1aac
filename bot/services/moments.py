"""Moments and spans as staff say them, and the card's line about its deadline."""

from collections.abc import Iterable
from datetime import date, timedelta

from bot.domain.calendar import local
from bot.domain.case import Case
from bot.domain.clock import PRESSING
from bot.domain.deadlines import DAY, HOUR
from bot.domain.due import Due, Rules, open_dues
from bot.domain.outgoing import CardLine
from bot.services.office import Office
from bot.services.ports import UnitOfWork

WEEKDAYS = ("senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu")
TODAY, TOMORROW, YESTERDAY = timedelta(0), timedelta(1), timedelta(-1)
NEAR = {TODAY: "clock.today", TOMORROW: "clock.tomorrow", YESTERDAY: "clock.yesterday"}


def rules_of(office: Office) -> Rules:
    """What the region file lays down about time."""
    region = office.region
    return Rules(region.calendar, region.deadlines, region.reminders, region.quiet)


def spoken(office: Office, moment: float, now: float) -> str:
    """A moment as one says it now: "besok Kamis pukul 10.00"; midnight is the end of its day."""
    day, clock = _day_and_clock(office, moment)
    key = NEAR.get(day - office.region.calendar.local_day(now), "clock.on")
    return office.texts(key, day=weekday(office, day), date=f"{day:%d-%m}", time=clock)


def written(office: Office, moment: float) -> str:
    """A moment as it stands on a card, whenever that is read: "Kamis 26-11 10.00"."""
    day, clock = _day_and_clock(office, moment)
    return f"{weekday(office, day)} {day:%d-%m} {clock}"


def day_of(office: Office, moment: float) -> str:
    """The day of a moment without its hour: "Kamis 26-11"."""
    day, _ = _day_and_clock(office, moment)
    return f"{weekday(office, day)} {day:%d-%m}"


def age_of(office: Office, case: Case, now: float) -> str:
    """How old a case is; of a secret one the day it came."""
    return day_of(office, case.created_at) if case.secret else span(office, now - case.created_at)


def weekday(office: Office, day: date) -> str:
    """The name of a day of the week."""
    return office.texts(f"clock.day.{WEEKDAYS[day.weekday()]}")


def span(office: Office, seconds: float) -> str:
    """A span in its largest whole unit: days, hours or minutes."""
    for key, unit in (("clock.days", DAY), ("clock.hours", HOUR)):
        if seconds >= unit:
            return office.texts(key, count=int(seconds // unit))
    return office.texts("clock.minutes", count=max(1, round(seconds / 60)))


def days_late(office: Office, each: Due, now: float) -> int:
    """How many local days a deadline has been over; 0 on the day itself."""
    calendar = office.region.calendar
    return 0 if each.at is None else (calendar.local_day(now) - calendar.last_day(each.at)).days


def hushed(office: Office, case: Case) -> bool:
    """Whether what is new of a case makes no sound now: it can wait, and the group wants to be left alone."""
    return case.tags.urgency not in PRESSING and office.region.quiet.is_quiet(office.clock())


def deadline_line(uow: UnitOfWork, office: Office, case: Case) -> Iterable[CardLine]:
    """The next deadline of an open case, how late it is, or that its clock stands; nothing where it has none."""
    if not case.open or not office.region.deadlines.rules:
        return
    past = uow.clock.past([case])[case.id]
    dues = open_dues(case, past.history, rules_of(office), answered=past.answered)
    if not dues:
        return
    first, now = dues[0], office.clock()
    step = office.texts(f"clock.step.{first.step}")
    if first.late(now):
        late = days_late(office, first, now)
        key = "card.late_days" if late else "card.late"
        when = written(office, first.at or now)
        yield CardLine(office.texts(key, span=span(office, late * DAY), step=step, when=when))
    elif first.at is None:
        yield CardLine(office.texts("card.paused", step=step), office.texts("card.due"))
    else:
        when = written(office, first.at)
        yield CardLine(office.texts("card.due_at", when=when, step=step), office.texts("card.due"))


def _day_and_clock(office: Office, moment: float) -> tuple[date, str]:
    """The local day and time that people read; midnight is 24.00 of the day that ends with it."""
    calendar = office.region.calendar
    day = calendar.last_day(moment)
    ends = day != calendar.local_day(moment)
    return day, "24.00" if ends else f"{local(moment, calendar.timezone):%H.%M}"
