"""People's actions become the updates that the real server sends."""

from __future__ import annotations

import pytest
from telegram import Bot, Update, User

from tests.standin import Standin
from tests.standin import User as Account


async def _updates(bot: Bot) -> tuple[Update, ...]:
    updates = await bot.get_updates()
    if updates:
        await bot.get_updates(offset=updates[-1].update_id + 1)
    return updates


async def test_a_text_carries_its_sender_and_english_app_language(standin: Standin, bot: Bot) -> None:
    standin.citizen(5, first_name="Sri", username="sri_wadul").say("lampu mati")
    message = (await _updates(bot))[0].message
    assert message
    assert message.text == "lampu mati"
    assert message.chat.type == "private"
    sender = message.from_user
    assert isinstance(sender, User)
    assert (sender.first_name, sender.language_code) == ("Sri", "en")


async def test_media_contact_location_and_forward_arrive(standin: Standin, bot: Bot) -> None:
    sri = standin.citizen(5)
    sri.photo("foto")
    sri.voice()
    sri.video("video")
    sri.document(name="surat.pdf")
    sri.sticker()
    sri.location(-6.9, 109.4)
    sri.contact()
    sri.forward("warta")
    sri.forward("warta", of=Account(8, "Tarno"))
    messages = [update.message for update in await _updates(bot) if update.message]
    assert [bool(m.photo) for m in messages].count(True) == 1
    assert messages[1].voice
    assert messages[1].voice.mime_type == "audio/ogg"
    assert messages[2].video
    assert messages[2].caption == "video"
    assert messages[3].document
    assert messages[3].document.file_name == "surat.pdf"
    assert messages[4].sticker
    assert messages[5].location
    assert messages[5].location.longitude == 109.4
    assert messages[6].contact
    assert messages[6].contact.user_id == 5
    assert [m.forward_origin.type for m in messages if m.forward_origin] == ["hidden_user", "user"]


async def test_an_album_shares_one_group_and_the_caption_stands_first(standin: Standin, bot: Bot) -> None:
    standin.citizen(5).album(3, "telung foto")
    messages = [update.message for update in await _updates(bot) if update.message]
    assert [message.caption for message in messages] == ["telung foto", None, None]
    assert len({message.media_group_id for message in messages}) == 1


async def test_an_edit_and_a_reply_name_the_message(standin: Standin, bot: Bot) -> None:
    sri = standin.citizen(5)
    first = sri.say("dalan rusak")
    sri.edit(first, "dalan rusak parah")
    sri.say("iki lho", reply_to=first)
    _, edited, reply = await _updates(bot)
    assert edited.edited_message
    assert edited.edited_message.text == "dalan rusak parah"
    assert reply.message
    assert reply.message.reply_to_message
    assert reply.message.reply_to_message.message_id == first.id


async def test_blocking_and_coming_back_are_told(standin: Standin, bot: Bot) -> None:
    sri = standin.citizen(5)
    sri.start()
    sri.block()
    with pytest.raises(AssertionError, match="unblock"):
        sri.say("isih ana?")
    sri.unblock()
    changes = [update.my_chat_member for update in (await _updates(bot))[1:]]
    assert [change.new_chat_member.status for change in changes if change] == ["kicked", "member"]


async def test_waiting_fails_with_the_latest_calls(standin: Standin, bot: Bot) -> None:
    sri = standin.citizen(5)
    sri.start()
    await bot.send_message(5, "Sugeng rawuh")
    assert await standin.wait_for(lambda: sri.last)
    with pytest.raises(AssertionError, match="sendMessage 5 'Sugeng rawuh' ok"):
        await standin.wait_for(lambda: len(sri.answers) > 1, timeout=0.05)
    with pytest.raises(AssertionError, match="1 updates pending"):
        await standin.settled(timeout=0.05)
    await _updates(bot)
    await standin.settled(quiet=0.02)
