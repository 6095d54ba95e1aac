"""The forum topics that cases have in chats, and the chats where the right to make them was missed."""

from typing import Any

import sqlalchemy as sa

from bot.domain.records import Room
from bot.store.sql import upsert
from bot.store.tables import room, unit_chat

NAME_CHARS = 255


class Rooms:
    """The repository of rooms: at most one for a case in a chat."""

    def __init__(self, connection: sa.Connection) -> None:
        self._c = connection

    def of(self, case_id: int, channel: str, chat_id: str) -> Room | None:
        """What is known of a case's room in a chat."""
        here = (room.c.case_id == case_id, room.c.channel == channel, room.c.chat_id == chat_id)
        row = self._c.execute(sa.select(room).where(*here)).first()
        return _room(row) if row else None

    def keep(self, new: Room) -> None:
        """Remember a room as it stands now."""
        values = {"thread_id": new.thread_id, "name": new.name[:NAME_CHARS], "closed": new.closed}
        row = upsert(self._c, room).values(case_id=new.case_id, channel=new.channel, chat_id=new.chat_id, **values)
        keys = [room.c.case_id, room.c.channel, room.c.chat_id]
        self._c.execute(row.on_conflict_do_update(index_elements=keys, set_=values))

    def right_missed(self, channel: str, chat_id: str, *, at: float) -> bool:
        """Note that a linked chat does not let us make topics; True for the first time."""
        first = _linked(channel, chat_id).where(unit_chat.c.right_missed_at.is_(None)).values(right_missed_at=at)
        return self._c.execute(first).rowcount > 0

    def right_given(self, channel: str, chat_id: str) -> None:
        """Note that it does, so that a later loss is news again."""
        missed = _linked(channel, chat_id).where(unit_chat.c.right_missed_at.is_not(None))
        self._c.execute(missed.values(right_missed_at=None))


def _linked(channel: str, chat_id: str) -> sa.Update:
    return unit_chat.update().where(unit_chat.c.channel == channel, unit_chat.c.chat_id == chat_id)


def _room(row: sa.Row[Any]) -> Room:
    return Room(row.case_id, row.channel, row.chat_id, row.thread_id, row.name, row.closed)
