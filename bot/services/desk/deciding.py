"""An admin presses a button of a message at the desk: a request, held reports, an objection, an incident."""

from collections.abc import Callable

from bot.domain.buttons import Press
from bot.domain.errors import PressRefused
from bot.domain.incoming import Pressed
from bot.domain.rights import OPEN_REQUESTS, REASONS, DataRequest, Kind, Notice
from bot.services.citizens.pacing import checked, close_all, forward_all
from bot.services.desk import notices as words
from bot.services.desk.admins import RIGHTS, objection
from bot.services.desk.notices import close_notice, held_words, refresh_notice
from bot.services.office import Office
from bot.services.ports import UnitOfWork
from bot.services.rights.barring import answer_appeal
from bot.services.rights.erasing import erase_later, erase_now, refuse
from bot.services.secrecy.lifting import confirm, stop


def decide(uow: UnitOfWork, office: Office, pressed: Pressed, what: Press) -> None:
    """Carry out the press; every press is answered."""
    try:
        if why := objection(uow, office, pressed, RIGHTS):
            raise PressRefused(why)
        notice = uow.notices.get(int(what.subject)) if what.subject.isdecimal() else None
        if notice is None or notice.closed_at is not None:
            raise PressRefused("toast.done_already")
        action, _, more = what.argument.partition(":")
        DECIDE[notice.kind](uow, office, pressed, notice, action, more)
    except PressRefused as refused:
        office.refuse_press(uow, pressed, refused)
        return
    office.toast(uow, pressed.chat.channel, pressed.press_id, office.texts("toast.ok"))


def _request(
    uow: UnitOfWork, office: Office, pressed: Pressed, notice: Notice, action: str, more: str
) -> None:
    request = uow.rights.request(notice.subject_id)
    if request is None or request.status not in OPEN_REQUESTS:
        raise PressRefused("toast.done_already")
    if action in (words.BACK, words.REFUSE) and not more:
        refresh_notice(uow, office, notice, menu=action == words.REFUSE)
    elif action == words.REFUSE and more in REASONS:
        refuse(uow, office, request, more, actor=pressed.sender.actor)
    else:
        _grant(uow, office, request, action, actor=pressed.sender.actor)


def _grant(uow: UnitOfWork, office: Office, request: DataRequest, action: str, *, actor: str) -> None:
    if action == words.NOW:
        erase_now(uow, office, request, actor=actor)
    elif action == words.LATER:
        erase_later(uow, office, request, actor=actor)
    else:
        raise PressRefused("toast.unknown")


def _held(uow: UnitOfWork, office: Office, pressed: Pressed, notice: Notice, action: str, more: str) -> None:
    person_id, actor = notice.subject_id, pressed.sender.actor
    if action == words.READ:
        text = held_words(uow, office, person_id)
        office.say(uow, pressed.chat, "plain", text=text)
        uow.cases.note(None, actor, "held_read", at=office.clock(), after=str(person_id))
        return
    if action not in (words.FORWARD, words.CLOSE):
        raise PressRefused("toast.unknown")
    checked((forward_all if action == words.FORWARD else close_all)(uow, office, person_id, actor=actor))
    close_notice(uow, office, notice)


def _appeal(uow: UnitOfWork, office: Office, pressed: Pressed, notice: Notice, action: str, more: str) -> None:
    appeal = uow.rights.appeal_by_id(notice.subject_id)
    if appeal is None or action not in (words.LIFT, words.KEEP):
        raise PressRefused("toast.unknown")
    answer_appeal(uow, office, appeal, action, actor=pressed.sender.actor)
    close_notice(uow, office, notice)


def _incident(uow: UnitOfWork, office: Office, pressed: Pressed, notice: Notice, action: str, more: str) -> None:
    now = office.clock()
    if action == words.TOLD:
        uow.rights.change_incident(notice.subject_id, told_at=now)
        refresh_notice(uow, office, notice)
    elif action == words.END:
        uow.rights.change_incident(notice.subject_id, closed_at=now)
        close_notice(uow, office, notice)
    else:
        raise PressRefused("toast.unknown")
    uow.cases.note(None, pressed.sender.actor, f"incident_{action}", at=now, after=str(notice.subject_id))


def _unseal(uow: UnitOfWork, office: Office, pressed: Pressed, notice: Notice, action: str, more: str) -> None:
    asked = uow.unsealings.get(notice.subject_id)
    if asked is None or action not in (words.AGREE, words.STOP):
        raise PressRefused("toast.unknown")
    (confirm if action == words.AGREE else stop)(uow, office, asked, pressed)


DECIDE: dict[Kind, Callable[[UnitOfWork, Office, Pressed, Notice, str, str], None]] = {
    Kind.REQUEST: _request,
    Kind.HELD: _held,
    Kind.APPEAL: _appeal,
    Kind.INCIDENT: _incident,
    Kind.UNSEAL: _unseal,
}
