"""Hand a case up or down: it keeps its code, the target must accept, and until then it stays where it is.

The steps: `Naikkan` or `Turunkan` and a unit; a sentence that says why; then `Terima` or `Tolak` on the target's card.
"""

from dataclasses import replace

from bot.domain.case import PERSON, PLACE, ROUTED, WORDS, Case
from bot.domain.errors import PressRefused
from bot.domain.handing import crosses
from bot.domain.handover import Handover, State
from bot.domain.incoming import Said
from bot.domain.lengths import cut
from bot.domain.life import allowed
from bot.domain.privacy import mask
from bot.domain.records import Bound, Card
from bot.domain.region import DESK
from bot.domain.secrecy import is_apart
from bot.services.citizens.telling import tell_reporters
from bot.services.desk.hands import Hand, allow
from bot.services.desk.offers import OFFER, offer_chat, offered_here, waiting_for
from bot.services.desk.placing import MAIN, close_menus, linked_cards, place, show
from bot.services.desk.pointing import meant
from bot.services.desk.prompting import ask_sentence
from bot.services.moving import note_steps, status_at
from bot.services.office import Office
from bot.services.ports import NewEntry, UnitOfWork

WHY, NO = "serahkan", "tolak"  # the prompts of both sides
NAME_UNITS = 60
HANDED, REFUSED, TAKEN_BACK = "serah", "serah_ditolak", "serah_ditarik"  # audit lines, beside those of a move


def choose(uow: UnitOfWork, office: Office, hand: Hand) -> str:
    """A unit of another level was chosen: the presser is asked why."""
    prepare(uow, office, hand)
    uow.desks.change_card(hand.card.id, menu=None)
    show(uow, office, hand.card)
    card = replace(hand.card, message_id=hand.card.message_id or hand.pressed.message_id)
    ask_sentence(uow, office, hand.case, card, hand.pressed, WHY)
    return office.texts("toast.prompt")


def prepare(uow: UnitOfWork, office: Office, hand: Hand) -> None:
    """Keep where the presser wants a case to go, if it may go there."""
    case, target = hand.case, hand.press.argument
    allow(office, case, "alihkan")
    if not crosses(office.region, case.unit, target):
        raise PressRefused("toast.unknown")
    if waits := waiting_for(uow, office, case):
        raise PressRefused("toast.handover_waits", unit=office.unit_name(waits.target))
    if is_apart(case, (target,)):
        raise PressRefused("toast.accused", unit=office.unit_name(target))
    if offer_chat(uow, case, target) is None:
        raise PressRefused("toast.no_group", unit=office.unit_name(target))
    now = office.clock()
    uow.handovers.draft(Handover(0, case.id, case.unit, target, hand.actor, hand.name, now))


def begin(uow: UnitOfWork, office: Office, case: Case, said: Said) -> None:
    """The reason: from now on the case waits for the target, and nobody but people moves it."""
    as_group = said.sender.id == said.chat.id  # an anonymous administrator presses as a person
    wish = uow.handovers.drafted(case.id, None if as_group else said.sender.actor)
    free = allowed(case.status, "alihkan") and waiting_for(uow, office, case) is None
    if wish is None or wish.source != case.unit or not free:
        office.say(uow, said.chat, "handover.too_late", reply_to=said.message_id, code=case.code)
        return
    now, unit = office.clock(), office.unit_name(wish.target)
    uow.handovers.lapse(case.id, by=wish.by, at=now)  # one that a change of wadul.toml left behind
    uow.handovers.begin(wish.id, said.text.strip(), at=now)
    uow.cases.note(case.id, wish.by, HANDED, at=now, before=wish.source, after=wish.target)
    close_menus(uow, case)  # a form leaves the menu open that it was chosen from
    tags = replace(case.tags, unsure=False, set_by=PERSON if case.tags.set_by == PERSON else ROUTED)
    case = uow.cases.change(case.id, tags=tags, updated_at=now)
    place(uow, office, case)
    office.say(uow, said.chat, "handover.noted", reply_to=said.message_id, code=case.code, unit=unit)


def accept(uow: UnitOfWork, office: Office, hand: Hand) -> str:
    """`Terima` on the target's card: from now on the case is there, in the hands of whoever pressed."""
    handover = _asked(uow, office, hand)
    case, now = hand.case, office.clock()
    allow(office, case, "alihkan")
    _tell_sender(uow, office, case, "handover.accepted", unit=office.unit_name(handover.target), name=hand.name)
    uow.handovers.answer(handover.id, State.DITERIMA, by=hand.actor, at=now)
    uow.cases.note(case.id, hand.actor, "unit", at=now, before=handover.source, after=handover.target)
    status = status_at(uow, office, case, handover.target, actor=hand.actor)
    status = note_steps(uow, office, case.id, status, "terima", actor=hand.actor)
    _keep_words(uow, office, case, "handed", handover.reason, handover.name, handover.source)
    uow.desks.answered(case.id)
    _promote(uow, case, hand.card)
    case = uow.cases.change(
        case.id, status=status, unit=handover.target, informed=(), taken_by=hand.name, taken_by_id=hand.actor,
        awaiting=case.awaiting if case.awaiting in (PLACE, WORDS) else None, updated_at=now,
    )  # fmt: skip
    place(uow, office, case)
    tell_reporters(uow, office, case, "told.handed")
    return office.texts("toast.taken_by_you", code=case.code)


def refuse(uow: UnitOfWork, office: Office, case: Case, said: Said) -> None:
    """The reason of `Tolak`: the case stays with whoever handed it on, and the desk hears of it."""
    handover = waiting_for(uow, office, case)
    if handover is None:
        office.say(uow, said.chat, "handover.too_late", reply_to=said.message_id, code=case.code)
        return
    now, name, reason = office.clock(), said.sender.name or "Petugas", said.text.strip()
    unit, source = office.unit_name(handover.target), office.unit_name(handover.source)
    uow.handovers.answer(handover.id, State.DITOLAK, by=said.sender.actor, at=now)
    uow.cases.note(case.id, said.sender.actor, REFUSED, at=now, before=handover.target, after=handover.source)
    _keep_words(uow, office, case, "handed", handover.reason, handover.name, handover.source)
    _keep_words(uow, office, case, "refused", reason, name, handover.target)
    _tell_sender(uow, office, case, "handover.refused", unit=unit, text=mask(reason).text)
    _tell_desk(uow, office, case, "desk.handover_refused", source=source, unit=unit, text=mask(reason).text)
    place(uow, office, uow.cases.change(case.id, updated_at=now))
    office.say(uow, said.chat, "handover.refusal_noted", reply_to=said.message_id, code=case.code, unit=source)


def call_back(uow: UnitOfWork, office: Office, hand: Hand) -> str:
    """`Batalkan penyerahan`: the sender takes it back before anybody accepted."""
    handover = waiting_for(uow, office, hand.case)
    if handover is None or hand.card.role == OFFER:
        raise PressRefused("toast.done_already")
    now = office.clock()
    uow.handovers.answer(handover.id, State.DITARIK, by=hand.actor, at=now)
    uow.cases.note(hand.case.id, hand.actor, TAKEN_BACK, at=now, before=handover.target, after=handover.source)
    place(uow, office, uow.cases.change(hand.case.id, updated_at=now))
    return office.texts("toast.handover_called_back")


def ask_why_not(uow: UnitOfWork, office: Office, hand: Hand) -> str:
    """`Tolak`: the presser is asked why."""
    _asked(uow, office, hand)
    card = replace(hand.card, message_id=hand.card.message_id or hand.pressed.message_id)
    ask_sentence(uow, office, hand.case, card, hand.pressed, NO)
    return office.texts("toast.prompt")


def asked_here(uow: UnitOfWork, office: Office, said: Said) -> tuple[Case, Bound] | None:
    """The case that a reply means which this chat is asked to accept."""
    found = meant(uow, office, said) if office.region.areas.leveled else None
    return found if offered_here(uow, office, said, found) else None


def _asked(uow: UnitOfWork, office: Office, hand: Hand) -> Handover:
    """The hand-over that the pressed card asks about."""
    handover = waiting_for(uow, office, hand.case)
    if handover is None or (hand.card.role, hand.card.unit) != (OFFER, handover.target):
        raise PressRefused("toast.done_already")
    return handover


def _promote(uow: UnitOfWork, case: Case, card: Card) -> None:
    """The target's card becomes the one to work on; where one chat serves both, the other stays that."""
    here = (card.channel, card.chat_id, card.thread_id)
    standing = [each for each in uow.desks.cards_of(case.id) if each.role == MAIN]
    if here not in [(each.channel, each.chat_id, each.thread_id) for each in standing]:
        uow.desks.change_card(card.id, role=MAIN)


def _keep_words(
    uow: UnitOfWork, office: Office, case: Case, kind: str, text: str, name: str, unit: str
) -> None:
    """A reason goes on standing on the card, with its writer and their office."""
    who = cut(f"{name}, {office.unit_name(unit)}", NAME_UNITS)
    uow.cases.say(NewEntry("staff", kind, text, office.clock(), case_id=case.id, name=who))


def _tell_sender(uow: UnitOfWork, office: Office, case: Case, key: str, **fields: str) -> None:
    """Say under the sender's card what became of it."""
    for card in linked_cards(uow, case):
        if card.role == MAIN:
            office.say_at_card(uow, card, office.texts(key, code=case.code, **fields))


def _tell_desk(uow: UnitOfWork, office: Office, case: Case, key: str, **fields: str) -> None:
    """The desk hears of it, unless the sender's card stands there."""
    desk = uow.desks.chat_of(DESK)
    chats = [(card.channel, card.chat_id) for card in linked_cards(uow, case) if card.role == MAIN]
    if desk and (desk.channel, desk.chat_id) not in chats:
        office.desk(uow, key, code=case.code, **fields)
