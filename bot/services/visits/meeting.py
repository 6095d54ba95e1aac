"""/temu: a citizen asks to meet the head, chooses a time, moves it, gives it back; where all is full they wait."""

from collections.abc import Iterator
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
from bot.services.visits.booking import cancel, free_places, take_slot, wait
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

ASKED = "temu"
ASKED_SECONDS = 3600.0
OFFERED, A_ROW = 8, 2
SUBJECT_UNITS = 500


def meet(uow: UnitOfWork, office: Office, command: Command) -> None:
    """/temu in a private chat; what stands behind it is the subject, or `batal`."""
    person = uow.people.meet(command.sender, command.chat, now=office.clock())
    register = person.register or DEFAULT
    opening = office.region.appointments
    if opening is None:
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
        office.tell(uow, person, "temu.subject", register=register, whom=opening.whom)


def hears_subject(uow: UnitOfWork, office: Office, person: Person, said: Said) -> bool:
    """The next message after `/temu` is its subject; nothing that may be an emergency, and nothing an hour later."""
    if person.asked != ASKED:
        return False
    uow.people.change(person.id, asked=None)
    text = said.text.strip()
    if not text or office.region.appointments is None or office.clock() - person.asked_at > ASKED_SECONDS:
        return False
    if office.tagger.tag(text).emergency:
        return False
    offer(uow, office, person, text)
    return True


def offer(uow: UnitOfWork, office: Office, person: Person, subject: str, *, operator: str = "") -> Appointment:
    """Keep the subject and offer the next times; where there are none, the waiting list."""
    subject = cut(" ".join(subject.split()), SUBJECT_UNITS)
    register = answer_in(office.tagger.tag(subject).language, spoken=office.region.languages)
    begun = uow.appointments.begin(person.id, subject, register, operator=operator, now=office.clock())
    text, rows = _times(uow, office, begun)
    office.tell(uow, person, "plain", register=register, text=text, rows=rows)
    return begun


def press_meeting(uow: UnitOfWork, office: Office, pressed: Pressed, what: Press) -> str:
    """A citizen's button; returns the toast. PressRefused where it does not act any more."""
    person = uow.people.find(pressed.sender.channel, pressed.sender.id)
    has = uow.appointments.get(int(what.subject)) if what.subject.isdigit() else None
    if person is None or has is None or has.person_id != person.id or office.region.appointments is None:
        raise PressRefused("toast.done_already")
    if what.argument == REPORT:
        return _report(uow, office, pressed, person, has)
    if not has.active:
        raise PressRefused("toast.done_already")
    if what.argument == CANCEL:
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


def _times(uow: UnitOfWork, office: Office, has: Appointment) -> tuple[str, Rows]:
    """The next free times as buttons, or the waiting list."""
    opening, register = office.region.appointments, has.register
    if opening is None:
        return office.texts("temu.none", register), ()
    free = list(_free(uow, office, but=has.slot))
    if not free:
        text = office.texts("temu.full", register, whom=opening.whom)
        return text, ((button(office, has, "temu.button.tunggu", WAIT),),)
    every = [
        Button(spoken_slot(office, slot, register), buttons.encode(buttons.MEET, str(has.id), f"{slot:.0f}"))
        for slot in free
    ]
    rows = tuple(tuple(every[i : i + A_ROW]) for i in range(0, len(every), A_ROW))
    return office.texts("temu.choose", register, subject=has.subject, whom=opening.whom, where=opening.where), rows


def _free(uow: UnitOfWork, office: Office, *, but: float | None) -> Iterator[float]:
    """The next times with a place, at most so many; spread over days, so that nobody sees one morning only."""
    found = [slot for slot in free_places(uow, office) if slot != but]
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
