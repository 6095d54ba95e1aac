"""The vectors of a unit's open cases, kept in memory: a search costs one product, and the store is asked for news only.

What is found here may be closed, moved or gone meanwhile: whoever asks looks each up again.
"""

import threading
from collections import OrderedDict
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

_KNOWN = sa.and_(
    similar.c.encoder == sa.bindparam("encoder"),
    case.c.unit == sa.bindparam("unit"),
    case.c.status.in_(sorted(OPEN)),
    similar.c.id > sa.bindparam("after"),
)
_NEWS = (
    sa.select(similar.c.id, similar.c.case_id, similar.c.at, similar.c.vector)
    .join(case, case.c.id == similar.c.case_id)
    .where(_KNOWN)
    .order_by(similar.c.id.desc())
    .limit(MOST)
)
_IDS = (
    sa.select(similar.c.id, similar.c.case_id)
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
    looked: dict[int, int] = field(default_factory=dict)  # the rows just before it: id → case id
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

    def nearest(self, vector: Floats, *, since: float, most: int) -> list[int]:
        """Ids of the cases nearest in meaning, told since then, the nearest first."""
        scores = np.einsum("ij,j->i", self.vectors[: self.filled], vector)  # `@` would wait for threads of its own
        scores[self.times[: self.filled] < since] = -np.inf
        order = np.argpartition(-scores, most)[:most] if self.filled > most else np.arange(self.filled)
        ranked = order[np.argsort(-scores[order])]
        found = [int(each) for each in self.cases[ranked[np.isfinite(scores[ranked])]]]
        return list(dict.fromkeys(found))


class Shelves:
    """The shelves of one database."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, str], Shelf] = OrderedDict()
        self._lock = threading.Lock()

    def nearest(
        self, connection: sa.Connection, unit: str, encoder: str, vector: Floats, *, since: float, most: int
    ) -> list[int]:
        """The nearest cases of a unit, once the news is read."""
        with self._lock:
            shelf = self._shelf((unit, encoder), vector.size)
            _read_news(connection, shelf, unit=unit, encoder=encoder)
            return shelf.nearest(vector, since=since, most=most)

    def _shelf(self, key: tuple[str, str], width: int) -> Shelf:
        shelf = self._kept.pop(key, None)
        if shelf is None or monotonic() - shelf.began > FRESH or shelf.filled > 2 * MOST:
            shelf = Shelf(width)
        self._kept[key] = shelf
        while len(self._kept) > UNITS:
            self._kept.popitem(last=False)
        return shelf


def _read_news(connection: sa.Connection, shelf: Shelf, *, unit: str, encoder: str) -> None:
    """Read what was written since the last look, in whatever unit; of it, keep what is this unit's."""
    since = max(0, shelf.seen - OVERLAP)
    found = {row.id: row.case_id for row in connection.execute(_IDS, {"after": since, "most": MOST})}
    new = [row_id for row_id, case_id in found.items() if shelf.looked.get(row_id) != case_id]
    if not new:
        return
    after = min(new) - 1 if shelf.seen else 0
    rows = connection.execute(_NEWS, {"unit": unit, "encoder": encoder, "after": after}).all()
    for row in reversed(rows):
        shelf.add(row.id, row.case_id, row.at, row.vector)
    shelf.seen = max(found)
    shelf.looked = {row_id: case_id for row_id, case_id in found.items() if row_id > shelf.seen - OVERLAP}


_SHELVES: WeakKeyDictionary[sa.Engine, Shelves] = WeakKeyDictionary()


def shelves_of(connection: sa.Connection) -> Shelves:
    """The shelves that belong to a connection's database."""
    return _SHELVES.setdefault(connection.engine, Shelves())
