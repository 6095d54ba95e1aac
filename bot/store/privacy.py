"""The reading log, who may open secret cases, and what people wish for their next report."""

from typing import Any

import sqlalchemy as sa

from bot.domain.readings import Reading, SecretReader, Why, Wish
from bot.domain.records import Card
from bot.store.desks import to_card
from bot.store.sql import upsert
from bot.store.tables import card, reading, secret_reader, wish

# Asked of every new case: the statement is built once.
_WISH = sa.select(wish).where(wish.c.person_id == sa.bindparam("person_id"), wish.c.until > sa.bindparam("now"))
KINDS_CHARS = 128


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


def _reading(row: sa.Row[Any]) -> Reading:
    kinds = tuple(filter(None, row.kinds.split(",")))
    return Reading(row.at, row.reader, row.unit, row.case_id, row.person_id, kinds, Why(row.why))
