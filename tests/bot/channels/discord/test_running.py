"""Signing in: what keeps Discord from being ready is said, and tried again."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import discord
import pytest
from aiohttp import web
from discord.http import Route

import bot.channels.discord.running as running
from bot.channels.discord import Discord, build_discord
from bot.services.readiness import Readiness
from bot.settings import Settings
from bot.texts import Catalogue


async def keep(_: object) -> None:
    """Nothing comes in these tests."""


def built(folder: Path) -> Discord:
    settings = Settings(_env_file=None, data_dir=folder, discord_token="token")  # type: ignore[call-arg, arg-type]
    found = build_discord(settings, keep=keep, readiness=Readiness(store=None), texts=Catalogue.load())  # type: ignore[arg-type]
    assert found is not None
    return found


@asynccontextmanager
async def refusing(monkeypatch: pytest.MonkeyPatch, *, status: int) -> AsyncIterator[list[str]]:
    """A Discord that refuses every call."""
    asked: list[str] = []

    async def refuse(request: web.Request) -> web.Response:
        asked.append(request.path)
        return web.json_response({"message": "401: Unauthorized", "code": 0}, status=status)

    app = web.Application()
    app.router.add_route("*", "/{tail:.*}", refuse)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    monkeypatch.setattr(Route, "BASE", f"http://127.0.0.1:{port}")
    try:
        yield asked
    finally:
        await runner.cleanup()


async def test_a_refused_token_is_said_and_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "RETRY_SECONDS", 0.01)
    here = built(tmp_path)
    async with refusing(monkeypatch, status=401) as asked:
        task = asyncio.create_task(here.run())
        async with asyncio.timeout(5):
            while len(asked) < 2:
                await asyncio.sleep(0.01)
        assert here.readiness.waiting["discord"] == "first call failed: the token is refused"
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def test_a_missing_intent_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here = built(tmp_path)

    async def login(_: str) -> None:
        await here.client._async_setup_hook()
        raise discord.PrivilegedIntentsRequired(None)

    monkeypatch.setattr(here.client, "login", login)
    assert "Message Content Intent" in await here._connect()


async def test_ready_and_lost_are_told_to_readiness(tmp_path: Path) -> None:
    here = built(tmp_path)
    assert here.readiness.waiting == {"discord": "no successful call yet"}
    await here.client.on_ready()
    await here._watch()
    assert here.readiness.waiting == {}
    assert here.readiness.troubles["discord"]() is None
    await here.client.on_disconnect()
    assert here.readiness.troubles["discord"]() == "not connected"
    await here.client.on_resumed()
    assert here.readiness.troubles["discord"]() is None
    await here.client.close()
    assert here.readiness.troubles["discord"]() == "not connected"


def test_without_a_token_there_is_no_discord(tmp_path: Path) -> None:
    settings = Settings(_env_file=None, data_dir=tmp_path, discord_token="")  # type: ignore[call-arg, arg-type]
    nobody = Readiness(store=None)  # type: ignore[arg-type]
    assert build_discord(settings, keep=keep, readiness=nobody, texts=Catalogue.load()) is None
    assert nobody.waiting == {}
