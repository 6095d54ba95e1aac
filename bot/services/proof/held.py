"""A photo that is held until an admin decides: what was shown of it is found again, and the desk is reminded."""

from collections.abc import Sequence
from functools import partial

from bot.domain.case import Case
from bot.domain.outgoing import Text
from bot.domain.proof import Evidence, Stage
from bot.domain.records import Bound
from bot.domain.region import DESK
from bot.services.channel import Target
from bot.services.effects import Effect
from bot.services.office import Office
from bot.services.ports import UnitOfWork


def remember(channel: str, to: Target, ids: Sequence[str], photo: Evidence) -> Effect:
    """The message that shows a photo to the desk belongs to its case: a reminder stands under it."""
    return partial(_bind, channel=channel, chat_id=to.chat_id, ids=ids, photo=photo)


def remind_held(uow: UnitOfWork, office: Office, case: Case) -> bool:
    """Remind the desk of what waits for it, one message a case; False where there is no desk, or nothing waits."""
    chat = uow.desks.chat_of(DESK)
    held = [each for each in uow.evidence.of_case(case.id) if each.stage is Stage.DICEK]
    if chat is None or not held:
        return False
    shown = uow.desks.messages_in(chat.channel, chat.chat_id, _role_of(case.id, held[0].id))
    text = office.texts("proof.held", code=case.code, unit=office.unit_name(case.unit))
    office.post(uow, chat, Text(text, reply_to=shown[0] if shown else None))
    return True


def _bind(uow: UnitOfWork, office: Office, *, channel: str, chat_id: str, ids: Sequence[str], photo: Evidence) -> None:
    for message_id in ids:
        uow.desks.bind(channel, chat_id, message_id, _role_of(photo.case_id, photo.id))


def _role_of(case_id: int, evidence_id: int) -> Bound:
    return Bound(case_id, f"held:{evidence_id}")
