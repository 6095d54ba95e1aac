"""Which case a message in a group means, and whether this chat has a say in it."""

from bot.domain.case import Case
from bot.domain.codes import find_code, find_codes
from bot.domain.incoming import Command, Pressed, Said
from bot.domain.records import Bound, Card
from bot.domain.region import DESK, HEAD
from bot.domain.roles import Role
from bot.domain.secrecy import is_apart
from bot.services.desk.offers import OFFER
from bot.services.desk.placing import INFORM
from bot.services.desk.roles import role_of
from bot.services.office import Office
from bot.services.ports import UnitOfWork


def case_here(uow: UnitOfWork, office: Office, said: Said | Command) -> tuple[Case, Bound] | None:
    """The case of the message replied to, if this chat may act on it."""
    found = meant(uow, office, said)
    return found if found and may_act(uow, office, said, found[0]) else None


def meant(uow: UnitOfWork, office: Office, said: Said | Command) -> tuple[Case, Bound] | None:
    """The case of the message replied to; by its code where its id is unknown."""
    chat = said.chat
    bound = uow.desks.bound_to(chat.channel, chat.id, said.reply_to or "")
    if bound is None:
        codes = find_codes(said.reply_text, office.region.prefix)
        case = uow.cases.by_code(codes[0]) if len(codes) == 1 else None
        bound = Bound(case.id, "card") if case else None
    else:
        case = uow.cases.lock(bound.case_id)
    return (case, bound) if case and bound else None


def pointed(uow: UnitOfWork, office: Office, command: Command) -> tuple[Case | None, str]:
    """The case that a chat word means, if this chat may act on it, and the rest of its words.

    A code that is written out means its own case; without one it is the case of the message replied to.
    """
    text = command.argument.strip()
    first, *rest = text.split(maxsplit=1) or [""]
    if code := find_code(first, office.region.prefix):
        case = uow.cases.by_code(code)
        return (case if case and may_act(uow, office, command, case) else None), "".join(rest)
    found = case_here(uow, office, command) if command.reply_to else None
    return found[0] if found else None, text


def may_act(uow: UnitOfWork, office: Office, said: Said | Command | Pressed, case: Case) -> bool:
    """Whether this chat may work on the case: it answers for it, or carries a card with buttons."""
    linked = {u.unit for u in uow.desks.units_in(said.chat.channel, said.chat.id)}
    if is_apart(case, linked):
        return False
    if answers_for(uow, office, said, case):
        return True
    return any(card.unit in linked and card.role not in (INFORM, OFFER) for card in cards_here(uow, said, case))


def answers_for(uow: UnitOfWork, office: Office, said: Said | Command | Pressed, case: Case) -> bool:
    """Whether this chat decides on the case: its unit's, the desk's, or the head speaks there or at a card."""
    linked = {u.unit for u in uow.desks.units_in(said.chat.channel, said.chat.id)}
    return not is_apart(case, linked) and (bool(linked & {case.unit, DESK}) or is_head(uow, office, said, case))


def is_head(uow: UnitOfWork, office: Office, said: Said | Command | Pressed, case: Case) -> bool:
    """Whether a head speaks, in the chat of one over the case or where a card of the case stands."""
    linked = {u.unit for u in uow.desks.units_in(said.chat.channel, said.chat.id)}
    leads = not linked.isdisjoint(office.region.heads_over(case.unit))
    in_place = leads or bool(linked and cards_here(uow, said, case))
    return in_place and not is_apart(case, (*linked, HEAD)) and role_of(uow, said.sender) is Role.KEPALA


def cards_here(uow: UnitOfWork, said: Said | Command | Pressed, case: Case) -> list[Card]:
    """The standing cards of a case in this chat."""
    here = (said.chat.channel, said.chat.id)
    return [card for card in uow.desks.cards_of(case.id) if (card.channel, card.chat_id) == here]
