"""What of a case waits to be accepted by another level: who is asked, where its card stands, what cards say of it."""

from collections.abc import Iterable

from bot.domain import buttons
from bot.domain.case import Case
from bot.domain.errors import PressRefused
from bot.domain.handing import crosses
from bot.domain.handover import Handover
from bot.domain.incoming import Said
from bot.domain.lengths import cut
from bot.domain.outgoing import Button, CardLine, Rows
from bot.domain.privacy import mask
from bot.domain.records import Bound, Card, UnitChat
from bot.domain.region import DESK
from bot.services.moments import span, written
from bot.services.office import Office
from bot.services.ports import UnitOfWork
from bot.services.secrecy.apart import read_by_accused

OFFER = "offer"  # the role of a card whose unit is asked to accept the case
ON_OFFER = (buttons.TAKE, buttons.REFUSE, buttons.SHOW_DATA)  # what may be pressed there
REASON_UNITS = 400
MOST_OFFERED = 1000  # of one unit, whose cards follow its chat
LISTED = 3  # waiting offers named above a list


def waiting_for(uow: UnitOfWork, office: Office, case: Case) -> Handover | None:
    """The hand-over of a case that waits for its target."""
    found = uow.handovers.waiting(case.id) if office.region.areas.leveled else None
    return found if found and found.holds(case) else None


def offer_chat(uow: UnitOfWork, case: Case, target: str) -> UnitChat | None:
    """Where a unit is asked: in its chat, or at the desk in its stead; never where an office complained of sits."""
    chat = uow.desks.chat_of(target) or uow.desks.chat_of(DESK)
    if chat and read_by_accused(uow, case, chat.channel, chat.chat_id, target):
        return None
    return chat


def offer_card(uow: UnitOfWork, office: Office, case: Case) -> Iterable[tuple[str, str, UnitChat]]:
    """The card that a case needs at its target, as `placing` wants it: role, unit, chat."""
    handover = waiting_for(uow, office, case)
    chat = offer_chat(uow, case, handover.target) if handover else None
    return [(OFFER, handover.target, chat)] if handover and chat else []


def offered_to(uow: UnitOfWork, office: Office, unit: str) -> list[Case]:
    """The open cases that a unit is asked to accept."""
    if not office.region.areas.leveled:
        return []
    offered = uow.handovers.offered({unit}, most=MOST_OFFERED)
    return [case for each in offered if (case := uow.cases.by_id(each.case_id)) and each.holds(case)]


def free_to_move(uow: UnitOfWork, office: Office, case: Case, unit: str) -> None:
    """Refuse a move at once where something waits already, or where the target must accept."""
    if not office.region.areas.leveled:
        return
    if handover := waiting_for(uow, office, case):
        raise PressRefused("toast.handover_waits", unit=office.unit_name(handover.target))
    if crosses(office.region, case.unit, unit):
        raise PressRefused("toast.must_accept", unit=office.unit_name(unit))


def offered_here(uow: UnitOfWork, office: Office, said: Said, found: tuple[Case, Bound] | None) -> bool:
    """Whether a reply is about a case that this chat is asked to accept."""
    handover = waiting_for(uow, office, found[0]) if found else None
    linked = {each.unit for each in uow.desks.units_in(said.chat.channel, said.chat.id)}
    return handover is not None and bool(linked & {handover.target, DESK})


def handover_lines(uow: UnitOfWork, office: Office, case: Case, card: Card) -> Iterable[CardLine]:
    """What the cards of both sides say while it waits."""
    handover = waiting_for(uow, office, case)
    if handover is None:
        return
    by = office.texts("handover.by", unit=office.unit_name(handover.source), name=handover.name)
    reason = cut(mask(handover.reason).text, REASON_UNITS)
    if card.role == OFFER:
        yield CardLine(by if case.secret else f"{by}: {reason}", office.texts("handover.handed_by"))
    elif not case.secret:
        yield CardLine(reason, office.texts("entry.handed", name=handover.name))
    when = written(office, handover.at)
    text = office.texts("handover.waits", unit=office.unit_name(handover.target), when=when)
    yield CardLine(text, office.texts("handover.head"))


def offer_rows(uow: UnitOfWork, office: Office, case: Case) -> Rows:
    """The buttons of the target's card."""
    if waiting_for(uow, office, case) is None:
        return ()
    return (tuple(_button(office, case, action) for action in (buttons.TAKE, buttons.REFUSE)),)


def call_back_row(uow: UnitOfWork, office: Office, case: Case) -> Rows:
    """The sender's way back, while the hand-over waits."""
    return ((_button(office, case, buttons.CALL_BACK),),) if waiting_for(uow, office, case) else ()


def above_list(uow: UnitOfWork, office: Office, units: frozenset[str] | None) -> tuple[list[str], Rows]:
    """What waits to be accepted by a chat's units, to stand above its list: lines, and a button to each card."""
    offered = uow.handovers.offered(units, most=LISTED * 4) if office.region.areas.leveled else []
    found = [(each, case) for each in offered if (case := uow.cases.by_id(each.case_id)) and each.holds(case)]
    if not found:
        return [], ()
    lines = [_offer_line(office, each, case) for each, case in found[:LISTED]]
    if len(found) > LISTED:
        lines.append(office.texts("list.offers_more", count=len(found) - LISTED))
    codes = [case.code for _, case in found[:LISTED]]
    row = tuple(Button(code, buttons.encode(buttons.SHOW_CARD, code)) for code in codes)
    return [office.texts("list.offers"), *lines, ""], (row,)


def _offer_line(office: Office, handover: Handover, case: Case) -> str:
    topic = office.texts(f"topic.{case.tags.topic}")
    waited = span(office, office.clock() - handover.at)
    source = cut(office.unit_name(handover.source), 28)
    return office.texts("list.offer", code=case.code, topic=topic, unit=source, span=waited)


def _button(office: Office, case: Case, action: str) -> Button:
    return Button(office.texts(f"button.{action}"), buttons.encode(action, case.code))
