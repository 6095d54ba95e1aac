"""Carry one intent out, and what must be remembered afterwards."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeVar

from bot.domain.errors import Gone, MessageGone, Refused
from bot.domain.incoming import Chat, Moved
from bot.domain.outgoing import (
    CardView,
    Delete,
    EditCaption,
    EditText,
    Picture,
    SendCopy,
    SendFiles,
    SendProof,
    ShowCard,
    ShowJob,
    ShowMedia,
    ShowNotice,
    ShowPair,
    ShowPerformance,
    ShowTask,
    TendRoom,
    Text,
    Toast,
)
from bot.domain.records import Bound, Card, Media, Room
from bot.domain.region import DESK
from bot.services.channel import Channel, Target
from bot.services.database import Database
from bot.services.desk.drawing import draw
from bot.services.desk.linking import chat_gone, citizen_gone, moved, topic_gone
from bot.services.desk.notices import show_notice
from bot.services.desk.placing import ALARM
from bot.services.desk.roomkeeping import open_room, tend_room
from bot.services.desk.rooms import lose, needs_room, room_at, room_of, tend
from bot.services.effects import Effect, Sent, together
from bot.services.lanes import LaneWork, OutboxRow
from bot.services.learning.labelling_words import show_task
from bot.services.learning.performance_picture import show_performance
from bot.services.learning.training_words import show_job
from bot.services.moments import hushed
from bot.services.office import Office
from bot.services.picturing import edit_caption, send_picture
from bot.services.ports import UnitOfWork
from bot.services.proof.showing_pair import show_pair
from bot.services.proof.showing_proof import send_proof
from bot.services.rights.data_copy import send_copy
from bot.services.secrecy.withholding import (
    delete,
    is_withheld,
    note_alarm,
    note_listed,
    send_files,
    without_secrets,
)

Found = TypeVar("Found")


async def deliver(database: Database, office: Office, channel: Channel, lane: LaneWork, row: OutboxRow) -> Sent:
    """Carry an intent out on its channel; delivery errors pass through."""
    match row.intent:
        case Text() as text:
            return await _send_text(database, channel, lane, row, await without_secrets(database, office, text))
        case EditText() as edit:
            edit = await without_secrets(database, office, edit)
            await channel.edit_text(Target(lane.chat_id, row.thread_id), edit)
            return Sent(1, note_listed(lane, row.thread_id, [edit.message_id], edit.quotes))
        case Delete() as gone:
            return await delete(office, channel, Target(lane.chat_id, row.thread_id), gone)
        case SendFiles() as files:
            return await send_files(database, channel, Target(lane.chat_id, row.thread_id), files)
        case Toast() as toast:
            await channel.toast(toast)
            return Sent(0)
        case ShowCard() as shown:
            return await _show_card(database, office, channel, lane, row, shown)
        case ShowMedia() as shown_media:
            return await _show_media(database, office, channel, lane, row, shown_media)
        case TendRoom() as tended:
            return await tend_room(database, office, channel, lane, tended)
        case Picture() as picture:
            return await send_picture(channel, Target(lane.chat_id, row.thread_id), picture)
        case EditCaption() as caption:
            return await edit_caption(channel, Target(lane.chat_id, row.thread_id), caption)
        case ShowJob() as job:
            return await show_job(database, office, channel, Target(lane.chat_id, row.thread_id), job)
        case ShowTask() as task:
            return await show_task(database, office, channel, Target(lane.chat_id, row.thread_id), task)
        case SendCopy() as copy:
            return await send_copy(database, office, channel, Target(lane.chat_id, row.thread_id), copy)
        case ShowNotice() as notice:
            return await show_notice(database, office, channel, Target(lane.chat_id, row.thread_id), notice)
        case SendProof() as proof:
            return await send_proof(database, office, channel, Target(lane.chat_id, row.thread_id), proof)
        case ShowPair() as pair:
            return await show_pair(database, office, channel, Target(lane.chat_id, row.thread_id), pair)
        case ShowPerformance():
            return await show_performance(database, office, channel, Target(lane.chat_id, row.thread_id))


async def _send_text(database: Database, channel: Channel, lane: LaneWork, row: OutboxRow, text: Text) -> Sent:
    """A text; one for a card replies to it, wherever it stands by now, and goes into the card's room."""
    to = Target(lane.chat_id, row.thread_id)
    if await is_withheld(database, text):
        return Sent(0)
    if text.card_id is not None:
        card, room = await database.read(partial(_card_and_room, card_id=text.card_id))
        if card and card.chat_id == lane.chat_id:
            text, to = replace(text, reply_to=card.message_id), _target(lane, row, room)
    ids, lost = await _into(database, lane, to, lambda place: channel.send_text(place, text))
    listed = note_listed(lane, to.thread_id, ids, text.quotes) if text.quotes else None
    return Sent(len(ids), together(lost, _bind(lane, ids, text.case_id, text.role, text.user_id), listed))


async def _into(
    database: Database, lane: LaneWork, to: Target, send: Callable[[Target], Awaitable[Found]], *,
    but: int | None = None,
) -> tuple[Found, Effect | None]:  # fmt: skip
    """Send into a place. Where that is a room and the room is gone, into its chat, and what to remember of that.

    `but` is the card that is being sent, if it is one: the others of the room are sent anew.
    """
    try:
        return await send(to), None
    except Refused as refused:
        thread = to.thread_id
        if refused.gone != "topic" or thread is None:
            raise
        room = await database.read(lambda uow: room_at(uow, lane.channel, lane.chat_id, thread))
        if room is None:
            raise
        return await send(Target(to.chat_id)), partial(lose, room=room, but=but)


def _card_and_room(uow: UnitOfWork, *, card_id: int) -> tuple[Card | None, Room | None]:
    card = uow.desks.card(card_id)
    return card, room_of(uow, card) if card else None


def _target(lane: LaneWork, row: OutboxRow, room: Room | None) -> Target:
    return Target(lane.chat_id, room.thread_id if room else row.thread_id)


@dataclass(frozen=True)
class _Drawn:
    """A card as it must stand now (no view: there is nothing to show), its room, and whether one should be opened."""

    card: Card
    view: CardView | None
    room: Room | None
    opens: bool


async def _show_card(
    database: Database, office: Office, channel: Channel, lane: LaneWork, row: OutboxRow, shown: ShowCard
) -> Sent:
    """Send or refresh a card. Opening its room is a turn of the lane by itself, so that its id is kept before that."""

    def look(uow: UnitOfWork) -> _Drawn | None:
        card = uow.desks.card(shown.card_id)
        if card is None or card.chat_id != lane.chat_id:
            return None
        view = None if card.retired and not card.message_id else draw(uow, office, card)
        opens = bool(channel.rooms and view and view.name and needs_room(uow, card))
        return _Drawn(card, view, room_of(uow, card), opens)

    drawn = await database.read(look)
    if drawn is None:
        return Sent(0)
    card, view, remember = drawn.card, drawn.view, None
    if channel.rooms and view and drawn.opens:
        plan = Room(card.case_id, lane.channel, lane.chat_id, None, view.name)
        room, remember = await open_room(channel.rooms, row, plan)
        if room.thread_id:
            return Sent(1, remember, done=False)
    tended = partial(tend, room=drawn.room) if drawn.room else None
    if view is None:
        return Sent(0, tended)
    to = _target(lane, row, drawn.room)
    message_id, lost = await _into(database, lane, to, lambda place: _put(channel, place, card, view), but=card.id)
    if message_id is None:
        return Sent(0, together(remember, lost, tended))
    read = partial(note_alarm, card=card) if card.role == ALARM and not card.retired and view.tells_phone else None
    return Sent(1, together(remember, lost, _keep_card(lane, card, message_id), tended, read))


async def _put(channel: Channel, to: Target, card: Card, view: CardView) -> str | None:
    """Send a card or edit the one that stands; None for one that ended and is gone."""
    try:
        return await channel.show_card(to, view, card.message_id)
    except MessageGone:
        return None if card.retired else await channel.show_card(to, view, None)


def _keep_card(lane: LaneWork, card: Card, message_id: str) -> Effect | None:
    """A card's message, where it is a new one."""
    if message_id == card.message_id:
        return None

    def remember(uow: UnitOfWork, office: Office) -> None:
        uow.desks.change_card(card.id, message_id=message_id)
        uow.desks.bind(lane.channel, lane.chat_id, message_id, Bound(card.case_id, "card"))

    return remember


async def _show_media(
    database: Database, office: Office, channel: Channel, lane: LaneWork, row: OutboxRow, shown: ShowMedia
) -> Sent:
    def look(uow: UnitOfWork) -> tuple[Card | None, Room | None, list[Media], bool]:
        card, room = _card_and_room(uow, card_id=shown.card_id)
        case = uow.cases.by_id(card.case_id) if card else None
        files = [] if case is None or case.secret else uow.cases.media_by_id(shown.media_ids)
        return card, room, files, case is not None and hushed(office, case)

    card, room, files, silent = await database.read(look)
    if card is None or card.retired or card.chat_id != lane.chat_id or not files:
        return Sent(0)
    ids, lost = await _into(
        database, lane, _target(lane, row, room),
        lambda place: channel.send_media(place, files, card.message_id, silent=silent),
    )  # fmt: skip
    return Sent(len(ids), together(lost, _bind(lane, ids, card.case_id, "media", None)))


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

