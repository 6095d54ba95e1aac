"""An operator registers somebody without a chat to meet a head, and prints what they are given."""

from uuid import uuid4

from bot.domain.appointments import Appointment, State
from bot.domain.counter import clean_name
from bot.domain.errors import PressRefused
from bot.domain.incoming import Sender
from bot.domain.records import Person
from bot.domain.registers import answer_in
from bot.services.office import Office
from bot.services.ports import UnitOfWork
from bot.services.visits.booking import cancel, opening_of, take_slot, wait
from bot.services.visits.meeting_words import spoken_slot


def register(
    uow: UnitOfWork, office: Office, operator: Sender, *, name: str, phone: str | None, subject: str,
    slot: float | None, head: str,
) -> Appointment:  # fmt: skip
    """Give somebody a place, or put them on the waiting list; PressRefused where they have one, or it is taken."""
    opening_of(office, head)
    now = office.clock()
    person = uow.offices.caller(uuid4().hex, name=clean_name(name), phone=phone, now=now)
    has = uow.appointments.active_of(person.id)
    if has and has.state is not State.MEMILIH:
        raise PressRefused("meeting.has_one")
    words = " ".join(subject.split())[:500]
    language = answer_in(office.tagger.tag(words).language, spoken=office.region.languages)
    begun = uow.appointments.begin(person.id, words, language, head=head, operator=operator.actor, now=now)
    if slot is None:
        wait(uow, office, begun)
        return uow.appointments.get(begun.id) or begun
    taken = take_slot(uow, office, begun, slot)
    if taken is None:
        raise PressRefused("meeting.taken")
    uow.cases.note(None, operator.actor, "appointment", at=now, after=State.TERDAFTAR)
    return taken


def offered_to(uow: UnitOfWork, person: Person) -> Appointment | None:
    """The place that is kept for somebody who waited."""
    has = uow.appointments.active_of(person.id)
    return has if has and has.state is State.DITAWARI else None


def take_offered(uow: UnitOfWork, office: Office, operator: Sender, person: Person) -> Appointment:
    """Somebody told an operator that they take it."""
    has = offered_to(uow, person)
    taken = take_slot(uow, office, has, has.slot) if has and has.slot is not None else None
    if taken is None:
        raise PressRefused("meeting.taken")
    uow.cases.note(None, operator.actor, "appointment", at=office.clock(), after=State.TERDAFTAR)
    return taken


def give_back(uow: UnitOfWork, office: Office, operator: Sender, has: Appointment) -> None:
    """Somebody told an operator that they do not come."""
    if not has.active:
        raise PressRefused("toast.done_already")
    uow.cases.note(None, operator.actor, "appointment", at=office.clock(), before=has.state, after=State.BATAL)
    cancel(uow, office, has)


def meeting_slip(office: Office, has: Appointment) -> str:
    """What the guest takes home, in their register."""
    opening = opening_of(office, has.head)
    if has.slot is None or has.state is not State.TERDAFTAR:
        return office.texts(f"meeting.state.{has.state}")
    when = spoken_slot(office, has.slot, has.register)
    return office.texts(
        "slip.meeting", has.register, whom=opening.whom, number=has.number, when=when, where=opening.where,
        subject=has.subject,
    )  # fmt: skip
