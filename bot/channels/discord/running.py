"""The Discord channel as a whole: client, first sign-in, gateway, sign-in again."""

import asyncio
from dataclasses import dataclass

import aiohttp
import discord
import structlog
from pydantic import SecretStr

from bot.channels.discord.channel import DiscordChannel
from bot.channels.discord.raw import NAME
from bot.channels.discord.receiving import Client, Keep
from bot.channels.discord.words import Texts
from bot.services.readiness import Readiness
from bot.settings import Settings

RETRY_SECONDS = 1.0
LONGEST_RETRY = 60.0
NO_CONTENT = "the Message Content Intent is off: switch it on in the developer portal, Bot"
log = structlog.get_logger()


@dataclass
class Discord:
    """What bootstrap needs of Discord."""

    channel: DiscordChannel
    client: Client
    token: SecretStr
    readiness: Readiness

    async def run(self) -> None:
        """Sign in and receive until stopped; the library reconnects by itself, we sign in again where it gives up."""
        wait = RETRY_SECONDS
        while True:
            reason = await self._connect()
            if NAME not in self.readiness.waiting:  # it had been connected: this is a new trouble
                wait = RETRY_SECONDS
            self.readiness.waiting[NAME] = reason
            log.warning("discord_not_ready", reason=reason)
            await asyncio.sleep(wait)
            wait = min(wait * 2, LONGEST_RETRY)

    async def _connect(self) -> str:
        """Stay connected; why it ended."""
        watch = asyncio.create_task(self._watch())
        try:
            await self.client.login(self.token.get_secret_value())
            await self.client.connect(reconnect=True)
            return "the connection ended"
        except discord.LoginFailure:
            return "first call failed: the token is refused"
        except discord.PrivilegedIntentsRequired:
            return NO_CONTENT
        except (discord.DiscordException, aiohttp.ClientError, OSError, TimeoutError) as error:
            return f"first call failed: {type(error).__name__}"
        except Exception as error:  # the edge of the channel: whatever came, it signs in again
            log.exception("discord_broken", reason=type(error).__name__)
            return type(error).__name__
        finally:
            watch.cancel()
            await self.client.close()
            self.client.clear()
            self.client.http.connector = discord.utils.MISSING  # it closed with its session; the next one needs its own

    async def _watch(self) -> None:
        """From the first success on, the client itself says whether it receives."""
        while self.client.trouble:
            await asyncio.sleep(RETRY_SECONDS / 4)
        self.ready()

    def ready(self) -> None:
        """The gateway delivers."""
        self.readiness.troubles[NAME] = lambda: self.client.trouble
        self.readiness.waiting.pop(NAME, None)

    async def close(self) -> None:
        """Close the connection."""
        await self.client.close()


def build_discord(settings: Settings, *, keep: Keep, readiness: Readiness, texts: Texts) -> Discord | None:
    """The Discord channel, where its token is set."""
    if settings.discord_token is None or not settings.discord_token.get_secret_value():
        return None
    readiness.waiting[NAME] = "no successful call yet"
    client = Client(keep=keep, texts=texts)
    channel = DiscordChannel(client, media_folder=settings.data_dir / "media")
    return Discord(channel, client, settings.discord_token, readiness)
