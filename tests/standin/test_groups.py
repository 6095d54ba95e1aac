"""Groups: arrival, privacy, topics, upgrade."""

from __future__ import annotations

from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup

from tests.standin import Standin

FORUM = -1001234567890


async def test_the_bots_arrival_and_removal_are_told(standin: Standin, bot: Bot) -> None:
    group = standin.group(-100, "DPU")
    group.kick_bot()
    changes = [update.my_chat_member for update in await bot.get_updates()]
    assert [change.new_chat_member.status for change in changes if change] == ["member", "kicked"]


async def test_privacy_mode_hides_ordinary_talk(standin: Standin, bot: Bot) -> None:
    group = standin.group(-100, announce=False)
    budi = group.member(9001, first_name="Budi")
    card = await bot.send_message(-100, "kartu")
    assert group.last
    assert group.last.id == card.message_id
    chat = budi.say("kopi sik")
    budi.say("/hubungkan dpu")
    budi.say("/hubungkan@wadul_bot dpu")
    budi.say("/help@other_bot")
    budi.reply(group.last, "sudah ditambal")
    budi.reply(chat, "ayo")
    texts = [update.message.text for update in await bot.get_updates() if update.message]
    assert texts == ["/hubungkan dpu", "/hubungkan@wadul_bot dpu", "sudah ditambal"]
    assert [message.delivered for message in group.messages if not message.by_bot].count(False) == 3


async def test_an_administrator_hears_everything(standin: Standin, bot: Bot) -> None:
    group = standin.group(-100, admin=True, announce=False)
    group.member(9001).say("kopi sik")
    assert len(await bot.get_updates()) == 1


async def test_messages_in_a_topic_name_it_and_its_root(standin: Standin, bot: Bot) -> None:
    group = standin.group(FORUM, "Desa", forum=True, announce=False)
    topic = group.topic("Jalan")
    budi = group.member(9001)
    budi.say("/hubungkan dpu", topic=topic)
    created, command = [update.message for update in await bot.get_updates()]
    assert created
    assert created.forum_topic_created
    assert created.message_thread_id == topic.id
    assert command
    assert command.is_topic_message
    assert command.message_thread_id == topic.id
    assert command.reply_to_message
    assert command.reply_to_message.forum_topic_created
    sent = await bot.send_message(FORUM, "kartu", reply_to_message_id=command.message_id)
    assert sent.message_thread_id == topic.id
    assert group.last
    assert budi.reply(group.last, "ya").thread_id == topic.id


async def test_replies_in_a_plain_supergroup_carry_a_thread_that_is_no_topic(
    standin: Standin, bot: Bot
) -> None:
    group = standin.group(FORUM, announce=False)
    card = await bot.send_message(FORUM, "kartu")
    assert group.last
    group.member(9001).reply(group.last, "ya")
    message = (await bot.get_updates())[0].message
    assert message
    assert message.message_thread_id == card.message_id
    assert not message.is_topic_message


async def test_an_upgrade_sends_both_service_messages(standin: Standin, bot: Bot) -> None:
    group = standin.group(-100, "DPU", announce=False)
    budi = group.member(9001)
    await bot.send_message(-100, "kartu")
    group.upgrade()
    budi.say("/hubungkan dpu")
    messages = [update.message for update in await bot.get_updates() if update.message]
    assert [(m.chat.id, m.migrate_to_chat_id, m.migrate_from_chat_id) for m in messages] == [
        (-100, group.id, None), (group.id, None, -100), (group.id, None, None),
    ]  # fmt: skip
    assert group.former
    assert group.former.last
    assert group.former.last.text == "kartu"


async def test_a_press_on_a_card_of_the_former_group_still_arrives(standin: Standin, bot: Bot) -> None:
    group = standin.group(-100, announce=False)
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Terima", callback_data="t")]])
    await bot.send_message(-100, "kartu", reply_markup=keyboard)
    group.upgrade()
    assert group.former
    assert group.former.last
    group.member(9001).press(group.former.last, "Terima")
    query = (await bot.get_updates())[-1].callback_query
    assert query
    assert query.message
    assert query.message.chat.id == -100


async def test_coming_and_going_are_shown_and_told_to_an_administrating_bot(standin: Standin, bot: Bot) -> None:
    await bot.get_updates(allowed_updates=["message", "chat_member"])
    group = standin.group(-100, admin=True, announce=False)
    budi = group.member(9001, first_name="Budi")
    group.change(budi, "left")
    group.change(budi, "member")
    group.change(budi, "kicked", told=False)
    updates = await bot.get_updates()
    changes = [u.chat_member.new_chat_member.status for u in updates if u.chat_member]
    assert changes == ["left", "member"]
    shown = [u.message for u in updates if u.message]
    assert [bool(m.left_chat_member) for m in shown] == [True, False]
    assert shown[1].new_chat_members[0].id == 9001
    assert (await bot.get_chat_member(group.id, 9001)).status == "kicked"


async def test_a_plain_member_bot_sees_only_what_the_chat_shows(standin: Standin, bot: Bot) -> None:
    group = standin.group(-100, announce=False)
    group.change(group.member(9001), "left")
    (update,) = await bot.get_updates(allowed_updates=["message", "chat_member"])
    assert update.message
    assert update.message.left_chat_member
