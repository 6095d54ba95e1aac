"""How long /tugas and /cari take where a great many cases lie: p50 and p95 of each question that a chat asks.

    python -m bench.lists                          # 100,000 made-up cases, SQLite in a temporary folder
    python -m bench.lists --cases 1000000
    python -m bench.lists --database postgresql://…    # an empty database, which it fills

Cases of misconduct and of violence are secret, as everywhere; of the first two in three complain about an office, which
sees none of them. Some citizens hide other cases too. Every chat asks without those that complain about who sits there.

Budget (docs/architecture.md): p95 ≤ 200 ms over 1,000,000 cases.
"""

import json
import os
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated, Any

import sqlalchemy as sa
import typer

from bot.domain.case import Tags
from bot.domain.incoming import Chat, Sender
from bot.domain.labels import OVERSIGHT, TOPICS
from bot.domain.life import OPEN, Status
from bot.domain.lists import PER_PAGE, Scope, Tab, scope_of
from bot.domain.records import Person
from bot.domain.region import DESK, DUTY, HEAD, Region
from bot.domain.secrecy import CITIZEN, RULE, SENSITIVE
from bot.region_file import load_region
from bot.services.desk.searching import MOST
from bot.services.ports import NewCase, NewEntry
from bot.store.engine import Store
from bot.store.migrating import migrate
from bot.store.tables import ACCUSING, case, entry
from bot.store.unit_of_work import SqlUnitOfWork
from bot.store.words import write_words

REGION = Path(__file__).parents[1] / "wadul.toml"
AT_ONCE = 2_000
OPEN_SHARE = 0.05
ACCUSING_SHARE = 2 / 3  # of the cases of misconduct
HIDDEN_SHARE = 0.01  # of the others
NOW = 1_800_000_000.0
SPAN = 3 * 365 * 86400.0
COMMON = ("jalan", "rusak", "pasar", "desa", "mohon", "lampu", "sampah", "banjir", "air", "rt", "wis", "dalane")
SYLLABLES = ("ka", "ra", "su", "ma", "di", "pe", "lo", "nga", "wa", "te", "bu", "sa", "jo", "ni", "ku", "tan")


class Made:
    """Made-up cases: topics by their weight, words of which few are common and most are rare."""

    def __init__(self, region: Region, *, seed: int = 4) -> None:
        self._random = random.Random(seed)
        self._region = region
        self._rare = ["".join(self._random.choices(SYLLABLES, k=3)) for _ in range(20_000)]
        self._offices = [HEAD, *(each.id for each in region.departments)]
        self._weights = [1.0 / (rank + 1) for rank in range(len(TOPICS))]

    def rows(self, first: int, count: int, person: Person) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        """Rows of `cases` and of `entry`."""
        cases = [self._case(number, person) for number in range(first, first + count)]
        said = [self._said(row) for row in cases]
        return cases, said

    def _case(self, number: int, person: Person) -> dict[str, Any]:
        draw = self._random
        topic = draw.choices(TOPICS, self._weights)[0]
        owner = self._region.owner(topic)
        is_open = draw.random() < OPEN_SHARE
        at = NOW - SPAN + SPAN * number / 1_000_000
        by_rule = topic == OVERSIGHT or topic in SENSITIVE
        by_citizen = not by_rule and draw.random() < HIDDEN_SHARE
        accuses = topic == OVERSIGHT and draw.random() < ACCUSING_SHARE
        return {
            "secret": by_rule or by_citizen, "secret_by": RULE if by_rule else CITIZEN if by_citizen else "",
            "accused": [draw.choice(self._offices)] if accuses else [],
            "id": number, "code": f"PML-{number:07d}", "person_id": person.id, "channel": "bench", "chat_id": "1",
            "status": draw.choice(sorted(OPEN)) if is_open else Status.SELESAI, "kind": "pengaduan", "topic": topic,
            "further": [], "urgency": draw.choices(("darurat", "tinggi", "sedang", "rendah"), (1, 9, 70, 20))[0],
            "language": "id", "location": f"Desa {self._rare[number % 200]}", "unsure": False, "guesses": [],
            "p_topic": 0.9, "set_by": "model", "unit": owner.id if owner else DESK, "informed": [], "register": "id",
            "created_at": at, "updated_at": at, "last_said_at": at,
            "taken_by_id": f"bench:{draw.randrange(300)}" if is_open else None,
            "due_at": NOW + draw.uniform(-20, 20) * 86400.0 if is_open else None,
        }  # fmt: skip

    def _said(self, row: dict[str, Any]) -> dict[str, Any]:
        draw = self._random
        common = draw.choices(COMMON, [1 / (rank + 1) for rank in range(len(COMMON))], k=1)
        rare = [self._rare[int(len(self._rare) * draw.random() ** 3)] for _ in range(8)]
        words = [*common, *rare, row["topic"].partition("_")[0]]
        draw.shuffle(words)
        return {
            "case_id": row["id"], "person_id": row["person_id"], "author": "citizen", "name": "", "kind": "report",
            "text": " ".join(words), "at": row["created_at"], "forwarded": False,
        }  # fmt: skip

    def rare(self) -> str:
        """Some word that few cases have."""
        return self._random.choice(self._rare[len(self._rare) // 2 :])


def fill(store: Store, made: Made, cases: int) -> float:
    """Put cases in; cases per second, their words included."""
    chat = Chat("bench", "1", private=True)
    person = store.write_now(lambda uow: uow.people.meet(Sender("bench", "1", "Warga"), chat, now=NOW))
    begun = time.perf_counter()
    for first in range(1, cases + 1, AT_ONCE):
        rows, said = made.rows(first, min(AT_ONCE, cases + 1 - first), person)

        def put(uow: SqlUnitOfWork, rows: list[dict[str, Any]] = rows, said: list[dict[str, Any]] = said) -> None:
            uow.connection.execute(case.insert(), rows)
            uow.connection.execute(entry.insert(), said)
            write_words(uow.connection, [row["id"] for row in rows])

        store.write_now(put)
    rate = cases / (time.perf_counter() - begun)
    if not store.sqlite:
        _settle(store)
    return rate


def _settle(store: Store) -> None:
    """What PostgreSQL does by itself in a database that is used."""
    with store.engine.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT")
        connection.execute(sa.text("SELECT setval(pg_get_serial_sequence('cases', 'id'), max(id)) FROM cases"))
        connection.execute(sa.text("VACUUM ANALYZE"))


def questions(region: Region, made: Made) -> Iterator[tuple[str, Callable[[SqlUnitOfWork], object]]]:
    """What chats ask, by name."""
    largest = region.owner(TOPICS[0])
    smallest = region.owner("pariwisata")
    linked = {
        "kepala": HEAD, "siaga": DUTY, "large": largest.id if largest else DESK,
        "small": smallest.id if smallest else DESK,
    }  # fmt: skip
    scopes = {who: scope_of({unit}, without_chat=()) for who, unit in linked.items()}
    for who, scope in scopes.items():
        for tab in Tab:
            yield f"tugas {who} {tab}", _work(scope, tab)
        yield f"cari {who} common", lambda uow, scope=scope: uow.lists.search(scope, ["jalan"], most=MOST)
        yield f"cari {who} common common", lambda uow, s=scope: uow.lists.search(s, ["pasar", "lampu"], most=MOST)
        yield f"cari {who} common rare", lambda uow, s=scope: uow.lists.search(s, ["rusak", made.rare()], most=MOST)
        yield f"cari {who} rare", lambda uow, scope=scope: uow.lists.search(scope, [made.rare()], most=MOST)
        yield f"cari {who} beginning", lambda uow, scope=scope: uow.lists.search(scope, ["rusa", "pas"], most=MOST)
        yield f"cari {who} short", lambda uow, scope=scope: uow.lists.search(scope, ["rt", "air"], most=MOST)
        yield f"cari {who} nothing", lambda uow, scope=scope: uow.lists.search(scope, ["pasar", "xyzzy"], most=MOST)


def _work(scope: Scope, tab: Tab) -> Callable[[SqlUnitOfWork], object]:
    """A press on a tab: all the counts and one page."""
    when = {"actor": "bench:7", "now": NOW, "midnight": NOW + 40_000.0}

    def ask(uow: SqlUnitOfWork) -> object:
        uow.lists.counts(scope, **when)  # type: ignore[arg-type]
        return uow.lists.work(scope, tab, **when, skip=0, most=PER_PAGE)  # type: ignore[arg-type]

    return ask


def timed(store: Store, ask: Callable[[SqlUnitOfWork], object], *, times: int) -> dict[str, float]:
    """Milliseconds of one question: the median and the 95th percentile."""
    taken: list[float] = []
    for _ in range(times):
        begun = time.perf_counter()
        store.read_now(ask)
        taken.append((time.perf_counter() - begun) * 1000)
    taken.sort()
    return {"p50_ms": round(taken[len(taken) // 2], 1), "p95_ms": round(taken[int(len(taken) * 0.95)], 1)}


def opening(store: Store, *, times: int) -> float:
    """Milliseconds to open one case in a transaction of its own, its words included."""
    tags = Tags("pengaduan", "jalan", "sedang", "id", location="Desa Kabunan")
    begun = time.perf_counter()
    for number in range(times):

        def put(uow: SqlUnitOfWork, number: int = number) -> None:
            new = uow.cases.add(NewCase(f"PML-X{number}", 1, "bench", "1", "dputr", (), "id", tags, NOW))
            uow.cases.say(NewEntry("citizen", "report", "Jalan rusak depan pasar, mohon ditambal.", NOW, new.id, 1))

        store.write_now(put)
    return round((time.perf_counter() - begun) * 1000 / times, 3)


def measure(store: Store, *, cases: int, times: int) -> dict[str, object]:
    """Fill the database and ask it everything."""
    migrate(store)
    region = load_region(REGION)
    made = Made(region)
    rate = fill(store, made, cases)
    asked = {name: timed(store, ask, times=times) for name, ask in questions(region, made)}
    return {
        "load": os.getloadavg()[0], "cases": cases, **_kept_from(store), "filled_per_second": round(rate),
        "opening_ms": opening(store, times=200),
        "worst_p95_ms": max(figures["p95_ms"] for figures in asked.values()), "asked": asked,
    }  # fmt: skip


def _kept_from(store: Store) -> dict[str, int]:
    """How many cases are secret, and how many complain about an office."""
    kinds = (case.c.secret, ACCUSING)
    secret, accusing = (sa.func.coalesce(sa.func.sum(sa.case((which, 1), else_=0)), 0) for which in kinds)
    row = store.read_now(lambda uow: uow.connection.execute(sa.select(secret, accusing)).one())
    return {"secret": int(row[0]), "accusing": int(row[1])}


def main(
    cases: Annotated[int, typer.Option(help="How many cases lie there.")] = 100_000,
    times: Annotated[int, typer.Option(help="How often each question is asked.")] = 40,
    database: Annotated[str | None, typer.Option(help="URL of an empty database; SQLite by default.")] = None,
) -> None:
    """Fill a database, ask it, print the figures as JSON."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store(database or f"sqlite:///{Path(folder) / 'lists.db'}")
        try:
            typer.echo(json.dumps(measure(store, cases=cases, times=times), indent=2))
            if store.sqlite:
                typer.echo(f"{sum(file.stat().st_size for file in Path(folder).iterdir()) / cases:.0f} bytes a case")
        finally:
            store.close()


if __name__ == "__main__":
    typer.run(main)
