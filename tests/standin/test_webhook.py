"""Webhook delivery: per chat in order and one at a time, with the secret, until a 2xx."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import web
from telegram import Bot
from telegram.error import BadRequest

from tests.standin import Backoff, Standin

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
SECRET = "rahasia-Webhook_1"


@dataclass
class Hook:
    """The bot's side: collects bodies and answers what `answer` says."""

    url: str = ""
    bodies: list[dict[str, Any]] = field(default_factory=list)
    secrets: set[str | None] = field(default_factory=set)
    failing: Counter[int] = field(default_factory=Counter)  # update's chat → failures still to give
    busy: Counter[int] = field(default_factory=Counter)
    most_busy: int = 0

    async def handle(self, request: web.Request) -> web.Response:
        body = await request.json()
        self.secrets.add(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        chat = body["message"]["chat"]["id"]
        self.busy[chat] += 1
        self.most_busy = max(self.most_busy, self.busy[chat])
        await asyncio.sleep(0.002)
        self.busy[chat] -= 1
        if self.failing[chat] > 0:
            self.failing[chat] -= 1
            return web.Response(status=500)
        self.bodies.append(body)
        return web.Response()

    def texts(self, chat: int) -> list[str]:
        """What arrived from a chat, in order."""
        return [body["message"]["text"] for body in self.bodies if body["message"]["chat"]["id"] == chat]


async def _serve(handler: Handler, port: int = 0) -> tuple[web.AppRunner, int]:
    app = web.Application()
    app.router.add_post("/hook", handler)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    return runner, int(runner.addresses[0][1])


@pytest_asyncio.fixture
async def hook() -> AsyncIterator[Hook]:
    receiver = Hook()
    runner, port = await _serve(receiver.handle)
    receiver.url = f"http://127.0.0.1:{port}/hook"
    yield receiver
    await runner.cleanup()


async def test_updates_are_pushed_with_the_secret_in_order_per_chat(
    standin: Standin, bot: Bot, hook: Hook
) -> None:
    standin.citizen(1).say("sebelum")
    await bot.set_webhook(hook.url, secret_token=SECRET, max_connections=8)
    for number in range(20):
        for chat in (1, 2, 3):
            standin.citizen(chat).say(str(number))
    await standin.wait_for(lambda: not standin.world.updates.pending, 5)
    expected = [str(number) for number in range(20)]
    assert hook.texts(1) == ["sebelum", *expected]
    assert hook.texts(2) == hook.texts(3) == expected
    assert hook.secrets == {SECRET}
    assert hook.most_busy == 1


async def test_a_refused_update_blocks_only_its_chat_and_comes_again(
    standin: Standin, bot: Bot, hook: Hook
) -> None:
    standin.webhook.backoff = Backoff(0.02, 0.04)
    hook.failing[1] = 3
    await bot.set_webhook(hook.url)
    for chat in (1, 2):
        for text in ("a", "b"):
            standin.citizen(chat).say(text)
    await standin.wait_for(lambda: hook.texts(2) == ["a", "b"])
    assert hook.texts(1) == []
    info = await bot.get_webhook_info()
    assert info.last_error_message == "Wrong response from the webhook: 500 Internal Server Error"
    await standin.wait_for(lambda: hook.texts(1) == ["a", "b"])
    assert [update.tries for update in standin.world.updates.log] == [4, 1, 1, 1]


async def test_an_unreachable_hook_keeps_everything_pending(standin: Standin, bot: Bot) -> None:
    await bot.set_webhook("http://127.0.0.1:9/hook")
    standin.citizen(1).say("a")
    await standin.wait_for(lambda: standin.webhook.last_error)
    info = await bot.get_webhook_info()
    assert (info.pending_update_count, info.last_error_message) == (1, "Connection refused")
    await bot.delete_webhook()
    assert len(await bot.get_updates()) == 1


async def test_a_restarted_hook_gets_the_rest(standin: Standin, bot: Bot) -> None:
    receiver = Hook()
    runner, port = await _serve(receiver.handle)
    await bot.set_webhook(f"http://127.0.0.1:{port}/hook", max_connections=1)
    standin.citizen(1).say("a")
    await standin.wait_for(lambda: receiver.texts(1) == ["a"])
    await runner.cleanup()
    standin.citizen(1).say("b")
    await standin.wait_for(lambda: standin.webhook.last_error)
    runner, _ = await _serve(receiver.handle, port)
    await standin.wait_for(lambda: receiver.texts(1) == ["a", "b"])
    await runner.cleanup()


async def test_chunked_answers_and_closed_connections_are_understood(standin: Standin, bot: Bot) -> None:
    seen: list[bytes] = []

    async def handler(request: web.Request) -> web.StreamResponse:
        seen.append(await request.read())
        response = web.StreamResponse()
        response.enable_chunked_encoding()
        await response.prepare(request)
        await response.write(b"ok, ")
        await response.write(b"thanks")
        if len(seen) == 2:
            response.force_close()
        return response

    runner, port = await _serve(handler)
    await bot.set_webhook(f"http://127.0.0.1:{port}/hook?x=1", max_connections=1)
    for text in "abcd":
        standin.citizen(1).say(text)
    await standin.wait_for(lambda: not standin.world.updates.pending)
    assert len(seen) == 4
    await runner.cleanup()


async def test_pending_updates_can_be_dropped(standin: Standin, bot: Bot) -> None:
    standin.citizen(1).say("a")
    await bot.delete_webhook(drop_pending_updates=True)
    assert await bot.get_updates() == ()


async def test_only_https_or_loopback_and_a_plain_secret_are_accepted(bot: Bot) -> None:
    with pytest.raises(BadRequest, match="https url must be provided"):
        await bot.set_webhook("http://example.org/hook")
    with pytest.raises(BadRequest, match="unallowed characters"):
        await bot.set_webhook("http://127.0.0.1:9/hook", secret_token="tidak boleh")
