"""/label: an admin labels one message after the other, each in the place of the one before."""

from bot.domain import buttons
from bot.domain.buttons import Press
from bot.domain.errors import PressRefused
from bot.domain.incoming import Chat, Command, Pressed
from bot.domain.labels import NOT_A_REPORT, OTHER
from bot.domain.lessons import CALM
from bot.domain.outgoing import EditText, Intent, Outgoing, Rows, ShowTask
from bot.domain.teaching import Task
from bot.services.desk.admins import LABELLING, objection
from bot.services.learning import teaching
from bot.services.learning.labelling_data import (
    ANSWER,
    FINISH,
    KIND,
    MENU,
    SHOW,
    SKIP,
    UNDO,
    URGENCY,
    Choices,
    read_choices,
)
from bot.services.learning.labelling_web import invite
from bot.services.learning.labelling_words import today, undo_row
from bot.services.learning.undoing import last_answer, undo
from bot.services.office import Office
from bot.services.ports import UnitOfWork

WEB = "web"
LONGEST = 600.0  # seconds for one answer: beyond that, somebody was away
SILENT = ""
DIGITS = 15  # of a task's id: more fit into no database
WISHES = (ANSWER, FINISH, KIND, MENU, SHOW, SKIP, UNDO, URGENCY)


def label(uow: UnitOfWork, office: Office, command: Command) -> None:
    """/label: the first message. /label web: a link to the page, sent privately."""
    word = command.argument.strip().casefold()
    why = objection(uow, office, command, LABELLING)
    if why is None and word not in ("", WEB):
        why = "label.how"
    if why is not None:
        office.say(uow, command.chat, why, reply_to=command.message_id)
    elif word == WEB:
        invite(uow, office, command)
    else:
        _begin(uow, office, command)


def press_label(uow: UnitOfWork, office: Office, pressed: Pressed, what: Press) -> None:
    """A button under a message to label; every press is answered."""
    try:
        if why := objection(uow, office, pressed, LABELLING):
            raise PressRefused(why)
        _act(uow, office, pressed, what)
    except PressRefused as refused:
        office.refuse_press(uow, pressed, refused)
        return
    office.toast(uow, pressed.chat.channel, pressed.press_id, SILENT)


def _begin(uow: UnitOfWork, office: Office, command: Command) -> None:
    chat = command.chat
    shown = teaching.next_for(uow, office, command.sender.actor, alone=chat.private)
    if shown is None:
        office.say(uow, chat, "label.none", reply_to=command.message_id)
    else:
        _put(uow, office, chat, ShowTask(shown.task.id, alone=chat.private))


def _act(uow: UnitOfWork, office: Office, pressed: Pressed, what: Press) -> None:
    known = what.subject.isdecimal() and len(what.subject) <= DIGITS
    task = uow.teaching.task(int(what.subject)) if known else None
    wish, choices = read_choices(what.argument)
    if task is None or wish not in WISHES:
        raise PressRefused("toast.unknown")
    if task.admin != pressed.sender.actor:
        raise PressRefused("label.not_yours")
    if wish in (KIND, MENU, SHOW, URGENCY):
        _show(uow, office, pressed, task, choices, menu=wish == MENU)
    elif wish == FINISH:
        done, _ = today(uow, office, task.admin)
        _end(uow, office, pressed, office.texts("label.finished", count=done), task.admin)
    elif wish == UNDO:
        undo(uow, office, task.admin, task.id)
        _show(uow, office, pressed, task, choices, menu=False)
    else:
        if wish == SKIP:
            teaching.skip(uow, office, task.admin, task.id)
        else:
            _answer(uow, office, task, choices)
        _next(uow, office, pressed, task.admin)


def _answer(uow: UnitOfWork, office: Office, task: Task, choices: Choices) -> None:
    topic, kind, urgency = choices.rest, choices.kind, choices.urgency
    if kind == NOT_A_REPORT:
        topic, urgency = OTHER, CALM
    if not (kind and urgency):
        raise PressRefused("label.choose_first")
    seconds = min(LONGEST, office.clock() - task.at)
    teaching.answer(
        uow, office, task.admin, task.id, kind=kind, topic=topic, urgency=urgency, seconds=seconds
    )


def _next(uow: UnitOfWork, office: Office, pressed: Pressed, admin: str) -> None:
    shown = teaching.next_for(uow, office, admin, alone=pressed.chat.private)
    if shown is None:
        _end(uow, office, pressed, office.texts("label.none"), admin)
        return
    task = ShowTask(shown.task.id, pressed.message_id, alone=pressed.chat.private)
    _put(uow, office, pressed.chat, task, merge=pressed.message_id)


def _show(
    uow: UnitOfWork, office: Office, pressed: Pressed, task: Task, choices: Choices, *, menu: bool
) -> None:
    page = int(choices.rest) if menu and choices.rest.isdecimal() else -1
    shown = ShowTask(
        task.id, pressed.message_id, choices.kind, choices.urgency, page, alone=pressed.chat.private
    )
    _put(uow, office, pressed.chat, shown, merge=pressed.message_id)


def _end(uow: UnitOfWork, office: Office, pressed: Pressed, text: str, admin: str) -> None:
    """Words instead of a message to label; the last answer can be taken back all the same."""
    last = last_answer(uow, office, admin)
    rows: Rows = undo_row(office, last.task_id if last else 0)
    _put(uow, office, pressed.chat, EditText(pressed.message_id, text, rows), merge=pressed.message_id)


def _put(uow: UnitOfWork, office: Office, chat: Chat, intent: Intent, *, merge: str | None = None) -> None:
    key = f"{buttons.LABEL}:{merge}" if merge else None
    message = Outgoing(chat.channel, chat.id, intent, thread_id=chat.thread_id, merge_key=key)
    uow.outbox.put(message, now=office.clock())
