"""SQLite overwrites what it deletes, and its log can be cut to nothing."""

from pathlib import Path

import sqlalchemy as sa

from bot.store.engine import Store
from bot.store.migrating import migrate
from bot.store.tables import secret

WORD = "rahasia-yang-dihapus"


def bytes_of(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.iterdir())


async def test_what_was_deleted_is_in_no_file_of_the_database_once_it_was_scrubbed(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path / 'office.db'}")
    migrate(store)
    try:
        store.write_now(lambda uow: uow.connection.execute(secret.insert().values(name="a", value=WORD)))
        assert WORD.encode() in bytes_of(tmp_path)
        store.write_now(lambda uow: uow.connection.execute(secret.delete()))
        assert WORD.encode() in bytes_of(tmp_path)  # the log still has it
        assert await store.scrub()
        assert WORD.encode() not in bytes_of(tmp_path)
    finally:
        store.close()


async def test_while_somebody_reads_scrubbing_waits_for_another_time(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path / 'office.db'}")
    migrate(store)
    try:
        store.write_now(lambda uow: uow.connection.execute(secret.insert().values(name="a", value=WORD)))
        with store._reader.connect() as reader, reader.begin():
            reader.execute(sa.select(secret)).all()
            store.write_now(lambda uow: uow.connection.execute(secret.delete()))
            assert not await store.scrub()
        assert await store.scrub()
    finally:
        store.close()
