"""/temu in the chat of a head or the desk: who comes today and next, and who came. Names stand here only."""

from collections.abc import Collection
from datetime import timedelta

from bot.domain import buttons
from bot.domain.appointments import HELD, Appointment, State
from bot.domain.buttons import Press
from bot.domain.calendar import local
from bot.domain.errors import PressRefused
from bot.domain.incoming import Chat, Command, Pressed, Sender
from bot.domain.lengths import cut
from bot.domain.outgoing import Button, EditText, Outgoing, Rows, Text
from bot.domain.region import DESK, HEAD
from bot.domain.roles import Action, refusal
from bot.services.desk.roles import role_of
from bot.services.moments import weekday
from bot.services.office import Office
from bot.services.ports import UnitOfWork
from bot.services.visits.booking import NO_PLACE, opening_of, pass_on
from bot.services.visits.meeting_words import spoken_slot

LISTED = 16
MENU = 40  # heads, each with a button
SUBJECT_UNITS, NAME_UNITS = 90, 40
LIST, OPEN, CAME, MISSED, DROP, SURELY = "daftar", "buka", "hadir", "absen", "hapus", "ya"
MARKS = {State.HADIR: " ✓", State.TIDAK_HADIR: " ✗", State.DITAWARI: " …"}


def show_list(uow: UnitOfWork, office: Office, command: Command) -> None:
    """The next two days on which anybody comes."""
    chat = command.chat
    try:
        heads = _check(uow, office, command.sender, chat)
        text, rows = _drawn(uow, office, heads, "")
    except PressRefused as refused:
        office.say(uow, chat, "plain", reply_to=command.message_id, text=office.texts(refused.key, **refused.fields))
        return
    _read(uow, office, command.sender)
    intent = Text(text, reply_to=command.message_id, rows=rows)
    uow.outbox.put(Outgoing(chat.channel, chat.id, intent, thread_id=chat.thread_id), now=office.clock())


def press_list(uow: UnitOfWork, office: Office, pressed: Pressed, what: Press) -> str:
    """A button of the list; returns the toast. PressRefused where it does not act."""
    heads = _check(uow, office, pressed.sender, pressed.chat)
    has = uow.appointments.get(int(what.subject)) if what.subject.isdigit() else None
    if what.argument == LIST or has is None:
        _edit(uow, office, pressed, *_drawn(uow, office, heads, what.subject))
        return ""
    if has.head not in heads:
        raise PressRefused("meeting.where")
    toast = ""
    if what.argument in (CAME, MISSED, SURELY):
        has = mark(uow, office, pressed.sender, has, what.argument)
        toast = office.texts("toast.ok")
    _edit(uow, office, pressed, *_draw_one(uow, office, has, surely=what.argument == DROP))
    _read(uow, office, pressed.sender)
    return toast


def mark(uow: UnitOfWork, office: Office, officer: Sender, has: Appointment, what: str) -> Appointment:
    """Somebody came, did not come, or their meeting cannot be; of the last they are told."""
    if has.state not in HELD:
        raise PressRefused("toast.done_already")
    now = office.clock()
    uow.cases.note(has.case_id, officer.actor, "appointment", at=now, before=has.state, after=what)
    late = [call.id for call in uow.offices.owed_to(has.person_id, None)]  # reminders that nobody has passed on
    uow.offices.called(late, by=officer.actor, at=now)
    if what != SURELY:
        state = State.HADIR if what == CAME else State.TIDAK_HADIR
        return uow.appointments.change(has.id, state=state, check_at=None, hold_until=None)
    if has.state not in (State.TERDAFTAR, State.DITAWARI):
        raise PressRefused("toast.done_already")
    person, when = uow.people.by_id(has.person_id), spoken_slot(office, has.slot or 0.0, has.register)
    gone = uow.appointments.change(has.id, state=State.BATAL, **NO_PLACE)
    if person:
        whom = opening_of(office, has.head).whom
        office.tell(uow, person, "temu.called_off", register=has.register, when=when, whom=whom)
    pass_on(uow, office, has.head)
    return gone


def _drawn(uow: UnitOfWork, office: Office, heads: Collection[str], wanted: str) -> tuple[str, Rows]:
    """The list of the head that is wanted, or the only one; where several receive people, their names."""
    if wanted in heads:
        return draw_list(uow, office, wanted)
    if len(heads) == 1:
        return draw_list(uow, office, next(iter(heads)))
    rows = [(Button(opening_of(office, head).whom, buttons.encode(buttons.MEET, head, LIST)),) for head in heads]
    return office.texts("meeting.which"), tuple(rows[:MENU])


def draw_list(uow: UnitOfWork, office: Office, head: str) -> tuple[str, Rows]:
    """Today, or the next day on which somebody comes, and the one after it."""
    opening, calendar, now = opening_of(office, head), office.region.calendar, office.clock()
    begin = calendar.midnight(calendar.local_day(now))
    every = uow.appointments.between(head, begin, begin + timedelta(days=366).total_seconds())
    days = list(dict.fromkeys(calendar.local_day(each.slot) for each in every if each.slot is not None))[:2]
    shown = [each for each in every if each.slot and calendar.local_day(each.slot) in days][:LISTED]
    waiting = uow.appointments.waiting_count(head)
    if not shown:
        return office.texts("meeting.list_none", whom=opening.whom, waiting=waiting), ()
    lines = [office.texts("meeting.list", whom=opening.whom, waiting=waiting)]
    day = None
    for each in shown:
        if each.slot and calendar.local_day(each.slot) != day:
            day = calendar.local_day(each.slot)
            lines += ["", f"{weekday(office, day)} {day:%d-%m-%Y}"]
        lines.append(_line(uow, office, each))
    row = [Button(f"{each.number}", _data(each, OPEN)) for each in shown]
    rows = tuple(tuple(row[i : i + 4]) for i in range(0, len(row), 4))
    return "\n".join(lines), rows


def _line(uow: UnitOfWork, office: Office, each: Appointment) -> str:
    person = uow.people.by_id(each.person_id)
    name = cut(person.name if person and person.name else office.texts("meeting.nameless"), NAME_UNITS)
    clock = f"{local(each.slot or 0.0, office.region.timezone):%H.%M}"
    return f"{each.number}. {clock} {name}{MARKS.get(each.state, '')}: {cut(each.subject, SUBJECT_UNITS)}"


def _draw_one(uow: UnitOfWork, office: Office, has: Appointment, *, surely: bool) -> tuple[str, Rows]:
    when = spoken_slot(office, has.slot, "id") if has.slot else ""
    person = uow.people.by_id(has.person_id)
    name = person.name if person and person.name else office.texts("meeting.nameless")
    case = uow.cases.by_id(has.case_id) if has.case_id else None
    text = office.texts(
        "meeting.one", number=has.number or "-", name=name, when=when, subject=has.subject,
        state=office.texts(f"meeting.state.{has.state}"), code=case.code if case else "-",
    )  # fmt: skip
    back = (Button(office.texts("button.kembali"), buttons.encode(buttons.MEET, has.head, LIST)),)
    if surely:
        return text, ((Button(office.texts("button.ya_batalkan"), _data(has, SURELY)),), back)
    acts = [(CAME, "button.hadir"), (MISSED, "button.tidak_hadir")] if has.state in HELD else []
    rows: list[tuple[Button, ...]] = [tuple(Button(office.texts(key), _data(has, act)) for act, key in acts)]
    if has.state in (State.TERDAFTAR, State.DITAWARI):
        rows.append((Button(office.texts("button.batalkan_temu"), _data(has, DROP)),))
    return text, (*filter(None, rows), back)


def _check(uow: UnitOfWork, office: Office, officer: Sender, chat: Chat) -> list[str]:
    """The heads whose guests are listed here: in a head's chat their own, at the desk all; for members, as names stand
    there."""
    places = ((unit, uow.desks.chat_of(unit)) for unit in (DESK, HEAD, *office.region.heads.units))
    here = {unit for unit, link in places if link and (link.channel, link.chat_id) == (chat.channel, chat.id)}
    if not here:
        raise PressRefused("meeting.where")
    if why := refusal(role_of(uow, officer), officer.standing, Action.SEE_DATA):
        raise PressRefused(why)
    heads = [head for head in office.region.openings if DESK in here or head in here]
    if not heads:
        raise PressRefused("meeting.none")
    return heads


def _read(uow: UnitOfWork, office: Office, officer: Sender) -> None:
    uow.cases.note(None, officer.actor, "appointments_read", at=office.clock(), after="nama")


def _data(has: Appointment, what: str) -> str:
    return buttons.encode(buttons.MEET, str(has.id), what)


def _edit(uow: UnitOfWork, office: Office, pressed: Pressed, text: str, rows: Rows) -> None:
    chat = pressed.chat
    edit = EditText(pressed.message_id, text, rows)
    uow.outbox.put(Outgoing(chat.channel, chat.id, edit, thread_id=chat.thread_id), now=office.clock())
