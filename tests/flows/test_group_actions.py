"""Staff act on a card: Terima, Alihkan, Selesai, Bukan wewenang, Tanya pelapor, /balas, notes."""

from bot.store.tables import audit, bound, entry, lesson, prompt
from tests.flows.town import DOUBT, ROAD, RUBBISH, Town, code_in
from tests.standin.groups import Group
from tests.standin.messages import Message
from tests.standin.people import Member


async def _choose(town: Town, who: Member, card: Message, *words: str) -> None:
    """Press one button after the other, each as soon as the card offers it."""
    for each in words:
        await town.standin.wait_for(lambda each=each: any(b.endswith(each) for b in card.buttons), 5)
        await town.press(who, card, each)


async def _asked(town: Town, group: Group, who: Member, card: Message, button: str) -> Message:
    """Press a button that wants a sentence; the question that came."""
    known = {m.id for m in group.answers}
    await town.press(who, card, button)
    return await town.standin.wait_for(
        lambda: next((m for m in group.answers if m.id not in known and who.user.first_name in m.text), None), 5
    )


async def test_a_new_card_shows_all_five_buttons_at_once(town: Town) -> None:
    dpu = town.group("dputr")
    card = await town.report(dpu)
    assert card.rows == [["Terima", "Alihkan"], ["Tanya pelapor", "Selesai"], ["Bukan wewenang"]]


async def test_terima_puts_the_takers_first_name_on_the_card_and_tells_the_citizen(any_town: Town) -> None:
    dpu = any_town.group("dputr")
    sri = any_town.citizen()
    card = await any_town.report(dpu, by=sri)
    press = await any_town.press(any_town.staff(dpu, "Budi"), card, "Terima")
    await any_town.shows(card, "Sedang ditangani", "diterima Budi")
    assert press.toast == f"{code_in(card)} Anda terima."
    assert card.rows == [["Alihkan", "Tanya pelapor"], ["Selesai", "Bukan wewenang"]]
    await any_town.hears(sri, code_in(card), "sudah diterima petugas Dinas PU dan Penataan Ruang")


async def test_selesai_asks_in_the_group_and_the_pressers_reply_is_what_the_citizen_is_told(any_town: Town) -> None:
    dpu = any_town.group("dputr")
    sri = any_town.citizen()
    budi = any_town.staff(dpu)
    card = await any_town.report(dpu, by=sri)
    question = await _asked(any_town, dpu, budi, card, "Selesai")
    assert question.reply_to is card
    assert "Budi" in question.text
    budi.reply(question, "Sudah ditambal kemarin sore.")
    told = await any_town.hears(sri, "Sudah ditambal kemarin sore.", code_in(card))
    assert "sudah selesai" in told.text
    await any_town.shows(card, "Selesai", "Hasil: Sudah ditambal kemarin sore.")
    assert not card.buttons
    case = any_town.case()
    assert (case.status, case.taken_by) == ("selesai", "Budi")
    await any_town.idle()
    assert any_town.rows(prompt) == []


async def test_the_sentence_may_be_a_reply_to_the_card_itself(town: Town) -> None:
    dpu = town.group("dputr")
    sri = town.citizen()
    budi = town.staff(dpu)
    card = await town.report(dpu, by=sri)
    await _asked(town, dpu, budi, card, "Selesai")
    budi.reply(card, "Sudah ditambal kemarin sore.")
    await town.hears(sri, "Sudah ditambal kemarin sore.")


async def test_anothers_reply_is_not_the_sentence(town: Town) -> None:
    dpu = town.group("dputr")
    sri = town.citizen()
    budi, tuti = town.staff(dpu), town.staff(dpu, "Tuti", 9004)
    card = await town.report(dpu, by=sri)
    question = await _asked(town, dpu, budi, card, "Selesai")
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
    question = await _asked(town, dpu, budi, card, "Selesai")
    budi.photo(reply_to=question)
    await town.hears(dpu, "Mohon dibalas dengan kata-kata")
    assert town.case().open


async def test_the_question_can_be_taken_back(town: Town) -> None:
    dpu = town.group("dputr")
    sri = town.citizen()
    budi = town.staff(dpu)
    card = await town.report(dpu, by=sri)
    question = await _asked(town, dpu, budi, card, "Selesai")
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
    question = await _asked(town, dpu, budi, card, "Selesai")
    assert (await town.press(tuti, question, "Urung")).toast == "Sudah tidak berlaku."
    budi.reply(question, "Sudah.")
    await town.shows(card, "Hasil: Sudah.")


async def test_a_newer_question_replaces_the_older_one(town: Town) -> None:
    dpu = town.group("dputr")
    sri = town.citizen()
    budi = town.staff(dpu)
    card = await town.report(dpu, by=sri)
    done = await _asked(town, dpu, budi, card, "Selesai")
    ask = await _asked(town, dpu, budi, card, "Tanya pelapor")
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
    question = await _asked(any_town, dpu, budi, card, "Bukan wewenang")
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


async def test_alihkan_to_a_department_with_several_topics_asks_for_the_topic(any_town: Town) -> None:
    dpu, dishub = any_town.group("dputr"), any_town.group("dishub")
    sri = any_town.citizen()
    budi = any_town.staff(dpu)
    card = await any_town.report(dpu, by=sri)
    await _choose(any_town, budi, card, "Alihkan", "Dinas Perhubungan")
    await any_town.standin.wait_for(lambda: "topik tetap" in card.buttons, 5)
    assert {"Lalu lintas & angkutan", "Penerangan jalan"} <= set(card.buttons)
    assert any_town.case().unit == "dputr"
    await _choose(any_town, budi, card, "Penerangan jalan")
    moved = await any_town.card(dishub)
    await any_town.shows(card, "Kartu ini tidak dipakai lagi", "Dinas Perhubungan")
    assert not card.buttons
    assert "topik ditetapkan petugas" in moved.text
    assert "Topik: Penerangan jalan" in moved.text
    await any_town.hears(sri, "dipindahkan ke Dinas Perhubungan")
    (row,) = any_town.rows(lesson)
    assert (row["field"], row["before"], row["after"], row["model"]) == ("topic", "jalan", "penerangan_jalan", "test")
    assert row["who"] == "telegram:9002"


async def test_topik_tetap_moves_the_card_and_is_no_lesson(town: Town) -> None:
    dpu, dishub = town.group("dputr"), town.group("dishub")
    budi = town.staff(dpu)
    card = await town.report(dpu)
    await _choose(town, budi, card, "Alihkan", "Dinas Perhubungan", "topik tetap")
    moved = await town.card(dishub)
    assert "Topik: Jalan" in moved.text
    assert "90 % (mesin)" in moved.text
    assert town.rows(lesson) == []
    assert town.case().tags.topic == "jalan"


async def test_the_best_guess_stands_first_among_the_topics(town: Town) -> None:
    desk = town.group("meja")
    town.group("dlh")
    wati = town.staff(desk, "Wati", 9003)
    card = await town.report(desk, DOUBT)
    await _choose(town, wati, card, "Alihkan", "Dinas Lingkungan Hidup")
    await town.standin.wait_for(lambda: "topik tetap" in card.buttons, 5)
    assert card.rows[0] == ["Sampah", "Lingkungan"]


async def test_a_department_with_one_topic_gets_the_case_at_once_with_a_lesson(town: Town) -> None:
    dpu, bpbd = town.group("dputr"), town.group("bpbd")
    budi = town.staff(dpu)
    card = await town.report(dpu)
    await _choose(town, budi, card, "Alihkan", "BPBD dan Damkar")
    await town.card(bpbd)
    (row,) = town.rows(lesson)
    assert row["after"] == "bencana"


async def test_a_topic_within_ones_own_department_is_a_lesson_and_moves_nothing(town: Town) -> None:
    dpu = town.group("dputr")
    sri = town.citizen()
    budi = town.staff(dpu)
    card = await town.report(dpu, by=sri)
    await _choose(town, budi, card, "Alihkan", "Dinas PU dan Penataan Ruang", "Saluran & sungai")
    await town.shows(card, "Topik: Saluran & sungai")
    await town.idle()
    assert len(dpu.answers) == 1
    assert town.rows(lesson)[0]["after"] == "pengairan"
    assert all("dipindahkan" not in m.text for m in sri.answers)


async def test_kembali_brings_the_usual_buttons_back(town: Town) -> None:
    dpu = town.group("dputr")
    budi = town.staff(dpu)
    card = await town.report(dpu)
    await _choose(town, budi, card, "Alihkan", "Kembali")
    await town.standin.wait_for(lambda: "Terima" in card.buttons, 5)
    assert town.case().unit == "dputr"


async def test_a_moved_case_is_new_again_and_its_new_department_may_act(town: Town) -> None:
    dpu, dlh = town.group("dputr"), town.group("dlh")
    budi, dewi = town.staff(dpu), town.staff(dlh, "Dewi", 9005)
    card = await town.taken(dpu, budi)
    await _choose(town, budi, card, "Alihkan", "Dinas Lingkungan Hidup", "Lingkungan")
    moved = await town.card(dlh)
    assert "Terima" in moved.buttons
    assert "diterima" not in moved.text
    await town.press(dewi, moved, "Terima")
    await town.shows(moved, "diterima Dewi")


async def test_a_case_can_be_sent_back_to_the_desk(town: Town) -> None:
    dpu, desk = town.group("dputr"), town.group("meja")
    budi = town.staff(dpu)
    card = await town.report(dpu)
    await _choose(town, budi, card, "Alihkan", "Meja aduan")
    await town.card(desk)
    assert town.case().unit == "meja"
    assert town.rows(lesson) == []


async def test_a_question_still_open_ends_when_the_case_moves(town: Town) -> None:
    dpu, dlh = town.group("dputr"), town.group("dlh")
    sri = town.citizen()
    budi = town.staff(dpu)
    card = await town.report(dpu, by=sri)
    question = await _asked(town, dpu, budi, card, "Selesai")
    await _choose(town, budi, card, "Alihkan", "Dinas Lingkungan Hidup", "Sampah")
    await town.card(dlh)
    await town.idle()
    budi.reply(question, "Sudah ditambal.")
    await town.idle()
    assert town.case().open
    assert all("ditambal." not in m.text for m in sri.answers)


async def test_everything_done_to_a_case_stands_in_the_audit(town: Town) -> None:
    dpu = town.group("dputr")
    budi = town.staff(dpu)
    card = await town.taken(dpu, budi)
    question = await _asked(town, dpu, budi, card, "Selesai")
    budi.reply(question, "Sudah.")
    await town.shows(card, "Hasil")
    lines = [(row["actor"].split(":")[0], row["what"], row["after"]) for row in town.rows(audit)]
    assert lines == [
        ("citizen", "opened", "dputr"),
        ("telegram", "terima", "diproses"),
        ("telegram", "selesai", "selesai"),
    ]


async def test_a_reply_before_the_questions_id_is_recorded_still_counts(town: Town) -> None:
    dpu = town.group("dputr")
    sri = town.citizen()
    budi = town.staff(dpu)
    card = await town.report(dpu, by=sri)
    question = await _asked(town, dpu, budi, card, "Selesai")
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
