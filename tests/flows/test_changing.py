"""`Ubah`: topic, urgency, kind and place set by a person; each is a lesson, and later words leave it as it is."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain.case import Tags
from bot.store.tables import audit, lesson
from tests.flows.acting import asked, choose
from tests.flows.town import DOUBT, FIRE, ROAD, Town, code_in, region_file
from tests.flows.town import town as in_town
from tests.flows.wadul import EMERGENCIES, WordTagger
from tests.standin.messages import Message

SMOKE = "Ada kebakaran jerami di sawah belakang pasar Comal."
PLACE = "Jalan Gatot Subroto, dukuh Krajan, Desa Purwoharjo"
PAGE = 10


class Alarming(WordTagger):
    """Knows danger words from the mere opinion of a model, which hears danger in smoke as well."""

    def tag(self, text: str) -> Tags:
        tags = super().tag(text)
        urgency = "darurat" if "asap" in text.casefold() else tags.urgency
        return replace(tags, urgency=urgency, alarming=bool(EMERGENCIES.intersection(text.casefold().split())))


@pytest.fixture
async def alarming(tmp_path: Path) -> AsyncIterator[Town]:
    async with in_town(tmp_path, tagger=Alarming()) as here:
        yield here


def lessons(town: Town) -> list[tuple[str, str, str, str, str]]:
    return [(r["field"], r["before"], r["after"], r["who"], r["model"]) for r in town.rows(lesson)]


def noted(town: Town, what: str) -> list[tuple[str, str, str]]:
    return [(r["actor"], r["before"], r["after"]) for r in town.rows(audit) if r["what"] == what]


async def offers(town: Town, card: Message, words: str) -> None:
    """Wait until a card has a button with these words."""
    await town.standin.wait_for(lambda: any(words in each for each in card.buttons), 5)


# The menu -------------------------------------------------------------------------------------------------------


async def test_ubah_offers_what_can_be_changed_and_the_way_back(town: Town) -> None:
    dpu = town.group("dputr")
    budi = town.staff(dpu)
    card = await town.report(dpu)
    usual = card.rows
    await choose(town, budi, card, "Ubah")
    await offers(town, card, "Topik")
    assert card.rows == [["Topik", "Urgensi"], ["Jenis", "Tempat"], ["‹ Kembali"]]
    await choose(town, budi, card, "Urgensi")
    await offers(town, card, "Darurat")
    assert card.rows == [["🔴 Darurat", "🟠 Tinggi"], ["✓ 🟡 Sedang", "🟢 Rendah"], ["‹ Kembali"]]
    await choose(town, budi, card, "Kembali", "Jenis")
    await offers(town, card, "Aspirasi")
    assert card.rows == [["✓ Pengaduan", "Aspirasi"], ["Permintaan informasi", "Bukan laporan"], ["‹ Kembali"]]
    await choose(town, budi, card, "Kembali")
    await offers(town, card, "Topik")
    await choose(town, budi, card, "Kembali")
    await offers(town, card, "Terima")
    assert card.rows == usual
    assert town.rows(lesson) == []


@pytest.mark.parametrize(
    "data", ["ubah:{}:entah", "ubah:{}:semua", "ganti:{}:entah", "urgensi:{}:gawat", "jenis:{}:", "jenis:{}:jalan"]
)
async def test_a_value_that_does_not_exist_is_refused(town: Town, data: str) -> None:
    dpu = town.group("dputr")
    card = await town.report(dpu)
    press = await town.press(town.staff(dpu), card, data=data.format(code_in(card)))
    assert press.toast == "Tombol ini tidak dikenal lagi. Lihat kartu yang terbaru."
    assert town.rows(lesson) == []


async def test_what_is_closed_cannot_be_changed(town: Town) -> None:
    dpu, sri = town.group("dputr"), town.citizen()
    card = await town.report(dpu, by=sri)
    sri.say(f"/batal {code_in(card)}")
    await town.shows(card, "Dibatalkan pelapor")
    for data in ("ubah:{}", "urgensi:{}:darurat", "jenis:{}:aspirasi", "ganti:{}:sampah", "tempat:{}"):
        press = await town.press(town.staff(dpu), card, data=data.format(code_in(card)))
        assert press.toast
        assert press.toast.startswith("Tidak bisa: status laporan")


# Topik ----------------------------------------------------------------------------------------------------------


async def test_a_topic_of_the_same_department_moves_nothing(any_town: Town) -> None:
    dpu, sri = any_town.group("dputr"), any_town.citizen()
    card = await any_town.report(dpu, by=sri)
    await choose(any_town, any_town.staff(dpu), card, "Ubah", "Topik")
    await offers(any_town, card, "Saluran")
    assert card.rows == [["✓ Jalan", "Saluran & sungai"], ["Topik lain…"], ["‹ Kembali"]]
    await choose(any_town, any_town.staff(dpu), card, "Saluran & sungai")
    await any_town.shows(card, "Topik: Saluran & sungai", "topik ditetapkan petugas")
    await any_town.idle()
    assert len(dpu.answers) == len(sri.answers) == 1
    assert lessons(any_town) == [("topic", "jalan", "pengairan", "telegram:9002", "test")]
    assert noted(any_town, "topic") == [("telegram:9002", "jalan", "pengairan")]


async def test_every_topic_stands_on_a_page_with_where_it_leads(town: Town) -> None:
    dpu, dlh, sri = town.group("dputr"), town.group("dlh"), town.citizen()
    budi = town.staff(dpu)
    card = await town.report(dpu, by=sri)
    await choose(town, budi, card, "Ubah", "Topik", "Topik lain…")
    await offers(town, card, "Berikutnya »")
    shown = [card.rows]
    for _ in range(2):
        await choose(town, budi, card, "Berikutnya »")
        await town.standin.wait_for(lambda: card.rows != shown[-1], 5)
        shown.append(card.rows)
    assert [len(rows) for rows in shown] == [PAGE + 2] * 3
    assert "Berikutnya »" not in card.buttons
    topics = [button for rows in shown for row in rows[:PAGE] for button in row]
    assert len(set(topics)) == 30
    assert {"✓ Jalan", "Saluran & sungai", "Sampah → Dinas Lingkungan Hidup", "Lainnya → Meja aduan"} <= set(topics)
    await choose(town, budi, card, "Sampah → Dinas Lingkungan Hidup")
    moved = await town.card(dlh)
    assert "Topik: Sampah" in moved.text
    await town.hears(sri, "dipindahkan ke Dinas Lingkungan Hidup")
    await town.hears(dpu, "Kenapa dialihkan?")
    assert lessons(town) == [("topic", "jalan", "sampah", "telegram:9002", "test")]


async def test_no_topic_of_the_list_leads_to_the_desk(town: Town) -> None:
    dpu, desk = town.group("dputr"), town.group("meja")
    card = await town.report(dpu)
    await town.press(town.staff(dpu), card, data=f"ganti:{code_in(card)}:lainnya")
    moved = await town.card(desk)
    assert "Topik: Lainnya" in moved.text
    assert lessons(town) == [("topic", "jalan", "lainnya", "telegram:9002", "test")]


async def test_the_desk_is_offered_the_likely_topics_first(town: Town) -> None:
    desk, dlh = town.group("meja"), town.group("dlh")
    wati = town.staff(desk, "Wati", 9003)
    card = await town.report(desk, DOUBT)
    await choose(town, wati, card, "Ubah", "Topik")
    await offers(town, card, "Topik lain…")
    assert card.rows[:2] == [["✓ Lainnya"], ["Sampah → Dinas Lingkungan Hidup"]]
    await choose(town, wati, card, "Sampah → Dinas Lingkungan Hidup")
    await town.card(dlh)


async def test_a_topic_follows_the_place_to_the_department_of_an_override(tmp_path: Path) -> None:
    extra = '\n[[override]]\ntopics = ["sampah"]\nplaces = ["Karangsari"]\ndepartment = "dputr"\n'
    async with in_town(tmp_path, config=region_file(tmp_path, lambda text: text + extra)) as here:
        dpu = here.group("dputr")
        card = await here.report(dpu, "Jalan di Karangsari berlubang.")
        await here.press(here.staff(dpu), card, data=f"ganti:{code_in(card)}:sampah")
        await here.shows(card, "Topik: Sampah")
        assert here.case().unit == "dputr"


# Urgensi --------------------------------------------------------------------------------------------------------


async def test_an_urgency_that_a_person_set_outlives_the_citizens_later_words(any_town: Town) -> None:
    dpu, sri = any_town.group("dputr"), any_town.citizen()
    card = await any_town.report(dpu, by=sri)
    await choose(any_town, any_town.staff(dpu), card, "Ubah", "Urgensi", "Rendah")
    await any_town.shows(card, "🟢 Rendah")
    sri.say("jalan ambrol semua")
    await any_town.shows(card, "jalan ambrol semua")
    assert any_town.case().tags.urgency == "rendah"
    assert lessons(any_town) == [("urgency", "sedang", "rendah", "telegram:9002", "test")]
    assert noted(any_town, "urgency") == [("telegram:9002", "sedang", "rendah")]


async def test_darurat_alarms_the_duty_chat_and_gives_the_citizen_the_numbers_once(any_town: Town) -> None:
    duty, dpu, sri = any_town.group("siaga"), any_town.group("dputr"), any_town.citizen()
    budi = any_town.staff(dpu)
    card = await any_town.taken(dpu, budi, by=sri)
    await choose(any_town, budi, card, "Ubah", "Urgensi", "Darurat")
    alarm = await any_town.card(duty)
    assert alarm.text.startswith("🚨 DARURAT")
    await any_town.shows(card, "🔴 Darurat", "diterima Budi")
    await any_town.hears(sri, "TELEPON SEKARANG", "112")
    await choose(any_town, budi, card, "Ubah", "Urgensi", "Sedang")
    await any_town.shows(alarm, "Tidak lagi ditandai darurat")
    assert not alarm.buttons
    await choose(any_town, budi, card, "Ubah", "Urgensi", "Darurat")
    await any_town.standin.wait_for(lambda: len([m for m in duty.answers if "DARURAT" in m.text]) == 1, 5)
    await any_town.idle()
    assert len([m for m in sri.answers if "TELEPON SEKARANG" in m.text]) == 1


async def test_an_emergency_that_is_none_stays_none_when_the_words_are_read_again(alarming: Town) -> None:
    duty, bpbd, sri = alarming.group("siaga"), alarming.group("bpbd"), alarming.citizen()
    joko = alarming.staff(bpbd, "Joko", 9008)
    sri.say(SMOKE)
    alarm, card = await alarming.card(duty), await alarming.card(bpbd)
    await choose(alarming, joko, card, "Ubah", "Urgensi", "Sedang")
    await alarming.shows(alarm, "Tidak lagi ditandai darurat")
    sri.say(f"{alarming.case().code} asap tebal di sana")
    await alarming.hears(sri, "Sudah saya tambahkan")
    await alarming.idle()
    case = alarming.case()
    assert (case.tags.urgency, case.tags.fixed) == ("sedang", ("urgency",))
    assert len([m for m in sri.answers if "TELEPON SEKARANG" in m.text]) == 1


@pytest.mark.parametrize("taken", [False, True])
async def test_danger_that_is_told_anew_sounds_again(alarming: Town, taken: bool) -> None:
    duty, bpbd, sri = alarming.group("siaga"), alarming.group("bpbd"), alarming.citizen()
    joko = alarming.staff(bpbd, "Joko", 9008)
    said = sri.say(SMOKE)
    card = await alarming.card(bpbd)
    if taken:
        await alarming.press(joko, card, "Terima")
    await choose(alarming, joko, card, "Ubah", "Urgensi", "Sedang")
    await alarming.shows(card, "🟡 Sedang")
    sri.edit(said, SMOKE + " Jeraminya banyak.")
    await alarming.hears(sri, "Pesan yang Anda ubah")
    assert not alarming.case().tags.emergency
    code = alarming.case().code
    sri.say(f"{code} sekarang kebakaran sampai ke rumah warga")
    await alarming.hears(sri, "TELEPON SEKARANG", times=2)
    await alarming.shows(card, "🔴 Darurat")
    await alarming.standin.wait_for(lambda: any("DARURAT" in m.text for m in duty.answers), 5)
    assert alarming.case().tags.fixed == ()


async def test_danger_does_not_wait_at_the_desk(town: Town) -> None:
    duty, desk, dlh = town.group("siaga"), town.group("meja"), town.group("dlh")
    card = await town.report(desk, DOUBT)
    await choose(town, town.staff(desk, "Wati", 9003), card, "Ubah", "Urgensi", "Darurat")
    await town.card(duty)
    await town.card(dlh)  # the likeliest guess
    await town.shows(card, "Kartu ini tidak dipakai lagi")


async def test_confirming_an_urgency_is_a_lesson_too_and_fixes_it(town: Town) -> None:
    dpu, sri = town.group("dputr"), town.citizen()
    card = await town.report(dpu, by=sri)
    await choose(town, town.staff(dpu), card, "Ubah", "Urgensi", "Sedang")
    await offers(town, card, "Terima")
    assert lessons(town) == [("urgency", "sedang", "sedang", "telegram:9002", "test")]
    assert town.case().tags.fixed == ("urgency",)


# Jenis ----------------------------------------------------------------------------------------------------------


async def test_a_kind_that_a_person_set_outlives_the_citizens_later_words(any_town: Town) -> None:
    dpu, sri = any_town.group("dputr"), any_town.citizen()
    card = await any_town.report(dpu, by=sri)
    await choose(any_town, any_town.staff(dpu), card, "Ubah", "Jenis", "Aspirasi")
    await any_town.shows(card, "Jalan · Aspirasi")
    sri.say("jalan dekat masjid juga")
    await any_town.shows(card, "dekat masjid", "Jalan · Aspirasi")
    assert lessons(any_town) == [("kind", "pengaduan", "aspirasi", "telegram:9002", "test")]
    assert noted(any_town, "kind") == [("telegram:9002", "pengaduan", "aspirasi")]


async def test_what_is_no_report_may_be_closed_but_is_not(town: Town) -> None:
    dpu, sri = town.group("dputr"), town.citizen()
    card = await town.report(dpu, by=sri)
    await choose(town, town.staff(dpu), card, "Ubah", "Jenis", "Bukan laporan")
    offer = await town.hears(dpu, code_in(card), "ditandai bukan laporan oleh Budi", "/tutup")
    assert offer.reply_to is card
    await town.idle()
    assert town.case().open
    assert len(sri.answers) == 1


# Tempat ---------------------------------------------------------------------------------------------------------


async def test_a_place_that_a_person_gives_stands_on_the_card_and_stays(any_town: Town) -> None:
    dpu, sri = any_town.group("dputr"), any_town.citizen()
    budi = any_town.staff(dpu)
    card = await any_town.report(dpu, by=sri)
    await choose(any_town, budi, card, "Ubah")
    await offers(any_town, card, "Tempat")
    question = await asked(any_town, dpu, budi, card, "Tempat")
    assert "di mana tempatnya" in question.text
    await offers(any_town, card, "Terima")
    budi.reply(question, f"{PLACE}\nsebelah   toko")
    await any_town.shows(card, f"Tempat: {PLACE} sebelah toko")
    sri.say("di Karangsari ya pak")
    await any_town.shows(card, "di Karangsari", f"Tempat: {PLACE}")
    assert any_town.case().awaiting is None
    assert lessons(any_town) == [("location", "", f"{PLACE} sebelah toko", "telegram:9002", "test")]
    assert noted(any_town, "location") == [("telegram:9002", "", "")]


async def test_a_place_may_belong_to_another_department(tmp_path: Path) -> None:
    extra = '\n[[override]]\ntopics = ["jalan"]\nplaces = ["Purwoharjo"]\ndepartment = "dlh"\n'
    async with in_town(tmp_path, config=region_file(tmp_path, lambda text: text + extra)) as here:
        dpu, dlh = here.group("dputr"), here.group("dlh")
        budi = here.staff(dpu)
        card = await here.report(dpu, ROAD)
        await choose(here, budi, card, "Ubah")
        await offers(here, card, "Tempat")
        budi.reply(await asked(here, dpu, budi, card, "Tempat"), PLACE)
        moved = await here.card(dlh)
        assert f"Tempat: {PLACE}" in moved.text


async def test_a_place_for_a_case_that_closed_meanwhile_changes_nothing(town: Town) -> None:
    dpu, sri = town.group("dputr"), town.citizen()
    budi, tuti = town.staff(dpu), town.staff(dpu, "Tuti", 9004)
    card = await town.report(dpu, by=sri)
    await choose(town, budi, card, "Ubah")
    await offers(town, card, "Tempat")
    question = await asked(town, dpu, budi, card, "Tempat")
    await offers(town, card, "Selesai")
    tuti.reply(await asked(town, dpu, tuti, card, "Selesai"), "Sudah ditambal.")
    await town.shows(card, "Hasil: Sudah ditambal.")
    budi.reply(question, PLACE)
    await town.idle()
    assert lessons(town) == []


async def test_who_may_only_look_changes_nothing(town: Town) -> None:
    duty, bpbd = town.group("siaga"), town.group("bpbd")
    town.citizen().say(FIRE)
    alarm, card = await town.card(duty), await town.card(bpbd)
    tuti = town.staff(bpbd, "Tuti", 9004)
    town.admin(bpbd).say("/peran pengamat telegram:9004")
    await town.hears(bpbd, "sekarang pengamat")
    press = await town.press(tuti, card, data=f"urgensi:{code_in(card)}:rendah")
    assert press.toast
    assert press.toast.startswith("Anda pengamat")
    assert town.case().tags.emergency
    assert list(alarm.buttons) == ["Terima"]
