"""People: citizens, apart from their cases, and admins."""

from typing import Any

import sqlalchemy as sa

from bot.domain.incoming import Chat, Sender
from bot.domain.records import Person
from bot.store.sql import upsert
from bot.store.tables import admin, person

# Statements of the hot path are built once: building one costs more than running it.
_FIND = sa.select(person).where(
    person.c.channel == sa.bindparam("channel"), person.c.user_id == sa.bindparam("user_id")
)


class People:
    """The repository of citizens and admins."""

    def __init__(self, connection: sa.Connection) -> None:
        self._c = connection

    def meet(self, sender: Sender, chat: Chat, *, now: float) -> Person:
        """The person behind a private message; new ones are kept, the name follows the platform's."""
        known = self.find(sender.channel, sender.id)
        own = known is not None and "name" in known.corrected
        if known and (own or known.name == sender.name) and known.chat_id == chat.id and not known.blocked:
            return known
        values = {"chat_id": chat.id, "name": known.name if known and own else sender.name[:128], "blocked": False}
        row = upsert(self._c, person).values(
            channel=sender.channel, user_id=sender.id, created_at=now, misses=0, missed_at=0.0, surveyed_at=0.0,
            **values,
        )
        row = row.on_conflict_do_update(index_elements=[person.c.channel, person.c.user_id], set_=values)
        return to_person(self._c.execute(row.returning(person)).one())

    def find(self, channel: str, user_id: str) -> Person | None:
        """A person by their id on a channel."""
        row = self._c.execute(_FIND, {"channel": channel, "user_id": user_id}).first()
        return to_person(row) if row else None

    def by_id(self, person_id: int) -> Person | None:
        """A person by our own id."""
        row = self._c.execute(sa.select(person).where(person.c.id == person_id)).first()
        return to_person(row) if row else None

    def in_chat(self, channel: str, chat_id: str) -> Person | None:
        """The person a private chat belongs to."""
        query = sa.select(person).where(person.c.channel == channel, person.c.chat_id == chat_id)
        row = self._c.execute(query).first()
        return to_person(row) if row else None

    def change(self, person_id: int, **values: Any) -> None:
        """Set columns of a person."""
        self._c.execute(person.update().where(person.c.id == person_id).values(values))

    def is_admin(self, channel: str, user_id: str) -> bool:
        """Whether somebody became an admin by the one-time word."""
        query = sa.select(admin.c.at).where(admin.c.channel == channel, admin.c.user_id == user_id)
        return self._c.execute(query).first() is not None

    def has_admins(self) -> bool:
        """Whether anybody did."""
        return self._c.execute(sa.select(admin.c.at).limit(1)).first() is not None

    def admins(self) -> list[tuple[str, str]]:
        """Who did, as channel and id."""
        return [(row.channel, row.user_id) for row in self._c.execute(sa.select(admin).order_by(admin.c.at))]

    def make_admin(self, channel: str, user_id: str, *, now: float) -> None:
        """Keep a new admin."""
        row = upsert(self._c, admin).values(channel=channel, user_id=user_id, at=now)
        self._c.execute(row.on_conflict_do_nothing())


def to_person(row: sa.Row[Any]) -> Person:
    """A row of `person`."""
    return Person(
        row.id,
        row.channel,
        row.user_id,
        row.chat_id,
        row.name,
        row.register,
        row.phone,
        row.blocked,
        row.misses,
        row.missed_at,
        row.surveyed_at,
        row.barred_until,
        frozenset(filter(None, row.corrected.split(","))),
        asked=row.asked,
        asked_at=row.asked_at,
    )
