"""How updates arrive: committed before they are confirmed, by webhook and by polling."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Sequence

import pytest
from httpx import ASGITransport, AsyncClient
from telegram import Bot

from bot.channels.telegram.receiving import LARGEST_UPDATE, SECRET_HEADER, Hook, Poller
from bot.channels.telegram.transport import AiohttpRequest
from bot.domain.errors import StoreUnavailable
from bot.domain.incoming import RawUpdate
from tests.standin import Standin

SECRET = "rahasia-1"
UPDATE = {"update_id": 7, "message": {"message_id": 1, "date": 1, "chat": {"id": 5, "type": "private"}, "text": "x"}}


class Keeping:
    """An inbox for these tests; `broken` makes it fail as a database does."""

    def __init__(self) -> None:
        self.kept: list[RawUpdate] = []
        self.broken = 0

    async def __call__(self, updates: Sequence[RawUpdate]) -> None:
        if self.broken:
            self.broken -= 1
            raise StoreUnavailable("test")
        self.kept += updates


@pytest.fixture
def keeping() -> Keeping:
    return Keeping()


@pytest.fixture
async def client(keeping: Keeping) -> AsyncIterator[AsyncClient]:
    hook = Hook(keeping, secret=SECRET)
    async with AsyncClient(transport=ASGITransport(app=hook), base_url="http://127.0.0.1") as made:
        yield made


async def post(client: AsyncClient, body: bytes, *, secret: str | None = SECRET) -> int:
    headers = {SECRET_HEADER: secret} if secret is not None else {}
    return (await client.post("/", content=body, headers=headers)).status_code


async def test_an_update_with_the_secret_is_kept_before_the_200(client: AsyncClient, keeping: Keeping) -> None:
    assert await post(client, json.dumps(UPDATE).encode()) == 200
    (kept,) = keeping.kept
    assert (kept.event_id, kept.chat_id) == ("7", "5")
    assert json.loads(kept.payload) == UPDATE


@pytest.mark.parametrize("secret", [None, "", "rahasia-2", "rahasia-11"])
async def test_without_the_secret_nothing_is_taken(client: AsyncClient, keeping: Keeping, secret: str | None) -> None:
    assert await post(client, json.dumps(UPDATE).encode(), secret=secret) == 403
    assert keeping.kept == []


async def test_a_database_that_is_away_makes_telegram_try_again(client: AsyncClient, keeping: Keeping) -> None:
    keeping.broken = 1
    assert await post(client, json.dumps(UPDATE).encode()) == 503
    assert await post(client, json.dumps(UPDATE).encode()) == 200
    assert len(keeping.kept) == 1


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"null", b"7", b'{"message": {}}', b"\xff\xfe", b'{"update_id": 1, "message"'], ids=repr
)
async def test_what_is_no_update_is_kept_by_id_and_answered_200(
    client: AsyncClient, keeping: Keeping, body: bytes
) -> None:
    assert await post(client, body) == 200
    (kept,) = keeping.kept
    assert kept.event_id.startswith("bad:")
    assert kept.chat_id == "none"


async def test_a_body_too_large_is_refused(client: AsyncClient, keeping: Keeping) -> None:
    assert await post(client, b" " * (LARGEST_UPDATE + 1)) == 413
    assert keeping.kept == []


@contextlib.asynccontextmanager
async def polling(standin: Standin, keeping: Keeping) -> AsyncIterator[Poller]:
    request = AiohttpRequest()
    bot = Bot(standin.token, base_url=standin.base_url, request=request, get_updates_request=request)
    poller = Poller(bot, request, keeping, poll_seconds=1)
    task = asyncio.create_task(poller.run())
    try:
        yield poller
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
        await request.shutdown()


async def test_the_offset_moves_only_after_the_updates_are_kept(keeping: Keeping) -> None:
    keeping.broken = 1
    async with Standin() as standin, polling(standin, keeping):
        standin.citizen(5).say("halo")
        await asyncio.sleep(0.2)
        assert keeping.kept == []
        assert standin.world.updates.pending
        await standin.wait_for(lambda: keeping.kept, 4)
        await standin.wait_for(lambda: not standin.world.updates.pending, 4)
        assert len(keeping.kept) == 1


async def test_updates_come_in_order_with_their_words_untouched(keeping: Keeping) -> None:
    async with Standin() as standin, polling(standin, keeping):
        sri = standin.citizen(5)
        for n in range(5):
            sri.say(f"pesan {n} 🚧")
        await standin.wait_for(lambda: len(keeping.kept) == 5, 4)
        assert [json.loads(u.payload)["message"]["text"] for u in keeping.kept] == [f"pesan {n} 🚧" for n in range(5)]


@pytest.mark.parametrize("kind", ["bad_gateway", "html", "drop_before", "server_error", "too_many"])
async def test_a_poll_that_fails_is_repeated_and_says_why_meanwhile(keeping: Keeping, kind: str) -> None:
    async with Standin() as standin:
        standin.fault(kind, method="getUpdates")
        async with polling(standin, keeping) as poller:
            await standin.wait_for(lambda: poller.trouble not in (None, "not polled yet"), 3)
            standin.citizen(5).say("halo")
            await standin.wait_for(lambda: keeping.kept, 4)
            await standin.wait_for(lambda: poller.trouble is None, 3)
