"""Linked chats, the cards that stand in them, and what their messages belong to."""

from functools import cache
from typing import Any

import sqlalchemy as sa

from bot.domain.life import OPEN
from bot.domain.records import Bound, Card, Prompt, UnitChat
from bot.store.sql import lane_key, upsert, upsert_for
from bot.store.tables import bound, card, case, prompt, unit_chat

# Statements of the hot path are built once: building one costs more than running it.
_LINKS = sa.select(unit_chat).order_by(unit_chat.c.unit)
_CARD = sa.select(card).where(card.c.id == sa.bindparam("card_id"))
_CARDS_OF = (
    sa.select(card)
    .where(card.c.case_id == sa.bindparam("case_id"), card.c.retired.is_(False))
    .order_by(card.c.id)
)
_ADD_CARD = card.insert().returning(card)


@cache
def _bind(dialect: str) -> Any:
    insert = upsert_for(dialect, bound)
    fields = {name: insert.excluded[name] for name in ("case_id", "role", "user_id")}
    return insert.on_conflict_do_update(index_elements=[bound.c.lane, bound.c.message_id], set_=fields)


class Desks:
    """The repository of department chats, cards and prompts."""

    def __init__(self, connection: sa.Connection) -> None:
        self._c = connection
        self._links: list[UnitChat] | None = None

    def chat_of(self, unit: str) -> UnitChat | None:
        """The chat linked to a unit."""
        return next((link for link in self.all_links() if link.unit == unit), None)

    def units_in(self, channel: str, chat_id: str) -> list[UnitChat]:
        """The units a chat is linked to; a village may have one chat for all."""
        return [link for link in self.all_links() if (link.channel, link.chat_id) == (channel, chat_id)]

    def all_links(self) -> list[UnitChat]:
        """Every linked chat, by unit; read once a transaction, they are few."""
        if self._links is None:
            self._links = [_unit(row) for row in self._c.execute(_LINKS)]
        return self._links

    def link(self, new: UnitChat, *, by: str, now: float) -> None:
        """Link a chat to a unit, in place of the one before."""
        values = {
            "channel": new.channel,
            "chat_id": new.chat_id,
            "thread_id": new.thread_id,
            "title": new.title[:255],
            "linked_by": by,
            "at": now,
            "right_missed_at": None,
        }
        self._links = None
        row = upsert(self._c, unit_chat).values(unit=new.unit, **values)
        self._c.execute(row.on_conflict_do_update(index_elements=[unit_chat.c.unit], set_=values))

    def unlink(self, unit: str) -> None:
        """Forget a unit's chat."""
        self._links = None
        self._c.execute(unit_chat.delete().where(unit_chat.c.unit == unit))

    def move_chat(self, channel: str, old_id: str, new_id: str) -> None:
        """Follow a chat to its new id; its cards must be sent anew there."""
        self._links = None
        for table in (unit_chat, prompt):
            here = (table.c.channel == channel, table.c.chat_id == old_id)
            self._c.execute(table.update().where(*here).values(chat_id=new_id))
        cards = (card.c.channel == channel, card.c.chat_id == old_id)
        self._c.execute(card.update().where(*cards).values(chat_id=new_id, message_id=None))

    def add_card(self, new: Card) -> Card:
        """Keep a card to be shown."""
        values = {k: v for k, v in new.__dict__.items() if k != "id"}
        return to_card(self._c.execute(_ADD_CARD, values).one())

    def card(self, card_id: int) -> Card | None:
        """A card by id."""
        row = self._c.execute(_CARD, {"card_id": card_id}).first()
        return to_card(row) if row else None

    def cards_of(self, case_id: int) -> list[Card]:
        """The cards of a case that still stand, oldest first."""
        return [to_card(row) for row in self._c.execute(_CARDS_OF, {"case_id": case_id})]

    def cards_of_open_cases(self, channel: str, chat_id: str) -> list[Card]:
        """The standing cards in a chat whose case is open."""
        query = (
            sa.select(card)
            .join(case, case.c.id == card.c.case_id)
            .where(card.c.channel == channel, card.c.chat_id == chat_id, card.c.retired.is_(False))
            .where(case.c.status.in_([str(status) for status in OPEN]))
        )
        return [to_card(row) for row in self._c.execute(query.order_by(card.c.id))]

    def change_card(self, card_id: int, **values: Any) -> None:
        """Set columns of a card."""
        self._c.execute(card.update().where(card.c.id == card_id).values(values))

    def bind(self, channel: str, chat_id: str, message_id: str, to: Bound) -> None:
        """Remember which case a message belongs to."""
        values = {
            "lane": lane_key(channel, chat_id),
            "message_id": message_id,
            "case_id": to.case_id,
            "role": to.role,
            "user_id": to.user_id,
        }
        self._c.execute(_bind(self._c.dialect.name), values)

    def bound_to(self, channel: str, chat_id: str, message_id: str) -> Bound | None:
        """Which case a message belongs to."""
        query = sa.select(bound).where(bound.c.lane == lane_key(channel, chat_id), bound.c.message_id == message_id)
        row = self._c.execute(query).first()
        return Bound(row.case_id, row.role, row.user_id) if row else None

    def messages_in(self, channel: str, chat_id: str, to: Bound) -> list[str]:
        """The messages of a chat that belong to a case in one role; reads the chat's part of the table."""
        query = sa.select(bound.c.message_id).where(
            bound.c.lane == lane_key(channel, chat_id), bound.c.case_id == to.case_id, bound.c.role == to.role
        )
        return list(self._c.execute(query).scalars())

    def ask(self, new: Prompt) -> None:
        """Wait for a person's sentence; a newer question of theirs on the same case replaces an older one."""
        values = {"kind": new.kind, "channel": new.channel, "chat_id": new.chat_id, "at": new.at}
        row = upsert(self._c, prompt).values(case_id=new.case_id, user_id=new.user_id, **values)
        self._c.execute(row.on_conflict_do_update(index_elements=[prompt.c.case_id, prompt.c.user_id], set_=values))

    def asked(self, case_id: int, user_id: str) -> Prompt | None:
        """What a person still owes a sentence to."""
        query = sa.select(prompt).where(prompt.c.case_id == case_id, prompt.c.user_id == user_id)
        row = self._c.execute(query).first()
        return Prompt(row.id, row.case_id, row.user_id, row.kind, row.channel, row.chat_id, row.at) if row else None

    def answered(self, case_id: int, user_id: str | None = None) -> None:
        """Stop waiting: for one person, or for everybody on a case."""
        query = prompt.delete().where(prompt.c.case_id == case_id)
        self._c.execute(query.where(prompt.c.user_id == user_id) if user_id else query)


def _unit(row: sa.Row[Any]) -> UnitChat:
    return UnitChat(row.unit, row.channel, row.chat_id, row.thread_id, row.title)


def to_card(row: sa.Row[Any]) -> Card:
    """A row of `card`."""
    return Card(
        row.id,
        row.case_id,
        row.role,
        row.unit,
        row.channel,
        row.chat_id,
        row.thread_id,
        row.message_id,
        row.retired,
        row.menu,
    )
