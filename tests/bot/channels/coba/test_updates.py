"""Payloads of the coba page and the events they mean."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.channels.coba import link_all, unlink_all
from bot.channels.coba.cast import CITIZENS, OFFICERS, chat_for, sender_in, units
from bot.channels.coba.files import Picture
from bot.channels.coba.updates import edited_update, pressed_update, said_update
from bot.domain.incoming import Chat, Command, Edited, Point, Pressed, Said, Sender
from bot.domain.records import UnitChat
from tests.bot.channels.coba.wiring import NOW, Bench, bench

PHONE = Chat("coba", "warga:1", private=True)
SITI = Sender("coba", "warga:1", "Bu Siti")
ROOM = Chat("coba", "dputr", private=False)
RINA = Sender("coba", "petugas:1", "Rina")


@pytest.fixture
def coba(tmp_path: Path) -> Iterator[Bench]:
    with bench(tmp_path) as made:
        yield made


def test_words_a_place_a_picture_and_a_reply_arrive_as_one_message(coba: Bench) -> None:
    picture = Picture("a" * 32, "b" * 32, "image/png", 12)
    raw = said_update(
        PHONE, SITI, "4", at=NOW, text="dalan bolong", reply_to="3", point=Point(-6.9, 109.4), picture=picture
    )
    (said,) = coba.channel.translate([raw.payload])
    assert isinstance(said, Said)
    assert (said.chat, said.sender, said.message_id, said.reply_to) == (PHONE, SITI, "4", "3")
    assert (said.text, said.point) == ("dalan bolong", Point(-6.9, 109.4))
    assert [(f.kind, f.file_id, f.mime, f.size) for f in said.attachments] == [("photo", "a" * 32, "image/png", 12)]
    assert (raw.channel, raw.event_id, raw.chat_id, raw.received_at) == ("coba", "said:4", "warga:1", NOW)


@pytest.mark.parametrize(
    ("text", "name", "argument"),
    [
        ("/laporanku", "laporanku", ""),
        ("/Status PML-7", "status", "PML-7"),
        ("/balas@wadul sampun dipun tambal", "balas", "sampun dipun tambal"),
        ("/balas\nloro larik\nkabeh", "balas", "loro larik\nkabeh"),
        ("/balas loro\nlarik", "balas", "loro\nlarik"),
    ],
)
def test_a_chat_word_is_a_command(coba: Bench, text: str, name: str, argument: str) -> None:
    raw = said_update(ROOM, RINA, "9", at=NOW, text=text, reply_to="2")
    assert coba.channel.translate([raw.payload]) == [Command(ROOM, RINA, "9", NOW, name, argument, "2")]


def test_a_chat_word_knows_whom_it_replies_to(coba: Bench) -> None:
    bagas = Sender("coba", "petugas:2", "Bagas")
    raw = said_update(ROOM, RINA, "9", at=NOW, text="/peran kepala", reply_to="2", reply_by=bagas)
    (command,) = coba.channel.translate([raw.payload])
    assert isinstance(command, Command)
    assert command.reply_by == bagas


def test_each_change_of_a_message_is_an_update_of_its_own(coba: Bench) -> None:
    one = edited_update(PHONE, SITI, "4", at=NOW, text="satu", version=7)
    two = edited_update(PHONE, SITI, "4", at=NOW, text="dua", version=8)
    assert one.event_id != two.event_id
    assert coba.channel.translate([two.payload]) == [Edited(PHONE, SITI, "4", NOW, "dua")]


def test_a_press_carries_its_id(coba: Bench) -> None:
    raw = pressed_update(ROOM, RINA, "5", at=NOW, press_id="abc", data="terima:X")
    assert coba.channel.translate([raw.payload]) == [Pressed(ROOM, RINA, "5", NOW, "abc", "terima:X")]


@pytest.mark.parametrize("payload", ["", "[]", "{}", '"teks"', json.dumps({"type": "lain"}), "null"])
def test_what_cannot_be_read_is_a_value_error(coba: Bench, payload: str) -> None:
    with pytest.raises(ValueError):
        coba.channel.translate([payload])


def test_citizens_write_on_their_own_phone_only_and_officers_in_the_rooms_only(coba: Bench) -> None:
    siti, agus = CITIZENS[:2]
    phone, room = chat_for(coba.region, siti.id), chat_for(coba.region, "siaga")
    assert phone
    assert room
    assert phone.private
    assert not room.private
    assert sender_in(phone, siti.id)
    assert sender_in(room, OFFICERS[1].id)
    assert sender_in(phone, agus.id) is None
    assert sender_in(phone, OFFICERS[0].id) is None
    assert sender_in(room, siti.id) is None
    assert chat_for(coba.region, "dinas-lain") is None


def test_every_department_and_both_desks_are_linked_once(coba: Bench) -> None:
    coba.store.write_now(lambda uow: link_all(uow, coba.region, NOW + 1))
    links = coba.store.read_now(lambda uow: uow.desks.all_links())
    assert {link.unit for link in links} == set(units(coba.region))
    assert all((link.channel, link.chat_id) == ("coba", link.unit) for link in links)


def test_a_real_chat_is_neither_taken_nor_given_up(coba: Bench) -> None:
    real = UnitChat("dlh", "telegram", "-100", None, "Grup DLH")
    coba.store.write_now(lambda uow: uow.desks.link(real, by="telegram:1", now=NOW))
    coba.store.write_now(lambda uow: link_all(uow, coba.region, NOW))
    assert coba.store.read_now(lambda uow: uow.desks.chat_of("dlh")) == real
    coba.store.write_now(unlink_all)
    assert coba.store.read_now(lambda uow: uow.desks.all_links()) == [real]
