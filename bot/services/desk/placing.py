"""Put a case's cards where they belong: its department or the desk, informed departments, the duty chat."""

from collections.abc import Collection

from bot.domain.case import WORDS, Case
from bot.domain.lengths import cut, fitting
from bot.domain.outgoing import Outgoing, Priority, ShowCard, ShowMedia
from bot.domain.privacy import mask
from bot.domain.records import Card, Entry, UnitChat, told
from bot.domain.region import DESK, DUTY
from bot.domain.routing import route
from bot.domain.secrecy import kept_apart
from bot.services.desk.offers import offer_card
from bot.services.moving import MACHINE, status_at
from bot.services.office import Office
from bot.services.ports import UnitOfWork
from bot.services.secrecy.apart import read_by_accused
from bot.services.secrecy.hiding import review

WORDS_OF_CITIZEN = "citizen_words"  # the role of our messages that quote a citizen: what may have to be taken back
MAIN = "main"
INFORM = "inform"
ALARM = "duty"
NEEDED_IN_DANGER = ("alamat_rumah",)
Place = tuple[str, str]  # channel and chat
QUOTE_UNITS = 1800  # of the citizen's words on the card, so that its state always fits; the rest follows under it


def place(uow: UnitOfWork, office: Office, case: Case) -> None:
    """Make the standing cards of a case match where it belongs now; what stands elsewhere ends."""
    if case.set_apart:
        return
    standing = uow.desks.cards_of(case.id)
    for role, unit, chat in (*_wanted(uow, office, case), *offer_card(uow, office, case)):
        if _is_apart(uow, case, chat):
            continue
        same = [c for c in standing if (c.role == role and c.unit == unit) or (role == c.role == MAIN)]
        here = [c for c in same if _is_at(c, chat)]
        for card in same:
            if card not in here:
                retire(uow, office, card)
        standing = [c for c in standing if c not in same]
        if here:
            uow.desks.change_card(here[0].id, unit=unit)
            show(uow, office, here[0])
        else:
            _add(uow, office, case, role, unit, chat)
    for card in standing:
        retire(uow, office, card)


def refresh(uow: UnitOfWork, office: Office, case: Case, *, priority: Priority = Priority.ANSWER) -> None:
    """Show every standing card of a case as things are now."""
    for card in linked_cards(uow, case):
        show(uow, office, card, priority=priority)


def linked_cards(uow: UnitOfWork, case: Case) -> list[Card]:
    """The standing cards of a case in chats that are still linked: a chat that was unlinked hears nothing more."""
    return [card for card in uow.desks.cards_of(case.id) if uow.desks.units_in(card.channel, card.chat_id)]


def show(uow: UnitOfWork, office: Office, card: Card, *, priority: Priority = Priority.ANSWER) -> None:
    """Send or edit one card; edits that wait become one."""
    _queue(uow, office, card, priority if card.message_id else Priority.CARD)


def _queue(uow: UnitOfWork, office: Office, card: Card, priority: Priority) -> None:
    intent = ShowCard(card.id)
    uow.outbox.put(
        Outgoing(card.channel, card.chat_id, intent, priority, card.thread_id, f"card:{card.id}"), now=office.clock()
    )


def show_media(uow: UnitOfWork, office: Office, case: Case, media_ids: list[int]) -> None:
    """Send files under every card that carries work or alarm."""
    for card in linked_cards(uow, case) if not case.secret else ():
        if media_ids and card.role in (MAIN, ALARM):
            send_media(uow, office, card, tuple(media_ids))


def show_overflow(uow: UnitOfWork, office: Office, case: Case, words: str) -> None:
    """Further words that a full card has no room for stand under it."""
    text = quoted(office, uow.cases.entries(case.id), keep=kept(case))
    if case.secret or not words.strip() or fitting(text, QUOTE_UNITS) == len(text):
        return
    for card in linked_cards(uow, case):
        if card.role in (MAIN, ALARM):
            masked = mask(words, keep=kept(case)).text
            addition = office.texts("card.addition", code=case.code, text=masked)
            office.say_at_card(uow, card, addition, role=WORDS_OF_CITIZEN)


def retire(uow: UnitOfWork, office: Office, card: Card) -> None:
    """End a card: it says where the case went and loses its buttons."""
    uow.desks.change_card(card.id, retired=True, menu=None)
    show(uow, office, card)  # also where it is being sent this moment: its id is recorded by the time of the edit


def reroute(uow: UnitOfWork, office: Office, case: Case) -> Case:
    """Send a case where its tags say, unless a person has decided already."""
    if case.set_apart:
        return case
    if case.held:
        case = uow.cases.change(case.id, held=False)
    case = review(uow, office, case)
    way = kept_apart(office.region, route(office.region, case.tags), case.accused, case.tags.location)
    open_to_move = not case.tags.settled or case.unit in case.accused
    if open_to_move and (way.unit, way.informed) != (case.unit, case.informed):
        uow.cases.note(case.id, MACHINE, "route", at=office.clock(), before=case.unit, after=way.unit)
        values: dict[str, object] = {"unit": way.unit, "informed": way.informed, "updated_at": office.clock()}
        if way.unit != case.unit:  # whoever took it there has not taken it here
            status = status_at(uow, office, case, way.unit, actor=MACHINE)
            values |= {"status": status, "taken_by": None, "taken_by_id": None}
        case = uow.cases.change(case.id, **values)
    place(uow, office, case)
    return case


def close_menus(uow: UnitOfWork, case: Case) -> None:
    """The cards of a case offer their usual buttons again."""
    for card in uow.desks.cards_of(case.id):
        if card.menu:
            uow.desks.change_card(card.id, menu=None)


def show_elsewhere(uow: UnitOfWork, office: Office, case: Case, root: Case, *, known: Collection[Place]) -> None:
    """Show the words and files of a case that goes on in another, where its own card does not stand."""
    if case.secret:
        return
    text = quoted(office, uow.cases.entries(case.id), keep=kept(root))
    ids = tuple(media.id for media in uow.cases.media(case.id))
    for card in linked_cards(uow, root):
        if card.role != MAIN or (card.channel, card.chat_id) in known:
            continue
        words = cut(text, QUOTE_UNITS) or office.texts("card.no_words")
        merged = office.texts("card.merged_words", code=case.code, text=words)
        office.say_at_card(uow, card, merged, role=WORDS_OF_CITIZEN)
        if ids:
            send_media(uow, office, card, ids)


def kept(case: Case) -> tuple[str, ...]:
    """Personal data that a card leaves in place: what help needs to find the house."""
    return NEEDED_IN_DANGER if case.tags.emergency else ()


def quoted(office: Office, entries: list[Entry], *, keep: Collection[str] = ()) -> str:
    """The citizen's words as a group may read them: joined, masked, forwarded or typed ones marked.

    `keep` names kinds of personal data left in place: where help must drive to, the house number is needed.
    """
    report = told(entries)
    lines = [office.texts("card.typed", name=e.name) + " " + e.text if e.kind == WORDS else e.text for e in report]
    text = mask("\n".join(lines), keep=keep).text
    return office.texts("card.forwarded") + "\n" + text if any(e.forwarded for e in report) else text


def _wanted(uow: UnitOfWork, office: Office, case: Case) -> list[tuple[str, str, UnitChat]]:
    wanted: list[tuple[str, str, UnitChat]] = []
    main = main_chat(uow, office, case)
    if main:
        wanted.append((MAIN, case.unit, main))
    for unit in case.informed:
        chat = uow.desks.chat_of(unit)
        if chat and main and not _same_chat(chat, main) and not _is_apart(uow, case, chat):
            wanted.append((INFORM, unit, chat))
    if case.tags.emergency:
        duty = uow.desks.chat_of(DUTY) or uow.desks.chat_of(DESK)
        if duty and not _is_apart(uow, case, duty) and not (main and duty.unit == DESK and _same_chat(duty, main)):
            wanted.append((ALARM, DUTY, duty))
    return wanted


def main_chat(uow: UnitOfWork, office: Office, case: Case) -> UnitChat | None:
    """The unit's chat, else the desk's; where an office complained about sits in it, the next, at last a head's."""
    heads = office.region.heads_over(case.unit) if case.accused else ()
    units = (case.unit, DESK, *heads)
    chats = (chat for unit in units if (chat := uow.desks.chat_of(unit)))
    return next((chat for chat in chats if not _is_apart(uow, case, chat)), None)


def _is_apart(uow: UnitOfWork, case: Case, chat: UnitChat) -> bool:
    return read_by_accused(uow, case, chat.channel, chat.chat_id)


def _add(uow: UnitOfWork, office: Office, case: Case, role: str, unit: str, chat: UnitChat) -> None:
    card = uow.desks.add_card(Card(0, case.id, role, unit, chat.channel, chat.chat_id, chat.thread_id))
    priority = Priority.ALARM if case.tags.emergency else Priority.CARD
    _queue(uow, office, card, priority)
    if case.secret:
        return
    text = quoted(office, uow.cases.entries(case.id), keep=kept(case))
    rest = text[fitting(text, QUOTE_UNITS) :].strip()
    if rest:
        words = office.texts("card.rest", code=case.code, text=rest)
        office.say_at_card(uow, card, words, role=WORDS_OF_CITIZEN, priority=priority)
    files = uow.cases.media(case.id)
    if files and role != INFORM:
        send_media(uow, office, card, tuple(m.id for m in files))


def send_media(uow: UnitOfWork, office: Office, card: Card, ids: tuple[int, ...]) -> None:
    """Queue files to be shown under a card."""
    intent = ShowMedia(card.id, ids)
    uow.outbox.put(
        Outgoing(card.channel, card.chat_id, intent, Priority.CARD, card.thread_id), now=office.clock()
    )


def _is_at(card: Card, chat: UnitChat) -> bool:
    return (card.channel, card.chat_id, card.thread_id) == (chat.channel, chat.chat_id, chat.thread_id)


def _same_chat(one: UnitChat, other: UnitChat) -> bool:
    return (one.channel, one.chat_id, one.thread_id) == (other.channel, other.chat_id, other.thread_id)
