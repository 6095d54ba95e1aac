"""What people taught, across cases: for training, and for the routes that wadul.toml might change."""

import secrets
from collections.abc import Sequence

import sqlalchemy as sa

from bot.domain.case import Case
from bot.domain.records import LABELLED, REPORTED, Entry, Lesson, Rerouting
from bot.store.rows import to_case, to_entry, to_lesson
from bot.store.sql import upsert
from bot.store.tables import case, entry, lesson, offered_route, rerouting, secret

AT_ONCE = 500  # ids in a query
SALT = "lesson_ids"


class Lessons:
    """The repository of lessons and of moves that taught nothing."""

    def __init__(self, connection: sa.Connection) -> None:
        self._c = connection

    def undo(self, case_id: int, field: str, *, at: float) -> None:
        """Take the force of a case's lessons of a field away; they stay on record."""
        mine = (lesson.c.case_id == case_id, lesson.c.field == field, lesson.c.undone_at.is_(None))
        self._c.execute(lesson.update().where(*mine).values(undone_at=at))

    def undo_labels(self, case_id: int, who: str, *, since: float, at: float) -> None:
        """Take the force of what an admin has labelled in a case since then away."""
        mine = (lesson.c.case_id == case_id, lesson.c.who == who, lesson.c.source == LABELLED, lesson.c.at >= since)
        self._c.execute(lesson.update().where(*mine, lesson.c.undone_at.is_(None)).values(undone_at=at))

    def all(self, *, since: float = 0.0) -> list[Lesson]:
        """Every lesson that counts of the cases that taught something since then, in order."""
        query = sa.select(lesson).where(lesson.c.undone_at.is_(None)).order_by(lesson.c.id)
        if since > 0:
            recent = sa.select(lesson.c.case_id).where(lesson.c.at >= since)
            query = query.where(lesson.c.case_id.in_(recent))
        return [to_lesson(row) for row in self._c.execute(query)]

    def cases(self, ids: Sequence[int]) -> list[Case]:
        """Cases by id."""
        chunks = (ids[first : first + AT_ONCE] for first in range(0, len(ids), AT_ONCE))
        rows = (self._c.execute(sa.select(case).where(case.c.id.in_(chunk))) for chunk in chunks)
        return [to_case(row) for found in rows for row in found]

    def words(self, ids: Sequence[int]) -> dict[int, list[Entry]]:
        """What was reported in these cases, in order."""
        found: dict[int, list[Entry]] = {}
        for first in range(0, len(ids), AT_ONCE):
            mine = (entry.c.case_id.in_(ids[first : first + AT_ONCE]), entry.c.kind.in_(REPORTED))
            for row in self._c.execute(sa.select(entry).where(*mine).order_by(entry.c.id)):
                found.setdefault(row.case_id, []).append(to_entry(row))
        return found

    def reroute(self, new: Rerouting) -> None:
        """Keep a move that left the topic as it was."""
        self._c.execute(rerouting.insert().values({**new.__dict__}))

    def rerouted(self, topic: str, unit: str, *, since: float) -> int:
        """How many cases of a topic went to a unit so."""
        mine = (rerouting.c.topic == topic, rerouting.c.after == unit, rerouting.c.at >= since)
        query = sa.select(sa.func.count(sa.distinct(rerouting.c.case_id))).where(*mine)
        return int(self._c.execute(query).scalar_one())

    def offer_route(self, topic: str, unit: str, *, at: float) -> bool:
        """Remember that a change of the region file is offered; False where it was before."""
        new = upsert(self._c, offered_route).values(topic=topic, unit=unit, at=at).on_conflict_do_nothing()
        return bool(self._c.execute(new.returning(offered_route.c.topic)).first())

    def salt(self) -> str:
        """The key that turns a case's number into an id which leads nobody back; made when it is first asked for."""
        new = upsert(self._c, secret).values(name=SALT, value=secrets.token_hex(32)).on_conflict_do_nothing()
        self._c.execute(new)
        return str(self._c.execute(sa.select(secret.c.value).where(secret.c.name == SALT)).scalar_one())
