"""Strict limits answer 429 and say how long to wait."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from telegram import Bot, InputMediaPhoto
from telegram.error import RetryAfter

from bot.channels.telegram.transport import AiohttpRequest
from tests.standin import Limits, Standin


def _bot(standin: Standin) -> Bot:
    return Bot(standin.token, base_url=standin.base_url, request=AiohttpRequest())


async def test_a_private_chat_takes_a_short_burst_then_one_a_period() -> None:
    limits = Limits(private_period=0.2, private_burst=3)
    async with Standin(limits=limits) as standin, _bot(standin) as bot:
        sri = standin.citizen(5)
        sri.start()
        for _ in range(3):
            await bot.send_message(5, "x")
        with pytest.raises(RetryAfter) as refusal:
            await bot.send_message(5, "x")
        assert refusal.value.retry_after == timedelta(seconds=1)
        assert sri.last
        await bot.edit_message_text("sunting", 5, sri.last.id)
        await asyncio.sleep(0.21)
        await bot.send_message(5, "x")
        with pytest.raises(RetryAfter):
            await bot.send_message(5, "x")


async def test_a_group_counts_edits_and_every_part_of_an_album() -> None:
    async with Standin(limits=Limits(group_count=6, group_window=0.3)) as standin, _bot(standin) as bot:
        standin.group(-100, announce=False)
        card = await bot.send_message(-100, "kartu")
        await bot.send_media_group(
            -100, [InputMediaPhoto(b"a"), InputMediaPhoto(b"b"), InputMediaPhoto(b"c")]
        )
        await bot.edit_message_text("satu", -100, card.message_id)
        await bot.edit_message_text("dua", -100, card.message_id)
        with pytest.raises(RetryAfter):
            await bot.edit_message_text("tiga", -100, card.message_id)
        await bot.send_chat_action(-100, "typing")
        await asyncio.sleep(0.31)
        await bot.edit_message_text("tiga", -100, card.message_id)
        assert standin.api.budget
        assert standin.api.budget.refused == 1


async def test_the_token_has_a_limit_on_request() -> None:
    async with Standin(limits=Limits(token_per_second=5)) as standin, _bot(standin) as bot:
        for chat in range(1, 8):
            standin.citizen(chat).start()
        results = await asyncio.gather(
            *(bot.send_message(chat, "x") for chat in range(1, 8)), return_exceptions=True
        )
        assert sum(isinstance(result, RetryAfter) for result in results) == 2
