"""A town on Discord: simcord's server, a Wadul behind its client, channels that are linked, citizens who write."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import discord
import simcord

from bot.bootstrap import App, build
from bot.channels.discord import Client
from bot.domain.case import Case
from bot.domain.records import UnitChat
from bot.region_file import load_region
from bot.settings import Settings
from bot.store.tables import case as case_table
from tests.flows.town import ROAD, SOON
from tests.flows.wadul import REGION, Clock, WordTagger

T = TypeVar("T")
CARDS = discord.Permissions(
    view_channel=True, send_messages=True, read_message_history=True, create_public_threads=True,
    send_messages_in_threads=True, attach_files=True, embed_links=True,
)  # fmt: skip


def wadul(folder: Path, clock: Clock, *, model: bool = False, **changes: object) -> App:
    """A Wadul on Discord whose client nobody has connected yet. `model`: a model tags, not words."""
    fields: dict[str, object] = {
        "data_dir": folder / "var", "config": REGION, "discord_token": "test.discord.token", "http_port": 0, **changes,
    }  # fmt: skip
    settings = Settings(_env_file=None, **fields)  # type: ignore[call-arg, arg-type]
    return build(settings, load_region(settings.config), tagger=None if model else WordTagger(), clock=clock)


@dataclass
class DiscordTown:
    """Reading and acting in one place."""

    env: simcord.Env
    app: App
    clock: Clock
    folder: Path
    guild: simcord.GuildHandle = field(init=False)

    def __post_init__(self) -> None:
        self.guild = self.env.create_guild("Kabupaten")

    @property
    def client(self) -> Client:
        assert self.app.discord is not None
        return self.app.discord.client

    def channel(self, *units: str, deny: discord.Permissions | None = None) -> simcord.ChannelHandle:
        """A department's channel, linked; `deny` takes permissions from everybody there, the bot included."""
        overwrite = discord.PermissionOverwrite.from_pair(discord.Permissions.none(), deny or discord.Permissions())
        channel = self.guild.create_text_channel(units[0], overwrites={self.guild.default_role: overwrite})
        for unit in units:
            link = UnitChat(unit, "discord", str(channel.id), None, units[0])
            self.app.store.write_now(lambda uow, link=link: uow.desks.link(link, by="test", now=self.clock()))
        return channel

    def staff(self, name: str = "Budi") -> simcord.MemberActor:
        """Somebody who works there."""
        return self.guild.add_member(self.env.create_user(name))

    def citizen(self, name: str = "Sri") -> simcord.UserHandle:
        """Somebody who lives here."""
        return self.env.create_user(name)

    async def wait(self, look: Callable[[], T | None], timeout: float = SOON) -> T:
        """Wait until there is something to see."""
        deadline = time.perf_counter() + timeout
        while not (found := look()):
            if time.perf_counter() > deadline:
                raise AssertionError(f"nothing came\n{self.env.transcript()}")
            await asyncio.sleep(0.02)
        return found

    async def hears(self, channel: simcord.ChannelHandle, *words: str) -> discord.Message:
        """The bot's latest message in a channel that contains all the words."""
        return await self.wait(lambda: next((m for m in self.ours(channel)[::-1] if has(m, *words)), None))

    def ours(self, channel: simcord.ChannelHandle) -> list[discord.Message]:
        """What the bot wrote in a channel."""
        return [m for m in channel.history() if m.author.id == self.client.me]

    async def told(self, sri: simcord.UserHandle, *words: str) -> discord.Message:
        """What a citizen reads."""
        return await self.hears(sri.dm_channel, *words)

    async def card(self, channel: simcord.ChannelHandle, *words: str) -> discord.Message:
        """The latest card of a channel, as it stands now, once it shows these words."""
        return await self.wait(
            lambda: next((m for m in self.ours(channel)[::-1] if m.embeds and has(m, "PML-", *words)), None)
        )

    async def report(
        self, channel: simcord.ChannelHandle, text: str = ROAD
    ) -> tuple[simcord.UserHandle, discord.Message]:
        """Somebody reports, and the card stands in the channel; the thread, if there is one, is open."""
        sri = self.citizen()
        await sri.send_dm(text)
        card = await self.card(channel)
        await self.idle()
        return sri, card

    def thread(self, channel: simcord.ChannelHandle) -> simcord.ChannelHandle:
        """The only thread of a channel."""
        (only,) = channel.threads
        return only

    async def idle(self, timeout: float = SOON) -> None:
        """Wait until no update and no answer waits any more."""
        deadline = time.perf_counter() + timeout
        while True:
            inbox, outbox = await self.app.store.read(lambda uow: (uow.inbox.backlog(0)[0], uow.outbox.backlog(0)[0]))
            if not (inbox or outbox):
                return
            if time.perf_counter() > deadline:
                raise AssertionError(f"not idle: {inbox} in the inbox, {outbox} to send\n{self.env.transcript()}")
            await asyncio.sleep(0.02)

    async def toast(self, press: simcord.InteractionResult) -> str:
        """What only the presser reads."""
        (answer,) = await self.wait(lambda: press.followups)
        assert answer.ephemeral
        return answer.content

    async def restart(self) -> None:
        """Stop the process and start another one on the same data."""
        await self.app.stop()
        self.app = wadul(self.folder, self.clock)
        await self.env.restart_bot(self.client)
        await self.app.work()

    def case(self) -> Case:
        """The only case there is."""
        with self.app.store.engine.connect() as connection:
            (row,) = connection.execute(case_table.select()).mappings()
        found = self.app.store.read_now(lambda uow: uow.cases.by_id(row["id"]))
        assert found is not None
        return found


def shown(message: discord.Message) -> str:
    """Everything a message shows, without the signs that keep it from being markup."""
    parts = [message.content]
    for embed in message.embeds:
        parts += [embed.title or "", embed.description or ""]
        parts += [f"{f.name}: {f.value}" for f in embed.fields]
    return "\n".join(parts).replace("\\", "")


def has(message: discord.Message, *words: str) -> bool:
    """Whether a message shows all the words."""
    text = shown(message)
    return all(word in text for word in words)


def labels(message: discord.Message) -> list[list[str]]:
    """The words on a message's buttons, row by row; of a list to choose from, its choices."""
    rows: list[Any] = message.components
    return [[each.label for part in row.children for each in getattr(part, "options", [part])] for row in rows]


async def choose(who: simcord.MemberActor, message: discord.Message, label: str) -> simcord.InteractionResult:
    """Press the button of these words, or choose them from their list."""
    rows: list[Any] = message.components
    for menu in (part for row in rows for part in row.children if hasattr(part, "options")):
        if value := next((option.value for option in menu.options if option.label == label), None):
            return await who.select(message, [value], custom_id=menu.custom_id)
    return await who.click(message, label=label)


@asynccontextmanager
async def discord_town(
    folder: Path, *, region: Path | None = None, settings: Mapping[str, Any] | None = None, **run: Any
) -> AsyncIterator[DiscordTown]:  # fmt: skip
    """A town for one test."""
    clock = Clock()
    app = wadul(folder, clock, config=region or REGION, **(settings or {}))
    assert app.discord is not None
    env = simcord.Env(app.discord.client, **run)
    await env.start()
    town = DiscordTown(env, app, clock, folder)
    await app.work()
    try:
        yield town
    finally:
        await town.app.stop()
        await env.shutdown()
    env.raise_errors()
