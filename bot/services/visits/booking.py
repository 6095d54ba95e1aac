"""Places with a head: taken, moved, given back, offered to whoever waits."""

from collections.abc import Iterator
from datetime import time, timedelta

from bot.domain.appointments import (
    HELD,
    NIGHT,
    Appointment,
    Opening,
    State,
    hold_until,
    is_open,
    next_reminder,
    number_of,
    slots,
)
from bot.domain.errors import PressRefused
from bot.domain.quiet import Quiet
from bot.services.office import Office
from bot.services.ports import UnitOfWork
from bot.services.visits.meeting_words import offered_words

AHEAD = timedelta(days=366)
WAITING = 50
OFFERED = 8
QUIET_DIGEST = time(12)
NO_PLACE: dict[str, None] = {"slot": None, "place": None, "number": None, "hold_until": None, "check_at": None}


def opening_of(office: Office, head: str) -> Opening:
    """When a head receives people; PressRefused where they have no such hours."""
    opening = office.region.openings.get(head)
    if opening is None:
        raise PressRefused("meeting.none")
    return opening


def only_head(office: Office) -> str:
    """The one head who receives people; empty where several do, so that somebody must choose."""
    openings = office.region.openings
    return next(iter(openings)) if len(openings) == 1 else ""


def some_places(uow: UnitOfWork, office: Office, head: str, *, but: float | None = None) -> Iterator[float]:
    """The next times with a place, at most so many; spread over days, so that nobody sees one morning only."""
    found = [slot for slot in free_places(uow, office, head) if slot != but]
    calendar, by_day = office.region.calendar, dict[object, int]()
    several = len({calendar.local_day(slot) for slot in found}) > 1
    kept = 0
    for slot in found:
        day = calendar.local_day(slot)
        by_day[day] = by_day.get(day, 0) + 1
        if several and by_day[day] > OFFERED // 2:
            continue
        kept += 1
        yield slot
        if kept == OFFERED:
            return


def free_places(uow: UnitOfWork, office: Office, head: str) -> Iterator[float]:
    """The times of a head that still have a place, in order."""
    opening, now = opening_of(office, head), office.clock()
    taken = uow.appointments.taken(head, now, now + AHEAD.total_seconds())
    for slot in slots(opening, office.region.calendar, now):
        if taken.get(slot, 0) < opening.places:
            yield slot


def take_slot(uow: UnitOfWork, office: Office, has: Appointment, slot: float) -> Appointment | None:
    """Give somebody a place at this time; None where there is none any more. What they had before becomes free."""
    opening, now = opening_of(office, has.head), office.clock()
    own = has.state is State.DITAWARI and has.slot == slot
    if not own and not is_open(opening, office.region.calendar, slot, now):
        return None
    places = [has.place] if own and has.place is not None else range(1, opening.places + 1)
    for place in places:
        number = number_of(opening, office.region.calendar, slot, place)
        values = _held(office, slot, State.TERDAFTAR, number)
        taken = uow.appointments.take(has.id, slot, place, **values)
        if taken:
            if has.slot is not None and has.slot != slot:
                pass_on(uow, office, has.head)
            return taken
    return None


def _held(office: Office, slot: float, state: State, number: int) -> dict[str, object]:
    reminder = next_reminder(slot, 0, office.region.quiet, office.clock())
    check_at = reminder[0] if reminder else None
    return {"state": state, "number": number, "reminded": 0, "check_at": check_at, "hold_until": None}


def wait(uow: UnitOfWork, office: Office, has: Appointment) -> None:
    """Put somebody on the waiting list; a place that became free meanwhile is offered at once."""
    if has.state is not State.MENUNGGU:
        uow.appointments.change(has.id, state=State.MENUNGGU, **NO_PLACE)
        pass_on(uow, office, has.head)


def cancel(uow: UnitOfWork, office: Office, has: Appointment) -> None:
    """Give a place back; whoever waits longest hears of it."""
    uow.appointments.change(has.id, state=State.BATAL, place=None, hold_until=None, check_at=None)
    if has.state in HELD:
        pass_on(uow, office, has.head)


def pass_on(uow: UnitOfWork, office: Office, head: str) -> None:
    """Offer free places with a head to those who wait, the longest first, one each; at night they are let alone."""
    if head not in office.region.openings or kindly(office).is_quiet(office.clock()):
        return
    for each in uow.appointments.waiting(head, most=WAITING):
        held = _hold(uow, office, each)
        if held is None:
            return
        person = uow.people.by_id(held.person_id)
        if person:
            text, rows = offered_words(office, held)
            office.tell(uow, person, "plain", register=held.register, text=text, rows=rows)


def _hold(uow: UnitOfWork, office: Office, each: Appointment) -> Appointment | None:
    """Keep the next free place for somebody; None where there is none."""
    opening, now = opening_of(office, each.head), office.clock()
    for slot in free_places(uow, office, each.head):
        until = hold_until(slot, now)
        for place in range(1, opening.places + 1):
            number = number_of(opening, office.region.calendar, slot, place)
            values = {"state": State.DITAWARI, "number": number, "hold_until": until, "check_at": until}
            if held := uow.appointments.take(each.id, slot, place, **values):
                return held
    return None


def kindly(office: Office) -> Quiet:
    """When citizens are let alone."""
    quiet = office.region.quiet
    return quiet if quiet.hours else Quiet(quiet.timezone, NIGHT, QUIET_DIGEST)
