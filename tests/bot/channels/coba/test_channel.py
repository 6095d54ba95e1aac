"""The coba channel: what it is told to send stands in the transcript."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.domain.errors import MessageGone, Refused
from bot.domain.outgoing import Button, CardLine, CardView, EditCaption, EditText, Picture, Text, Toast
from bot.domain.records import Media
from bot.services.channel import Channel, Target
from bot.store.coba import Coba, Line
from bot.store.engine import Store
from bot.store.unit_of_work import SqlUnitOfWork
from tests.bot.channels.coba.wiring import PNG, Bench

CARD = CardView("Sedang · KODE", (CardLine("Jalan", "Topik"),), "Dalan bolong", rows=((Button("Terima", "terima:X"),),))


@pytest.fixture
def coba(store: Store, tmp_path: Path) -> Bench:
    return Bench(store, tmp_path)


def test_it_is_a_channel_without_a_budget(coba: Bench) -> None:
    channel: Channel = coba.channel
    assert channel.name == "coba"
    assert channel.budget("dputr") is None


async def test_a_text_stands_in_its_chat_with_its_buttons_and_whom_it_asks(coba: Bench) -> None:
    text = Text("Rina, apa?", reply_to="7", rows=((Button("Urung", "urung:X"),),), user_id="petugas:1", ask_reply=True)
    (message_id,) = await coba.channel.send_text(Target("dputr"), text)
    (line,) = coba.lines("dputr")
    assert (str(line.id), line.author, line.reply_to) == (message_id, "bot", "7")
    assert line.body["ask"] == "petugas:1"
    assert line.body["rows"] == [[{"words": "Urung", "data": "urung:X"}]]


async def test_an_edited_text_keeps_its_place_and_gets_a_later_version(coba: Bench) -> None:
    (first,) = await coba.channel.send_text(Target("dputr"), Text("satu"))
    await coba.channel.send_text(Target("dputr"), Text("dua"))
    await coba.channel.edit_text(Target("dputr"), EditText(first, "satu, dibetulkan"))
    one, two = coba.lines("dputr")
    assert one.body["text"] == "satu, dibetulkan"
    assert one.version > two.version


async def test_a_card_is_sent_once_and_then_changed(coba: Bench) -> None:
    first = await coba.channel.show_card(Target("dputr"), CARD, None)
    again = await coba.channel.show_card(Target("dputr"), CardView("Selesai", (), ""), first)
    (line,) = coba.lines("dputr")
    assert first == again == str(line.id)
    assert line.body["title"] == "Selesai"


@pytest.mark.parametrize("message_id", ["999", "bukan-angka"])
async def test_changing_a_message_that_is_not_there_says_so(coba: Bench, message_id: str) -> None:
    with pytest.raises(MessageGone):
        await coba.channel.show_card(Target("dputr"), CARD, message_id)


async def test_a_message_of_another_chat_is_not_changed(coba: Bench) -> None:
    (mine,) = await coba.channel.send_text(Target("dlh"), Text("milik DLH"))
    with pytest.raises(MessageGone):
        await coba.channel.edit_text(Target("dputr"), EditText(mine, "bukan milikmu"))


async def test_pictures_come_back_byte_for_byte_and_stand_under_the_card(coba: Bench) -> None:
    kept = coba.channel.pictures.keep(PNG)
    ours = Media(1, 1, "coba", "photo", kept.id, kept.mime)
    theirs = Media(2, 1, "telegram", "voice", "AgAD", "audio/ogg")
    assert await coba.channel.fetch(ours) == PNG
    await coba.channel.send_media(Target("dputr"), [ours, theirs], "5")
    photo, absent = coba.lines("dputr")
    assert (photo.body["file"], photo.reply_to) == (kept.id, "5")
    assert absent.body == {"kind": "absent", "media": "voice"}


@pytest.mark.parametrize("name", ["0" * 32, "../wadul.db", ""])
async def test_a_picture_that_is_not_there_is_refused(coba: Bench, name: str) -> None:
    with pytest.raises(Refused):
        await coba.channel.fetch(Media(1, 1, "coba", "photo", name, ""))


@pytest.mark.parametrize("data", [b"", b"<svg onload=alert(1)>", b"MZ\x90", b"\x89PNG\r\n\x1a\n" + b"\0" * (20 << 20)])
def test_what_is_no_small_picture_is_not_kept(coba: Bench, data: bytes) -> None:
    with pytest.raises(ValueError):
        coba.channel.pictures.keep(data)


async def test_a_toast_reaches_the_press_that_waits_for_it(coba: Bench) -> None:
    press_id = coba.channel.expect_toast()
    waiting = asyncio.create_task(coba.channel.toast_of(press_id, seconds=1))
    await coba.channel.toast(Toast(press_id, "Baik."))
    assert await waiting == Toast(press_id, "Baik.")


async def test_a_toast_that_nobody_waits_for_is_no_error(coba: Bench) -> None:
    press_id = coba.channel.expect_toast()
    assert await coba.channel.toast_of(press_id, seconds=0.01) is None
    await coba.channel.toast(Toast(press_id, "terlambat"))


async def test_news_wakes_whoever_took_a_ticket_before_looking(coba: Bench) -> None:
    ticket = coba.channel.bell.ticket()
    await coba.channel.send_text(Target("dputr"), Text("kabar"))
    assert ticket.is_set()
    assert not coba.channel.bell.ticket().is_set()


def since(version: int) -> Callable[[SqlUnitOfWork], list[Line]]:
    """Look at what came after a version."""
    return lambda uow: Coba(uow.connection).since(version)


async def test_whoever_follows_the_versions_misses_nothing_while_many_write(coba: Bench) -> None:
    writing = [asyncio.create_task(coba.channel.send_text(Target("dputr"), Text(str(i)))) for i in range(30)]
    seen: dict[int, int] = {}
    version = 0
    while len(seen) < len(writing) or not all(task.done() for task in writing):
        for line in await coba.store.read(since(version)):
            seen[line.id] = line.version
            version = max(version, line.version)
    await asyncio.gather(*writing)
    assert sorted(seen.values()) == list(range(1, 31))


@pytest.mark.parametrize(("user_id", "stands"), [("petugas:1", True), ("warga:1", False), ("petugas:99", False)])
async def test_officers_stand_in_every_departments_chat_and_citizens_in_none(
    coba: Bench, user_id: str, stands: bool
) -> None:
    assert await coba.channel.standing("dputr", user_id) is stands


async def test_a_picture_of_ours_stands_with_its_words_and_buttons_and_both_can_be_changed(coba: Bench) -> None:
    rows = ((Button("Pakai", "latih:1:pakai"),),)
    first = await coba.channel.send_picture(Target("meja"), Picture("p.png", "Model baru", rows), PNG)
    (line,) = coba.lines("meja")
    assert (line.body["kind"], line.body["text"]) == ("file", "Model baru")
    assert line.body["rows"] == [[{"words": "Pakai", "data": "latih:1:pakai"}]]
    assert coba.channel.pictures.read(line.body["file"]) == PNG
    await coba.channel.edit_caption(Target("meja"), EditCaption(first, "Dipakai"))
    (after,) = coba.lines("meja")
    assert (after.body["file"], after.body["text"], after.body["rows"]) == (line.body["file"], "Dipakai", [])
    with pytest.raises(MessageGone):
        await coba.channel.edit_caption(Target("meja"), EditCaption("999", "Dipakai"))
    with pytest.raises(Refused):
        await coba.channel.send_picture(Target("meja"), Picture("p.png", "Model baru"), b"no picture")
