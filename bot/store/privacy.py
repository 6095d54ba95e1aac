"""The reading log, who may open secret cases, what people wish for, where words stand, what no chat may show."""

from collections.abc import Collection
from typing import Any

import sqlalchemy as sa

from bot.domain.case import Case
from bot.domain.readings import Listing, Reading, SecretReader, Why, Wish
from bot.domain.records import Card
from bot.store.desks import to_card
from bot.store.rows import to_case
from bot.store.sql import upsert
from bot.store.tables import ACCUSING, WORK, card, case, quoted, reading, secret_reader, wish

# Asked of every new case: the statement is built once.
_WISH = sa.select(wish).where(wish.c.person_id == sa.bindparam("person_id"), wish.c.until > sa.bindparam("now"))
KINDS_CHARS = 128
MAIN = "main"  # the role of the card that carries a case's work


class Readings:
    """The repository of readings."""

    def __init__(self, connection: sa.Connection) -> None:
        self._c = connection

    def add(self, new: Reading) -> None:
        """Write a reading down."""
        kinds = ",".join(new.kinds)[:KINDS_CHARS]
        self._c.execute(reading.insert().values({**new.__dict__, "kinds": kinds, "why": str(new.why)}))

    def of_case(self, case_id: int) -> list[Reading]:
        """Who read what of a case, oldest first."""
        return self._found(reading.c.case_id == case_id)

    def of_person(self, person_id: int) -> list[Reading]:
        """Who read what of a person, oldest first."""
        return self._found(reading.c.person_id == person_id)

    def _found(self, which: sa.ColumnElement[bool]) -> list[Reading]:
        rows = self._c.execute(sa.select(reading).where(which).order_by(reading.c.id))
        return [_reading(row) for row in rows]


class SecretReaders:
    """The repository of those whom admins named; those of wadul.toml stand there."""

    def __init__(self, connection: sa.Connection) -> None:
        self._c = connection

    def of(self, unit: str) -> list[SecretReader]:
        """Those of one unit."""
        return [each for each in self.all() if each.unit == unit]

    def all(self) -> list[SecretReader]:
        """Everybody, by unit; they are few."""
        rows = self._c.execute(sa.select(secret_reader).order_by(secret_reader.c.unit, secret_reader.c.at))
        return [SecretReader(row.unit, row.channel, row.user_id) for row in rows]

    def add(self, new: SecretReader, *, by: str, at: float) -> None:
        """Name somebody; who is named already stays so."""
        row = upsert(self._c, secret_reader).values({**new.__dict__, "given_by": by, "at": at})
        self._c.execute(row.on_conflict_do_nothing())

    def drop(self, old: SecretReader) -> None:
        """Take somebody's name off again."""
        mine = (secret_reader.c[name] == value for name, value in old.__dict__.items())
        self._c.execute(secret_reader.delete().where(*mine))


class WishesAhead:
    """The repository of wishes for the next report; one a person."""

    def __init__(self, connection: sa.Connection) -> None:
        self._c = connection

    def keep(self, new: Wish) -> None:
        """Keep a wish in place of the one before."""
        values = {"anonymous": new.anonymous, "secret": new.secret, "until": new.until}
        row = upsert(self._c, wish).values(person_id=new.person_id, **values)
        self._c.execute(row.on_conflict_do_update(index_elements=[wish.c.person_id], set_=values))

    def of(self, person_id: int, *, now: float) -> Wish | None:
        """A person's wish, while it lasts."""
        row = self._c.execute(_WISH, {"person_id": person_id, "now": now}).first()
        return Wish(row.person_id, row.anonymous, row.secret, row.until) if row else None

    def drop(self, person_id: int) -> None:
        """The next report has come, or they thought better of it."""
        self._c.execute(wish.delete().where(wish.c.person_id == person_id))


class Quotes:
    """Where the words of a case may stand: in every chat that ever had a card of it."""

    def __init__(self, connection: sa.Connection) -> None:
        self._c = connection

    def cards(self, case_id: int) -> list[Card]:
        """All cards of a case, those that ended too; the latest first."""
        rows = self._c.execute(sa.select(card).where(card.c.case_id == case_id).order_by(card.c.id.desc()))
        return [to_card(row) for row in rows]

    def listed(self, where: Listing, case_ids: Collection[int]) -> None:
        """A message that stands in a group lists these cases now; what it listed before is no longer there."""
        self.forget(where)
        rows = [{**where.__dict__, "case_id": case_id} for case_id in dict.fromkeys(case_ids)]
        if rows:
            self._c.execute(quoted.insert(), rows)

    def lists_of(self, case_id: int) -> list[Listing]:
        """The messages that list a case."""
        rows = self._c.execute(sa.select(quoted).where(quoted.c.case_id == case_id))
        return [Listing(row.channel, row.chat_id, row.message_id, row.thread_id) for row in rows]

    def forget(self, gone: Listing) -> None:
        """A message does not list anything any more."""
        mine = (quoted.c[name] == getattr(gone, name) for name in ("channel", "chat_id", "message_id"))
        self._c.execute(quoted.delete().where(*mine))


class Accusing:
    """The repository of open cases that complain about an office; they are few and have an index of their own."""

    def __init__(self, connection: sa.Connection) -> None:
        self._c = connection

    def open(self) -> list[Case]:
        """All of them, the oldest first."""
        rows = self._c.execute(sa.select(case).where(ACCUSING, WORK).order_by(case.c.id))
        return [to_case(row) for row in rows]

    def without_card(self) -> list[str]:
        """The codes of those whose work stands in no chat."""
        stands = sa.select(card.c.id).where(card.c.case_id == case.c.id, card.c.role == MAIN, card.c.retired.is_(False))
        own = (case.c.merged_into.is_(None), case.c.held.is_(False), ~stands.exists())
        rows = self._c.execute(sa.select(case.c.code).where(ACCUSING, WORK, *own).order_by(case.c.id))
        return list(rows.scalars())


def _reading(row: sa.Row[Any]) -> Reading:
    kinds = tuple(filter(None, row.kinds.split(",")))
    return Reading(row.at, row.reader, row.unit, row.case_id, row.person_id, kinds, Why(row.why))
