"""The web application: alive, ready or why not, figures for this machine only, webhooks before everything."""

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from bot.bootstrap import build
from bot.channels.telegram.receiving import LARGEST_UPDATE, SECRET_HEADER, Hook
from bot.channels.telegram.running import HOOK_PATH
from bot.domain.errors import StoreUnavailable
from bot.domain.incoming import RawUpdate
from bot.metrics import CONTENT_TYPE, Metrics
from bot.region_file import load_region
from bot.services.readiness import Readiness
from bot.settings import Settings
from bot.store.engine import Store
from bot.store.migrating import migrate
from bot.web.app import FORWARDED, build_web, hooks_first
from tests.bot.services.fakes import make_office, update
from tests.flows.wadul import REGION

SECRET = "rahasia-1"
UPDATE = {"update_id": 7, "message": {"message_id": 1, "date": 1, "chat": {"id": 5, "type": "private"}, "text": "x"}}


class Web:
    """The application over a database of its own, with Telegram's webhook before it."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.metrics = Metrics()
        self.readiness = Readiness(store=store)
        self.kept: list[RawUpdate] = []
        self.database_is_away = False
        app = build_web(
            store=store, metrics=self.metrics, readiness=self.readiness, coba=None, keep=self.keep,
            office=make_office(),
        )  # fmt: skip
        self.app = hooks_first({HOOK_PATH: Hook(self.keep, secret=SECRET)}, app)

    async def keep(self, updates: Sequence[RawUpdate]) -> None:
        if self.database_is_away:
            raise StoreUnavailable("test")
        self.kept += updates

    def client(self, host: str = "127.0.0.1") -> TestClient:
        return TestClient(self.app, client=(host, 50000))

    def ready(self) -> tuple[int, dict[str, Any]]:
        answer = self.client().get("/readyz")
        return answer.status_code, answer.json()

    def hook(self, body: bytes | None = None, *, secret: str | None = SECRET) -> int:
        headers = {SECRET_HEADER: secret} if secret is not None else {}
        return self.client().post(HOOK_PATH, content=body or json.dumps(UPDATE).encode(), headers=headers).status_code


@pytest.fixture
def web(tmp_path: Path, _migrated_sqlite: Path) -> Iterator[Web]:
    (tmp_path / "wadul.db").write_bytes(_migrated_sqlite.read_bytes())
    store = Store(f"sqlite:///{tmp_path / 'wadul.db'}")
    yield Web(store)
    store.close()


def test_it_is_alive_whatever_else_is_missing(web: Web) -> None:
    web.readiness.broken = "loop inbox ended"
    answer = web.client().get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


def test_it_is_ready_where_nothing_is_missing(web: Web) -> None:
    assert web.ready() == (200, {"status": "ready", "degraded": []})


def test_without_a_model_it_is_ready_and_says_so(web: Web) -> None:
    web.readiness.degraded.append("model")
    assert web.ready() == (200, {"status": "ready", "degraded": ["model"]})


@pytest.mark.parametrize(
    ("ail", "reason"),
    [
        (lambda r: r.waiting.update(telegram="no successful call yet"), "telegram: no successful call yet"),
        (lambda r: r.troubles.update(telegram=lambda: "database unavailable"), "telegram: database unavailable"),
        (lambda r: setattr(r, "broken", "loop inbox ended"), "loop inbox ended"),
    ],
)
def test_what_is_missing_is_the_reason_why_it_is_not_ready(
    web: Web, ail: Callable[[Readiness], object], reason: str
) -> None:
    ail(web.readiness)
    assert web.ready() == (503, {"status": "waiting", "degraded": [], "reasons": [reason]})


def test_a_channel_whose_trouble_has_passed_is_ready_again(web: Web) -> None:
    trouble: list[str | None] = ["too many requests"]
    web.readiness.troubles["telegram"] = lambda: trouble[0]
    assert web.ready()[0] == 503
    trouble[0] = None
    assert web.ready()[0] == 200


def test_every_reason_is_told_at_once(web: Web) -> None:
    web.readiness.waiting["telegram"] = "no successful call yet"
    web.readiness.broken = "loop relay ended"
    assert web.ready()[1]["reasons"] == ["loop relay ended", "telegram: no successful call yet"]


def test_a_database_that_is_not_migrated_is_a_reason_until_it_is(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path / 'empty.db'}")
    status, body = Web(store).ready()
    assert status == 503
    assert body["reasons"][0].startswith("database: the database does not answer")
    migrate(store)
    assert Web(store).ready()[0] == 200
    store.close()


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "::1"])
def test_this_machine_may_read_the_figures(web: Web, host: str) -> None:
    web.store.write_now(lambda uow: uow.inbox.put([update(1, "a", chat="1"), update(2, "b", chat="2")]))
    answer = web.client(host).get("/metrics")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == CONTENT_TYPE
    assert 'wadul_queue_depth{queue="inbox"} 2.0' in answer.text


@pytest.mark.parametrize("host", ["192.0.2.7", "10.0.0.1", "2001:db8::1", "testclient"])
def test_nobody_else_may_read_the_figures(web: Web, host: str) -> None:
    answer = web.client(host).get("/metrics")
    assert answer.status_code == 403
    assert "wadul_" not in answer.text


@pytest.mark.parametrize("header", FORWARDED)
@pytest.mark.parametrize("value", ["127.0.0.1", "192.0.2.7", ""])
def test_a_proxy_on_this_machine_gives_the_figures_to_nobody(web: Web, header: str, value: str) -> None:
    assert web.client().get("/metrics", headers={header.title(): value}).status_code == 403


def test_a_webhook_is_answered_before_the_application(web: Web) -> None:
    assert web.hook() == 200
    assert [(kept.event_id, kept.chat_id) for kept in web.kept] == [("7", "5")]


@pytest.mark.parametrize("secret", [None, "", "rahasia-2"])
def test_a_webhook_without_the_secret_is_refused(web: Web, secret: str | None) -> None:
    assert web.hook(secret=secret) == 403
    assert web.kept == []


def test_a_webhook_too_large_is_refused(web: Web) -> None:
    assert web.hook(b"{" + b" " * LARGEST_UPDATE) == 413
    assert web.kept == []


def test_a_webhook_that_is_not_json_is_kept_aside_so_that_it_does_not_come_again(web: Web) -> None:
    assert web.hook(b"<html>") == 200
    (kept,) = web.kept
    assert kept.event_id.startswith("bad:")


def test_while_the_database_is_away_a_webhook_is_asked_to_come_again(web: Web) -> None:
    web.database_is_away = True
    assert web.hook() == 503
    web.database_is_away = False
    assert web.hook() == 200
    assert len(web.kept) == 1


def test_only_posts_to_the_hooks_own_path_reach_it(web: Web) -> None:
    client = web.client()
    assert client.get(HOOK_PATH).status_code == 404
    assert client.post(HOOK_PATH + "/", headers={SECRET_HEADER: SECRET}).status_code == 404
    assert client.post("/hook/meta", headers={SECRET_HEADER: SECRET}).status_code == 404
    assert client.post("/healthz").status_code == 405
    assert web.kept == []


async def test_what_is_no_request_goes_to_the_application() -> None:
    reached: list[str] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        reached.append(scope["type"])

    async def nothing(*_: object) -> Any:
        return None

    dispatch = hooks_first({HOOK_PATH: PlainTextResponse("hook")}, app)
    await dispatch({"type": "websocket", "path": HOOK_PATH}, nothing, nothing)
    await dispatch({"type": "lifespan"}, nothing, nothing)
    assert reached == ["websocket", "lifespan"]


@pytest.mark.parametrize("path", ["/", "/docs", "/redoc", "/coba/pesan"])
def test_there_is_nothing_else_to_see(web: Web, path: str) -> None:
    assert web.client().get(path).status_code == 404


@pytest.mark.parametrize("token", [None, "1:a"])
def test_a_wadul_whose_model_cannot_be_loaded_is_built_all_the_same(tmp_path: Path, token: str | None) -> None:
    fields: dict[str, Any] = {"data_dir": tmp_path, "model_dir": tmp_path / "none", "telegram_token": token}
    wadul = build(Settings(_env_file=None, http_port=0, **fields), load_region(REGION))  # type: ignore[call-arg]
    web = build_web(
        store=wadul.store, metrics=wadul.metrics, readiness=wadul.readiness, coba=None, keep=wadul.writer.keep,
        office=wadul.office,
    )  # fmt: skip
    answer = TestClient(web).get("/readyz")
    wadul.store.close()
    assert answer.json()["degraded"] == ["model"]
    assert answer.status_code == (503 if token else 200)
