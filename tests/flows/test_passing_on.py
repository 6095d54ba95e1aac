"""Passing a case on: to a colleague with `Ambil alih`, to another department with the reason."""

from bot.store.tables import audit, bound, entry, prompt
from tests.flows.acting import asked, choose
from tests.flows.town import DOUBT, Town, code_in
from tests.standin.groups import Group
from tests.standin.messages import Message

WHY = "Kenapa dialihkan?"


async def why(town: Town, group: Group, *, times: int = 1) -> Message:
    """The question after a hand-over."""
    return await town.hears(group, WHY, "Boleh dilewati", times=times)


# Ambil alih -----------------------------------------------------------------------------------------------------


async def test_a_colleague_takes_a_case_over_and_the_citizen_hears_nothing(any_town: Town) -> None:
    dpu = any_town.group("dputr")
    sri, budi, tuti = any_town.citizen(), any_town.staff(dpu), any_town.staff(dpu, "Tuti", 9004)
    card = await any_town.taken(dpu, budi, by=sri)
    await any_town.hears(sri, "sudah diterima petugas")
    told = len(sri.answers)
    press = await any_town.press(tuti, card, "Ambil alih")
    await any_town.shows(card, "diterima Tuti")
    assert press.toast == f"{code_in(card)} Anda terima."
    assert "Budi" not in card.text
    assert card.rows == [["Alihkan", "Tanya pelapor"], ["Selesai", "Bukan wewenang"], ["Ambil alih", "Ubah"]]
    await any_town.idle()
    assert len(sri.answers) == told
    case = any_town.case()
    assert (case.status, case.taken_by, case.taken_by_id) == ("diproses", "Tuti", "telegram:9004")
    (row,) = [r for r in any_town.rows(audit) if r["what"] == "ambil"]
    assert (row["actor"], row["before"], row["after"]) == ("telegram:9004", "telegram:9002", "telegram:9004")


async def test_whoever_has_a_case_cannot_take_it_over(town: Town) -> None:
    dpu = town.group("dputr")
    budi = town.staff(dpu)
    card = await town.taken(dpu, budi)
    press = await town.press(budi, card, "Ambil alih")
    assert press.toast == f"{code_in(card)} memang sudah Anda pegang."
    assert press.alert


async def test_a_case_that_nobody_has_is_taken_and_not_taken_over(town: Town) -> None:
    dpu = town.group("dputr")
    card = await town.report(dpu)
    assert "Ambil alih" not in card.buttons
    press = await town.press(town.staff(dpu), card, data=f"ambil:{code_in(card)}")
    assert press.toast
    assert press.toast.startswith("Tidak bisa: status laporan")
    assert town.case().taken_by is None


async def test_a_case_that_waits_for_its_citizen_may_change_hands(town: Town) -> None:
    dpu = town.group("dputr")
    budi, tuti = town.staff(dpu), town.staff(dpu, "Tuti", 9004)
    card = await town.report(dpu)
    budi.reply(await asked(town, dpu, budi, card, "Tanya pelapor"), "Sebelah mana persisnya?")
    await town.shows(card, "Menunggu jawaban pelapor")
    await town.press(tuti, card, "Ambil alih")
    await town.shows(card, "Menunggu jawaban pelapor", "diterima Tuti")
    assert town.case().status == "menunggu_pelapor"


# Why it was handed over -----------------------------------------------------------------------------------------


async def test_the_reason_for_a_hand_over_stands_on_the_new_card(any_town: Town) -> None:
    dpu, dishub = any_town.group("dputr"), any_town.group("dishub")
    sri, budi = any_town.citizen(), any_town.staff(dpu)
    card = await any_town.report(dpu, by=sri)
    await choose(any_town, budi, card, "Alihkan", "Dinas Perhubungan", "topik tetap")
    moved = await any_town.card(dishub)
    question = await why(any_town, dpu)
    assert question.reply_to is card
    assert "Budi" in question.text
    assert code_in(question) == any_town.case().code
    budi.reply(question, "Ini lampu merah, bukan jalannya.")
    await any_town.shows(moved, "Alasan dialihkan (Budi): Ini lampu merah, bukan jalannya.")
    await any_town.hears(dpu, "Alasannya sudah ada di kartu", "Dinas Perhubungan")
    await any_town.idle()
    assert all("lampu merah" not in m.text for m in sri.answers)
    assert any_town.rows(prompt) == []


async def test_a_question_that_nobody_answers_disturbs_nothing(town: Town) -> None:
    dpu, dlh = town.group("dputr"), town.group("dlh")
    sri, budi, dewi = town.citizen(), town.staff(dpu), town.staff(dlh, "Dewi", 9005)
    card = await town.report(dpu, by=sri)
    await choose(town, budi, card, "Alihkan", "Dinas Lingkungan Hidup", "Sampah")
    moved = await town.card(dlh)
    question = await why(town, dpu)
    dewi.reply(await asked(town, dlh, dewi, moved, "Selesai"), "Sudah diangkut.")
    await town.hears(sri, "Sudah diangkut.")
    await town.idle()
    assert town.rows(prompt) == []
    budi.reply(question, "Karena ini sampah.")
    await town.idle()
    assert all(row["kind"] != "reason" for row in town.rows(entry))


async def test_a_colleagues_reply_to_the_question_is_no_reason(town: Town) -> None:
    dpu, dlh = town.group("dputr"), town.group("dlh")
    budi, tuti = town.staff(dpu), town.staff(dpu, "Tuti", 9004)
    card = await town.report(dpu)
    await choose(town, budi, card, "Alihkan", "Dinas Lingkungan Hidup", "Sampah")
    moved = await town.card(dlh)
    question = await why(town, dpu)
    tuti.reply(question, "Kata saya karena sampah.")
    tuti.reply(card, "Ini juga bukan alasan.")
    budi.reply(question, "Karena sampah.")
    await town.shows(moved, "Alasan dialihkan (Budi): Karena sampah.")
    assert "Kata saya" not in moved.text
    assert "juga bukan" not in moved.text


async def test_a_reply_to_the_old_card_is_the_reason_too_and_its_words_stay(town: Town) -> None:
    dpu, dlh = town.group("dputr"), town.group("dlh")
    budi = town.staff(dpu)
    card = await town.report(dpu)
    await choose(town, budi, card, "Alihkan", "Dinas Lingkungan Hidup", "Sampah")
    moved = await town.card(dlh)
    await why(town, dpu)
    await town.idle()
    budi.reply(card, "Karena sampah.")
    await town.shows(moved, "Alasan dialihkan (Budi): Karena sampah.")
    assert "Kartu ini tidak dipakai lagi" in card.text


async def test_a_reply_before_the_questions_id_is_recorded_is_the_reason_all_the_same(town: Town) -> None:
    dpu, dlh = town.group("dputr"), town.group("dlh")
    budi = town.staff(dpu)
    card = await town.report(dpu)
    await choose(town, budi, card, "Alihkan", "Dinas Lingkungan Hidup", "Sampah")
    moved = await town.card(dlh)
    question = await why(town, dpu)
    await town.idle()
    with town.app.store.engine.begin() as connection:
        connection.execute(bound.delete())
    budi.reply(question, "Karena sampah.")
    await town.shows(moved, "Alasan dialihkan (Budi): Karena sampah.")


async def test_where_one_chat_serves_all_a_reply_to_the_new_card_is_a_note(town: Town) -> None:
    village = town.group("dputr", "dlh")
    budi = town.staff(village)
    card = await town.report(village)
    await choose(town, budi, card, "Alihkan", "Dinas Lingkungan Hidup", "Sampah")
    question = await why(town, village)
    budi.reply(card, "Besok dicek dulu.")
    await town.shows(card, "Catatan Budi: Besok dicek dulu.")
    budi.reply(question, "Karena sampah.")
    await town.shows(card, "Alasan dialihkan (Budi): Karena sampah.")


async def test_nobody_is_asked_where_nothing_moved(town: Town) -> None:
    dpu = town.group("dputr")
    budi = town.staff(dpu)
    card = await town.report(dpu)
    await choose(town, budi, card, "Alihkan", "Dinas PU dan Penataan Ruang", "Saluran & sungai")
    await town.shows(card, "Topik: Saluran & sungai")
    await town.idle()
    assert len(dpu.answers) == 1
    assert town.rows(prompt) == []


async def test_the_desk_need_not_say_why_it_sends_a_case_where_it_belongs(town: Town) -> None:
    desk, dlh = town.group("meja"), town.group("dlh")
    card = await town.report(desk, DOUBT)
    await choose(town, town.staff(desk, "Wati", 9003), card, "Alihkan", "Dinas Lingkungan Hidup", "Sampah")
    await town.card(dlh)
    await town.idle()
    assert all(WHY not in m.text for m in desk.answers)


async def test_a_chat_that_is_no_longer_linked_gives_no_reason(town: Town) -> None:
    dpu, dlh = town.group("dputr"), town.group("dlh")
    budi = town.staff(dpu)
    card = await town.report(dpu)
    await choose(town, budi, card, "Alihkan", "Dinas Lingkungan Hidup", "Sampah")
    moved = await town.card(dlh)
    question = await why(town, dpu)
    town.app.store.write_now(lambda uow: uow.desks.unlink("dputr"))
    budi.reply(question, "Karena sampah.")
    await town.idle()
    assert "Karena sampah" not in moved.text
