"""Discord's errors as the port's; texts never contain a token."""

from collections.abc import Iterator
from contextlib import contextmanager

import aiohttp
import discord

from bot.domain.errors import DeliveryError, MessageGone, Refused, RetryLater

TOKEN_SECONDS = 30.0
UNKNOWN_CHANNEL, UNKNOWN_GUILD, UNKNOWN_MEMBER, UNKNOWN_MESSAGE = 10003, 10004, 10007, 10008
MISSING_ACCESS, NOT_OURS, NO_DIRECT_MESSAGES, MISSING_PERMISSION = 50001, 50005, 50007, 50013
ARCHIVED, LOCKED = 50083, 160005
CHAT_GONE = {UNKNOWN_CHANNEL, UNKNOWN_GUILD, MISSING_ACCESS, NO_DIRECT_MESSAGES, MISSING_PERMISSION}
TOPIC_GONE = {ARCHIVED, LOCKED}
MESSAGE_GONE = {UNKNOWN_MESSAGE, NOT_OURS}


@contextmanager
def own_words() -> Iterator[None]:
    """Whatever the library raises, in our words."""
    try:
        yield
    except discord.RateLimited as error:
        raise RetryLater("too many requests", seconds=error.retry_after) from None
    except discord.HTTPException as error:
        raise _of(error) from None
    except (discord.DiscordException, aiohttp.ClientError, OSError) as error:
        raise RetryLater(type(error).__name__) from None


def _of(error: discord.HTTPException) -> DeliveryError:
    if error.status == 429:
        return RetryLater("too many requests", seconds=_wish(error))
    if error.status >= 500:
        return RetryLater(f"HTTP {error.status}")
    if error.status == 401 or (error.status == 403 and error.code == 0):  # the token, or a gate before Discord
        return RetryLater(f"HTTP {error.status}", seconds=TOKEN_SECONDS)
    reason = f"{error.status} {error.code}"
    if error.code in MESSAGE_GONE:
        return MessageGone(reason)
    if error.code in TOPIC_GONE:
        return Refused(reason, gone="topic")
    return Refused(reason, gone="chat" if error.code in CHAT_GONE else "")


def _wish(error: discord.HTTPException) -> float | None:
    """How long Discord wants to be left alone, where it says so."""
    try:
        return float(error.response.headers["Retry-After"])
    except (AttributeError, KeyError, TypeError, ValueError):
        return None
