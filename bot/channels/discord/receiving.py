"""How events arrive: the gateway. Raw first, acknowledged then, understood later."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import aiohttp
import discord
import structlog

from bot.channels.discord import raw
from bot.channels.discord.channel import NO_PINGS
from bot.channels.discord.rendering import TEXT_UNITS, fit
from bot.channels.discord.words import Texts, form, payload
from bot.domain.errors import StoreUnavailable
from bot.domain.incoming import RawUpdate

Keep = Callable[[Sequence[RawUpdate]], Awaitable[None]]

RETRY_SECONDS = 1.0
LONGEST_LIMIT = 30.0  # seconds: beyond it the relay waits in the library's stead
BATCH = 100
log = structlog.get_logger()


class Keeper:
    """Keeps messages in the order they came. Discord sends none twice: they wait here while the database is away."""

    def __init__(self, keep: Keep) -> None:
        self._keep = keep
        self._waiting: deque[RawUpdate] = deque()
        self._task: asyncio.Task[None] | None = None
        self.trouble: str | None = None

    async def put(self, update: RawUpdate) -> None:
        """Return once the update is committed."""
        self._waiting.append(update)
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._drain())
        await asyncio.shield(self._task)

    async def _drain(self) -> None:
        while self._waiting:
            batch = list(self._waiting)[:BATCH]
            try:
                await self._keep(batch)
            except StoreUnavailable as error:
                self.trouble = "database unavailable"
                log.warning("discord_store_unavailable", reason=str(error))
                await asyncio.sleep(RETRY_SECONDS)
                continue
            self.trouble = None
            for _ in batch:
                self._waiting.popleft()


class Client(discord.Client):
    """The gateway's events, each turned into a raw update; it decides nothing."""

    def __init__(self, *, keep: Keep, texts: Texts) -> None:
        super().__init__(
            intents=discord.Intents(guilds=True, guild_messages=True, dm_messages=True, message_content=True),
            allowed_mentions=NO_PINGS,
            max_messages=None,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            max_ratelimit_timeout=LONGEST_LIMIT,
        )
        self._keep = keep
        self._texts = texts
        self._keeper = Keeper(keep)
        self._lost = True
        self.signed_in: Callable[[], Awaitable[None]] | None = None
        self.closed: Callable[[], Awaitable[None]] | None = None

    @property
    def trouble(self) -> str | None:
        """Why nothing is received; None where all is well."""
        return "not connected" if self._lost else self._keeper.trouble

    @property
    def me(self) -> int:
        """Our own id; 0 before the sign-in."""
        return self.user.id if self.user else 0

    async def setup_hook(self) -> None:
        """Register the chat words; without them the bot still hears messages and presses."""
        try:
            await self.http.bulk_upsert_global_commands(self.application_id or 0, payload(self._texts))
        except (discord.DiscordException, aiohttp.ClientError) as error:
            log.warning("discord_words_not_registered", reason=type(error).__name__)
        if self.signed_in:
            await self.signed_in()

    async def close(self) -> None:
        """Close the connection, then whatever began with the sign-in."""
        self._lost = True
        await super().close()
        after, self.closed = self.closed, None
        if after:
            await after()

    async def on_ready(self) -> None:
        """Signed in, and everything is known of the servers."""
        self._lost = False

    async def on_resumed(self) -> None:
        """Connected again; what came meanwhile was delivered."""
        self._lost = False

    async def on_disconnect(self) -> None:
        """The library connects again by itself."""
        self._lost = True

    async def on_message(self, message: discord.Message) -> None:
        """Somebody wrote."""
        if raw.concerns(message, self.me):
            await self._keeper.put(raw.message_update(message, self.me))

    async def on_raw_message_edit(self, change: discord.RawMessageUpdateEvent) -> None:
        """Somebody changed their words in a private chat; Discord also says so when it adds a preview."""
        message = change.message
        if change.guild_id is None and message.edited_at is not None and raw.concerns(message, self.me):
            await self._keeper.put(raw.edit_update(message, self.me))

    async def on_interaction(self, interaction: discord.Interaction[Any]) -> None:
        """A press that wants a sentence opens its form; everything else is kept, then acknowledged.

        Where it cannot be kept it is not acknowledged either: Discord tells the person that it failed.
        """
        opened = form(_button(interaction), self._texts)
        if opened is not None:
            await _answer(interaction.response.send_modal(opened))
            return
        update = raw.interaction_update(interaction, self.me)
        if update is None:
            return
        try:
            await self._keep([update])
        except StoreUnavailable as error:
            log.warning("discord_store_unavailable", reason=str(error))
            return
        await _answer(_acknowledge(interaction))

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Wadul came to a server: it says hello where it may write."""
        places = [guild.system_channel, *guild.text_channels]
        for place in places:
            if place is not None and place.permissions_for(guild.me).send_messages:
                await self._keeper.put(raw.joined_update(place, guild.owner_id or 0))
                return

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Put out of a server: all its channels are lost."""
        if guild.text_channels:
            await self._keeper.put(raw.left_update(f"r:{guild.id}", [each.id for each in guild.text_channels]))

    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        """A channel was deleted."""
        await self._keeper.put(raw.left_update(f"d:{channel.id}", [channel.id]))

    async def on_error(self, event_method: str, /, *args: object, **kwargs: object) -> None:
        """The edge of the channel: an event that cannot be taken is logged, the next one is."""
        log.exception("discord_event_failed", gateway_event=event_method)


def _button(interaction: discord.Interaction[Any]) -> str:
    """The data of a pressed button; empty for everything else."""
    return raw.pressed(interaction) if interaction.type is discord.InteractionType.component else ""


async def _acknowledge(interaction: discord.Interaction[Any]) -> None:
    """A press or form: silently, its toast follows. A slash command: with its words, which Discord does not show."""
    if interaction.type is not discord.InteractionType.application_command:
        await interaction.response.defer()
        return
    words = fit(raw.typed(interaction), TEXT_UNITS)
    in_group = interaction.guild_id is not None
    await interaction.response.send_message(words, ephemeral=in_group, allowed_mentions=NO_PINGS)


async def _answer(call: Awaitable[Any]) -> None:
    """Acknowledge; where Discord does not take it any more the update is kept all the same."""
    try:
        await call
    except (discord.DiscordException, aiohttp.ClientError, TimeoutError) as error:
        log.warning("discord_not_acknowledged", reason=type(error).__name__)
