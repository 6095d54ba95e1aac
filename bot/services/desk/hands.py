"""A press in hand: who pressed what on which card of which case, once chat, card and role are checked."""

from collections.abc import Collection
from dataclasses import dataclass

from bot.domain.buttons import READ, SHOW_DATA, Press
from bot.domain.case import Case
from bot.domain.errors import PressRefused
from bot.domain.incoming import Pressed
from bot.domain.life import allowed
from bot.domain.records import Card
from bot.domain.region import DESK, HEAD
from bot.domain.roles import Action, Role, refusal
from bot.domain.secrecy import is_apart
from bot.services.desk.offers import OFFER, ON_OFFER
from bot.services.desk.placing import INFORM, MAIN
from bot.services.desk.roles import role_of
from bot.services.office import Office
from bot.services.ports import UnitOfWork

SILENT = ""  # a press that the card itself answers
NEEDS = {SHOW_DATA: Action.SEE_DATA, READ: Action.SEE_DATA}  # every other button is work


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
    role = role_of(uow, pressed.sender)
    if is_apart(case, linked) or (role is Role.KEPALA and is_apart(case, (HEAD,))):
        raise PressRefused("toast.apart")
    if why := refusal(role, pressed.sender.standing, NEEDS.get(what.action, Action.WORK)):
        raise PressRefused(why)
    here = [c for c in uow.desks.cards_of(case.id) if (c.channel, c.chat_id) == (chat.channel, chat.id)]
    card = next((c for c in here if c.message_id == pressed.message_id), None)
    if card is None:  # the card was sent a moment ago and its id is not recorded yet
        card = next((c for c in here if c.message_id is None), None)
    if card is None:
        raise PressRefused("toast.old_card", code=case.code)
    if card.role == OFFER and what.action not in ON_OFFER:
        raise PressRefused("toast.offer_only", unit=office.unit_name(case.unit))
    if role is not Role.KEPALA:  # the head acts wherever a card stands
        _check_unit(office, case, card, linked)
    if case.held:  # somebody works on it: it has been looked at
        case = uow.cases.change(case.id, held=False)
    return Hand(pressed, what, case, card)


def _check_unit(office: Office, case: Case, card: Card, linked: Collection[str]) -> None:
    """Refuse where this chat's units have no say in the case."""
    if case.accused and card.role == MAIN:
        return  # it stands where an office complained about does not sit
    if not {case.unit, DESK, card.unit} & set(linked):
        raise PressRefused("toast.not_yours", unit=office.unit_name(case.unit))
    if card.role == INFORM:
        raise PressRefused("toast.inform_only", unit=office.unit_name(case.unit))


def allow(office: Office, case: Case, move: str) -> None:
    """Refuse, with the present state, a move that the case's status does not allow."""
    if allowed(case.status, move):
        return
    if move == "terima" and case.taken_by and case.open:
        raise PressRefused("toast.taken", name=case.taken_by)
    raise PressRefused("toast.status", status=office.status_of(case), code=case.code)
