"""`/balas`: staff write to the citizen. Where the department wants it, a second person approves the words first.

Only `/balas` knows drafts: the sentences of `Selesai`, `Tanya pelapor` and `Bukan wewenang` go out at once. The head's
own words need nobody's approval.
"""

from bot.domain import buttons
from bot.domain.buttons import Press
from bot.domain.case import Case
from bot.domain.errors import PressRefused
from bot.domain.incoming import Chat, Command, Pressed, Sender
from bot.domain.outgoing import Button, EditText, Outgoing, Rows, Text
from bot.domain.records import Bound, Draft
from bot.domain.roles import Action, Role
from bot.services.citizens.telling import noted_as
from bot.services.desk.placing import refresh
from bot.services.desk.pointing import cards_here, may_act, pointed
from bot.services.desk.replying import say_to_citizens
from bot.services.desk.roles import objection, role_of, stopped
from bot.services.office import Office
from bot.services.ports import UnitOfWork

EXPIRES_SECONDS = 3 * 86400.0


def answer_citizen(uow: UnitOfWork, office: Office, command: Command) -> None:
    """`/balas teks` as a reply to the card, or `/balas CODE teks`."""
    if stopped(uow, office, command):
        return
    case, text = pointed(uow, office, command)
    if case is None or not text:
        key = "balas.which" if case is None else "balas.empty"
        office.say(uow, command.chat, key, reply_to=command.message_id)
    elif _wants_approval(uow, office, command.sender, case):
        _propose(uow, office, command, case, text)
    else:
        told = _send(uow, office, case, command.sender, text)
        key = "balas.gone" if not told else noted_as(case, "balas.sent") if told == 1 else "balas.sent_many"
        office.say(uow, command.chat, key, reply_to=command.message_id, code=case.code, count=told)


def press_draft(uow: UnitOfWork, office: Office, pressed: Pressed, what: Press) -> str:
    """`Setujui` or `Urung` under a draft; the toast, or PressRefused with the one that says why not."""
    case = uow.cases.by_code(what.subject)
    draft = uow.drafts.get(int(what.argument)) if what.argument.isdigit() else None
    if case is None or draft is None or draft.case_id != case.id:
        raise PressRefused("toast.done_already")
    _check(uow, office, pressed, case)
    if office.clock() - draft.at > EXPIRES_SECONDS:
        uow.drafts.drop(draft.id)
        _edit(uow, office, pressed.chat, pressed.message_id, "balas.draft_expired")
        return office.texts("toast.draft_expired")
    if what.action == buttons.WITHDRAW:
        return _withdraw(uow, office, pressed, case, draft)
    return _approve(uow, office, pressed, case, draft)


def _wants_approval(uow: UnitOfWork, office: Office, sender: Sender, case: Case) -> bool:
    department = office.region.department(case.unit)
    return bool(department and department.approve_replies) and role_of(uow, sender) is not Role.KEPALA


def _propose(uow: UnitOfWork, office: Office, command: Command, case: Case, text: str) -> None:
    """Show the words to colleagues; an author's later draft replaces the earlier one."""
    sender, chat = command.sender, command.chat
    if sender.id == chat.id:  # an anonymous administrator: nobody could tell them from a second person
        office.say(uow, chat, "balas.anonymous", reply_to=command.message_id)
        return
    earlier = uow.drafts.of(case.id, sender.actor)
    if earlier:
        uow.drafts.drop(earlier.id)
        for message_id in uow.desks.messages_in(chat.channel, chat.id, Bound(case.id, _role(earlier))):
            _edit(uow, office, chat, message_id, "balas.draft_replaced")
    now = office.clock()
    draft = uow.drafts.add(Draft(0, case.id, sender.actor, sender.name or "Petugas", text, now))
    uow.cases.note(case.id, sender.actor, "draf", at=now)
    _show(uow, office, command, case, draft)


def _show(uow: UnitOfWork, office: Office, command: Command, case: Case, draft: Draft) -> None:
    """The draft with its buttons, under the card where one stands here."""
    chat = command.chat
    text = office.texts("balas.draft", name=draft.name, code=case.code, text=draft.text)
    choices = ((buttons.APPROVE, "button.setujui"), (buttons.WITHDRAW, "button.cancel_prompt"))
    rows: Rows = (
        tuple(Button(office.texts(key), buttons.encode(each, case.code, str(draft.id))) for each, key in choices),
    )
    cards = cards_here(uow, command, case)
    if cards:
        office.say_at_card(uow, cards[0], text, role=_role(draft), user_id=command.sender.id, rows=rows)
        return
    intent = Text(text, reply_to=command.message_id, rows=rows, case_id=case.id, role=_role(draft))
    uow.outbox.put(Outgoing(chat.channel, chat.id, intent, thread_id=chat.thread_id), now=office.clock())


def _check(uow: UnitOfWork, office: Office, pressed: Pressed, case: Case) -> None:
    """Refuse whoever may not work here, and chats that have no say in the case any more."""
    if not uow.desks.units_in(pressed.chat.channel, pressed.chat.id):
        raise PressRefused("toast.stranger")
    if why := objection(uow, pressed.sender, Action.WORK):
        raise PressRefused(why)
    if not may_act(uow, office, pressed, case):
        raise PressRefused("toast.not_yours", unit=office.unit_name(case.unit))


def _approve(uow: UnitOfWork, office: Office, pressed: Pressed, case: Case, draft: Draft) -> str:
    """A second person of the chat, or the head, sends the author's words."""
    actor = pressed.sender.actor
    if draft.author == actor:
        raise PressRefused("toast.draft_own")
    uow.drafts.drop(draft.id)
    uow.cases.note(case.id, actor, "setujui", at=office.clock(), before=draft.author, after=actor)
    channel, _, user_id = draft.author.partition(":")
    told = _send(uow, office, case, Sender(channel, user_id, draft.name), draft.text)
    key = "balas.approved" if told else "balas.approved_gone"
    name = pressed.sender.name or "Petugas"
    _edit(uow, office, pressed.chat, pressed.message_id, key, name=name, code=case.code)
    return office.texts("toast.draft_sent" if told else "toast.ok")


def _withdraw(uow: UnitOfWork, office: Office, pressed: Pressed, case: Case, draft: Draft) -> str:
    if draft.author != pressed.sender.actor:
        raise PressRefused("toast.draft_not_yours", name=draft.name)
    uow.drafts.drop(draft.id)
    uow.cases.note(case.id, draft.author, "draf_urung", at=office.clock())
    _edit(uow, office, pressed.chat, pressed.message_id, "balas.draft_withdrawn")
    return office.texts("toast.cancelled")


def _send(uow: UnitOfWork, office: Office, case: Case, sender: Sender, text: str) -> int:
    told = say_to_citizens(uow, office, case, sender, text, kind="reply", key="told.reply")
    refresh(uow, office, case)
    return told


def _edit(uow: UnitOfWork, office: Office, chat: Chat, message_id: str, key: str, **fields: str) -> None:
    """A draft's message says what became of it and loses its buttons."""
    edit = EditText(message_id, office.texts(key, **fields))
    uow.outbox.put(Outgoing(chat.channel, chat.id, edit, thread_id=chat.thread_id), now=office.clock())


def _role(draft: Draft) -> str:
    return f"draft:{draft.id}"
