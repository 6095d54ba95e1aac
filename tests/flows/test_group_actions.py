"""Staff act on a card: Terima, Selesai, Bukan wewenang, /balas, notes."""

from bot.store.tables import audit, bound, entry, prompt
from tests.flows.acting import asked
from tests.flows.town import ROAD, RUBBISH, Town, code_in


async def test_a_new_card_shows_all_its_buttons_at_once(town: Town) -> None:
    dpu = town.group("dputr")
    card = await town.report(dpu)
    assert card.rows == [["Terima", "Alihkan"], ["Tanya pelapor", "Selesai"], ["Bukan wewenang", "Ubah"]]


async def test_terima_puts_the_takers_first_name_on_the_card_and_tells_the_citizen(any_town: Town) -> None:
    dpu = any_town.group("dputr")
    sri = any_town.citizen()
    card = await any_town.report(dpu, by=sri)
    press = await any_town.press(any_town.staff(dpu, "Budi"), card, "Terima")
    await any_town.shows(card, "Sedang ditangani", "diterima Budi")
    assert press.toast == f"{code_in(card)} Anda terima."
    assert card.rows == [["Alihkan", "Tanya pelapor"], ["Selesai", "Bukan wewenang"], ["Ambil alih", "Ubah"]]
    await any_town.hears(sri, code_in(card), "sudah diterima petugas Dinas PU dan Penataan Ruang")


async def test_selesai_asks_in_the_group_and_the_pressers_reply_is_what_the_citizen_is_told(any_town: Town) -> None:
    dpu = any_town.group("dputr")
    sri = any_town.citizen()
    budi = any_town.staff(dpu)
    card = await any_town.report(dpu, by=sri)
    question = await asked(any_town, dpu, budi, card, "Selesai")
    assert question.reply_to is card
    assert "Budi" in question.text
    budi.reply(question, "Sudah ditambal kemarin sore.")
    told = await any_town.hears(sri, "Sudah ditambal kemarin sore.", code_in(card))
    assert "sudah selesai" in told.text
    await any_town.shows(card, "Selesai", "Hasil: Sudah ditambal kemarin sore.")
    assert not card.buttons
    case = any_town.case()
    assert (case.status, case.taken_by) == ("menunggu_konfirmasi", "Budi")
    await any_town.idle()
    assert any_town.rows(prompt) == []


async def test_the_sentence_may_be_a_reply_to_the_card_itself(town: Town) -> None:
    dpu = town.group("dputr")
    sri = town.citizen()
    budi = town.staff(dpu)
    card = await town.report(dpu, by=sri)
    await asked(town, dpu, budi, card, "Selesai")
    budi.reply(card, "Sudah ditambal kemarin sore.")
    await town.hears(sri, "Sudah ditambal kemarin sore.")


async def test_anothers_reply_is_not_the_sentence(town: Town) -> None:
    dpu = town.group("dputr")
    sri = town.citizen()
    budi, tuti = town.staff(dpu), town.staff(dpu, "Tuti", 9004)
    card = await town.report(dpu, by=sri)
    question = await asked(town, dpu, budi, card, "Selesai")
    tuti.reply(question, "Kata saya sudah.")
    await town.hears(dpu, "ditunggu dari petugas yang menekan tombol")
    tuti.reply(card, "Ini catatan saya.")
    await town.shows(card, "Catatan Tuti: Ini catatan saya.")
    await town.idle()
    assert town.case().open
    assert all("Kata saya" not in m.text and "catatan saya" not in m.text for m in sri.answers)
    budi.reply(question, "Sudah ditambal.")
    await town.hears(sri, "Sudah ditambal.")


async def test_a_reply_without_words_is_no_sentence(town: Town) -> None:
    dpu = town.group("dputr")
    budi = town.staff(dpu)
    card = await town.report(dpu)
    question = await asked(town, dpu, budi, card, "Selesai")
    budi.photo(reply_to=question)
    await town.hears(dpu, "Mohon dibalas dengan kata-kata")
    assert town.case().open


async def test_the_question_can_be_taken_back(town: Town) -> None:
    dpu = town.group("dputr")
    sri = town.citizen()
    budi = town.staff(dpu)
    card = await town.report(dpu, by=sri)
    question = await asked(town, dpu, budi, card, "Selesai")
    press = await town.press(budi, question, "Urung")
    assert press.toast == "Tidak jadi."
    budi.reply(card, "Besok dicek ke lokasi.")
    await town.shows(card, "Catatan Budi: Besok dicek ke lokasi.")
    assert town.case().open
    again = await town.press(budi, question, "Urung")
    assert again.toast == "Sudah tidak berlaku."


async def test_somebody_else_cannot_take_the_question_back(town: Town) -> None:
    dpu = town.group("dputr")
    budi, tuti = town.staff(dpu), town.staff(dpu, "Tuti", 9004)
    card = await town.report(dpu)
    question = await asked(town, dpu, budi, card, "Selesai")
    assert (await town.press(tuti, question, "Urung")).toast == "Sudah tidak berlaku."
    budi.reply(question, "Sudah.")
    await town.shows(card, "Hasil: Sudah.")


async def test_a_newer_question_replaces_the_older_one(town: Town) -> None:
    dpu = town.group("dputr")
    sri = town.citizen()
    budi = town.staff(dpu)
    card = await town.report(dpu, by=sri)
    done = await asked(town, dpu, budi, card, "Selesai")
    ask = await asked(town, dpu, budi, card, "Tanya pelapor")
    await town.idle()
    budi.reply(done, "Sudah ditambal.")
    await town.hears(dpu, "Sudah tidak berlaku")
    budi.reply(ask, "Sebelah mana?")
    await town.hears(sri, "Sebelah mana?")
    assert all("Sudah ditambal" not in m.text for m in sri.answers)


async def test_bukan_wewenang_must_name_who_is_and_tells_the_citizen(any_town: Town) -> None:
    dpu = any_town.group("dputr")
    sri = any_town.citizen()
    budi = any_town.staff(dpu)
    card = await any_town.report(dpu, by=sri)
    question = await asked(any_town, dpu, budi, card, "Bukan wewenang")
    assert "siapa yang berwenang" in question.text
    assert any_town.case().status == "diteruskan"
    budi.reply(question, "Balai Besar Jalan Nasional Jawa Tengah")
    await any_town.hears(sri, "bukan wewenang Dinas PU", "Balai Besar Jalan Nasional Jawa Tengah")
    await any_town.shows(card, "Yang berwenang: Balai Besar Jalan Nasional Jawa Tengah")
    assert any_town.case().status == "bukan_wewenang"


async def test_balas_as_a_reply_to_the_card_goes_to_the_citizen(town: Town) -> None:
    dpu = town.group("dputr")
    sri = town.citizen()
    budi = town.staff(dpu)
    card = await town.report(dpu, by=sri)
    budi.reply(card, "/balas Tim kami ke lokasi besok pagi.")
    await town.hears(sri, "Pesan dari Dinas PU", code_in(card), "Tim kami ke lokasi besok pagi.")
    await town.hears(dpu, "Pesan untuk pelapor", "dikirim")
    await town.shows(card, "Dikirim Budi: Tim kami ke lokasi besok pagi.")


async def test_balas_with_a_code_goes_to_the_citizen_without_a_reply(town: Town) -> None:
    dpu = town.group("dputr")
    sri = town.citizen()
    card = await town.report(dpu, by=sri)
    town.staff(dpu).say(f"/balas {code_in(card).lower()} Tim kami\nke lokasi.")
    await town.hears(sri, "Tim kami\nke lokasi.")


async def test_balas_says_what_it_needs(town: Town) -> None:
    dpu, dlh = town.group("dputr"), town.group("dlh")
    budi, dewi = town.staff(dpu), town.staff(dlh, "Dewi", 9005)
    card = await town.report(dpu)
    budi.say("/balas")
    await town.hears(dpu, "Balas kartu laporannya")
    budi.reply(card, "/balas")
    await town.hears(dpu, "Tulis pesannya setelah /balas")
    dewi.say(f"/balas {code_in(card)} halo")
    await town.hears(dlh, "Balas kartu laporannya")
    await town.idle()
    assert all(row["kind"] != "reply" for row in town.rows(entry))


async def test_the_citizens_reply_to_a_message_of_staff_comes_under_the_card(town: Town) -> None:
    dpu = town.group("dputr")
    sri = town.citizen()
    budi = town.staff(dpu)
    card = await town.report(dpu, by=sri)
    await town.press(budi, card, "Terima")
    budi.reply(card, "/balas Kami ke sana besok.")
    told = await town.hears(sri, "Kami ke sana besok.")
    sri.reply(told, "Saya tunggu di depan toko")
    note = await town.hears(dpu, "Tambahan dari pelapor", "Saya tunggu di depan toko")
    assert note.reply_to is card


async def test_a_plain_reply_to_the_card_is_a_note_for_the_group_alone(town: Town) -> None:
    dpu = town.group("dputr")
    sri = town.citizen()
    card = await town.report(dpu, by=sri)
    town.staff(dpu).reply(card, "Alat berat baru ada hari Senin.")
    await town.shows(card, "Catatan Budi: Alat berat baru ada hari Senin.")
    await town.idle()
    assert len(sri.answers) == 1


async def test_everything_done_to_a_case_stands_in_the_audit(town: Town) -> None:
    dpu = town.group("dputr")
    budi = town.staff(dpu)
    card = await town.taken(dpu, budi)
    question = await asked(town, dpu, budi, card, "Selesai")
    budi.reply(question, "Sudah.")
    await town.shows(card, "Hasil")
    lines = [(row["actor"].split(":")[0], row["what"], row["after"]) for row in town.rows(audit)]
    assert lines == [
        ("citizen", "opened", "dputr"),
        ("wadul", "verifikasi", "diverifikasi"),
        ("wadul", "teruskan", "diteruskan"),
        ("wadul", "place_asked", ""),
        ("telegram", "terima", "diproses"),
        ("telegram", "selesai", "menunggu_konfirmasi"),
    ]


async def test_a_reply_before_the_questions_id_is_recorded_still_counts(town: Town) -> None:
    dpu = town.group("dputr")
    sri = town.citizen()
    budi = town.staff(dpu)
    card = await town.report(dpu, by=sri)
    question = await asked(town, dpu, budi, card, "Selesai")
    await town.idle()
    with town.app.store.engine.begin() as connection:
        connection.execute(bound.delete())
    budi.reply(question, "Sudah ditambal.")
    await town.hears(sri, "Sudah ditambal.")


async def test_a_second_department_chat_keeps_its_own_cases_apart(town: Town) -> None:
    dpu, dlh = town.group("dputr"), town.group("dlh")
    await town.report(dpu, ROAD)
    await town.report(dlh, RUBBISH, by=town.citizen(6, "Tono"))
    await town.idle()
    assert [len(dpu.answers), len(dlh.answers)] == [1, 1]
