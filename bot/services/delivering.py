"""Carry one intent out, and what must be remembered afterwards."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.domain.errors import Gone, MessageGone
from bot.domain.incoming import Chat, Moved
from bot.domain.outgoing import CardView, EditText, ShowCard, ShowMedia, Text, Toast
from bot.domain.records import Bound, Card
from bot.domain.region import DESK
from bot.services.channel import Channel, Target
from bot.services.database import Database
from bot.services.drawing import draw
from bot.services.linking import chat_gone, citizen_gone, moved, topic_gone
from bot.services.moments import hushed
from bot.services.office import Office
from bot.services.ports import LaneWork, OutboxRow, UnitOfWork

Effect = Callable[[UnitOfWork, Office], None]


@dataclass(frozen=True)
class Sent:
    """How many messages an intent cost, and what to remember in the settling transaction."""

    count: int
    effect: Effect | None = None


async def deliver(database: Database, office: Office, channel: Channel, lane: LaneWork, row: OutboxRow) -> Sent:
    """Carry an intent out on its channel; delivery errors pass through."""
    to = Target(lane.chat_id, row.thread_id)
    match row.intent:
        case Text() as text:
            ids = await channel.send_text(to, await _under_card(database, lane, text))
            return Sent(len(ids), _bind(lane, ids, text.case_id, text.role, text.user_id))
        case EditText() as edit:
            await channel.edit_text(to, edit)
            return Sent(1)
        case Toast() as toast:
            await channel.toast(toast)
            return Sent(0)
        case ShowCard() as shown:
            return await _show_card(database, office, channel, lane, to, shown)
        case ShowMedia() as shown_media:
            return await _show_media(database, office, channel, lane, to, shown_media)


async def _under_card(database: Database, lane: LaneWork, text: Text) -> Text:
    """The text as a reply to its card, which may have been sent, or sent anew, since the text was written."""
    card_id = text.card_id
    if card_id is None:
        return text
    card = await database.read(lambda uow: uow.desks.card(card_id))
    return replace(text, reply_to=card.message_id) if card and card.chat_id == lane.chat_id else text


async def _show_card(
    database: Database, office: Office, channel: Channel, lane: LaneWork, to: Target, shown: ShowCard
) -> Sent:
    def look(uow: UnitOfWork) -> tuple[Card, CardView] | None:
        card = uow.desks.card(shown.card_id)
        if card is None or card.chat_id != lane.chat_id or (card.retired and not card.message_id):
            return None
        view = draw(uow, office, card)
        return (card, view) if view else None

    found = await database.read(look)
    if found is None:
        return Sent(0)
    card, view = found
    try:
        message_id = await channel.show_card(to, view, card.message_id)
    except MessageGone:
        if card.retired:
            return Sent(0)
        message_id = await channel.show_card(to, view, None)
    if message_id == card.message_id:
        return Sent(1)
    bind = _bind(lane, [message_id], card.case_id, "card", None)

    def remember(uow: UnitOfWork, office: Office) -> None:
        uow.desks.change_card(shown.card_id, message_id=message_id)
        if bind:
            bind(uow, office)

    return Sent(1, remember)


async def _show_media(
    database: Database, office: Office, channel: Channel, lane: LaneWork, to: Target, shown: ShowMedia
) -> Sent:
    card = await database.read(lambda uow: uow.desks.card(shown.card_id))
    files = await database.read(lambda uow: uow.cases.media_by_id(shown.media_ids))
    if card is None or card.retired or card.chat_id != lane.chat_id or not files:
        return Sent(0)
    case = await database.read(lambda uow: uow.cases.by_id(card.case_id))
    ids = await channel.send_media(to, files, card.message_id, silent=case is not None and hushed(office, case))
    return Sent(len(ids), _bind(lane, ids, card.case_id, "media", None))


def _bind(lane: LaneWork, ids: list[str], case_id: int | None, role: str, user_id: str | None) -> Effect | None:
    if case_id is None or not ids:
        return None

    def remember(uow: UnitOfWork, office: Office) -> None:
        for message_id in ids:
            uow.desks.bind(lane.channel, lane.chat_id, message_id, Bound(case_id, role, user_id))

    return remember


def on_moved(lane: LaneWork, new_id: str) -> Effect:
    """The chat has a new id: links, cards and what waits follow."""

    def follow(uow: UnitOfWork, office: Office) -> None:
        moved(uow, office, Moved(Chat(lane.channel, lane.chat_id, private=False), new_id, office.clock()))

    return follow


def on_refused(lane: LaneWork, row: OutboxRow, *, gone: Gone, reason: str) -> Effect:
    """A message that will never arrive ends; the desk hears of it, unless it was meant for the desk itself."""

    def tell(uow: UnitOfWork, office: Office) -> None:
        if isinstance(row.intent, Toast):
            return
        if gone == "topic":
            topic_gone(uow, office, lane.channel, lane.chat_id, row.thread_id)
        elif gone:
            chat_gone(uow, office, lane.channel, lane.chat_id)
            citizen_gone(uow, office, lane.channel, lane.chat_id)
        if gone and uow.people.in_chat(lane.channel, lane.chat_id) is None:
            return  # a group: its cases have moved, nothing is lost
        desk = uow.desks.chat_of(DESK)
        case_id = _case_of(uow, row)
        case = uow.cases.by_id(case_id) if case_id else None
        if case and (desk is None or (desk.channel, desk.chat_id) != (lane.channel, lane.chat_id)):
            office.desk(uow, "desk.undelivered", merge_key=f"undelivered:{case.id}", code=case.code, reason=reason)

    return tell


def _case_of(uow: UnitOfWork, row: OutboxRow) -> int | None:
    match row.intent:
        case Text(case_id=case_id):
            return case_id
        case ShowCard(card_id=card_id) | ShowMedia(card_id=card_id):
            card = uow.desks.card(card_id)
            return card.case_id if card else None
    return None

