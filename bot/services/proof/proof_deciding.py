"""An admin decides on a photo that is like another picture; staff say that a photo sent before counts."""

from bot.domain.buttons import Press
from bot.domain.case import Case
from bot.domain.errors import PressRefused
from bot.domain.incoming import Pressed
from bot.domain.outgoing import EditCaption, EditText, Outgoing
from bot.domain.proof import Evidence, Stage
from bot.domain.roles import Action
from bot.services.desk import admins
from bot.services.desk.pointing import may_act
from bot.services.desk.roles import objection
from bot.services.office import Office
from bot.services.ports import UnitOfWork
from bot.services.proof.proof_words import ANEW, FINE, USE, words
from bot.services.proof.proving import ask_anew, settle, show_reporters, use_early

OPEN = (Stage.DICEK, Stage.SAH)


def press_proof(uow: UnitOfWork, office: Office, pressed: Pressed, what: Press) -> None:
    """Carry out the press; every press is answered."""
    try:
        case = uow.cases.by_code(what.subject)
        if case is None:
            raise PressRefused("toast.unknown")
        action, _, number = what.argument.partition(":")
        if action == USE:
            toast = _use(uow, office, pressed, case)
        else:
            toast = _decide(uow, office, pressed, case, action, number)
    except PressRefused as refused:
        office.refuse_press(uow, pressed, refused)
        return
    office.toast(uow, pressed.chat.channel, pressed.press_id, toast)


def _use(uow: UnitOfWork, office: Office, pressed: Pressed, case: Case) -> str:
    """`Pakai foto tadi`."""
    if why := objection(uow, pressed.sender, Action.WORK):
        raise PressRefused(why)
    if not may_act(uow, office, pressed, case):
        raise PressRefused("toast.not_yours", unit=office.unit_name(case.unit))
    if not use_early(uow, office, case):
        raise PressRefused("toast.done_already")
    edit = EditText(pressed.message_id, office.texts("proof.used", code=case.code))
    _put(uow, office, pressed, edit)
    return office.texts("toast.ok")


def _decide(uow: UnitOfWork, office: Office, pressed: Pressed, case: Case, action: str, number: str) -> str:
    """`Wajar` or `Minta foto baru`."""
    if why := admins.objection(uow, office, pressed, admins.RIGHTS):
        raise PressRefused(why)
    photo = uow.evidence.get(int(number)) if number.isdecimal() else None
    if photo is None or photo.case_id != case.id or action not in (FINE, ANEW):
        raise PressRefused("toast.unknown")
    if photo.stage not in OPEN:
        raise PressRefused("toast.done_already")
    uow.cases.note(case.id, pressed.sender.actor, f"proof_{action}", at=office.clock(), after=str(photo.id))
    stage = Stage.SAH if action == FINE else Stage.DITOLAK
    uow.evidence.change(photo.id, stage=stage)
    settle(uow, office, case)
    if action == ANEW:
        ask_anew(uow, office, case, "proof.anew")
    elif photo.stage is Stage.DICEK:
        show_reporters(uow, office, case, [photo])
    _close(uow, office, pressed, case, photo, action)
    return office.texts("toast.ok")


def _close(uow: UnitOfWork, office: Office, pressed: Pressed, case: Case, photo: Evidence, action: str) -> None:
    """The message says who decided what, and loses its buttons."""
    name = pressed.sender.name or "Admin"
    text = words(uow, office, case, photo, end=office.texts(f"proof.decided_{action}", name=name))
    _put(uow, office, pressed, EditCaption(pressed.message_id, text))


def _put(uow: UnitOfWork, office: Office, pressed: Pressed, intent: EditCaption | EditText) -> None:
    chat = pressed.chat
    uow.outbox.put(Outgoing(chat.channel, chat.id, intent, thread_id=chat.thread_id), now=office.clock())
