"""What a citizen may send: words, pictures, voices, places, changed and passed-on messages."""

import hashlib
from pathlib import Path

from bot.store.tables import audit, entry, media
from tests.flows.town import RUBBISH, Town, code_in, town
from tests.standin.files import PIXEL

ROAD = "Jalan di depan pasar Comal berlubang, sudah lama tidak ditambal."


async def test_a_text_becomes_a_case_whose_card_stands_in_the_departments_group(any_town: Town) -> None:
    dpu = any_town.group("dputr", title="DPU")
    sri = any_town.citizen()
    card = await any_town.report(dpu, ROAD, by=sri)
    receipt = await any_town.hears(sri, "Kode: PML-")
    assert code_in(card) == code_in(receipt) == any_town.case().code
    assert ROAD in card.text


async def test_a_photo_with_words_is_shown_under_the_card_and_kept_on_disk(town: Town, tmp_path: Path) -> None:
    dpu = town.group("dputr")
    town.citizen().photo(ROAD)
    card = await town.card(dpu)
    shown = await town.standin.wait_for(lambda: next((m for m in dpu.answers if m.kind == "photo"), None), 5)
    assert shown.reply_to is card
    assert "1 foto" in card.text
    await town.app.keeper.fetch()
    (row,) = town.rows(media)
    kept = tmp_path / "var" / "media" / row["path"]
    assert kept.read_bytes() == PIXEL
    assert row["sha256"] == hashlib.sha256(PIXEL).hexdigest()


async def test_an_album_is_one_report(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        dpu = here.group("dputr")
        sri = here.citizen()
        sri.album(3, ROAD)
        card = await here.card(dpu)
        await here.standin.wait_for(lambda: sum(m.kind == "photo" for m in dpu.answers) == 3, 5)
        await here.idle()
        assert len(here.cases()) == 1
        assert "3 foto" in card.text
        assert len(here.rows(media)) == 3
        assert len(sri.answers) == 1
        assert len({m.album for m in dpu.answers if m.kind == "photo"}) == 1


async def test_a_voice_note_without_words_goes_to_the_desk_and_is_stored(town: Town, tmp_path: Path) -> None:
    desk = town.group("meja")
    sri = town.citizen()
    sri.voice(data=b"OggS-suara")
    card = await town.card(desk)
    await town.standin.wait_for(lambda: any(m.kind == "voice" and m.reply_to is card for m in desk.answers), 5)
    await town.app.keeper.fetch()
    (row,) = town.rows(media)
    assert row["path"].endswith(".ogg")
    assert (tmp_path / "var" / "media" / row["path"]).read_bytes() == b"OggS-suara"
    assert "1 pesan suara" in card.text


async def test_a_video_is_stored_and_shown(town: Town, tmp_path: Path) -> None:
    dpu = town.group("dputr")
    town.citizen().video(ROAD)
    card = await town.card(dpu)
    await town.standin.wait_for(lambda: any(m.kind == "video" and m.reply_to is card for m in dpu.answers), 5)
    await town.app.keeper.fetch()
    (row,) = town.rows(media)
    assert row["path"].endswith(".mp4")
    assert (tmp_path / "var" / "media" / row["path"]).exists()


async def test_a_document_is_stored_under_our_own_name(town: Town, tmp_path: Path) -> None:
    dpu = town.group("dputr")
    town.citizen().document(ROAD, name="../../surat.exe", data=b"MZ program")
    await town.card(dpu)
    await town.app.keeper.fetch()
    (row,) = town.rows(media)
    assert row["path"].endswith(".bin")
    assert (tmp_path / "var" / "media" / row["path"]).exists()


async def test_a_file_that_telegram_does_not_give_out_is_remembered_and_tried_no_more(town: Town) -> None:
    town.group("dputr")
    town.standin.fault("refuse", method="getFile", description="Bad Request: file is too big")
    town.citizen().photo(ROAD)
    await town.idle()
    await town.app.keeper.fetch()
    (row,) = town.rows(media)
    assert row["path"] is None
    assert "too big" in row["error"]


async def test_a_place_alone_goes_to_the_desk_with_its_coordinates(town: Town) -> None:
    desk = town.group("meja")
    sri = town.citizen()
    sri.location(-6.89123, 109.38456)
    card = await town.card(desk)
    assert "-6.89123, 109.38456" in card.text
    await town.hears(sri, "satu kalimat")


async def test_a_place_sent_after_the_words_joins_their_case(town: Town) -> None:
    dpu = town.group("dputr")
    sri = town.citizen()
    card = await town.report(dpu, ROAD, by=sri)
    sri.location(-6.89123, 109.38456)
    await town.shows(card, "-6.89123, 109.38456")
    await town.idle()
    assert len(town.cases()) == 1


async def test_an_edited_message_changes_the_card_and_moves_it_before_terima(town: Town) -> None:
    dpu, dlh = town.group("dputr"), town.group("dlh")
    sri = town.citizen()
    said = sri.say(ROAD)
    old = await town.card(dpu)
    sri.edit(said, RUBBISH)
    new = await town.card(dlh)
    assert RUBBISH in new.text
    await town.shows(old, "Kartu ini tidak dipakai lagi", "Dinas Lingkungan Hidup")
    assert not old.buttons
    await town.hears(sri, "Pesan yang Anda ubah")
    assert town.case().unit == "dlh"


async def test_an_edited_message_changes_only_the_words_after_terima(town: Town) -> None:
    dpu, dlh = town.group("dputr"), town.group("dlh")
    sri = town.citizen()
    said = sri.say(ROAD)
    card = await town.card(dpu)
    await town.press(town.staff(dpu), card, "Terima")
    sri.edit(said, RUBBISH)
    await town.shows(card, RUBBISH, "diterima Budi")
    await town.hears(sri, "Pesan yang Anda ubah")
    await town.idle()
    assert dlh.answers == []
    assert town.case().unit == "dputr"
    assert town.case().tags.topic == "jalan"


async def test_an_edit_that_tells_of_an_emergency_raises_the_alarm_even_after_terima(town: Town) -> None:
    dpu, duty = town.group("dputr"), town.group("siaga")
    sri = town.citizen()
    said = sri.say(ROAD)
    card = await town.card(dpu)
    await town.press(town.staff(dpu), card, "Terima")
    sri.edit(said, ROAD + " Ada anak tenggelam!")
    await town.card(duty)
    await town.hears(sri, "TELEPON SEKARANG", "112")
    await town.shows(card, "Darurat")


async def test_an_edit_that_changes_nothing_says_nothing(town: Town) -> None:
    dpu = town.group("dputr")
    sri = town.citizen()
    said = sri.say(ROAD)
    await town.card(dpu)
    await town.hears(sri, "Kode:")
    sri.edit(said, ROAD)
    await town.idle()
    assert len(sri.answers) == 1


async def test_a_greeting_edited_into_a_complaint_becomes_a_case(town: Town) -> None:
    dpu = town.group("dputr")
    sri = town.citizen()
    said = sri.say("Halo")
    await town.hears(sri, "Ada yang mau diadukan?")
    sri.edit(said, ROAD)
    card = await town.card(dpu)
    assert ROAD in card.text


async def test_what_seemed_no_report_edited_into_a_complaint_becomes_a_case_once(town: Town) -> None:
    dpu = town.group("dputr")
    sri = town.citizen()
    said = sri.say("ikan goreng")
    await town.hears(sri, "Sepertinya ini bukan laporan")
    sri.edit(said, ROAD)
    await town.card(dpu)
    sri.edit(said, ROAD + " Tolong.")
    await town.hears(sri, "Pesan yang Anda ubah")
    await town.idle()
    assert len(town.cases()) == 1


async def test_a_forwarded_message_is_marked_as_such_on_the_card(town: Town) -> None:
    dpu = town.group("dputr")
    town.citizen().forward(ROAD)
    card = await town.card(dpu)
    assert "[pesan terusan]" in card.text
    assert town.rows(entry)[0]["forwarded"]


async def test_a_shared_phone_number_is_kept_for_the_open_case(town: Town) -> None:
    dpu = town.group("dputr")
    sri = town.citizen()
    card = await town.report(dpu, ROAD, by=sri)
    assert "Lihat data" not in card.buttons
    sri.contact("+6281234567890")
    await town.hears(sri, "Nomor telepon Anda saya simpan untuk laporan", code_in(card))
    await town.standin.wait_for(lambda: "Lihat data" in card.buttons, 5)
    assert "81234567890" not in card.text
    press = await town.press(town.staff(dpu), card, "Lihat data")
    assert press.toast
    assert "+6281234567890" in press.toast
    assert [row["what"] for row in town.rows(audit)].count("phone") == 1


async def test_a_phone_number_shared_before_any_report_is_kept_too(town: Town) -> None:
    town.group("dputr")
    sri = town.citizen()
    sri.contact()
    await town.hears(sri, "Nomor telepon Anda saya simpan. Ceritakan")
    await town.idle()
    assert town.cases() == []


async def test_somebody_elses_contact_card_is_words_and_not_the_citizens_own_number(town: Town) -> None:
    dpu, duty = town.group("dputr"), town.group("siaga")
    sri = town.citizen()
    card = await town.report(dpu, ROAD, by=sri)
    sri.contact("+6285700000001", first_name="Tarno")
    await town.hears(sri, "Sudah saya tambahkan")
    await town.idle()
    assert town.app.store.read_now(lambda uow: uow.people.find("telegram", "5")).phone is None  # type: ignore[union-attr]
    assert "85700000001" not in card.text
    assert duty.answers == []


async def test_a_sticker_is_answered_kindly_and_opens_no_case(town: Town) -> None:
    sri = town.citizen()
    sri.sticker()
    await town.hears(sri, "belum bisa saya baca")
    await town.idle()
    assert town.cases() == []


async def test_an_unknown_chat_word_with_a_complaint_behind_it_is_a_report(town: Town) -> None:
    dpu = town.group("dputr")
    town.citizen().say("/lapor " + ROAD)
    assert ROAD in (await town.card(dpu)).text


async def test_one_update_delivered_three_times_is_one_case(any_town: Town) -> None:
    dpu = any_town.group("dputr")
    sri = any_town.citizen()
    await any_town.report(dpu, ROAD, by=sri)
    update = any_town.standin.world.updates.log[-1]
    for _ in range(2):
        any_town.standin.world.updates.repeat(update.id)
    await any_town.idle()
    assert len(any_town.cases()) == 1
    assert len(sri.answers) == 1
