"""Discord's errors in our words."""

from types import SimpleNamespace

import aiohttp
import discord
import pytest

from bot.channels.discord.errors import own_words
from bot.domain.errors import DeliveryError, MessageGone, Refused, RetryLater


def refusal(status: int, code: int = 0, **headers: str) -> discord.HTTPException:
    kinds = {403: discord.Forbidden, 404: discord.NotFound}
    response = SimpleNamespace(status=status, reason="", headers=headers)
    return kinds.get(status, discord.HTTPException)(response, {"code": code, "message": "x"})  # type: ignore[arg-type]


def caught(error: Exception) -> DeliveryError:
    with pytest.raises(DeliveryError) as found, own_words():
        raise error
    return found.value


@pytest.mark.parametrize("code", [10003, 10004, 50001, 50007, 50013])
def test_a_closed_chat_is_gone(code: int) -> None:
    found = caught(refusal(404 if code < 50000 else 403, code))
    assert isinstance(found, Refused)
    assert found.gone == "chat"


def test_a_message_that_is_no_more_is_sent_anew() -> None:
    assert isinstance(caught(refusal(404, 10008)), MessageGone)


@pytest.mark.parametrize("code", [50083, 160005])
def test_a_folded_thread_is_a_closed_topic(code: int) -> None:
    found = caught(refusal(400, code))
    assert isinstance(found, Refused)
    assert found.gone == "topic"


@pytest.mark.parametrize("status", [500, 502, 503])
def test_trouble_at_discord_passes(status: int) -> None:
    assert isinstance(caught(refusal(status)), RetryLater)


def test_discords_own_wish_is_obeyed() -> None:
    found = caught(refusal(429, **{"Retry-After": "7.5"}))
    assert isinstance(found, RetryLater)
    assert found.seconds == 7.5
    found = caught(discord.RateLimited(42.0))
    assert isinstance(found, RetryLater)
    assert found.seconds == 42.0


@pytest.mark.parametrize("error", [refusal(401), refusal(403), aiohttp.ClientError(), TimeoutError(), OSError()])
def test_what_says_nothing_about_the_chat_unlinks_nothing(error: Exception) -> None:
    assert isinstance(caught(error), RetryLater)


def test_a_bad_request_ends_alone() -> None:
    found = caught(refusal(400, 50035))
    assert isinstance(found, Refused)
    assert found.gone == ""
