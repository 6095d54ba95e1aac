"""The stand-in in its own process, driven over its control API."""

from __future__ import annotations

import asyncio

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, Message, ReplyParameters

from bot.channels.telegram.transport import AiohttpRequest
from tests.standin.remote import RemoteStandin, spawned


def _bot(remote: RemoteStandin) -> Bot:
    return Bot(remote.token, base_url=remote.base_url, request=AiohttpRequest())


async def _answer(bot: Bot, message: Message) -> None:
    reply = ReplyParameters(message.message_id)
    await bot.send_message(message.chat.id, f"tampi {message.message_id}", reply_parameters=reply)


async def test_a_process_is_driven_and_read_from_outside() -> None:
    async with spawned() as remote, _bot(remote) as bot:
        group, said = await remote.do(
            {"do": "group", "chat": -100, "title": "DPU", "announce": False},
            {"do": "say", "who": 5, "text": "dalan rusak", "name": "Sri"},
        )
        assert (group, said["id"]) == ({"chat": -100}, 1)
        keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Terima", callback_data="t")]])
        sent = await bot.send_message(-100, "kartu", reply_markup=keyboard)
        press = (await remote.do({"do": "press", "who": 9001, "chat": -100, "message": sent.message_id,
                                  "words": "Terima"}))[0]  # fmt: skip
        await bot.answer_callback_query(press["id"], "Dicatat")
        assert [press["toast"] for press in await remote.presses()] == ["Dicatat"]
        assert (await remote.chat(-100))["messages"][0]["rows"] == [["Terima"]]
        assert [call["method"] for call in await remote.calls(chat=-100)] == ["sendMessage"]
        await remote.fault("server_error", method="sendMessage")
        with pytest.raises(AssertionError, match="no such action"):
            await remote.do({"do": "fly", "who": 5})


async def test_a_burst_is_counted_in_answers_order_and_latency() -> None:
    async with spawned() as remote, _bot(remote) as bot:
        assert await remote.burst(chats=30, per_chat=2, first_id=1000, texts=["a", "b"]) == 60
        offset, seen = 0, 0
        while seen < 60:
            updates = await bot.get_updates(offset=offset, timeout=5)
            seen, offset = seen + len(updates), updates[-1].update_id + 1
            messages = [update.message for update in updates if update.message]
            await asyncio.gather(*(_answer(bot, message) for message in messages))
        await bot.get_updates(offset=offset)
        figures = await remote.stats(per_chat=True)
    assert figures["updates"] == {"pushed": 60, "acknowledged": 60, "pending": 0, "sent_again": 0}
    answers = figures["answers"]
    assert (answers["count"], answers["chats"], answers["unanswered"], answers["repeated"]) == (60, 30, 0, 0)
    assert set(answers["per_chat"].values()) == {2}
    assert figures["calls"]["ok"]["sendMessage"] == 60
    assert figures["ack_ms"]["p99"] > 0
    assert figures["violations"] == []
