"""Meetings with the head as time passes: reminders, places that were offered and not taken, the waiting list."""

from collections.abc import Callable

from bot.domain.appointments import Appointment, State, next_reminder
from bot.services.database import Database
from bot.services.office import Office
from bot.services.ports import UnitOfWork
from bot.services.visits.booking import pass_on
from bot.services.visits.meeting_words import spoken_slot

MEETING_SECONDS = 20.0
BATCH = 50


class MeetingClock:
    """A step to be repeated; what was done, and that it was done, is one transaction."""

    def __init__(self, database: Database, office: Office, *, woken: Callable[[], None]) -> None:
        self._database = database
        self._office = office
        self._woken = woken

    async def step(self) -> None:
        """Remind, let go of what nobody took, offer what is free; where nothing is due it only looks."""
        if not self._office.region.openings:
            return
        now = self._office.clock()
        if await self._database.read(lambda uow: uow.appointments.any_due(now=now) or uow.appointments.waited_for()):
            await self._database.write(lambda uow: look(uow, self._office))
            self._woken()


def look(uow: UnitOfWork, office: Office) -> None:
    """Everything that is due now."""
    for each in uow.appointments.claim(now=office.clock(), limit=BATCH):
        if each.state is State.TERDAFTAR:
            _remind(uow, office, each)
        elif each.state is State.DITAWARI:
            _let_go(uow, office, each)
        else:
            uow.appointments.change(each.id, check_at=None)
    for head in sorted(uow.appointments.waited_for()):
        pass_on(uow, office, head)


def _remind(uow: UnitOfWork, office: Office, each: Appointment) -> None:
    """The day before, and two hours before; one whose time was slept through is left out."""
    opening, now, slot = office.region.openings.get(each.head), office.clock(), each.slot or 0.0
    which = each.reminded + 1
    following = next_reminder(slot, which, office.region.quiet, now)
    check_at = following[0] if following else None
    uow.appointments.change(each.id, reminded=which, check_at=check_at)
    person = uow.people.by_id(each.person_id)
    if person is None or opening is None or now >= slot:
        return
    when = spoken_slot(office, slot, each.register)
    office.tell(
        uow, person, "temu.reminder", register=each.register, number=each.number, when=when, whom=opening.whom,
        where=opening.where,
    )  # fmt: skip


def _let_go(uow: UnitOfWork, office: Office, each: Appointment) -> None:
    """Offered and not taken in time: the next one may have it."""
    uow.appointments.change(each.id, state=State.BATAL, place=None, hold_until=None, check_at=None)
    person = uow.people.by_id(each.person_id)
    if person:
        office.tell(uow, person, "temu.lapsed", register=each.register)
