"""A page that is entered by a link: the office that serves it, and a browser."""

import re
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import copy
from typing import Any

from fastapi.testclient import TestClient
from sqlalchemy import select

from bot.domain.incoming import Chat, Command, Sender
from bot.metrics import Metrics
from bot.services.office import Office
from bot.services.ports import UnitOfWork
from bot.services.readiness import Readiness
from bot.store.engine import Store
from bot.store.tables import outbox
from bot.web.app import build_web
from tests.bot.services.fakes import make_office
from tests.flows.wadul import Clock

ADDRESS = "https://wadul.example.go.id"


class SignedPage:
    """`path` is the page's; `word` the chat word that asks for its link; `invite` the use case behind that."""

    path: str
    word: str
    invite: Callable[[UnitOfWork, Office, Command], None]

    def __init__(self, store: Store, *, admins: Collection[tuple[str, str]] = ()) -> None:
        self.store = store
        self.clock = Clock()
        self.office = make_office(self.clock, admins=admins, web_address=ADDRESS)
        self.app = build_web(
            store=store, metrics=Metrics(), readiness=Readiness(store=store), coba=None, keep=self._keep,
            office=self.office,
        )  # fmt: skip
        self.browser = self.new_browser()

    async def _keep(self, updates: object) -> None:
        raise AssertionError("nothing is received here")

    def new_browser(self) -> TestClient:
        return TestClient(self.app, base_url=ADDRESS, follow_redirects=False)

    def link_of(self, who: Sender) -> str:
        """The key that the bot sends somebody."""
        command = Command(Chat(who.channel, who.id, private=True), who, "1", self.clock(), self.word, "web")
        self.store.write_now(lambda uow: type(self).invite(uow, self.office, command))
        with self.store.engine.connect() as connection:
            payload = str(connection.execute(select(outbox.c.payload).order_by(outbox.c.id.desc())).scalar())
        found = re.search(rf"{ADDRESS}{self.path}/masuk\?kunci=([\w.-]+)", payload)
        assert found
        return found[1]

    def enter(self, key: str) -> int:
        answer: Any = self.browser.post(f"{self.path}/masuk", data={"kunci": key})
        return int(answer.status_code)


@contextmanager
def a_store(folder: Path, migrated: Path) -> Iterator[Store]:
    """A database of its own."""
    path = folder / "wadul.db"
    copy(migrated, path)
    store = Store(f"sqlite:///{path}")
    yield store
    store.close()
