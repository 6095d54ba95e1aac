"""Whether an office complained about reads a chat: everything that shows a case somewhere asks here."""

from bot.domain.case import Case
from bot.domain.secrecy import is_apart
from bot.services.ports import UnitOfWork


def read_by_accused(uow: UnitOfWork, case: Case, channel: str, chat_id: str, *units: str) -> bool:
    """Whether somebody complained about sits in a chat, or is one of the further `units`."""
    return is_apart(case, [*units, *(link.unit for link in uow.desks.units_in(channel, chat_id))])
