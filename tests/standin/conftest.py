"""A stand-in and a real python-telegram-bot client on it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from telegram import Bot

from bot.channels.telegram.transport import AiohttpRequest
from tests.standin import Standin


@pytest.fixture(autouse=True)
def _periods_as_timedelta(monkeypatch: pytest.MonkeyPatch) -> None:
    """python-telegram-bot warns on every RetryAfter without it."""
    monkeypatch.setenv("PTB_TIMEDELTA", "1")


@pytest_asyncio.fixture
async def standin() -> AsyncIterator[Standin]:
    """A stand-in that found nothing to complain about."""
    async with Standin() as running:
        yield running
        assert running.violations == []


@pytest_asyncio.fixture
async def bot(standin: Standin) -> AsyncIterator[Bot]:
    """A client with our own transport."""
    async with Bot(
        standin.token, base_url=standin.base_url, base_file_url=standin.base_file_url,
        request=AiohttpRequest(), get_updates_request=AiohttpRequest(connections=2),
    ) as client:  # fmt: skip
        yield client
