"""getUpdates keeps the real server's promises."""

from __future__ import annotations

import asyncio

import pytest
from telegram import Bot
from telegram.error import Conflict

from tests.standin import Standin


async def test_updates_come_again_until_the_offset_confirms_them(standin: Standin, bot: Bot) -> None:
    sri = standin.citizen(5)
    sri.say("satu")
    sri.say("dua")
    first = await bot.get_updates()
    again = await bot.get_updates()
    assert [update.update_id for update in first] == [update.update_id for update in again]
    rest = await bot.get_updates(offset=first[0].update_id + 1)
    assert [update.message.text for update in rest if update.message] == ["dua"]
    assert await bot.get_updates(offset=first[1].update_id + 1) == ()
    assert not standin.world.updates.pending


async def test_a_negative_offset_keeps_only_the_latest(standin: Standin, bot: Bot) -> None:
    for number in range(5):
        standin.citizen(5).say(str(number))
    texts = [update.message.text for update in await bot.get_updates(offset=-2) if update.message]
    assert texts == ["3", "4"]
    assert len(await bot.get_updates()) == 2


async def test_a_batch_holds_at_most_a_hundred(standin: Standin, bot: Bot) -> None:
    for number in range(130):
        standin.citizen(5).say(str(number))
    assert len(await bot.get_updates(limit=100)) == 100
    assert len(await bot.get_updates(limit=3)) == 3


async def test_a_long_poll_answers_as_soon_as_something_comes(standin: Standin, bot: Bot) -> None:
    poll = asyncio.create_task(bot.get_updates(timeout=20))
    await asyncio.sleep(0.05)
    assert not poll.done()
    standin.citizen(5).say("wonten kobongan")
    updates = await asyncio.wait_for(poll, 1)
    assert updates[0].message
    assert updates[0].message.text == "wonten kobongan"


async def test_a_second_poller_throws_out_the_first(standin: Standin, bot: Bot) -> None:
    first = asyncio.create_task(bot.get_updates(timeout=20))
    await asyncio.sleep(0.05)
    second = asyncio.create_task(bot.get_updates(timeout=20))
    with pytest.raises(Conflict, match="terminated by other getUpdates request"):
        await first
    standin.citizen(5).say("P")
    assert len(await second) == 1


async def test_polling_conflicts_with_a_webhook(bot: Bot) -> None:
    await bot.set_webhook("http://127.0.0.1:9/hook")
    with pytest.raises(Conflict, match="webhook is active"):
        await bot.get_updates()
    await bot.delete_webhook()
    assert await bot.get_updates() == ()


async def test_allowed_updates_holds_back_other_kinds(standin: Standin, bot: Bot) -> None:
    await bot.get_updates(allowed_updates=["message"])
    sri = standin.citizen(5)
    message = sri.say("salah")
    sri.edit(message, "benar")
    sri.block()
    assert [update.message is not None for update in await bot.get_updates()] == [True]


async def test_an_update_can_be_delivered_twice(standin: Standin, bot: Bot) -> None:
    standin.citizen(5).say("satu")
    update_id = (await bot.get_updates())[0].update_id
    assert await bot.get_updates(offset=update_id + 1) == ()
    standin.world.updates.repeat(update_id)
    assert (await bot.get_updates())[0].update_id == update_id
