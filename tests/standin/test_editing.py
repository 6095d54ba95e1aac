"""Edits, deletions and answers to presses."""

from __future__ import annotations

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest

from tests.standin import Standin

CARD = InlineKeyboardMarkup(
    [
        [
            InlineKeyboardButton("✅ Terima", callback_data="t"),
            InlineKeyboardButton("Selesai", callback_data="s"),
        ]
    ]
)


async def test_an_edit_without_markup_removes_the_keyboard(standin: Standin, bot: Bot) -> None:
    group = standin.group(-100, announce=False)
    card = await bot.send_message(-100, "baru", reply_markup=CARD)
    await bot.edit_message_text("diterima Budi", -100, card.message_id)
    assert group.last
    assert group.last.rows == []
    assert group.last.texts == ["baru", "diterima Budi"]
    await bot.edit_message_reply_markup(-100, card.message_id, reply_markup=CARD)
    assert group.last.rows == [["✅ Terima", "Selesai"]]


async def test_an_identical_edit_is_refused(standin: Standin, bot: Bot) -> None:
    standin.group(-100, announce=False)
    card = await bot.send_message(-100, "<b>baru</b>", parse_mode="HTML", reply_markup=CARD)
    edit = {"parse_mode": "HTML", "reply_markup": CARD}
    for _ in range(2):
        with pytest.raises(BadRequest, match=r"message is not modified|Message is not modified"):
            await bot.edit_message_text("<b>baru</b> ", -100, card.message_id, **edit)  # type: ignore[arg-type]
    await bot.edit_message_text("baru", -100, card.message_id, reply_markup=CARD)


async def test_a_caption_is_edited_by_its_own_method(standin: Standin, bot: Bot) -> None:
    group = standin.group(-100, announce=False)
    photo = await bot.send_photo(-100, b"jpeg", caption="satu")
    text = await bot.send_message(-100, "teks")
    await bot.edit_message_caption(-100, photo.message_id, caption="dua")
    assert [message.text for message in group.answers] == ["dua", "teks"]
    with pytest.raises(BadRequest, match="no text in the message to edit"):
        await bot.edit_message_text("tiga", -100, photo.message_id)
    with pytest.raises(BadRequest, match="no caption in the message to edit"):
        await bot.edit_message_caption(-100, text.message_id, caption="tiga")


async def test_unknown_deleted_and_foreign_messages_cannot_be_edited(standin: Standin, bot: Bot) -> None:
    sri = standin.citizen(5)
    own = sri.say("punyaku")
    sent = await bot.send_message(5, "teks")
    await bot.delete_message(5, sent.message_id)
    assert sri.answers == []
    for message_id in (999, sent.message_id):
        with pytest.raises(BadRequest, match="essage to edit not found"):
            await bot.edit_message_text("x", 5, message_id)
    with pytest.raises(BadRequest, match="essage can't be edited"):
        await bot.edit_message_text("x", 5, own.id)
    with pytest.raises(BadRequest, match="essage to delete not found"):
        await bot.delete_message(5, sent.message_id)


async def test_a_press_is_answered_once_and_in_time(standin: Standin, bot: Bot) -> None:
    group = standin.group(-100, announce=False)
    await bot.send_message(-100, "kartu", reply_markup=CARD)
    budi = group.member(9001, first_name="Budi")
    assert group.last
    press = budi.press(group.last, "terima")
    query = (await bot.get_updates())[0].callback_query
    assert query
    assert query.data == "t"
    assert query.from_user.first_name == "Budi"
    await query.answer("Dicatat", show_alert=True)
    assert (press.toast, press.alert, budi.toasts, standin.toasts) == (
        "Dicatat",
        True,
        ["Dicatat"],
        ["Dicatat"],
    )
    with pytest.raises(BadRequest, match="uery is too old"):
        await query.answer("lagi")
    late = budi.press(group.last, "Selesai")
    standin.expire_presses()
    with pytest.raises(BadRequest, match="uery is too old"):
        await bot.answer_callback_query(late.id)


async def test_a_screen_that_lags_behind_can_press_an_old_button(standin: Standin, bot: Bot) -> None:
    group = standin.group(-100, announce=False)
    card = await bot.send_message(-100, "kartu", reply_markup=CARD)
    await bot.edit_message_text("pindah", -100, card.message_id)
    assert group.last
    budi = group.member(9001)
    with pytest.raises(AssertionError, match="no single button"):
        budi.press(group.last, "Terima")
    assert budi.press(group.last, "Terima", stale=True).data == "t"
    assert budi.press(group.last, data="palsu").data == "palsu"


async def test_a_press_on_a_deleted_message_shows_it_as_inaccessible(standin: Standin, bot: Bot) -> None:
    group = standin.group(-100, announce=False)
    card = await bot.send_message(-100, "kartu", reply_markup=CARD)
    seen = group.last
    await bot.delete_message(-100, card.message_id)
    assert seen
    group.member(9001).press(seen, "Terima")
    query = (await bot.get_updates())[0].callback_query
    assert query
    assert query.message
    assert not query.message.is_accessible
