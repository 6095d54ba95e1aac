"""The vectors of a unit's open cases, kept in memory: a search costs one product, and the store is asked for news only.

What is found here may be closed, moved or gone meanwhile: whoever asks looks each up again.
"""

import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from time import monotonic
from typing import Final
from weakref import WeakKeyDictionary

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray

from bot.domain.life import OPEN
from bot.store.tables import case, similar

UNITS: Final = 32  # whose vectors are kept, those asked for last
MOST: Final = 20_000  # cases of a unit, the newest
OVERLAP: Final = 256  # rows read again: other transactions may have been slower than their ids
FRESH: Final = 3600.0  # seconds after which everything is read anew, so that what was closed makes room
Floats = NDArray[np.float32]
Mark = tuple[int, str]  # the case of a row, and whose encoder wrote it: SQLite may give the last row's id again

_KNOWN = sa.and_(
    similar.c.encoder == sa.bindparam("encoder"),
    case.c.unit.in_(sa.bindparam("units", expanding=True)),
    case.c.status.in_(sorted(OPEN)),
    similar.c.id > sa.bindparam("after"),
)
_NEWS = (
    sa.select(similar.c.id, similar.c.case_id, similar.c.at, similar.c.vector, case.c.unit)
    .join(case, case.c.id == similar.c.case_id)
    .where(_KNOWN)
    .order_by(similar.c.id.desc())
    .limit(MOST)
)
_IDS = (
    sa.select(similar.c.id, similar.c.case_id, similar.c.encoder)
    .where(similar.c.id > sa.bindparam("after"))
    .order_by(similar.c.id.desc())
    .limit(sa.bindparam("most", type_=sa.Integer))
)


@dataclass
class Shelf:
    """The vectors of one unit: rows of a matrix that grows by doubling."""

    width: int
    filled: int = 0
    seen: int = 0  # the latest row that was looked at, of any unit
    looked: dict[int, Mark] = field(default_factory=dict)  # the rows just before it, by their ids
    rows: dict[int, int] = field(default_factory=dict)  # row id in the store → case id
    began: float = field(default_factory=monotonic)

    def __post_init__(self) -> None:
        self.vectors = np.zeros((64, self.width), dtype=np.float32)
        self.cases = np.zeros(64, dtype=np.int64)
        self.times = np.zeros(64, dtype=np.float64)

    def add(self, row_id: int, case_id: int, at: float, vector: bytes) -> None:
        """Put one more in; one that is there already stays."""
        found = np.frombuffer(vector, dtype=np.float16)
        if self.rows.get(row_id) == case_id or found.size != self.width:
            return
        if self.filled == len(self.cases):
            self.vectors = np.concatenate([self.vectors, np.zeros_like(self.vectors)])
            self.cases = np.concatenate([self.cases, np.zeros_like(self.cases)])
            self.times = np.concatenate([self.times, np.zeros_like(self.times)])
        self.vectors[self.filled], self.cases[self.filled], self.times[self.filled] = found, case_id, at
        self.rows[row_id] = case_id
        self.filled += 1

    def is_news(self, row_id: int, mark: Mark) -> bool:
        """Whether a row was not looked at yet."""
        return row_id > self.seen - OVERLAP and self.looked.get(row_id) != mark

    def nearest(self, vector: Floats, *, since: float, most: int) -> list[tuple[float, int]]:
        """The cases nearest in meaning, told since then, each with its likeness before its id, the nearest first."""
        scores = np.einsum("ij,j->i", self.vectors[: self.filled], vector)  # `@` would wait for threads of its own
        scores[self.times[: self.filled] < since] = -np.inf
        order = np.argpartition(-scores, most)[:most] if self.filled > most else np.arange(self.filled)
        ranked = order[np.argsort(-scores[order])]
        found: dict[int, float] = {}
        for at in ranked[np.isfinite(scores[ranked])]:
            found.setdefault(int(self.cases[at]), float(scores[at]))
        return [(score, case_id) for case_id, score in found.items()]


class Shelves:
    """The shelves of one database."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, str], Shelf] = OrderedDict()
        self._lock = threading.Lock()

    def nearest(
        self, connection: sa.Connection, units: Sequence[str], encoder: str, vector: Floats, *, since: float, most: int
    ) -> dict[str, list[tuple[float, int]]]:
        """The nearest cases of each unit, once the news is read."""
        with self._lock:
            shelves = {unit: self._shelf((unit, encoder), vector.size) for unit in units}
            _read_news(connection, shelves, encoder=encoder)
            return {unit: shelf.nearest(vector, since=since, most=most) for unit, shelf in shelves.items()}

    def _shelf(self, key: tuple[str, str], width: int) -> Shelf:
        shelf = self._kept.pop(key, None)
        if shelf is None or monotonic() - shelf.began > FRESH or shelf.filled > 2 * MOST:
            shelf = Shelf(width)
        self._kept[key] = shelf
        while len(self._kept) > UNITS:
            self._kept.popitem(last=False)
        return shelf


def _read_news(connection: sa.Connection, shelves: Mapping[str, Shelf], *, encoder: str) -> None:
    """Read what was written since the last look, in whatever unit; each shelf keeps what is its unit's."""
    read = {unit: shelf for unit, shelf in shelves.items() if shelf.seen}
    for some in (read, *({unit: shelf} for unit, shelf in shelves.items() if unit not in read)):
        if some:
            _fill(connection, some, encoder=encoder)


def _fill(connection: sa.Connection, shelves: Mapping[str, Shelf], *, encoder: str) -> None:
    """Bring one shelf up to date, or with the same two queries all those that were read before."""
    since = max(0, min(shelf.seen for shelf in shelves.values()) - OVERLAP)
    found = {row.id: (row.case_id, row.encoder) for row in connection.execute(_IDS, {"after": since, "most": MOST})}
    new = [row_id for shelf in shelves.values() for row_id, mark in found.items() if shelf.is_news(row_id, mark)]
    if not new:
        return
    after = min(new) - 1 if any(shelf.seen for shelf in shelves.values()) else 0
    rows = connection.execute(_NEWS, {"units": list(shelves), "encoder": encoder, "after": after}).all()
    for row in reversed(rows):
        shelves[row.unit].add(row.id, row.case_id, row.at, row.vector)
    for shelf in shelves.values():
        shelf.seen = max(found)
        shelf.looked = {row_id: mark for row_id, mark in found.items() if row_id > shelf.seen - OVERLAP}


_SHELVES: WeakKeyDictionary[sa.Engine, Shelves] = WeakKeyDictionary()


def shelves_of(connection: sa.Connection) -> Shelves:
    """The shelves that belong to a connection's database."""
    return _SHELVES.setdefault(connection.engine, Shelves())
