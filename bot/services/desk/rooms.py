"""A case's room: its own forum topic in a department's chat. Which cards stand in it, which words belong to it.

Only chats that are linked as a whole have rooms. Where `/hubungkan` was sent inside a topic, the office chose that one
for all cards of the department.
"""

from dataclasses import replace
from typing import TypeVar

from bot.domain.case import Case
from bot.domain.incoming import Chat, Command, Said
from bot.domain.life import OPEN, Status
from bot.domain.outgoing import Outgoing, Priority, TendRoom
from bot.domain.records import Bound, Card, Room
from bot.domain.region import DESK
from bot.services.desk.drawing import room_name
from bot.services.desk.placing import show
from bot.services.office import Office
from bot.services.ports import UnitOfWork

ALIVE = OPEN | {Status.MENUNGGU_KONFIRMASI}
Words = TypeVar("Words", Said, Command)


def room_of(uow: UnitOfWork, card: Card) -> Room | None:
    """The room that a card stands in."""
    room = uow.rooms.of(card.case_id, card.channel, card.chat_id) if card.thread_id is None else None
    return room if room and room.thread_id else None


def room_at(uow: UnitOfWork, channel: str, chat_id: str, thread_id: str) -> Room | None:
    """The room that a forum topic is."""
    bound = uow.desks.bound_to(channel, chat_id, thread_id)
    room = uow.rooms.of(bound.case_id, channel, chat_id) if bound else None
    return room if room and room.thread_id == thread_id else None


def needs_room(uow: UnitOfWork, card: Card) -> bool:
    """Whether the first drawing of a card opens a room: not where its case has one, or stands without one already."""
    if card.message_id or card.retired or card.thread_id or uow.rooms.of(card.case_id, card.channel, card.chat_id):
        return False
    return not any(other.message_id for other in _standing(uow, card.case_id, card.channel, card.chat_id))


def furnish(uow: UnitOfWork, office: Office, room: Room) -> None:
    """Remember a room that was opened: what is written in it belongs to the case, like a reply to its card."""
    uow.rooms.keep(room)
    if room.thread_id:
        uow.desks.bind(room.channel, room.chat_id, room.thread_id, Bound(room.case_id, "card"))
        uow.rooms.right_given(room.channel, room.chat_id)


def lose(uow: UnitOfWork, office: Office, room: Room, *, but: int | None = None) -> None:
    """A room is gone with all that stood in it: its cards are sent anew into the chat itself, `but` one that was."""
    uow.rooms.keep(replace(room, thread_id=None))
    for card in _standing(uow, room.case_id, room.channel, room.chat_id):
        if card.message_id and card.id != but:
            uow.desks.change_card(card.id, message_id=None)
            show(uow, office, replace(card, message_id=None))


def tend(uow: UnitOfWork, office: Office, room: Room) -> None:
    """Close, reopen or rename a room, if its case has gone on. People wait for an open one: that is an answer."""
    case = uow.cases.by_id(room.case_id)
    now = uow.rooms.of(room.case_id, room.channel, room.chat_id)
    goal = wanted(uow, office, case, now) if case and now and now.thread_id else now
    if now is None or goal is None or goal == now:
        return
    priority = Priority.ANSWER if now.closed and not goal.closed else Priority.CARD
    intent, key = TendRoom(room.case_id), f"room:{room.case_id}"
    uow.outbox.put(Outgoing(room.channel, room.chat_id, intent, priority, None, key), now=office.clock())


def wanted(uow: UnitOfWork, office: Office, case: Case, room: Room) -> Room:
    """How a room should be: closed once the case has ended or has gone elsewhere; a closed one keeps its name."""
    closed = case.status not in ALIVE or not _standing(uow, case.id, room.channel, room.chat_id)
    return replace(room, closed=closed, name=room.name if closed else room_name(office, case))


def ask_for_right(uow: UnitOfWork, office: Office, channel: str, chat_id: str) -> None:
    """Tell the desk, once, that a forum does not let us open topics."""
    if uow.desks.chat_of(DESK) and uow.rooms.right_missed(channel, chat_id, at=office.clock()):
        names = ", ".join(office.unit_name(link.unit) for link in uow.desks.units_in(channel, chat_id))
        office.desk(uow, "desk.no_rooms", names=names)


def at_card(uow: UnitOfWork, event: Words) -> Words:
    """Plain words in a room, and talk among colleagues there, belong to the case: they reply to its card.

    Whoever owes a sentence and replies to a colleague is talking: that may not reach the citizen.
    """
    chat, root = event.chat, _root(uow, event.chat)
    if root is None:
        return event
    if event.reply_to:
        ours = event.reply_text or uow.desks.bound_to(chat.channel, chat.id, event.reply_to)
        if ours or (isinstance(event, Said) and uow.desks.asked(root.case_id, event.sender.id)):
            return event
    return replace(event, reply_to=chat.thread_id)


def around(uow: UnitOfWork, chat: Chat) -> Chat:
    """The chat that a room is in: links are the chat's, not one case's."""
    return replace(chat, thread_id=None) if _root(uow, chat) else chat


def _root(uow: UnitOfWork, chat: Chat) -> Bound | None:
    """What the topic that something was said in belongs to, if it is a room."""
    return uow.desks.bound_to(chat.channel, chat.id, chat.thread_id) if chat.thread_id else None


def _standing(uow: UnitOfWork, case_id: int, channel: str, chat_id: str) -> list[Card]:
    """The standing cards of a case in a chat, those in a department's own topic left out."""
    here = (channel, chat_id, None)
    return [card for card in uow.desks.cards_of(case_id) if (card.channel, card.chat_id, card.thread_id) == here]
