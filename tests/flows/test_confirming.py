"""The citizen is asked whether it is put right: confirms, reopens, rates."""

from bot.store.tables import audit
from bot.store.tables import case as case_table
from tests.flows.acting import asked
from tests.flows.town import ROAD, Town, code_in
from tests.standin.groups import Group
from tests.standin.messages import Message
from tests.standin.people import Citizen

KRAMA = "Nuwun sewu, margi ngajeng peken sampun kathah ingkang bolong, mboten dipundandosi."


async def done(town: Town, dpu: Group, sri: Citizen, text: str = ROAD, words: str = "Selesai") -> Message:
    """A report that the department calls done; the question that reached the citizen."""
    budi = town.staff(dpu)
    card = await town.report(dpu, text, by=sri)
    budi.reply(await asked(town, dpu, budi, card, words), "Sudah ditambal kemarin sore.")
    return await town.hears(sri, "Sudah ditambal kemarin sore.", code_in(card))


async def test_sudah_beres_ends_the_case_and_asks_for_a_rating(any_town: Town) -> None:
    dpu, sri = any_town.group("dputr"), any_town.citizen()
    question = await done(any_town, dpu, sri)
    assert question.rows == [["Sudah beres", "Belum"]]
    card = await any_town.card(dpu)
    await any_town.shows(card, "menunggu konfirmasi pelapor")
    assert any_town.case().status == "menunggu_konfirmasi"
    await any_town.press(sri, question, "Sudah beres")
    await any_town.hears(sri, "Terima kasih sudah memastikan", code_in(card))
    await any_town.idle()
    assert any_town.case().status == "selesai"
    assert not question.buttons
    assert "Sudah ditambal kemarin sore." in question.text
    rating = await any_town.hears(sri, "Boleh dinilai")
    await any_town.press(sri, rating, "4 ⭐")
    await any_town.shows(rating, "⭐⭐⭐⭐")
    await any_town.shows(card, "Penilaian pelapor: ⭐⭐⭐⭐")
    assert any_town.case().rating == 4


async def test_belum_reopens_at_once_asks_what_is_missing_and_the_card_says_so(any_town: Town) -> None:
    dpu, sri = any_town.group("dputr"), any_town.citizen()
    question = await done(any_town, dpu, sri)
    card = await any_town.card(dpu)
    await any_town.press(sri, question, "Belum")
    await any_town.hears(sri, "dibuka kembali", "Apa yang masih kurang?")
    await any_town.shows(card, "Dibuka kembali", "Hasil sebelumnya: Sudah ditambal kemarin sore.")
    await any_town.hears(dpu, "belum beres", code_in(card))
    assert card.rows[0] == ["Terima", "Alihkan"]
    assert any_town.case().status == "dibuka_kembali"
    sri.say("Yang ditambal cuma separo, sisi utara masih dalam.")
    await any_town.shows(card, "sisi utara masih dalam")
    await any_town.idle()
    assert len(any_town.cases()) == 1
    assert any_town.case().awaiting is None
    await any_town.press(any_town.staff(dpu, "Tuti", 9004), card, "Terima")
    await any_town.shows(card, "diterima Tuti")


async def test_a_press_counts_once(town: Town) -> None:
    dpu, sri = town.group("dputr"), town.citizen()
    question = await done(town, dpu, sri)
    first = sri.press(question, "Sudah beres")
    again = sri.press(question, "Sudah beres")
    await town.standin.wait_for(lambda: first.answered and again.answered, 5)
    assert again.toast == "Sudah tidak berlaku."
    assert town.case().status == "selesai"


async def test_only_the_reporter_confirms(town: Town) -> None:
    dpu, sri = town.group("dputr"), town.citizen()
    question = await done(town, dpu, sri)
    other = town.citizen(6, "Joko")
    press = await town.press(other, question, "Sudah beres")
    assert press.toast == "Sudah tidak berlaku."
    assert town.case().status == "menunggu_konfirmasi"


async def test_a_bare_yes_in_words_confirms_and_a_not_yet_reopens_with_its_words(town: Town) -> None:
    dpu, sri, joko = town.group("dputr"), town.citizen(), town.citizen(6, "Joko")
    await done(town, dpu, sri)
    sri.say("sudah pak, terima kasih")
    await town.hears(sri, "Terima kasih sudah memastikan")
    question = await done(town, dpu, joko, "Jalan gang Melati Comal ambrol sebelah kiri.")
    joko.reply(question, "Belum pak, masih berlubang di dekat sekolah")
    await town.hears(joko, "dibuka kembali", "pesan Anda sudah saya sampaikan")
    card = await town.card(dpu)
    await town.shows(card, "Dibuka kembali", "dekat sekolah")
    assert [c.status for c in town.cases()] == ["selesai", "dibuka_kembali"]


async def test_other_words_leave_the_question_open_and_reach_the_department(town: Town) -> None:
    dpu, sri = town.group("dputr"), town.citizen()
    question = await done(town, dpu, sri)
    sri.reply(question, "Yang mana to pak yang ditambal?")
    again = await town.hears(sri, "Supaya jelas", "memang sudah beres?")
    assert again.rows == [["Sudah beres", "Belum"]]
    await town.shows(await town.card(dpu), "Yang mana to pak")
    assert town.case().status == "menunggu_konfirmasi"


async def test_belum_after_the_case_was_closed_opens_it_again(town: Town) -> None:
    dpu, sri = town.group("dputr"), town.citizen()
    question = await done(town, dpu, sri)
    await town.press(sri, question, "Sudah beres")
    await town.hears(sri, "Terima kasih sudah memastikan")
    sri.reply(question, "belum, tadi malam hujan bolong lagi semua")
    await town.hears(sri, "dibuka kembali")
    assert town.case().status == "dibuka_kembali"


async def test_at_most_one_survey_a_week(town: Town) -> None:
    dpu, sri = town.group("dputr"), town.citizen()
    for text in (ROAD, "Jalan gang Melati Comal ambrol sebelah kiri."):
        question = await done(town, dpu, sri, text)
        await town.press(sri, question, "Sudah beres")
        town.clock.skip(200)
    await town.hears(sri, "Terima kasih sudah memastikan", times=2)
    await town.idle()
    assert sum("Boleh dinilai" in m.text for m in sri.answers) == 1
    town.clock.skip(8 * 86400)
    question = await done(town, dpu, sri, "Jalan pasar Randudongkal penuh lubang.")
    await town.press(sri, question, "Sudah beres")
    await town.hears(sri, "Boleh dinilai", times=2)


async def test_a_javanese_reporter_is_asked_in_krama(town: Town) -> None:
    dpu, sri = town.group("dputr"), town.citizen()
    question = await done(town, dpu, sri, KRAMA)
    assert question.rows == [["Sampun beres", "Dereng"]]
    await town.press(sri, question, "Dereng")
    await town.hears(sri, "Nyuwun pangapunten")


async def test_every_move_is_an_event_with_who_when_from_and_to(town: Town) -> None:
    dpu, sri = town.group("dputr"), town.citizen()
    question = await done(town, dpu, sri)
    await town.press(sri, question, "Belum")
    await town.hears(sri, "dibuka kembali")
    await town.idle()
    person = town.rows(case_table)[0]["person_id"]
    moves = [(r["actor"], r["what"], r["before"], r["after"]) for r in town.rows(audit) if r["before"]]
    assert moves == [
        ("wadul", "verifikasi", "diterima", "diverifikasi"),
        ("wadul", "teruskan", "diverifikasi", "diteruskan"),
        ("telegram:9002", "selesai", "diteruskan", "menunggu_konfirmasi"),
        (f"citizen:{person}", "belum", "menunggu_konfirmasi", "dibuka_kembali"),
    ]
