"""/temu: a citizen asks to meet a head, chooses a time, moves it, gives it back; where all is full they wait."""

from dataclasses import replace

from bot.domain import buttons
from bot.domain.appointments import Appointment, State
from bot.domain.buttons import Press
from bot.domain.errors import PressRefused
from bot.domain.incoming import Command, Pressed, Said
from bot.domain.labels import NOT_A_REPORT
from bot.domain.lengths import cut
from bot.domain.outgoing import Button, EditText, Outgoing, Rows
from bot.domain.records import Person
from bot.domain.registers import DEFAULT, answer_in
from bot.services.citizens.opening import open_case
from bot.services.office import Office
from bot.services.ports import UnitOfWork
from bot.services.visits.booking import cancel, only_head, some_places, take_slot, wait
from bot.services.visits.meeting_words import (
    CANCEL,
    MOVE,
    REPORT,
    TAKE,
    WAIT,
    booked_words,
    button,
    offered_words,
    spoken_slot,
)
from bot.services.visits.whom import TURN, chosen, page_of, whom_rows

ASKED = "temu"
ASKED_SECONDS = 3600.0
A_ROW = 2
SUBJECT_UNITS = 500


def meet(uow: UnitOfWork, office: Office, command: Command) -> None:
    """/temu in a private chat; what stands behind it is the subject, or `batal`."""
    person = uow.people.meet(command.sender, command.chat, now=office.clock())
    register = person.register or DEFAULT
    openings = office.region.openings
    if not openings:
        office.tell(uow, person, "temu.none", register=register)
        return
    has = uow.appointments.active_of(person.id)
    words = command.argument.strip()
    if words.casefold() == CANCEL:
        _cancel(uow, office, person, has)
    elif has and has.state is not State.MEMILIH:
        _show(uow, office, person, has)
    elif words:
        offer(uow, office, person, words)
    else:
        uow.people.change(person.id, asked=ASKED, asked_at=office.clock())
        only = openings.get(only_head(office))
        whom = only.whom if only else office.texts("temu.whoever", register)
        office.tell(uow, person, "temu.subject", register=register, whom=whom)


def hears_subject(uow: UnitOfWork, office: Office, person: Person, said: Said) -> bool:
    """The next message after `/temu` is its subject; nothing that may be an emergency, and nothing an hour later."""
    if person.asked != ASKED:
        return False
    uow.people.change(person.id, asked=None)
    text = said.text.strip()
    if not text or not office.region.openings or office.clock() - person.asked_at > ASKED_SECONDS:
        return False
    if office.tagger.tag(text).emergency:
        return False
    offer(uow, office, person, text)
    return True


def offer(uow: UnitOfWork, office: Office, person: Person, subject: str, *, operator: str = "") -> Appointment:
    """Keep the subject and offer the heads who may be met; of the only one the next times, or the waiting list."""
    subject = cut(" ".join(subject.split()), SUBJECT_UNITS)
    register = answer_in(office.tagger.tag(subject).language, spoken=office.region.languages)
    begun = uow.appointments.begin(
        person.id, subject, register, head=only_head(office), operator=operator, now=office.clock()
    )
    text, rows = _times(uow, office, begun) if begun.head else _whom(office, begun)
    office.tell(uow, person, "plain", register=register, text=text, rows=rows)
    return begun


def press_meeting(uow: UnitOfWork, office: Office, pressed: Pressed, what: Press) -> str:
    """A citizen's button; returns the toast. PressRefused where it does not act any more."""
    person = uow.people.find(pressed.sender.channel, pressed.sender.id)
    has = uow.appointments.get(int(what.subject)) if what.subject.isdigit() else None
    if person is None or has is None or has.person_id != person.id or not office.region.openings:
        raise PressRefused("toast.done_already")
    if what.argument == REPORT:
        return _report(uow, office, pressed, person, has)
    if not has.active:
        raise PressRefused("toast.done_already")
    if has.state is State.MEMILIH and (choice := _choice(uow, office, has, what.argument)):
        _edit(uow, office, pressed, *choice)
    elif not has.head and what.argument != CANCEL:
        raise PressRefused("toast.done_already")
    elif what.argument == CANCEL:
        _cancel(uow, office, person, has)
        _edit(uow, office, pressed, office.texts("temu.given_back", has.register))
    elif what.argument == WAIT:
        wait(uow, office, has)
        _edit(uow, office, pressed, office.texts("temu.waiting", has.register))
    elif what.argument == MOVE:
        _edit(uow, office, pressed, *_times(uow, office, has))
    elif what.argument == TAKE and has.state is State.DITAWARI and has.slot is not None:
        _book(uow, office, pressed, has, has.slot)
    elif what.argument.isdigit():
        _book(uow, office, pressed, has, float(what.argument))
    else:
        raise PressRefused("toast.done_already")
    return office.texts("toast.ok", has.register)


def _book(uow: UnitOfWork, office: Office, pressed: Pressed, has: Appointment, slot: float) -> None:
    """Take the chosen time; where others were faster, offer what is left."""
    booked = take_slot(uow, office, has, slot)
    if booked is None:
        text, rows = _times(uow, office, has)
        gone = office.texts("temu.gone", has.register)
        _edit(uow, office, pressed, f"{gone}\n\n{text}", rows)
        return
    _edit(uow, office, pressed, *booked_words(office, booked))


def _choice(uow: UnitOfWork, office: Office, has: Appointment, argument: str) -> tuple[str, Rows] | None:
    """The message once a head was chosen, or another page of them; None for every other button."""
    if (page := page_of(argument)) is not None:
        return _whom(office, has, page=page)
    if head := chosen(office, argument):
        return _times(uow, office, uow.appointments.change(has.id, head=head))
    return None


def _whom(office: Office, has: Appointment, *, page: int = 0) -> tuple[str, Rows]:
    """The heads who may be met."""

    def draw(words: str, what: str) -> Button:
        return Button(words, buttons.encode(buttons.MEET, str(has.id), what))

    text = office.texts("temu.whom", has.register, subject=has.subject)
    return text, whom_rows(office, has.subject, draw, page=page, register=has.register)


def _times(uow: UnitOfWork, office: Office, has: Appointment) -> tuple[str, Rows]:
    """The next free times as buttons, or the waiting list; and the way to another head, as long as none is taken."""
    opening, register = office.region.openings.get(has.head), has.register
    if opening is None:
        return office.texts("temu.none", register), ()
    free = list(some_places(uow, office, has.head, but=has.slot))
    other: Rows = ()
    if has.state is State.MEMILIH and not only_head(office):
        other = ((button(office, has, "temu.button.lain", f"{TURN}0"),),)
    if not free:
        text = office.texts("temu.full", register, whom=opening.whom)
        return text, ((button(office, has, "temu.button.tunggu", WAIT),), *other)
    every = [
        Button(spoken_slot(office, slot, register), buttons.encode(buttons.MEET, str(has.id), f"{slot:.0f}"))
        for slot in free
    ]
    rows = tuple(tuple(every[i : i + A_ROW]) for i in range(0, len(every), A_ROW))
    text = office.texts("temu.choose", register, subject=has.subject, whom=opening.whom, where=opening.where)
    return text, (*rows, *other)


def _show(uow: UnitOfWork, office: Office, person: Person, has: Appointment) -> None:
    """What somebody has already."""
    if has.state is State.MENUNGGU:
        rows: Rows = ((button(office, has, "temu.button.batal", CANCEL),),)
        office.tell(uow, person, "temu.waiting", register=has.register, rows=rows)
    elif has.state is State.DITAWARI:
        text, rows = offered_words(office, has)
        office.tell(uow, person, "plain", register=has.register, text=text, rows=rows)
    else:
        text, rows = booked_words(office, has)
        office.tell(uow, person, "plain", register=has.register, text=text, rows=rows)


def _cancel(uow: UnitOfWork, office: Office, person: Person, has: Appointment | None) -> None:
    if has is None:
        office.tell(uow, person, "temu.nothing", register=person.register or DEFAULT)
        return
    cancel(uow, office, has)
    office.tell(uow, person, "temu.cancelled", register=has.register)


def _report(uow: UnitOfWork, office: Office, pressed: Pressed, person: Person, has: Appointment) -> str:
    """The subject becomes a case as well."""
    if has.case_id is not None:
        raise PressRefused("toast.done_already")
    said = Said(pressed.chat, pressed.sender, f"temu:{has.id}", office.clock(), text=has.subject)
    tags = office.tagger.tag(has.subject)
    case = open_case(uow, office, person, said, replace(tags, kind="pengaduan") if tags.kind == NOT_A_REPORT else tags)
    has = uow.appointments.change(has.id, case_id=case.id)
    if has.state is State.TERDAFTAR:
        _edit(uow, office, pressed, *booked_words(office, has))
    return office.texts("toast.ok", has.register)


def _edit(uow: UnitOfWork, office: Office, pressed: Pressed, text: str, rows: Rows = ()) -> None:
    edit = EditText(pressed.message_id, text, rows)
    uow.outbox.put(Outgoing(pressed.chat.channel, pressed.chat.id, edit), now=office.clock())
