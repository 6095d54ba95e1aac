"""Secrecy that admins lift: who asked, who confirmed, when the case is shown, how it ended."""

from typing import Any

import sqlalchemy as sa

from bot.domain.unsealing import CONFIRM_SECONDS, Outcome, Unsealing
from bot.store.tables import case, unsealing

STANDING = unsealing.c.ended_at.is_(None)


class Unsealings:
    """The repository of these; at most one stands for a case."""

    def __init__(self, connection: sa.Connection) -> None:
        self._c = connection

    def ask(self, case_id: int, *, by: str, reason: str, topics: tuple[str, ...], at: float) -> Unsealing:
        """Somebody asks for it."""
        values = {"case_id": case_id, "asked_by": by, "asked_at": at, "reason": reason, "topics": ",".join(topics)}
        return _unsealing(self._c.execute(unsealing.insert().values(values).returning(unsealing)).one())

    def get(self, unsealing_id: int) -> Unsealing | None:
        """One by its id."""
        return self._first(unsealing.c.id == unsealing_id)

    def of(self, case_id: int) -> Unsealing | None:
        """The one that stands for a case."""
        return self._first(unsealing.c.case_id == case_id, STANDING)

    def of_person(self, person_id: int) -> Unsealing | None:
        """The latest that somebody was told of and may still object to."""
        mine = sa.select(case.c.id).where(case.c.person_id == person_id)
        return self._first(unsealing.c.case_id.in_(mine), STANDING, unsealing.c.confirmed_at.is_not(None))

    def opened(self, case_id: int) -> Unsealing | None:
        """The latest that ended with the case being shown."""
        return self._first(unsealing.c.case_id == case_id, unsealing.c.outcome == str(Outcome.OPENED))

    def due(self, *, now: float) -> list[Unsealing]:
        """Those whose time has come: to be shown, or nobody confirmed."""
        ripe = sa.or_(
            unsealing.c.opens_at <= now,
            sa.and_(unsealing.c.confirmed_at.is_(None), unsealing.c.asked_at <= now - CONFIRM_SECONDS),
        )
        rows = self._c.execute(sa.select(unsealing).where(STANDING, ripe).order_by(unsealing.c.id))
        return [_unsealing(row) for row in rows]

    def change(self, unsealing_id: int, **values: Any) -> Unsealing:
        """Set columns."""
        mine = unsealing.c.id == unsealing_id
        return _unsealing(self._c.execute(unsealing.update().where(mine).values(values).returning(unsealing)).one())

    def _first(self, *which: sa.ColumnElement[bool]) -> Unsealing | None:
        row = self._c.execute(sa.select(unsealing).where(*which).order_by(unsealing.c.id.desc()).limit(1)).first()
        return _unsealing(row) if row else None


def _unsealing(row: sa.Row[Any]) -> Unsealing:
    return Unsealing(**{**row._mapping, "topics": tuple(filter(None, row.topics.split(",")))})
