"""A press in hand: who pressed what on which card of which case, once chat, card and role are checked."""

from dataclasses import dataclass

from bot.domain.buttons import Press
from bot.domain.case import Case, allowed
from bot.domain.errors import PressRefused
from bot.domain.incoming import Pressed
from bot.domain.records import Card
from bot.domain.region import DESK
from bot.services.office import Office
from bot.services.placing import INFORM
from bot.services.ports import UnitOfWork

SILENT = ""  # a press that the card itself answers


@dataclass(frozen=True)
class Hand:
    """A press in hand: who pressed what on which card of which case."""

    pressed: Pressed
    press: Press
    case: Case
    card: Card

    @property
    def actor(self) -> str:
        return self.pressed.sender.actor

    @property
    def name(self) -> str:
        return self.pressed.sender.name or "Petugas"


def take_in_hand(uow: UnitOfWork, office: Office, pressed: Pressed, what: Press) -> Hand:
    """The hand, or PressRefused with the toast that says why not."""
    case = uow.cases.by_code(what.subject)
    if case is None:
        raise PressRefused("toast.unknown")
    chat = pressed.chat
    linked = {u.unit for u in uow.desks.units_in(chat.channel, chat.id)}
    if not linked:
        raise PressRefused("toast.stranger")
    here = [c for c in uow.desks.cards_of(case.id) if (c.channel, c.chat_id) == (chat.channel, chat.id)]
    card = next((c for c in here if c.message_id == pressed.message_id), None)
    if card is None:  # the card was sent a moment ago and its id is not recorded yet
        card = next((c for c in here if c.message_id is None), None)
    if card is None:
        raise PressRefused("toast.old_card", code=case.code)
    if not linked & {case.unit, DESK, card.unit}:
        raise PressRefused("toast.not_yours", unit=office.unit_name(case.unit))
    if card.role == INFORM:
        raise PressRefused("toast.inform_only", unit=office.unit_name(case.unit))
    return Hand(pressed, what, case, card)


def allow(office: Office, case: Case, move: str) -> None:
    """Refuse, with the present state, a move that the case's status does not allow."""
    if allowed(case.status, move):
        return
    if move == "terima" and case.taken_by and case.open:
        raise PressRefused("toast.taken", name=case.taken_by)
    raise PressRefused("toast.status", status=office.status_of(case), code=case.code)
