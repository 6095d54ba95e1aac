"""``python -m bench.duplicates.searching``: what looking for twins costs a new report, beside so many open cases.

A unit with 20,000 open cases and a new report every few milliseconds, as in a burst: the whole of `see_twins`, in the
transaction that opens the case. `--cases` says how many.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

import numpy as np

from bench.duplicates.pairs import REGION, rows
from bot.domain.case import Reasons, Tags
from bot.domain.incoming import Chat, Sender
from bot.domain.likeness import Told
from bot.metrics import Metrics
from bot.services.matters.twins import see_twins
from bot.services.matters.vectors import pack
from bot.services.office import Meaning, Office
from bot.services.ports import NewCase, NewEntry
from bot.store.engine import Store
from bot.store.migrating import migrate
from bot.store.tables import similar
from bot.store.unit_of_work import SqlUnitOfWork
from bot.texts import Catalogue

WIDTH, ROUNDS, AT_ONCE = 384, 200, 1_000
ENCODER = "bench"
TAGS = Tags("pengaduan", "bencana", "tinggi", "id", p_topic=0.9, model="bench")


class Drawing:
    """A tagger that gives every text a vector of its own, as far from the others as an encoder's are."""

    def __init__(self) -> None:
        self._draw = np.random.default_rng(3)
        self._middle = self._draw.normal(size=WIDTH)

    def prime(self, texts: object) -> None:
        """Nothing to remember."""

    def explain(self, text: str) -> Reasons:
        """Nothing to say."""
        return Reasons()

    def tag(self, text: str) -> Tags:
        """Always the same."""
        return TAGS

    def meaning(self, text: str) -> Meaning:
        """Near the middle of all."""
        return Meaning(ENCODER, (self._middle + 0.4 * self._draw.normal(size=WIDTH)).astype(np.float32))


def main() -> None:
    """See the module."""
    parser = argparse.ArgumentParser(prog="python -m bench.duplicates.searching", description=__doc__)
    parser.add_argument("--cases", type=int, default=20_000)
    count = parser.parse_args().cases
    office = Office(REGION, Catalogue.load(), Drawing(), Metrics(), time.time)
    texts = [row[side]["text"] for row in rows("choosing.jsonl") for side in ("a", "b")]
    with tempfile.TemporaryDirectory() as folder:
        store = Store(f"sqlite:///{Path(folder) / 'bench.db'}")
        migrate(store)
        for first in range(0, count, AT_ONCE):
            store.write_now(lambda uow, first=first: _fill(uow, office, texts, first))  # type: ignore[misc]
        began = time.thread_time()
        store.write_now(lambda uow: _one(uow, office, texts, count))
        print(f"{count} open cases in one unit; the first search reads them: {_ms(time.thread_time() - began)}")
        seconds = [
            store.write_now(lambda uow, n=n: _one(uow, office, texts, count + n)) for n in range(1, ROUNDS)  # type: ignore[misc]
        ]
        print(f"then a search: p50 {_ms(np.percentile(seconds, 50))}, p95 {_ms(np.percentile(seconds, 95))}")
        store.close()


def _fill(uow: SqlUnitOfWork, office: Office, texts: list[str], first: int) -> None:
    vectors = []
    for number in range(first, first + AT_ONCE):
        case_id, text = _open(uow, office, texts, number)
        vector = pack(office.tagger.meaning(text).vector, Told(text, ("bencana",), office.clock(), _village(number)))  # type: ignore[union-attr]
        vectors.append({"case_id": case_id, "encoder": ENCODER, "vector": vector, "at": office.clock()})
    uow.connection.execute(similar.insert(), vectors)


def _one(uow: SqlUnitOfWork, office: Office, texts: list[str], number: int) -> float:
    case_id, _ = _open(uow, office, texts, number)
    case = uow.cases.by_id(case_id)
    assert case is not None
    began = time.thread_time()
    see_twins(uow, office, case, fresh=True)
    return time.thread_time() - began


def _open(uow: SqlUnitOfWork, office: Office, texts: list[str], number: int) -> tuple[int, str]:
    person = uow.people.meet(Sender("bench", "1", "bench"), Chat("bench", "1", private=True), now=office.clock())
    text = texts[number % len(texts)]
    tags = Tags(**{**TAGS.__dict__, "location": _village(number)})
    new = NewCase(f"PML-{number:05d}", person.id, "bench", "1", "bpbd", (), "id", tags, office.clock())
    case = uow.cases.add(new)
    uow.cases.say(NewEntry("citizen", "report", text, office.clock(), case_id=case.id, person_id=person.id))
    return case.id, text


def _village(number: int) -> str:
    return f"Desa {['Karang', 'Sumber', 'Kali', 'Ujung', 'Gunung'][number % 5]}{'abcdefghij'[number // 5 % 10]}sari"


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms"


if __name__ == "__main__":
    main()
