"""Every sending method of a real client has its effect."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    InputMediaVideo,
    KeyboardButton,
    Message,
    ReplyKeyboardMarkup,
    ReplyParameters,
)

from tests.standin import Standin

Sender = Callable[[Bot], Awaitable[Message]]
SENDERS: dict[str, Sender] = {
    "photo": lambda bot: bot.send_photo(5, b"\xff\xd8jpeg", caption="<b>foto</b>", parse_mode="HTML"),
    "video": lambda bot: bot.send_video(5, b"mp4", caption="video", duration=4, width=10, height=20),
    "voice": lambda bot: bot.send_voice(5, b"OggS", caption="suara", duration=2),
    "audio": lambda bot: bot.send_audio(5, b"ID3", title="lagu", performer="Waljinah"),
    "document": lambda bot: bot.send_document(5, b"%PDF", filename="surat édaran.pdf", caption="surat"),
    "animation": lambda bot: bot.send_animation(5, b"gif", caption="gerak"),
    "sticker": lambda bot: bot.send_sticker(5, b"RIFF", emoji="👍"),
    "video_note": lambda bot: bot.send_video_note(5, b"mp4", length=240),
    "location": lambda bot: bot.send_location(5, -6.89, 109.38),
    "contact": lambda bot: bot.send_contact(5, "+62811", "Damkar", last_name="Pemalang"),
}


@pytest.mark.parametrize("kind", SENDERS)
async def test_each_kind_of_message_arrives(standin: Standin, bot: Bot, kind: str) -> None:
    sri = standin.citizen(5)
    sri.start()
    sent = await SENDERS[kind](bot)
    assert sri.last
    assert sri.last.kind == kind
    assert sri.last.id == sent.message_id
    assert getattr(sent, kind)


async def test_a_text_arrives_with_entities_keyboard_and_reply(standin: Standin, bot: Bot) -> None:
    sri = standin.citizen(5)
    report = sri.say("lampu mati")
    keyboard = InlineKeyboardMarkup(
        [[InlineKeyboardButton("Benar", callback_data="y"), InlineKeyboardButton("Peta", url="https://x.id")]]
    )
    sent = await bot.send_message(
        5, "<b>Sampun</b> & <i>ditampi</i>", parse_mode="HTML", reply_markup=keyboard,
        reply_parameters=ReplyParameters(report.id),
    )  # fmt: skip
    assert sri.last
    assert sri.last.text == "Sampun & ditampi"
    assert sri.last.html.startswith("<b>")
    assert sri.last.rows == [["Benar", "Peta"]]
    assert sri.last.buttons["Benar"]["callback_data"] == "y"
    assert sri.last.reply_to is report
    assert sent.reply_markup == keyboard
    assert [entity.type for entity in sent.entities] == ["bold", "italic"]
    assert sent.reply_to_message
    assert sent.reply_to_message.text == "lampu mati"


async def test_a_reply_keyboard_shows_its_words(standin: Standin, bot: Bot) -> None:
    sri = standin.citizen(5)
    sri.start()
    ask = ReplyKeyboardMarkup([[KeyboardButton("Kirim lokasi", request_location=True), "Lewati"]])
    await bot.send_message(5, "Di mana?", reply_markup=ask)
    assert sri.last
    assert sri.last.rows == [["Kirim lokasi", "Lewati"]]


async def test_an_album_is_several_messages_of_one_group(standin: Standin, bot: Bot) -> None:
    sri = standin.citizen(5)
    sri.start()
    sent = await bot.send_media_group(
        5, [InputMediaPhoto(b"\xff\xd8a", caption="pertama"), InputMediaVideo(b"mp4")]
    )
    assert [message.kind for message in sri.answers] == ["photo", "video"]
    assert len({message.media_group_id for message in sent}) == 1
    assert sri.answers[0].text == "pertama"


async def test_a_picture_is_downloaded_and_sent_on_by_its_id(standin: Standin, bot: Bot) -> None:
    sri = standin.citizen(5)
    sri.photo("dalan rusak", data=b"\xff\xd8 the picture")
    update = (await bot.get_updates())[0]
    assert update.message
    assert update.message.photo
    file = await bot.get_file(update.message.photo[-1].file_id)
    assert bytes(await file.download_as_bytearray()) == b"\xff\xd8 the picture"
    group = standin.group(-100, announce=False)
    sent = await bot.send_photo(-100, update.message.photo[-1].file_id)
    assert group.last
    assert sent.photo[-1].file_id == update.message.photo[-1].file_id


async def test_copies_and_forwards_carry_the_content(standin: Standin, bot: Bot) -> None:
    sri = standin.citizen(5)
    report = sri.photo("dalan rusak")
    group = standin.group(-100, announce=False)
    copy = await bot.copy_message(-100, 5, report.id, caption="disamarkan")
    forward = await bot.forward_message(-100, 5, report.id)
    assert [message.text for message in group.answers] == ["disamarkan", "dalan rusak"]
    assert group.answers[0].id == copy.message_id
    assert forward.forward_origin
    assert forward.forward_origin.type == "user"


async def test_reactions_and_chat_actions_are_accepted(standin: Standin, bot: Bot) -> None:
    report = standin.citizen(5).say("P")
    assert await bot.set_message_reaction(5, report.id, "👍")
    assert await bot.send_chat_action(5, "typing")
    assert report.reactions == ["👍"]


async def test_the_profile_is_stored(standin: Standin, bot: Bot) -> None:
    await bot.set_my_commands([("status", "lihat laporan")], language_code="id")
    await bot.set_my_description("Wadul")
    await bot.set_my_short_description("Lapor di sini")
    profile = standin.world.profile
    assert profile["setMyCommands/id"]["commands"][0]["command"] == "status"
    assert profile["setMyDescription"] == {"description": "Wadul"}
    assert profile["setMyShortDescription"] == {"short_description": "Lapor di sini"}


async def test_chats_and_members_are_described(standin: Standin, bot: Bot) -> None:
    group = standin.group(-1001234567890, "DPU", forum=True, admin=True, announce=False)
    group.member(9001, first_name="Budi", status="administrator")
    chat = await bot.get_chat(group.id)
    assert (chat.title, chat.is_forum, chat.type) == ("DPU", True, "supergroup")
    assert (await bot.get_chat_member(group.id, 9001)).status == "administrator"
    assert (await bot.get_chat_member(group.id, bot.id)).status == "administrator"
    standin.citizen(7)
    assert (await bot.get_chat_member(group.id, 7)).status == "left"
    people = await bot.get_chat_administrators(group.id)
    assert {person.status for person in people} == {"creator", "administrator"}
    topic = await bot.create_forum_topic(group.id, "Jalan")
    await bot.send_message(group.id, "kartu", message_thread_id=topic.message_thread_id)
    assert group.last
    assert group.last.thread_id == topic.message_thread_id
    assert await bot.leave_chat(group.id)
    assert group.chat.bot_status == "left"
