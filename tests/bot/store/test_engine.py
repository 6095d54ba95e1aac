"""The store: transactions in database threads, urgent work first, and one word for a database that is away."""

import asyncio
import sqlite3
import threading
from pathlib import Path

import pytest

from bot.domain.errors import StoreSettingError, StoreUnavailable
from bot.store.engine import Store
from bot.store.migrating import migrate, pending
from bot.store.threads import PriorityThreads


async def test_a_write_is_seen_by_the_next_read(store: Store) -> None:
    await store.write(lambda uow: uow.people.make_admin("telegram", "7", now=1.0))
    assert await store.read(lambda uow: uow.people.is_admin("telegram", "7"))


async def test_an_error_rolls_everything_back_and_reaches_the_caller(store: Store) -> None:
    def work(uow: object) -> None:
        uow.people.make_admin("telegram", "7", now=1.0)
        raise LookupError("of the test")

    with pytest.raises(LookupError):
        await store.write(work)
    assert not await store.read(lambda uow: uow.people.has_admins())


async def test_writers_side_by_side_lose_nothing(store: Store) -> None:
    await asyncio.gather(
        *(store.write(lambda uow, i=i: uow.people.make_admin("telegram", str(i), now=1.0)) for i in range(40))
    )
    found = [await store.read(lambda uow, i=i: uow.people.is_admin("telegram", str(i))) for i in range(40)]
    assert all(found)


async def test_a_postgresql_server_that_is_away_is_one_kind_of_error() -> None:
    store = Store("postgresql://nobody@127.0.0.1:1/none")
    with pytest.raises(StoreUnavailable):
        await store.write(lambda uow: None)
    with pytest.raises(StoreUnavailable):
        await store.read(lambda uow: None)
    for look in (migrate, pending):
        with pytest.raises(StoreUnavailable):
            look(store)
    store.close()


async def test_an_sqlite_file_that_somebody_locked_is_the_same_kind_of_error(
    tmp_path: Path,
) -> None:
    path = tmp_path / "locked.db"
    store = Store(f"sqlite:///{path}")
    with store.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout=1")  # stays with the pooled connection
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(StoreUnavailable):
        await store.write(lambda uow: None)
    other.close()
    await store.write(lambda uow: None)
    store.close()


def test_sqlite_survives_a_power_cut_and_checks_its_references(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path / 'new' / 'folder' / 'x.db'}")
    with store.engine.connect() as connection:
        names = ("journal_mode", "synchronous", "foreign_keys")
        values = [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in names]
    store.close()
    assert values == ["wal", 2, 1]


@pytest.mark.parametrize("url", ["postgresql://u@h/d", "postgresql+psycopg://u@h/d"])
def test_every_way_to_write_a_postgresql_address_means_psycopg(url: str) -> None:
    store = Store(url)
    assert store.engine.url.drivername == "postgresql+psycopg"
    store.close()


@pytest.mark.parametrize("url", ["mysql://u:secretword@h/d", "postgres//secretword", "secretword"])
def test_an_address_of_no_database_we_speak_is_refused_with_the_fix_and_without_its_password(url: str) -> None:
    with pytest.raises(StoreSettingError, match="WADUL_DATABASE_URL must begin with") as error:
        Store(url)
    assert "secretword" not in str(error.value)


def test_urgent_work_passes_ordinary_work_and_each_kind_keeps_its_order() -> None:
    threads = PriorityThreads(1, name="test")
    gate, order = threading.Event(), []
    first = threads.submit(gate.wait, urgent=False)
    later = [threads.submit(lambda i=i: order.append(f"o{i}"), urgent=False) for i in range(3)]
    later += [threads.submit(lambda i=i: order.append(f"u{i}"), urgent=True) for i in range(3)]
    gate.set()
    threads.close()
    assert first.result()
    assert order == ["u0", "u1", "u2", "o0", "o1", "o2"]
    assert all(future.done() for future in later)


def test_an_error_in_a_database_thread_reaches_who_waits_and_the_thread_goes_on() -> None:
    threads = PriorityThreads(1, name="test")
    failed = threads.submit(lambda: 1 // 0, urgent=False)
    fine = threads.submit(lambda: 7, urgent=False)
    with pytest.raises(ZeroDivisionError):
        failed.result(timeout=5)
    assert fine.result(timeout=5) == 7
    threads.close()


def test_cancelled_work_is_not_done() -> None:
    threads = PriorityThreads(1, name="test")
    gate, done = threading.Event(), []
    threads.submit(gate.wait, urgent=True)
    cancelled = threads.submit(lambda: done.append(1), urgent=False)
    assert cancelled.cancel()
    gate.set()
    threads.close()
    assert done == []
