"""What the real server refuses is refused, in its words."""

from __future__ import annotations

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, ReplyParameters
from telegram.error import BadRequest, ChatMigrated, EndPointNotFound, Forbidden, InvalidToken

from bot.channels.telegram.transport import AiohttpRequest
from tests.standin import Standin
from tests.standin.methods import load_methods

OTHER_TOKEN = "700000001:AAotherTOKENotherTOKENotherTOKEN000"


async def test_a_stranger_a_silent_person_and_a_blocker_get_nothing(standin: Standin, bot: Bot) -> None:
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(404, "halo")
    sri = standin.citizen(5)
    with pytest.raises(Forbidden, match="bot can't initiate conversation with a user"):
        await bot.send_message(5, "halo")
    sri.start()
    await bot.send_message(5, "halo")
    sri.block()
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(5, "halo")
    sri.unblock()
    await bot.send_message(5, "halo")
    sri.deactivate()
    with pytest.raises(Forbidden, match="user is deactivated"):
        await bot.send_message(5, "halo")
    assert [call.ok for call in sri.history] == [False, True, False, True, False]


async def test_only_the_listed_emoji_are_reactions(standin: Standin, bot: Bot) -> None:
    report = standin.citizen(5).say("P")
    with pytest.raises(BadRequest, match=r"(?i)reaction_invalid"):
        await bot.set_message_reaction(5, report.id, "✅")
    with pytest.raises(BadRequest, match="Message to react not found"):
        await bot.set_message_reaction(5, 99, "👍")


async def test_lengths_are_limited_after_parsing(standin: Standin, bot: Bot) -> None:
    standin.citizen(5).start()
    await bot.send_message(5, "<b>" + "x" * 4096 + "</b>", parse_mode="HTML")
    with pytest.raises(BadRequest, match="Message is too long"):
        await bot.send_message(5, "😀" * 2049)
    with pytest.raises(BadRequest, match="Message caption is too long"):
        await bot.send_photo(5, b"jpeg", caption="x" * 1025)
    with pytest.raises(BadRequest, match="Message text is empty"):
        await bot.send_message(5, "<b> </b>", parse_mode="HTML")


async def test_bad_tags_and_bad_buttons_are_refused(standin: Standin, bot: Bot) -> None:
    standin.citizen(5).start()
    with pytest.raises(BadRequest, match=r"can't parse entities|Can't parse entities"):
        await bot.send_message(5, "<b>x", parse_mode="HTML")
    for data in ("x" * 65, "é" * 33):
        keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("a", callback_data=data)]])
        with pytest.raises(BadRequest, match=r"(?i)button_data_invalid"):
            await bot.send_message(5, "x", reply_markup=keyboard)
    bare = InlineKeyboardMarkup([[InlineKeyboardButton("a")]])
    with pytest.raises(BadRequest, match="text buttons are unallowed"):
        await bot.send_message(5, "x", reply_markup=bare)


async def test_a_reply_to_nothing_needs_permission(standin: Standin, bot: Bot) -> None:
    standin.citizen(5).start()
    with pytest.raises(BadRequest, match="Message to be replied not found"):
        await bot.send_message(5, "x", reply_parameters=ReplyParameters(99))
    sent = await bot.send_message(
        5, "x", reply_parameters=ReplyParameters(99, allow_sending_without_reply=True)
    )
    assert sent.reply_to_message is None


async def test_a_removed_bot_may_not_write(standin: Standin, bot: Bot) -> None:
    for chat_id, kind in ((-100, "group"), (-1001234567890, "supergroup")):
        group = standin.group(chat_id, announce=False)
        group.kick_bot()
        with pytest.raises(Forbidden, match=f"bot was kicked from the {kind} chat"):
            await bot.send_message(chat_id, "x")
        group.add_bot()
        await bot.leave_chat(chat_id)
        with pytest.raises(Forbidden, match=f"bot is not a member of the {kind} chat"):
            await bot.send_message(chat_id, "x")


async def test_an_upgraded_group_names_its_new_id(standin: Standin, bot: Bot) -> None:
    group = standin.group(-100, announce=False)
    card = await bot.send_message(-100, "kartu")
    group.upgrade()
    with pytest.raises(ChatMigrated) as moved:
        await bot.send_message(-100, "x")
    assert moved.value.new_chat_id == group.id == -1_000_000_000_100
    with pytest.raises(ChatMigrated):
        await bot.edit_message_text("x", -100, card.message_id)
    await bot.send_message(group.id, "x")


async def test_topics_must_exist_and_be_open(standin: Standin, bot: Bot) -> None:
    group = standin.group(-1001234567890, forum=True, announce=False)
    topic = group.topic("Jalan")
    await bot.send_message(group.id, "kartu", message_thread_id=topic.id)
    with pytest.raises(BadRequest, match="Message thread not found"):
        await bot.send_message(group.id, "kartu", message_thread_id=4711)
    group.close_topic(topic)
    with pytest.raises(BadRequest, match=r"(?i)topic_closed"):
        await bot.send_message(group.id, "kartu", message_thread_id=topic.id)
    group.reopen_topic(topic)
    await bot.send_message(group.id, "kartu", message_thread_id=topic.id)


async def test_a_large_file_cannot_be_fetched(standin: Standin, bot: Bot) -> None:
    sri = standin.citizen(5)
    sri.video(size=21 * 1024 * 1024)
    update = (await bot.get_updates())[0]
    assert update.message
    assert update.message.video
    with pytest.raises(BadRequest, match="File is too big"):
        await bot.get_file(update.message.video.file_id)
    with pytest.raises(BadRequest, match="Invalid file_id"):
        await bot.get_file("nope")


async def test_unknown_methods_and_tokens_are_turned_away(standin: Standin, bot: Bot) -> None:
    with pytest.raises(EndPointNotFound):
        await bot.do_api_request("sendTelepathy")
    other = Bot(OTHER_TOKEN, base_url=standin.base_url, request=AiohttpRequest())
    with pytest.raises(InvalidToken, match=r"rejected by the server"):
        await other.initialize()
    await other.shutdown()


async def test_an_unknown_parameter_is_recorded_as_a_violation(bot: Bot) -> None:
    async with Standin() as strict:
        strict.citizen(5).start()
        client = Bot(strict.token, base_url=strict.base_url, request=AiohttpRequest())
        async with client:
            await client.send_message(5, "x", api_kwargs={"reply_to_message_id": 1})
        assert strict.violations == ["sendMessage: unknown parameter reply_to_message_id"]


def test_every_method_of_the_table_is_answered() -> None:
    from tests.standin.api import HANDLERS, Api

    receiving = Api._RECEIVING
    assert {method.name for method in load_methods().values()} == set(HANDLERS) | receiving
