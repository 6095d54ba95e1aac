"""Engines for SQLite and PostgreSQL, and the threads that use them.

The use cases are plain functions run in database threads: one writer for SQLite, a small pool for PostgreSQL
(ADR 0002 has the reasons and the figures).
"""

import asyncio
import sqlite3
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy import event

from bot.domain.errors import StoreSettingError, StoreUnavailable
from bot.store.threads import PriorityThreads
from bot.store.unit_of_work import SqlUnitOfWork

T = TypeVar("T")
POSTGRES_THREADS = 4
LOG_SECONDS = 30.0
BUSY_MS = 30_000
SCRUB_MS = 100


@contextmanager
def available() -> Iterator[None]:
    """Say StoreUnavailable where the database is away or asks to try again."""
    try:
        yield
    except sa.exc.OperationalError as error:
        raise StoreUnavailable(f"the database does not answer ({type(error.orig).__name__})") from error


class Store:
    """Runs work in transactions: `write` commits or rolls back, `read` only looks."""

    def __init__(self, url: str) -> None:
        """Open nothing yet; StoreSettingError where no database can ever stand behind the URL."""
        self.url = _known(url)
        self.sqlite = self.url.get_backend_name() == "sqlite"
        self.engine = _sqlite_engine(self.url, begin="BEGIN IMMEDIATE") if self.sqlite else _postgres_engine(self.url)
        self._reader = _sqlite_engine(self.url, begin="BEGIN") if self.sqlite else self.engine
        self._writers = PriorityThreads(1 if self.sqlite else POSTGRES_THREADS, name="db-write")
        self._readers = ThreadPoolExecutor(2, thread_name_prefix="db-read")

    async def write(self, work: Callable[[SqlUnitOfWork], T], *, urgent: bool = False) -> T:
        """Run `work` in one transaction in a database thread; commit on return, roll back on error."""
        return await asyncio.wrap_future(self._writers.submit(lambda: self.write_now(work), urgent=urgent))

    def write_now(self, work: Callable[[SqlUnitOfWork], T]) -> T:
        """The same, in the calling thread; StoreUnavailable where the database asks to try again."""
        with available(), self.engine.begin() as connection:
            unit = SqlUnitOfWork(connection)
            result = work(unit)
            unit.flush()
            return result

    async def read(self, work: Callable[[SqlUnitOfWork], T]) -> T:
        """Run a look-up beside the writers."""
        return await asyncio.get_running_loop().run_in_executor(self._readers, self.read_now, work)

    def read_now(self, work: Callable[[SqlUnitOfWork], T]) -> T:
        """The same, in the calling thread."""
        with available(), self._reader.connect() as connection, connection.begin():
            return work(SqlUnitOfWork(connection))

    async def scrub(self) -> bool:
        """Let what was deleted leave SQLite's log too; False where somebody still reads. PostgreSQL has its vacuum."""
        if not self.sqlite:
            return True
        return await asyncio.wrap_future(self._writers.submit(self._truncate_log, urgent=False))

    def _truncate_log(self) -> bool:
        connection = self.engine.raw_connection()
        cursor = connection.cursor()
        try:
            cursor.execute(f"PRAGMA busy_timeout={SCRUB_MS}")  # the writers wait meanwhile: rather later again
            busy, *_ = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        except sqlite3.OperationalError:
            return False
        finally:
            cursor.execute(f"PRAGMA busy_timeout={BUSY_MS}")
            connection.close()
        return not busy

    def close(self) -> None:
        """Finish what runs, then close every connection."""
        self._writers.close()
        self._readers.shutdown(wait=True)
        self.engine.dispose()
        self._reader.dispose()


def sqlite_file(url: str) -> Path | None:
    """The file of an SQLite URL; None for every other database, or one in memory."""
    parsed = _known(url)
    return Path(parsed.database) if parsed.get_backend_name() == "sqlite" and parsed.database else None


def _known(url: str) -> sa.URL:
    """The URL, if it is one of a database we speak; its text may hold a password and is never shown."""
    try:
        parsed = sa.make_url(url)
        backend = parsed.get_backend_name()
    except (sa.exc.ArgumentError, sa.exc.NoSuchModuleError):
        backend = ""
    if backend == "postgres":  # as some hosts write it
        parsed, backend = parsed.set(drivername="postgresql"), "postgresql"
    if backend not in ("sqlite", "postgresql"):
        raise StoreSettingError("WADUL_DATABASE_URL must begin with postgresql:// or sqlite:///.")
    return parsed


def _postgres_engine(url: sa.URL) -> sa.Engine:
    if url.drivername == "postgresql":
        url = url.set(drivername="postgresql+psycopg")
    return sa.create_engine(
        url, pool_size=POSTGRES_THREADS + 2, max_overflow=2, pool_pre_ping=True, hide_parameters=True
    )


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreSettingError(
            f"the data folder cannot be made ({error.strerror}): set WADUL_DATA_DIR to one that can be written."
        ) from None


def _keep_a_log(cursor: sqlite3.Cursor) -> None:
    """Turn write-ahead logging on. The file remembers it, so only the first connections ever change it; SQLite does
    not wait for others while it does (its busy handler is not asked), so we do."""
    until = time.monotonic() + LOG_SECONDS
    while True:
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError:
            if time.monotonic() > until:
                raise
            time.sleep(0.02)


def _sqlite_engine(url: sa.URL, *, begin: str) -> sa.Engine:
    if url.drivername.startswith("sqlite+"):
        url = url.set(drivername="sqlite")
    if url.database:
        _make_folder(Path(url.database).parent)
    engine = sa.create_engine(url, connect_args={"check_same_thread": False, "timeout": 30}, hide_parameters=True)

    @event.listens_for(engine, "connect")
    def _connected(connection: sqlite3.Connection, _: Any) -> None:
        connection.isolation_level = None  # SQLAlchemy's begin event opens the transaction
        cursor = connection.cursor()
        for pragma in (f"busy_timeout={BUSY_MS}", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
            cursor.execute(f"PRAGMA {pragma}")
        _keep_a_log(cursor)
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine
