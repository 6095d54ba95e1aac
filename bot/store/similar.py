"""What reports mean: their vectors, what is nearest to one, and pairs that people or Wadul have decided about."""

from collections.abc import Collection, Sequence
from typing import Any

import numpy as np
import sqlalchemy as sa

from bot.domain.borders import topics_read
from bot.domain.life import OPEN
from bot.domain.records import REPORTED
from bot.domain.similar import Neighbour, Pair
from bot.domain.where import Point
from bot.services.matters.similar_ports import Kept
from bot.store.similar_cache import shelves_of
from bot.store.tables import case, entry, similar, similar_pair

NEAREST = 12  # cases of a unit that are compared closely,
BESIDE = 12  # and of all bordering units together

# Statements of the hot path are built once: building one costs more than running it.
_IDS: sa.BindParameter[int] = sa.bindparam("ids", expanding=True)
_UNITS: sa.BindParameter[str] = sa.bindparam("units", expanding=True)
_TOLD = sa.and_(entry.c.case_id == case.c.id, entry.c.kind.in_(REPORTED))
_MEANINGS = sa.select(similar.c.case_id, similar.c.encoder, similar.c.vector).where(similar.c.case_id.in_(_IDS))
_NEAR = (
    sa.select(
        case.c.id, case.c.unit, case.c.topic, case.c.further, case.c.unsure, case.c.guesses, case.c.location,
        case.c.created_at, similar.c.vector, entry.c.text, entry.c.lat, entry.c.lon,
    )
    .join(similar, similar.c.case_id == case.c.id)
    .join(entry, _TOLD)
    .where(
        case.c.id.in_(_IDS), case.c.status.in_(sorted(OPEN)), case.c.unit.in_(_UNITS),
        similar.c.encoder == sa.bindparam("encoder"), case.c.id != sa.bindparam("but"),
    )
    .order_by(entry.c.id)
)  # fmt: skip
_WORDS = (
    sa.select(entry.c.text, entry.c.lat, entry.c.lon)
    .where(entry.c.case_id == sa.bindparam("case_id"), entry.c.kind.in_(REPORTED))
    .order_by(entry.c.id)
)
_MINE = similar_pair.c.case_id == sa.bindparam("mine")
_KEEP = similar.insert()
_DROP = similar.delete().where(similar.c.case_id == sa.bindparam("mine"))
_DROP_ROW = similar.delete().where(similar.c.id == sa.bindparam("row"))
_LATEST = sa.select(sa.func.max(similar.c.id))
_OF_OTHERS = (
    sa.select(similar.c.id, similar.c.case_id, similar.c.at)
    .join(case, case.c.id == similar.c.case_id)
    .where(similar.c.id > sa.bindparam("after"), similar.c.encoder != sa.bindparam("encoder"))
    .where(case.c.status.in_(sorted(OPEN)))
    .order_by(similar.c.id)
    .limit(sa.bindparam("limit", type_=sa.Integer))
)
_SUGGEST = similar_pair.insert()
_UNSUGGEST = similar_pair.delete().where(_MINE, similar_pair.c.kind == Pair.LIKE)
_OTHERS = (
    sa.select(similar_pair.c.other_id)
    .where(_MINE, similar_pair.c.kind == sa.bindparam("kind"))
    .order_by(similar_pair.c.score.desc(), similar_pair.c.other_id)
)


class Similar:
    """The repository of likeness."""

    def __init__(self, connection: sa.Connection) -> None:
        self._c = connection

    def keep(self, case_id: int, encoder: str, vector: bytes, *, at: float, fresh: bool = False) -> None:
        """Keep what a case means (float16); `at`: when it was told. A new row each time, so that memories notice it.

        `fresh`: the case was opened just now, and nothing is known of it yet.
        """
        if not fresh:
            self._c.execute(_DROP, {"mine": case_id})
        self._c.execute(_KEEP, {"case_id": case_id, "encoder": encoder, "vector": vector, "at": at})

    def forget(self, case_id: int) -> None:
        """Take away what a case means, and what it was likened to: it became secret, or was erased."""
        self._c.execute(_DROP, {"mine": case_id})
        pairs = sa.or_(similar_pair.c.case_id == case_id, similar_pair.c.other_id == case_id)
        self._c.execute(similar_pair.delete().where(pairs, similar_pair.c.kind == Pair.LIKE))

    def of_others(self, encoder: str, *, after: int, limit: int) -> list[Kept]:
        """The rows of open cases after a row that another encoder wrote, in order."""
        rows = self._c.execute(_OF_OTHERS, {"encoder": encoder, "after": after, "limit": limit})
        return [Kept(row.id, row.case_id, row.at) for row in rows]

    def latest(self) -> int:
        """The latest row there is; 0 without any."""
        return self._c.execute(_LATEST).scalar() or 0

    def renew(self, row: Kept, encoder: str, vector: bytes) -> None:
        """What another encoder makes of a case instead of a row; nothing where that was written anew or taken away."""
        if self._c.execute(_DROP_ROW, {"row": row.row_id}).rowcount:
            self._c.execute(_KEEP, {"case_id": row.case_id, "encoder": encoder, "vector": vector, "at": row.at})

    def meanings(self, case_ids: Sequence[int]) -> dict[int, tuple[str, bytes]]:
        """What cases mean, of those that it is known of: the encoder, and the vector as it was kept."""
        rows = self._c.execute(_MEANINGS, {"ids": list(case_ids)})
        return {row.case_id: (row.encoder, row.vector) for row in rows}

    def nearest(
        self, case_id: int, units: Sequence[str], encoder: str, vector: bytes, *, since: float,
        beside: Sequence[str] = (),
    ) -> list[Neighbour]:  # fmt: skip
        """What open cases of the units tell that are nearest in meaning and were told since then.

        `beside`: units of which only the nearest few of all are wanted.
        """
        seen = np.frombuffer(vector, dtype=np.float16).astype(np.float32)
        every = (*units, *beside)
        found = shelves_of(self._c).nearest(self._c, every, encoder, seen, since=since, most=max(NEAREST, BESIDE))
        own = [case for unit in units for _, case in found[unit][:NEAREST]]
        others = sorted((pair for unit in beside for pair in found[unit][:BESIDE]), reverse=True)[:BESIDE]
        ids = list(dict.fromkeys([*own, *(case for _, case in others)]))
        if not ids or ids == [case_id]:
            return []
        rows = self._c.execute(_NEAR, {"ids": ids, "units": list(every), "encoder": encoder, "but": case_id})
        by_case: dict[int, list[Any]] = {}
        for row in rows:
            by_case.setdefault(row.id, []).append(row)
        return [_neighbour(lines) for lines in by_case.values()]

    def told(self, case_id: int) -> tuple[str, Point | None]:
        """The words of a case's report, and the latest point that was shown on the map."""
        return _report(self._c.execute(_WORDS, {"case_id": case_id}).all())

    def suggest(
        self, case_id: int, others: Sequence[tuple[int, float]], *, at: float, fresh: bool = False
    ) -> None:
        """Note what a case is likened to, instead of what was noted before."""
        if not fresh:
            self._c.execute(_UNSUGGEST, {"mine": case_id})
        rows = [
            {"case_id": case_id, "other_id": other, "kind": Pair.LIKE, "score": score, "at": at}
            for other, score in others
        ]
        if rows:
            self._c.execute(_SUGGEST, rows)

    def suggested(self, case_id: int) -> list[int]:
        """What a case is likened to, the likeliest first."""
        return self._others(case_id, Pair.LIKE)

    def join(self, case_id: int, root_id: int, *, at: float) -> None:
        """Note that Wadul itself let a case go on in another."""
        self._put(case_id, root_id, Pair.JOINED, at=at)

    def joined(self, case_ids: Collection[int], root_id: int) -> frozenset[int]:
        """Which of these cases Wadul itself let go on in that one, or in one that did."""
        mine = (similar_pair.c.case_id.in_(case_ids), similar_pair.c.kind == Pair.JOINED)
        query = sa.select(similar_pair.c.case_id).where(*mine, similar_pair.c.case_id != root_id)
        return frozenset(self._c.execute(query).scalars())

    def part(self, case_id: int, other_id: int, *, at: float) -> None:
        """A person said that these two are not one matter: never again."""
        joined = (similar_pair.c.case_id == case_id, similar_pair.c.kind == Pair.JOINED)
        self._c.execute(similar_pair.delete().where(*joined))
        for one, other in ((case_id, other_id), (other_id, case_id)):
            self._put(one, other, Pair.APART, at=at)
            gone = (similar_pair.c.case_id == one, similar_pair.c.other_id == other)
            self._c.execute(similar_pair.delete().where(*gone, similar_pair.c.kind != Pair.APART))

    def parted(self, case_id: int) -> frozenset[int]:
        """The cases that a person said are another matter."""
        return frozenset(self._others(case_id, Pair.APART))

    def _others(self, case_id: int, kind: Pair) -> list[int]:
        return list(self._c.execute(_OTHERS, {"mine": case_id, "kind": kind}).scalars())

    def _put(self, case_id: int, other_id: int, kind: str, *, at: float) -> None:
        mine = (similar_pair.c.case_id == case_id, similar_pair.c.other_id == other_id, similar_pair.c.kind == kind)
        self._c.execute(similar_pair.delete().where(*mine))
        self._c.execute(similar_pair.insert().values(case_id=case_id, other_id=other_id, kind=kind, score=1.0, at=at))


def _neighbour(rows: Sequence[Any]) -> Neighbour:
    first = rows[0]
    text, point = _report(rows)
    topics = topics_read(first.topic, first.further, first.guesses if first.unsure else ())
    return Neighbour(
        first.id, first.unit, first.vector, text, topics, first.location or "", point, first.created_at
    )


def _report(rows: Sequence[Any]) -> tuple[str, Point | None]:
    text = "\n".join(row.text for row in rows if row.text.strip())
    points = [(row.lat, row.lon) for row in rows if row.lat is not None and row.lon is not None]
    return text, points[-1] if points else None
