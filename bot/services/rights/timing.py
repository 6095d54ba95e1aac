"""The timers of what waits at the desk: a reminder there, the head shortly before the time is over."""

from bot.domain.outgoing import Text
from bot.domain.region import DESK, HEAD
from bot.domain.rights import Notice
from bot.services.desk.notices import refresh_notice
from bot.services.office import Office
from bot.services.ports import UnitOfWork
from bot.services.rights.registering import when


def remind(uow: UnitOfWork, office: Office) -> None:
    """Do what is due now; what no desk has seen yet is shown as soon as there is one."""
    now = office.clock()
    for notice in uow.notices.standing():
        if notice.message_id is None:
            refresh_notice(uow, office, notice)
        if notice.reminded_at is None and now >= notice.remind_at and _tell(uow, office, notice, DESK):
            uow.notices.change(notice.id, reminded_at=now)
        if notice.escalated_at is None and now >= notice.head_at and _tell(uow, office, notice, HEAD):
            uow.notices.change(notice.id, escalated_at=now)


def _tell(uow: UnitOfWork, office: Office, notice: Notice, unit: str) -> bool:
    """One message, under the notice where it stands; False where the unit has no chat."""
    chat = uow.desks.chat_of(unit)
    if chat is None:
        return False
    key = "rights.late" if office.clock() >= notice.due_at else "rights.soon"
    kind = office.texts(f"rights.kind.{notice.kind}")
    text = office.texts(key, kind=kind, due=when(office, notice.due_at))
    here = (chat.channel, chat.chat_id) == (notice.channel, notice.chat_id)
    intent = Text(text, reply_to=notice.message_id if here else None)
    office.post(uow, chat, intent)
    return True
