"""Alihkan: the department, then the topic; a chosen topic is a lesson, `topik tetap` is none."""

from bot.store.tables import lesson
from tests.flows.acting import asked, choose
from tests.flows.town import DOUBT, Town


async def test_alihkan_to_a_department_with_several_topics_asks_for_the_topic(any_town: Town) -> None:
    dpu, dishub = any_town.group("dputr"), any_town.group("dishub")
    sri = any_town.citizen()
    budi = any_town.staff(dpu)
    card = await any_town.report(dpu, by=sri)
    await choose(any_town, budi, card, "Alihkan", "Dinas Perhubungan")
    await any_town.standin.wait_for(lambda: "topik tetap" in card.buttons, 5)
    assert {"Lalu lintas & angkutan", "Penerangan jalan"} <= set(card.buttons)
    assert any_town.case().unit == "dputr"
    await choose(any_town, budi, card, "Penerangan jalan")
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
    await choose(town, budi, card, "Alihkan", "Dinas Perhubungan", "topik tetap")
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
    await choose(town, wati, card, "Alihkan", "Dinas Lingkungan Hidup")
    await town.standin.wait_for(lambda: "topik tetap" in card.buttons, 5)
    assert card.rows[0] == ["Sampah", "Lingkungan"]


async def test_a_department_with_one_topic_gets_the_case_at_once_with_a_lesson(town: Town) -> None:
    dpu, bpbd = town.group("dputr"), town.group("bpbd")
    budi = town.staff(dpu)
    card = await town.report(dpu)
    await choose(town, budi, card, "Alihkan", "BPBD dan Damkar")
    await town.card(bpbd)
    (row,) = town.rows(lesson)
    assert row["after"] == "bencana"


async def test_a_topic_within_ones_own_department_is_a_lesson_and_moves_nothing(town: Town) -> None:
    dpu = town.group("dputr")
    sri = town.citizen()
    budi = town.staff(dpu)
    card = await town.report(dpu, by=sri)
    await choose(town, budi, card, "Alihkan", "Dinas PU dan Penataan Ruang", "Saluran & sungai")
    await town.shows(card, "Topik: Saluran & sungai")
    await town.idle()
    assert len(dpu.answers) == 1
    assert town.rows(lesson)[0]["after"] == "pengairan"
    assert all("dipindahkan" not in m.text for m in sri.answers)


async def test_kembali_brings_the_usual_buttons_back(town: Town) -> None:
    dpu = town.group("dputr")
    budi = town.staff(dpu)
    card = await town.report(dpu)
    await choose(town, budi, card, "Alihkan", "Kembali")
    await town.standin.wait_for(lambda: "Terima" in card.buttons, 5)
    assert town.case().unit == "dputr"


async def test_a_moved_case_is_new_again_and_its_new_department_may_act(town: Town) -> None:
    dpu, dlh = town.group("dputr"), town.group("dlh")
    budi, dewi = town.staff(dpu), town.staff(dlh, "Dewi", 9005)
    card = await town.taken(dpu, budi)
    await choose(town, budi, card, "Alihkan", "Dinas Lingkungan Hidup", "Lingkungan")
    moved = await town.card(dlh)
    assert "Terima" in moved.buttons
    assert "diterima" not in moved.text
    await town.press(dewi, moved, "Terima")
    await town.shows(moved, "diterima Dewi")


async def test_a_case_can_be_sent_back_to_the_desk(town: Town) -> None:
    dpu, desk = town.group("dputr"), town.group("meja")
    budi = town.staff(dpu)
    card = await town.report(dpu)
    await choose(town, budi, card, "Alihkan", "Meja aduan")
    await town.card(desk)
    assert town.case().unit == "meja"
    assert town.rows(lesson) == []


async def test_a_question_still_open_ends_when_the_case_moves(town: Town) -> None:
    dpu, dlh = town.group("dputr"), town.group("dlh")
    sri = town.citizen()
    budi = town.staff(dpu)
    card = await town.report(dpu, by=sri)
    question = await asked(town, dpu, budi, card, "Selesai")
    await choose(town, budi, card, "Alihkan", "Dinas Lingkungan Hidup", "Sampah")
    await town.card(dlh)
    await town.idle()
    budi.reply(question, "Sudah ditambal.")
    await town.idle()
    assert town.case().open
    assert all("ditambal." not in m.text for m in sri.answers)
