"""Bugs that were mended once: each must stay so. Those of the loops stand in test_regressions_loops.py."""

from dataclasses import replace
from pathlib import Path

from bot.domain.case import Tags
from bot.domain.life import Status
from bot.domain.routing import route
from bot.region_file import load_region
from bot.store.tables import audit
from tests.flows.acting import asked
from tests.flows.town import ROAD, RUBBISH, Town, code_in, region_file
from tests.flows.town import town as in_town
from tests.flows.wadul import REGION, WordTagger
from tests.standin.groups import Group
from tests.standin.messages import Message
from tests.standin.people import Citizen, Member

SECOND_ROAD = "Jalan yang lain lagi juga berlubang di dekat sawah."


# Cards and chats


async def closed(town: Town, group: Group, who: Member, text: str, *, by: Citizen) -> tuple[Message, Message]:
    """A case that is done: its card, and what the citizen was told."""
    card = await town.report(group, text, by=by)
    await town.press(who, card, "Selesai")
    who.reply(card, "Sudah dikerjakan.")
    return card, await town.hears(by, "Sudah dikerjakan.")


async def test_a_chat_that_was_unlinked_hears_nothing_more_of_a_closed_case_and_the_desk_does(town: Town) -> None:
    dlh, desk = town.group("dlh"), town.group("meja")
    sri = town.citizen()
    card, told = await closed(town, dlh, town.staff(dlh), RUBBISH, by=sri)
    await town.idle()
    town.admin(dlh).say("/putus")
    await town.hears(dlh, "Dinas Lingkungan Hidup")
    await town.idle()
    heard, edits = list(dlh.answers), len(card.texts)
    sri.reply(told, "Belum pak, masih menumpuk")
    await town.hears(desk, "Tambahan dari pelapor", "Belum pak, masih menumpuk", code_in(card))
    await town.idle()
    assert dlh.answers == heard
    assert all("masih menumpuk" not in text for text in card.texts[edits:])


async def test_balas_with_a_code_as_a_reply_to_another_cases_card_goes_to_the_codes_citizen(town: Town) -> None:
    dpu = town.group("dputr")
    sri, tono = town.citizen(), town.citizen(6, "Tono")
    first = await town.report(dpu, ROAD, by=sri)
    second = await town.report(dpu, SECOND_ROAD, by=tono)
    town.staff(dpu).reply(first, f"/balas {code_in(second)} Kami ke sawah besok.")
    await town.hears(tono, "Kami ke sawah besok.", code_in(second))
    await town.idle()
    assert all("besok" not in message.text for message in sri.answers)


async def test_a_note_two_hours_after_a_forgotten_selesai_is_not_sent_to_the_citizen(town: Town) -> None:
    dpu = town.group("dputr")
    sri = town.citizen()
    budi = town.staff(dpu)
    card = await town.report(dpu, by=sri)
    question = await asked(town, dpu, budi, card, "Selesai")
    town.clock.skip(7200)
    budi.reply(card, "Besok dicek lagi sama mandor.")
    await town.shows(card, "sama mandor")
    await town.idle()
    assert town.case().open
    assert all("mandor" not in message.text for message in sri.answers)
    budi.reply(question, "Sudah ditambal.")
    await town.hears(sri, "Sudah ditambal.")
    assert town.case().status is Status.MENUNGGU_KONFIRMASI


async def test_an_informed_department_cannot_see_the_masked_data(tmp_path: Path) -> None:
    config = region_file(tmp_path, lambda text: text.replace("inform_secondary = false", "inform_secondary = true"))
    async with in_town(tmp_path, config=config) as here:
        dpu, dishub = here.group("dputr"), here.group("dishub")
        card = await here.report(dpu, "Jalan bolong dan lampu mati di pasar, hubungi 081234567890 ya pak.")
        copy = await here.card(dishub)
        data = card.button("Lihat data")["callback_data"]
        press = await here.press(here.staff(dishub, "Dewi", 9005), copy, data=data)
        assert press.toast == "Kartu ini hanya tembusan. Yang menangani: Dinas PU dan Penataan Ruang."
        assert all(row["what"] != "data_seen" for row in here.rows(audit))


async def test_to_a_stranger_an_oversight_case_is_as_if_it_were_not_there(town: Town) -> None:
    office = town.group("inspektorat")
    card = await town.report(office, "Ada pungli waktu mengurus surat di kantor kecamatan.")
    tono = town.citizen(6, "Tono")
    tono.say(f"/status {code_in(card)}")
    await town.hears(tono, "Kode itu tidak ketemu.")


async def test_staff_are_told_when_the_citizen_has_blocked_the_bot(town: Town) -> None:
    dlh = town.group("dlh")
    sri = town.citizen()
    budi = town.staff(dlh)
    card = await town.report(dlh, RUBBISH, by=sri)
    await town.idle()
    sri.block()
    await town.idle()
    await town.press(budi, card, "Selesai")
    budi.reply(card, "Sudah diangkut.")
    await town.hears(dlh, f"Dicatat di {code_in(card)}, tetapi pelapor memblokir bot")


# Which case words belong to


async def test_after_a_photo_that_staff_took_the_same_persons_next_complaint_is_a_case_of_its_own(town: Town) -> None:
    desk, dpu = town.group("meja"), town.group("dputr")
    sri = town.citizen()
    sri.photo()
    photo = await town.card(desk)
    await town.press(town.staff(desk), photo, "Terima")
    await town.shows(photo, "diterima Budi")
    card = await town.report(dpu, ROAD, by=sri)
    assert code_in(card) != code_in(photo)
    assert len(town.cases()) == 2


async def test_words_that_the_desk_types_for_a_voice_note_move_it_untaken_and_the_citizen_is_told(
    town: Town,
) -> None:
    desk, dpu = town.group("meja"), town.group("dputr")
    sri = town.citizen()
    budi = town.staff(desk)
    sri.voice()
    voice = await town.card(desk)
    await town.press(budi, voice, "Terima")
    await town.shows(voice, "diterima Budi")
    town.clock.skip(5)  # the citizen's chat has room again
    budi.reply(await asked(town, desk, budi, voice, "Tulis isi"), ROAD)
    card = await town.card(dpu)
    assert code_in(card) == code_in(voice)
    assert "Terima" in card.buttons
    await town.hears(sri, f"Laporan {code_in(card)} dipindahkan ke Dinas PU dan Penataan Ruang")
    case = town.case()
    assert (case.status, case.taken_by, case.unit) == (Status.DITERUSKAN, None, "dputr")


async def test_the_second_half_of_an_answer_joins_the_case(town: Town) -> None:
    dpu, desk = town.group("dputr"), town.group("meja")
    sri = town.citizen()
    budi = town.staff(dpu)
    card = await town.report(dpu, by=sri)
    budi.reply(await asked(town, dpu, budi, card, "Tanya pelapor"), "Sebelah mana?")
    await town.hears(sri, "Sebelah mana?")
    town.clock.skip(600)
    sri.say("Sebelah timur pasar pak")
    await town.hears(dpu, "Jawaban pelapor", "Sebelah timur")
    sri.say("pas di dekat toko emas merah itu")
    await town.hears(dpu, "Tambahan dari pelapor", "dekat toko emas")
    await town.idle()
    assert len(town.cases()) == 1
    assert desk.answers == []


async def test_editing_the_caption_of_an_albums_second_photo_opens_no_second_case(town: Town) -> None:
    dpu, dlh = town.group("dputr"), town.group("dlh")
    sri = town.citizen()
    _, second = sri.album(2, ROAD)
    await town.standin.settled()
    town.clock.skip(5)  # an album is waited for until it is whole
    card = await town.card(dpu)
    sri.edit(second, RUBBISH)
    await town.shows(card, ROAD, RUBBISH)
    await town.idle()
    assert len(town.cases()) == 1
    assert dlh.answers == []


async def test_status_and_batal_understand_a_code_with_a_space(town: Town) -> None:
    dpu = town.group("dputr")
    sri = town.citizen()
    code = code_in(await town.report(dpu, by=sri))
    typed = code.replace("-", " ").lower()
    sri.say(f"/status {typed}")
    await town.hears(sri, code, "Topik: Jalan")
    sri.say(f"/batal {typed}")
    await town.hears(sri, f"Laporan {code} sudah dibatalkan")


# Emergencies


class Alarmist(WordTagger):
    """Alone, every `tulung` looks like an emergency; read with what came before, nothing does."""

    def tag(self, text: str) -> Tags:
        words = text.casefold().split()
        alone = "tulung" in words and len(words) < 4
        tags = super().tag(text)
        return replace(tags, urgency="darurat" if alone else "sedang", alarming="kobongan" in words)


async def test_a_short_call_for_repair_after_a_complaint_is_no_emergency_and_one_for_a_fire_is(
    tmp_path: Path,
) -> None:
    async with in_town(tmp_path, tagger=Alarmist()) as here:
        dpu, fire = here.group("dputr"), here.group("bpbd")
        sri = here.citizen()
        card = await here.report(dpu, ROAD, by=sri)
        sri.say("tulung didandani")
        await here.shows(card, "tulung didandani")
        await here.hears(sri, "tak tambahake")
        assert not here.case().tags.emergency
        alarm = await here.report(fire, "tulung kobongan", by=sri)
        await here.hears(sri, "113", code_in(alarm))
        assert code_in(alarm) != code_in(card)
        assert [case.tags.emergency for case in here.cases()] == [False, True]


def test_an_emergency_without_a_topic_of_its_own_goes_to_the_likeliest_guesss_department() -> None:
    guesses = (("lainnya", 0.4), ("bencana", 0.3), ("sampah", 0.2))
    tags = Tags("pengaduan", "lainnya", "darurat", "id", unsure=True, guesses=guesses)
    assert route(load_region(REGION), tags).unit == "bpbd"
    assert route(load_region(REGION), replace(tags, urgency="tinggi")).unit == "meja"


# Small talk


class Polite(WordTagger):
    """Takes every short word for krama, as models do with greetings."""

    def tag(self, text: str) -> Tags:
        return replace(super().tag(text), language="jv_krama")


async def test_a_greeting_is_answered_in_its_own_register_and_one_without_in_indonesian(tmp_path: Path) -> None:
    answers = {
        "assalamualaikum": "Halo! Ada yang mau diadukan?",
        "P": "Halo! Ada yang mau diadukan?",
        "sugeng enjing": "Sugeng rawuh. Menapa wonten",
        "suwun": "Padha-padha.",
    }
    async with in_town(tmp_path, tagger=Polite()) as here:
        for id, (words, answer) in enumerate(answers.items(), start=10):
            warga = here.citizen(id)
            warga.say(words)
            await here.hears(warga, answer)
        assert here.cases() == []
