"""Migrations: what Alembic builds is what the tables say, on both databases, and once is enough."""

from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from bot.store.engine import Store
from bot.store.migrating import migrate, pending
from bot.store.tables import metadata


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    if request.param == "sqlite":
        store = Store(f"sqlite:///{tmp_path / 'deep' / 'empty.db'}")
        yield store
        store.close()
        return
    with request.getfixturevalue("postgresql").empty() as url:
        store = Store(url)
        yield store
        store.close()


def ours(store: Store, name: str | None) -> bool:
    """What the tables say. SQLite searches words by a virtual table, which has tables of its own behind it."""
    return not (store.sqlite and (name or "").startswith(("case_search", "ix_case_words")))


def test_migrations_build_exactly_the_tables(empty: Store) -> None:
    migrate(empty)
    with empty.engine.connect() as connection:
        opts = {"compare_type": True, "render_as_batch": True}
        opts |= {"include_object": lambda _, name, *__: ours(empty, name)}
        context = MigrationContext.configure(connection, opts=opts)
        assert compare_metadata(context, metadata) == []


def test_a_fresh_database_is_pending_until_it_is_migrated_and_migrating_again_changes_nothing(empty: Store) -> None:
    assert pending(empty)
    migrate(empty)
    assert not pending(empty)
    migrate(empty)
    assert not pending(empty)


def test_processes_that_start_together_migrate_once(empty: Store) -> None:
    failed: list[Exception] = []

    def start() -> None:
        other = Store(empty.engine.url.render_as_string(hide_password=False))
        try:
            migrate(other)
        except Exception as error:
            failed.append(error)
        finally:
            other.close()

    threads = [Thread(target=start) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert not pending(empty)
