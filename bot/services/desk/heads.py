"""Whose chat hears of the cases of a unit: its head's, else the next head's above, at last that of `kepala`."""

from collections.abc import Collection, Iterator

from bot.domain.case import Case
from bot.domain.heads import headed
from bot.domain.outgoing import Priority, Text
from bot.domain.records import Card, UnitChat
from bot.domain.region import DESK, HEAD, Region
from bot.services.office import Office
from bot.services.ports import UnitOfWork
from bot.services.secrecy.apart import read_by_accused


def head_chats(uow: UnitOfWork, office: Office, unit: str) -> Iterator[UnitChat]:
    """The chats of the heads over a unit, the nearest first."""
    for head in office.region.heads_over(unit):
        if chat := uow.desks.chat_of(head):
            yield chat


def head_chat(uow: UnitOfWork, office: Office, case: Case, unit: str = "") -> UnitChat | None:
    """The nearest head's chat that may know of a case, for its own unit or another one; None where there is none."""
    chats = head_chats(uow, office, unit or case.unit)
    return next((chat for chat in chats if not read_by_accused(uow, case, chat.channel, chat.chat_id)), None)


def tell_head(
    uow: UnitOfWork, office: Office, case: Case, text: str, *, but: Card | None = None,
    priority: Priority = Priority.CARD,
) -> bool:  # fmt: skip
    """Say something of a case in its head's chat; False where there is none. `but`: a card whose chat knows already."""
    chat = head_chat(uow, office, case)
    if chat is None:
        return any(True for _ in head_chats(uow, office, case.unit))  # then it is about them
    if but and (chat.channel, chat.chat_id, chat.thread_id) == (but.channel, but.chat_id, but.thread_id):
        return True
    office.post(uow, chat, Text(text, case_id=case.id), priority=priority)
    return True


def heard_by(region: Region, here: Collection[str], linked: Collection[str]) -> list[str]:
    """The units whose nearest head with a chat, of all the units `linked`, is one of those `here`."""
    if not any(unit == HEAD or headed(unit) for unit in here):
        return []
    units = (DESK, *(each.id for each in region.departments))
    return [unit for unit in units if next((h for h in region.heads_over(unit) if h in linked), None) in here]
