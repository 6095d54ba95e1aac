"""The call list: who is to be told what, opened one by one, and what came of it."""

from bot.domain import buttons
from bot.domain.buttons import Press
from bot.domain.case import ANSWER, Case
from bot.domain.counter import KANTOR
from bot.domain.errors import PressRefused
from bot.domain.incoming import Chat, Pressed, Sender
from bot.domain.life import Status
from bot.domain.outgoing import Button, EditText, Outgoing, Rows, Text
from bot.domain.privacy import mask
from bot.services.citizens.telling import root_of
from bot.services.moments import span
from bot.services.office import Office
from bot.services.ports import UnitOfWork
from bot.services.visits.at_counter import (
    STARS,
    check,
    decide,
    may_decide,
    not_reached,
    owed,
    photos,
    rate,
    read_news,
    read_number,
    reporter,
    told,
)
from bot.services.visits.meeting_counter import offered_to, take_offered

LISTED = 8
OPEN, NUMBER, TOLD, FAILED, STAR = "buka", "nomor", "sampai", "gagal", "nilai"
TAKE = "ambil"
ALERT = 200
GUEST = "@"  # before our own id of somebody who is to be told of something that is no case


def say_calls(uow: UnitOfWork, office: Office, chat: Chat, *, reply_to: str | None = None) -> None:
    """`/catat daftar`: the list, into the chat."""
    text, rows = draw_calls(uow, office)
    intent = Text(text, reply_to=reply_to, rows=rows)
    uow.outbox.put(Outgoing(chat.channel, chat.id, intent, thread_id=chat.thread_id), now=office.clock())


def say_case(
    uow: UnitOfWork, office: Office, chat: Chat, case: Case, *, operator: Sender, reply_to: str | None = None
) -> None:
    """One case whose reporter stands here or is to be called."""
    text, rows = draw_case(uow, office, case, private=chat.private)
    if chat.private and case.secret and owed(uow, case):
        read_news(uow, office, operator, case)
    intent = Text(text, reply_to=reply_to, rows=rows)
    uow.outbox.put(Outgoing(chat.channel, chat.id, intent, thread_id=chat.thread_id), now=office.clock())


def press_call(uow: UnitOfWork, office: Office, pressed: Pressed, what: Press) -> tuple[str, bool]:
    """A button of the list; returns the toast, and whether it is an alert. PressRefused where it does not act."""
    check(uow, office, pressed.sender, pressed.chat)
    if not what.subject:
        _edit(uow, office, pressed, *draw_calls(uow, office))
        return "", False
    if what.subject.startswith(GUEST):
        return _press_guest(uow, office, pressed, what)
    case, person = reporter(uow, uow.cases.by_code(what.subject))
    if what.argument == NUMBER:
        read_number(uow, office, pressed.sender, case)
        return f"{case.code}\n{person.name or '-'}\n{person.phone or '-'}"[:ALERT], True
    case, toast = _act(uow, office, pressed, case, what.argument)
    _edit(uow, office, pressed, *draw_case(uow, office, case, private=pressed.chat.private))
    return toast, False


def _press_guest(uow: UnitOfWork, office: Office, pressed: Pressed, what: Press) -> tuple[str, bool]:
    """The same for what has no case: the meeting that somebody without a chat has with the head."""
    bare = what.subject.removeprefix(GUEST)
    person = uow.people.by_id(int(bare)) if bare.isdigit() else None
    calls = uow.offices.owed_to(person.id, None) if person and person.channel == KANTOR else []
    if person is None or not calls:
        raise PressRefused("toast.done_already")
    if what.argument == NUMBER:
        read_number(uow, office, pressed.sender, None)
        return f"{person.name or '-'}\n{person.phone or '-'}"[:ALERT], True
    now, ids = office.clock(), [call.id for call in calls]
    if what.argument == OPEN:
        words = "\n\n".join(call.text for call in calls)
        text = "\n\n".join([office.texts("counter.person"), office.texts("counter.say", text=words)])
        rows = (_number_row(office, what.subject), _told_row(office, what.subject), _back_row(office))
        offered = offered_to(uow, person)
        take = Button(office.texts("button.ambilkan"), buttons.encode(buttons.CALLS, what.subject, TAKE))
        _edit(uow, office, pressed, text, ((take,), *rows) if offered else rows)
        return "", False
    if what.argument == TAKE:
        take_offered(uow, office, pressed.sender, person)
    if what.argument in (TOLD, TAKE):
        uow.offices.called(ids, by=pressed.sender.actor, at=now)
    elif what.argument == FAILED:
        uow.offices.not_reached(ids, at=now)
    _edit(uow, office, pressed, *draw_calls(uow, office))
    return office.texts("toast.ok"), False


def _act(uow: UnitOfWork, office: Office, pressed: Pressed, case: Case, what: str) -> tuple[Case, str]:
    """What a button does; the case afterwards, and the toast."""
    operator = pressed.sender
    if what in (buttons.FIXED, buttons.NOT_FIXED):
        return decide(uow, office, operator, case, what), office.texts("toast.ok")
    if what.startswith(STAR) and what.removeprefix(STAR).isdigit():
        return rate(uow, office, operator, case, int(what.removeprefix(STAR))), office.texts("toast.ok")
    if what == TOLD:
        told(uow, office, operator, case)
    elif what == FAILED:
        not_reached(uow, office, operator, case)
    elif what != OPEN:
        raise PressRefused("toast.unknown")
    return case, "" if what == OPEN else office.texts("toast.ok")


def draw_calls(uow: UnitOfWork, office: Office) -> tuple[str, Rows]:
    """Who waits for a call: codes and what for; no names, no numbers, none of the words."""
    every = uow.offices.owed(most=LISTED)
    if not every:
        return office.texts("counter.no_calls"), ()
    now, lines, row = office.clock(), list[str](), list[Button]()
    for number, each in enumerate(every, 1):
        case = uow.cases.by_id(each.case_id) if each.case_id else None
        what = [case.code, *_why(uow, office, case)] if case else [office.texts("counter.meeting")]
        age = office.texts("list.age", span=span(office, now - each.calls[0].at))
        tries = office.texts("counter.tries", count=each.tries) if each.tries else ""
        lines.append(f"{number}. {' · '.join(filter(None, [*what, age, tries]))}")
        subject = case.code if case else f"{GUEST}{each.person_id}"
        row.append(Button(str(number), buttons.encode(buttons.CALLS, subject, OPEN)))
    head = office.texts("counter.calls", count=uow.offices.owed_count())
    rows = tuple(tuple(row[i : i + 4]) for i in range(0, len(row), 4))
    return "\n".join([head, "", *lines]), rows


def draw_case(uow: UnitOfWork, office: Office, case: Case, *, private: bool) -> tuple[str, Rows]:
    """A case as its reporter's operator needs it: where it stands, what to say, what they may answer."""
    calls = owed(uow, case)
    root = root_of(uow, case)
    topic = office.texts(f"topic.{case.tags.topic}")
    parts = [office.texts("counter.case", code=case.code, topic=topic, status=office.status_of(root))]
    if not calls:
        parts.append(office.texts("counter.nothing"))
    elif case.secret and not private:
        parts.append(office.texts("counter.secret", code=case.code))
    else:
        words = "\n\n".join(call.text if private else mask(call.text).text for call in calls)
        parts.append(office.texts("counter.say", text=words))
    if (count := len(photos(uow, case))) and (private or not case.secret):
        parts.append(office.texts("counter.photo", count=count))
    if tries := max((call.tries for call in calls), default=0):
        parts.append(office.texts("counter.tries", count=tries))
    return "\n\n".join(parts), _rows(uow, office, case, root, owing=bool(calls))


def _rows(uow: UnitOfWork, office: Office, case: Case, root: Case, *, owing: bool) -> Rows:
    person = uow.people.by_id(case.person_id)
    rows: list[tuple[Button, ...]] = []
    if person and (person.phone or person.name):
        rows.append(_number_row(office, case.code))
    if owing:
        rows.append(_told_row(office, case.code))
    verdicts = [
        Button(office.texts(f"button.{step}"), buttons.encode(buttons.CALLS, case.code, step))
        for step in (buttons.FIXED, buttons.NOT_FIXED)
        if may_decide(uow, case, step)
    ]
    if verdicts:
        rows.append(tuple(verdicts))
    if root.status is Status.SELESAI and case.rating is None:
        stars = (buttons.encode(buttons.CALLS, case.code, f"{STAR}{n}") for n in range(1, STARS + 1))
        rows.append(tuple(Button(f"{n} ⭐", data) for n, data in enumerate(stars, 1)))
    rows.append((Button(office.texts("button.jawabkan"), buttons.encode(buttons.CALL_ANSWER, case.code)),))
    return (*rows, _back_row(office))


def _number_row(office: Office, subject: str) -> tuple[Button, ...]:
    return (Button(office.texts("button.nomor"), buttons.encode(buttons.CALLS, subject, NUMBER)),)


def _told_row(office: Office, subject: str) -> tuple[Button, ...]:
    return tuple(
        Button(office.texts(key), buttons.encode(buttons.CALLS, subject, what))
        for key, what in (("button.sampai", TOLD), ("button.gagal", FAILED))
    )


def _back_row(office: Office) -> tuple[Button, ...]:
    return (Button(office.texts("button.hubungi"), buttons.encode(buttons.CALLS)),)


def _why(uow: UnitOfWork, office: Office, case: Case) -> list[str]:
    """What the call is for, in a word or two."""
    root = root_of(uow, case)
    if root.awaiting == ANSWER:
        return [office.texts("counter.why.question")]
    news = "counter.why.confirm" if root.status is Status.MENUNGGU_KONFIRMASI else "counter.why.news"
    return [office.texts(each) for each in (news, *(["counter.why.photo"] if photos(uow, case) else []))]


def _edit(uow: UnitOfWork, office: Office, pressed: Pressed, text: str, rows: Rows) -> None:
    chat = pressed.chat
    edit = EditText(pressed.message_id, text, rows)
    uow.outbox.put(Outgoing(chat.channel, chat.id, edit, thread_id=chat.thread_id), now=office.clock())
