"""What a card says: code, topics, urgency, language, place, time, masked words, media, certainty; Lihat data."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.domain.lengths import units
from bot.store.tables import audit
from tests.flows.town import FIRE, ROAD, Town, code_in

LIMIT = 4096


async def test_the_card_says_everything_that_staff_need(town: Town) -> None:
    dpu = town.group("dputr")
    card = await town.report(dpu, "Jalan dan lampu di Karangsari rusak, jalannya ambrol pak.")
    case = town.case()
    when = datetime.fromtimestamp(case.created_at, ZoneInfo("Asia/Jakarta")).strftime("%d-%m-%Y %H.%M")
    lines = card.text.split("\n")
    assert lines[0] == f"🟠 Tinggi · {case.code}"
    assert "Topik: Jalan (juga: Penerangan jalan) · Pengaduan" in lines
    assert "Tempat: Desa Karangsari" in lines
    assert f"Masuk: {when} · Indonesia" in lines
    assert "Keyakinan: 90 % (mesin)" in lines
    assert "Jalan dan lampu di Karangsari rusak, jalannya ambrol pak." in lines
    assert lines[-1] == "Status: Diteruskan ke Dinas PU dan Penataan Ruang"


@pytest.mark.parametrize(
    ("words", "colour", "language"),
    [
        (FIRE, "🔴 Darurat", "Indonesia"),
        ("Jalan ambrol di dekat jembatan Comal, bahaya.", "🟠 Tinggi", "Indonesia"),
        ("Dalane bolong neng ngarep pasar Comal.", "🟡 Sedang", "Jawa ngoko"),
        ("Nuwun sewu, margi ngajeng griya kula bolong.", "🟡 Sedang", "Jawa krama"),
        ("Nyong pan lapor dalan bolong kabeh kiye.", "🟡 Sedang", "Jawa ngapak"),
    ],
)
async def test_urgency_and_language_stand_in_words_and_colour(
    town: Town, words: str, colour: str, language: str
) -> None:
    group = town.group("dputr", "bpbd")
    card = await town.report(group, words)
    assert card.text.startswith(colour)
    assert f"· {language}" in card.text


async def test_the_desk_sees_which_words_carried_the_tags_and_never_a_masked_one(town: Town) -> None:
    desk = town.group("meja")
    card = await town.report(desk, "Ragu aku, jalan opo selokan iki sing ambrol pak, telpon 081234567890 wae")
    assert "Kata penentu topik: jalan" in card.text
    assert "Kata penentu urgensi: wae" in card.text
    assert "081234567890" not in card.text


async def test_what_is_not_pressing_needs_no_reason_for_its_urgency(town: Town) -> None:
    card = await town.report(town.group("meja"), "Ragu aku, jalan opo selokan iki pak")
    assert "Kata penentu topik: jalan" in card.text
    assert "Kata penentu urgensi" not in card.text


async def test_a_department_is_not_told_the_words_of_a_sure_case(town: Town) -> None:
    card = await town.report(town.group("dputr"), ROAD)
    assert "Kata penentu" not in card.text


async def test_personal_data_is_masked_on_the_card(town: Town) -> None:
    dpu = town.group("dputr")
    card = await town.report(
        dpu, "Jalan di depan rumah bolong. Hubungi 081234567890 atau NIK 3327012345670001, email sri@contoh.id ya."
    )
    for hidden in ("081234567890", "3327012345670001", "sri@contoh.id"):
        assert hidden not in card.text
    assert "[telepon]" in card.text
    assert "Lihat data" in card.buttons


async def test_lihat_data_shows_the_masked_parts_to_the_presser_alone_and_is_logged(any_town: Town) -> None:
    dpu = any_town.group("dputr")
    card = await any_town.report(dpu, "Jalan di depan rumah bolong, hubungi saya 081234567890 ya pak.")
    press = await any_town.press(any_town.staff(dpu), card, "Lihat data")
    assert press.alert
    assert press.toast
    assert "Telepon: 081234567890" in press.toast
    await any_town.idle()
    assert len(dpu.answers) == 1
    seen = [row for row in any_town.rows(audit) if row["what"] == "data_seen"]
    assert [(row["actor"], row["after"]) for row in seen] == [("telegram:9002", "telepon")]


async def test_data_too_long_for_an_alert_goes_to_the_pressers_private_chat(town: Town) -> None:
    dpu = town.group("dputr")
    budi = town.staff(dpu)
    numbers = " ".join(f"08123456{n:04d}" for n in range(9))
    card = await town.report(dpu, f"Jalan bolong di depan rumah, hubungi {numbers} ya pak.")
    refused = await town.press(budi, card, "Lihat data")
    assert refused.toast
    assert "Buka chat pribadi" in refused.toast
    private = town.citizen(9002, "Budi")
    private.start()
    await town.hears(private, "Kabupaten Pemalang")
    press = await town.press(budi, card, "Lihat data")
    assert press.toast == "Datanya saya kirim ke chat pribadi Anda."
    await town.hears(private, code_in(card), "081234560000", "081234560008", "pembukaan dicatat")
    await town.idle()
    assert all("081234560000" not in m.text for m in dpu.answers)
    assert sum(row["what"] == "data_seen" for row in town.rows(audit)) == 2


async def test_lihat_data_is_refused_to_other_chats(town: Town) -> None:
    dpu, dlh = town.group("dputr"), town.group("dlh")
    card = await town.report(dpu, "Jalan bolong di depan rumah, hubungi 081234567890 ya pak.")
    other = await town.report(dlh, "Sampah menumpuk di terminal.", by=town.citizen(6, "Tono"))
    data = card.button("Lihat data")["callback_data"]
    press = await town.press(town.staff(dlh, "Dewi", 9005), other, data=data)
    assert press.toast
    assert "0812" not in press.toast
    assert all(row["what"] != "data_seen" for row in town.rows(audit))


async def test_the_citizens_words_are_never_read_as_tags(town: Town) -> None:
    dpu = town.group("dputr")
    text = 'Jalan <b>bolong</b> & rusak </blockquote><a href="http://x.id">klik</a> {code} 5 < 6 &amp; &#60;'
    card = await town.report(dpu, text, by=town.citizen(5, "<i>Sri</i>"))
    assert "Jalan <b>bolong</b> & rusak </blockquote>" in card.text
    assert "{code} 5 < 6 &amp; &#60;" in card.text
    budi = town.staff(dpu, "<b>Budi</b>")
    await town.press(budi, card, "Terima")
    await town.shows(card, "diterima <b>Budi</b>")
    budi.reply(card, "catatan <u>& lain</u>")
    await town.shows(card, "catatan <u>& lain</u>")


@pytest.mark.parametrize("unit", ["jalan rusak ", "jalan 🚧🕳️ ", "jalan & < > "], ids=["words", "emoji", "entities"])
async def test_a_message_of_4096_characters_is_shown_whole(town: Town, unit: str) -> None:
    dpu = town.group("dputr")
    numbered = "".join(f"{n} {unit}" for n in range(2000))
    text = numbered[:2048] if "🚧" in unit else numbered[:LIMIT]
    text = text.rsplit(" ", 1)[0]
    sri = town.citizen()
    sri.say(text)
    await town.card(dpu)
    await town.hears(dpu, "Lanjutan PML-")
    await town.idle()
    card, *rest = dpu.answers
    assert all(units(m.text) <= LIMIT for m in dpu.answers)
    assert all(m.reply_to is card for m in rest if "Lanjutan" in m.text)
    quote = card.text.split("\n\n")[1].removesuffix(" …")
    shown = quote + " " + " ".join(m.text.split("\n", 1)[-1] for m in rest)
    assert "".join(shown.split()) == "".join(text.split())


async def test_a_long_card_with_notes_and_outcome_still_fits(town: Town) -> None:
    dpu = town.group("dputr")
    budi = town.staff(dpu)
    card = await town.report(dpu, ("jalan rusak 🕳️ " * 400)[:3000])
    for n in range(5):
        budi.reply(card, f"{n} " + "🚧&<" * 300)
        await town.shows(card, f"Catatan Budi: {n} ")
        town.clock.skip(30)
    await town.press(budi, card, "Selesai")
    budi.reply(card, "selesai 🎉" * 300)
    await town.shows(card, "Hasil: selesai")
    assert units(card.text) <= LIMIT


async def test_a_long_answer_to_the_citizen_comes_in_pieces(town: Town) -> None:
    dpu = town.group("dputr")
    sri = town.citizen()
    card = await town.report(dpu, by=sri)
    words = " ".join(f"kata{n}" for n in range(600))[:4000]
    town.staff(dpu).reply(card, f"/balas {words}")
    await town.hears(sri, words[-20:])
    await town.idle()
    pieces = sri.answers[1:]
    assert len(pieces) == 1 or all(units(m.text) <= LIMIT for m in pieces)
    assert words.split() == " ".join(m.text for m in pieces).split("\n", 1)[-1].split()[-len(words.split()) :]


async def test_further_words_beyond_a_full_card_stand_under_it(town: Town) -> None:
    dpu = town.group("dputr")
    sri = town.citizen()
    card = await town.report(dpu, ("jalan rusak sekali " * 200)[:2500], by=sri)
    sri.say("dekat masjid")
    note = await town.hears(dpu, "Tambahan dari pelapor", "dekat masjid")
    assert note.reply_to is card


async def test_many_files_are_counted_by_kind(town: Town) -> None:
    dpu = town.group("dputr")
    sri = town.citizen()
    card = await town.report(dpu, by=sri)
    sri.photo()
    sri.photo()
    sri.voice()
    sri.document()
    await town.shows(card, "Lampiran: 2 foto, 1 pesan suara, 1 berkas")


async def test_a_card_that_somebody_deleted_is_sent_anew(town: Town, tmp_path: Path) -> None:
    dpu = town.group("dputr")
    sri = town.citizen()
    card = await town.report(dpu, by=sri)
    await town.idle()
    card.deleted = True
    sri.say("dekat masjid")
    new = await town.card(dpu)
    assert new is not card
    await town.shows(new, ROAD, "dekat masjid")
    await town.press(town.staff(dpu), new, "Terima")
    await town.shows(new, "diterima Budi")
