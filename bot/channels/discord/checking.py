"""What `python -m bot check` asks of Discord: the token, the intent, the channels that are linked."""

from collections.abc import AsyncIterator, Sequence

import aiohttp
import discord
from pydantic import SecretStr

from bot.channels.discord.raw import NAME
from bot.domain.records import UnitChat

NEEDED = ("view_channel", "send_messages", "read_message_history", "embed_links", "attach_files")
FOR_THREADS = ("create_public_threads", "send_messages_in_threads")
Said = tuple[str, str, str]  # state, what, advice


async def check_discord(token: SecretStr, links: Sequence[UnitChat]) -> AsyncIterator[Said]:
    """Line by line what is well and what to do."""
    client = discord.Client(intents=discord.Intents.none())
    try:
        async for line in _ask(client, token, links):
            yield line
    finally:
        await client.close()


async def _ask(client: discord.Client, token: SecretStr, links: Sequence[UnitChat]) -> AsyncIterator[Said]:
    try:
        await client.login(token.get_secret_value())
    except (discord.DiscordException, aiohttp.ClientError, OSError) as error:
        yield "bad", "discord token", f"{type(error).__name__}: copy it again from the developer portal"
        return
    yield "ok", f"discord: {client.user.name if client.user else '?'}", ""
    flags = client.application.flags if client.application else None
    if flags is None or not (flags.gateway_message_content or flags.gateway_message_content_limited):
        yield "bad", "discord: Message Content Intent is off", "developer portal, Bot, Privileged Gateway Intents"
    for link in links:
        if link.channel == NAME:
            yield await _linked(client, link)


async def _linked(client: discord.Client, link: UnitChat) -> Said:
    """Whether Wadul can work in a linked channel."""
    what = f"chat of {link.unit}"
    try:
        channel = await client.fetch_channel(int(link.chat_id))
        if not isinstance(channel, discord.abc.GuildChannel) or client.user is None:
            return "bad", what, "not a channel of a server: /hubungkan in a text channel"
        guild = await client.fetch_guild(channel.guild.id)
        member = await guild.fetch_member(client.user.id)
    except (discord.DiscordException, aiohttp.ClientError, OSError) as error:
        return "bad", what, f"{type(error).__name__}: invite the bot again and /hubungkan"
    found = channel.permissions_for(member)
    missing = [name for name in (*NEEDED, *FOR_THREADS) if not getattr(found, name)]
    if any(name in NEEDED for name in missing):
        return "bad", what, f"allow the bot there: {', '.join(missing)}"
    if missing:
        return "warn", what, f"no thread per case; allow the bot there: {', '.join(missing)}"
    return "ok", what, ""
