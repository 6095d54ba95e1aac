"""A store with the coba page's chats and its channel; no loops run."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.channels.coba import CobaChannel, link_all
from bot.domain.region import Region
from bot.region_file import load_region
from bot.store.coba import Coba, Line
from bot.store.engine import Store
from bot.store.tables import metadata

NOW = 1_795_000_000.0
REGION_FILE = Path(__file__).parents[4] / "wadul.toml"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 24


class Bench:
    """A channel over a fresh database, every chat linked."""

    def __init__(self, store: Store, folder: Path) -> None:
        self.store = store
        self.region: Region = load_region(REGION_FILE)
        self.channel = CobaChannel(store, folder=folder / "coba", clock=lambda: NOW)
        store.write_now(lambda uow: link_all(uow, self.region, NOW))

    def lines(self, chat_id: str | None = None) -> list[Line]:
        """The transcript, or one chat of it."""
        every = self.store.read_now(lambda uow: Coba(uow.connection).since(0))
        return [line for line in every if chat_id in (None, line.chat_id)]


@contextmanager
def bench(folder: Path) -> Iterator[Bench]:
    """One on SQLite, for tests that the database cannot make a difference to."""
    store = Store(f"sqlite:///{folder / 'wadul.db'}")
    metadata.create_all(store.engine)
    try:
        yield Bench(store, folder)
    finally:
        store.close()
