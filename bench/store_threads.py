"""ADR 0002: plain functions in database threads against SQLAlchemy's asyncio layer on aiosqlite.

The very same use case (a citizen's report becomes a case, a receipt and a card) on the very same repositories:
once through `Store.write`, once through `AsyncConnection.run_sync`, where every statement hops to aiosqlite's thread
and back. Run: python -m bench.store_threads
"""

import asyncio
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any

import sqlalchemy as sa
import typer
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot.domain.case import Tags
from bot.domain.incoming import Chat, RawUpdate, Said, Sender
from bot.metrics import Metrics
from bot.region_file import load_region
from bot.services.inbox_loop import BATCH
from bot.services.intake import handle
from bot.services.office import Meaning, Office
from bot.store.engine import Store
from bot.store.migrating import migrate
from bot.store.unit_of_work import SqlUnitOfWork
from bot.texts import Catalogue

REGION = Path(__file__).parents[1] / "wadul.toml"
PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=30000", "foreign_keys=ON")
Work = Callable[[SqlUnitOfWork], None]
Write = Callable[[Work], Awaitable[None]]


class FixedTagger:
    """Every text is a complaint about a road: what is measured is the database."""

    def prime(self, texts: Sequence[str]) -> None:
        """Nothing to remember."""

    def meaning(self, text: str) -> Meaning | None:
        """None: what is measured is the database."""
        return None

    def tag(self, text: str) -> Tags:
        """Always the same."""
        return Tags("pengaduan", "jalan", "sedang", "id", guesses=(("jalan", 0.9),), p_topic=0.9, model="bench")


def office() -> Office:
    """An office of the sample region."""
    return Office(load_region(REGION), Catalogue.load(), FixedTagger(), Metrics(), time.time)


async def intakes(write: Write, first: int, count: int, *, batch: int) -> float:
    """Reports per second: put, claim, then `batch` reports in a transaction, as the inbox loop does it."""
    here = office()
    begun = time.perf_counter()
    for start in range(first, first + count, batch):
        numbers = range(start, min(start + batch, first + count))

        def put(uow: SqlUnitOfWork, numbers: range = numbers) -> None:
            uow.inbox.put([RawUpdate("telegram", str(n), str(n), "{}", received_at=time.time()) for n in numbers])

        def carry_out(uow: SqlUnitOfWork, numbers: range = numbers) -> None:
            rows = uow.inbox.claim("bench", now=time.time(), limit=batch)
            assert len(rows) == len(numbers)
            for row, n in zip(rows, numbers, strict=True):
                uow.inbox.done([row.id], "bench", now=time.time())
                handle(uow, here, said(n))

        await write(put)
        await write(carry_out)
    return count / (time.perf_counter() - begun)


def said(n: int) -> Said:
    """A new citizen's report."""
    chat = Chat("telegram", str(n), private=True)
    text = "Jalan desa rusak berat di dekat pasar."
    return Said(chat, Sender("telegram", str(n), "Warga"), "1", time.time(), text=text)


async def with_threads(path: Path, count: int, *, batch: int) -> float:
    """Our Store."""
    store = Store(f"sqlite:///{path}")
    try:
        return await intakes(store.write, 1, count, batch=batch)
    finally:
        store.close()


async def with_asyncio(path: Path, count: int, *, batch: int) -> float:
    """SQLAlchemy asyncio: the same functions through run_sync."""
    engine = _async_engine(path)

    async def write(work: Work) -> None:
        def inside(connection: sa.Connection) -> None:
            unit = SqlUnitOfWork(connection)
            work(unit)
            unit.flush()

        async with engine.begin() as connection:
            await connection.run_sync(inside)

    try:
        return await intakes(write, 1, count, batch=batch)
    finally:
        await engine.dispose()


def _async_engine(path: Path) -> AsyncEngine:
    engine = create_async_engine(f"sqlite+aiosqlite:///{path}", connect_args={"timeout": 30})

    @sa.event.listens_for(engine.sync_engine, "connect")
    def _connected(connection: Any, _: Any) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in PRAGMAS:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @sa.event.listens_for(engine.sync_engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def main(count: int = 600, rounds: int = 3) -> None:
    """Print reports per second of both, in turn, and their ratio."""
    for batch in (1, BATCH):
        best: dict[str, float] = {}
        for _ in range(rounds):
            for way, run in (("threads", with_threads), ("asyncio", with_asyncio)):
                with tempfile.TemporaryDirectory() as folder:
                    path = Path(folder) / "bench.db"
                    prepared = Store(f"sqlite:///{path}")
                    migrate(prepared)
                    prepared.close()
                    best[way] = max(best.get(way, 0.0), asyncio.run(run(path, count, batch=batch)))
        print(
            f"{batch:>2} reports a transaction: threads {best['threads']:.0f}/s, asyncio {best['asyncio']:.0f}/s, "
            f"ratio {best['threads'] / best['asyncio']:.2f}"
        )


if __name__ == "__main__":
    typer.run(main)
