"""A Discord to test the channel in: simcord's server around the real client; what it receives is kept in a list."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import simcord

from bot.channels.discord import Client
from bot.channels.discord.channel import DiscordChannel
from bot.domain.errors import StoreUnavailable
from bot.domain.incoming import Event, RawUpdate
from bot.texts import Catalogue

TEXTS = Catalogue.load()


class World:
    """One server with one channel, a client, and what it kept."""

    def __init__(self, folder: Path) -> None:
        self.kept: list[RawUpdate] = []
        self.away = 0  # how many attempts to keep find no database
        self.client = Client(keep=self.keep, texts=TEXTS)
        self.port = DiscordChannel(self.client, media_folder=folder)
        self.env = simcord.Env(self.client)

    async def start(self) -> None:
        await self.env.start()
        self.guild = self.env.create_guild()
        self.channel = self.guild.create_text_channel("dpu")

    async def keep(self, updates: Sequence[RawUpdate]) -> None:
        if self.away:
            self.away -= 1
            raise StoreUnavailable("away")
        self.kept += updates

    def events(self) -> list[Event]:
        """What was kept, understood."""
        return self.port.translate([update.payload for update in self.kept])

    def raw(self) -> dict[str, Any]:
        """The only update that was kept."""
        (only,) = self.kept
        found: dict[str, Any] = json.loads(only.payload)
        return found

    def fail(self, path: str, *, status: int, code: int = 0, method: str = "POST", times: int | None = 1) -> None:
        self.env.inject_error(method, path, status=status, code=code, times=times)


@asynccontextmanager
async def world(folder: Path) -> AsyncIterator[World]:
    here = World(folder)
    await here.start()
    try:
        yield here
    finally:
        await here.env.shutdown()
    here.env.raise_errors()
