"""The office closes a case with a reason and opens one again; `Bukan wewenang` names who is responsible."""

import pytest

from bot.store.tables import audit
from tests.flows.acting import asked
from tests.flows.merging import merged
from tests.flows.town import Town, code_in

REASON = "Lokasinya tidak ditemukan, sudah dua kali kami datangi."


async def test_tutup_with_a_reason_closes_the_case_and_tells_the_citizen_why(any_town: Town) -> None:
    dpu, sri = any_town.group("dputr"), any_town.citizen()
    card = await any_town.report(dpu, by=sri)
    any_town.staff(dpu).reply(card, f"/tutup {REASON}")
    told = await any_town.hears(sri, "Mohon maaf", code_in(card), REASON)
    await any_town.shows(card, "Status: Ditutup", f"Alasan: {REASON}")
    await any_town.hears(dpu, f"{code_in(card)} ditutup")
    assert not card.buttons
    assert any_town.case().status == "ditutup"
    row = next(row for row in any_town.rows(audit) if row["what"] == "tutup")
    assert (row["actor"], row["before"], row["after"]) == ("telegram:9002", "diteruskan", "ditutup")
    sri.reply(told, "Di sebelah toko besi pak")
    await any_town.hears(sri, "tetap saya teruskan ke petugasnya")
    await any_town.shows(card, "Di sebelah toko besi pak")


async def test_tutup_by_code_works_wherever_the_case_is_the_chats_own(town: Town) -> None:
    desk, dpu, sri = town.group("meja"), town.group("dputr"), town.citizen()
    card = await town.report(dpu, by=sri)
    town.staff(desk, "Dewi", 9005).say(f"/tutup {code_in(card).lower()}\n{REASON}")
    await town.hears(sri, REASON)
    await town.hears(dpu, f"Dewi menutup {code_in(card)}: {REASON}")
    assert town.case().status == "ditutup"


async def test_tutup_without_a_reason_asks_for_one_and_the_reply_is_it(any_town: Town) -> None:
    dpu, sri = any_town.group("dputr"), any_town.citizen()
    budi = any_town.staff(dpu)
    card = await any_town.report(dpu, by=sri)
    budi.reply(card, "/tutup")
    question = await any_town.hears(dpu, "Budi, kenapa", code_in(card))
    assert question.rows == [["Urung"]]
    assert any_town.case().open
    budi.reply(question, "-")
    await any_town.hears(dpu, "Pelapor perlu tahu kenapa", code_in(card))
    assert any_town.case().open
    budi.reply(question, REASON)
    await any_town.hears(sri, REASON)
    await any_town.idle()
    assert not question.buttons
    assert any_town.case().status == "ditutup"


async def test_a_reason_may_be_taken_back(town: Town) -> None:
    dpu = town.group("dputr")
    budi = town.staff(dpu)
    card = await town.report(dpu)
    budi.reply(card, "/tutup spam")
    question = await town.hears(dpu, "Budi, kenapa")
    assert (await town.press(budi, question, "Urung")).toast == "Tidak jadi."
    budi.reply(question, REASON)
    await town.hears(dpu, "Sudah tidak berlaku.")
    assert town.case().open


async def test_only_who_holds_a_case_the_desk_and_the_head_close_it(town: Town) -> None:
    dpu, dlh, head = town.group("dputr"), town.group("dlh"), town.group("kepala")
    card = await town.report(dpu)
    rini, pak = town.staff(dlh, "Rini", 9006), town.staff(head, "Pak Bupati", 9007)
    rini.say(f"/tutup {code_in(card)} {REASON}")
    await town.hears(dlh, "Balas kartu laporannya dengan /tutup")
    pak.say(f"/tutup {code_in(card)} {REASON}")
    await town.hears(head, "Balas kartu laporannya dengan /tutup")
    town.admin(head).say("/peran kepala telegram:9007")
    await town.hears(head, "sekarang kepala")
    pak.say(f"/tutup {code_in(card)}")
    await town.hears(head, "Pelapor perlu tahu kenapa")
    pak.say(f"/tutup {code_in(card)} {REASON}")
    await town.hears(head, f"{code_in(card)} ditutup")
    await town.hears(dpu, "Pak Bupati menutup")


async def test_the_duty_chat_takes_an_emergency_but_does_not_close_it(town: Town) -> None:
    duty = town.group("siaga")
    town.group("bpbd")
    card = await town.report(duty, "Kebakaran di rumah belakang pasar Comal, apinya besar!")
    town.staff(duty).reply(card, f"/tutup {REASON}")
    await town.hears(duty, "hanya dapat ditutup oleh yang menangani")
    assert town.case().open


async def test_what_has_ended_is_not_closed_again(town: Town) -> None:
    dpu = town.group("dputr")
    budi = town.staff(dpu)
    card = await town.report(dpu)
    for _ in range(2):
        budi.reply(card, f"/tutup {REASON}")
    await town.hears(dpu, f"Tidak bisa: status laporan {code_in(card)} “Ditutup”.")


async def test_a_merged_case_is_closed_with_its_root_and_everybody_is_told(any_town: Town) -> None:
    dpu = any_town.group("dputr")
    budi = any_town.staff(dpu)
    root, card, sri, joko = await merged(any_town, dpu)
    budi.reply(card, f"/tutup {REASON}")
    await any_town.hears(dpu, f"{code_in(card)} sudah digabung dengan {code_in(root)}")
    budi.reply(root, f"/tutup {REASON}")
    await any_town.hears(sri, REASON, code_in(root))
    await any_town.hears(joko, REASON, code_in(card))
    joko.say(f"/status {code_in(card)}")
    await any_town.hears(joko, "Status: Ditutup", f"Keterangan: {REASON}")


async def test_the_desk_opens_again_what_was_closed_and_the_department_notices(any_town: Town) -> None:
    desk, dpu, sri = any_town.group("meja"), any_town.group("dputr"), any_town.citizen()
    budi, dewi = any_town.staff(dpu), any_town.staff(desk, "Dewi", 9005)
    card = await any_town.taken(dpu, budi, by=sri)
    budi.reply(card, f"/tutup {REASON}")
    await any_town.shows(card, "Status: Ditutup")
    budi.reply(card, "/buka")
    await any_town.hears(dpu, "Hanya meja aduan atau kepala")
    dewi.say(f"/buka {code_in(card)}")
    await any_town.hears(sri, "dibuka kembali", code_in(card))
    await any_town.hears(dpu, f"Dewi membuka kembali {code_in(card)}")
    await any_town.shows(card, "Dibuka kembali", "Hasil sebelumnya")
    assert card.rows[0] == ["Terima", "Alihkan"]
    case = any_town.case()
    assert (case.status, case.taken_by) == ("dibuka_kembali", None)


async def test_what_is_open_or_withdrawn_is_not_opened(town: Town) -> None:
    desk, sri = town.group("meja"), town.citizen()
    dewi = town.staff(desk, "Dewi", 9005)
    card = await town.report(desk, "Saya ragu ini harus dilaporkan ke siapa, tolong dibantu.", by=sri)
    dewi.reply(card, "/buka")
    await town.hears(desk, "Tidak bisa", "Diterima")
    sri.say(f"/batal {code_in(card)}")
    await town.shows(card, "Dibatalkan pelapor")
    dewi.reply(card, "/buka")
    await town.hears(desk, "Tidak bisa", "Dibatalkan pelapor")
    dewi.say("/buka")
    await town.hears(desk, "atau tulis /buka KODE")


@pytest.mark.parametrize("words", ["-", "bukan kami", "Tidak tahu"])
async def test_bukan_wewenang_without_a_name_is_asked_again_kindly(town: Town, words: str) -> None:
    dpu, sri = town.group("dputr"), town.citizen()
    budi = town.staff(dpu)
    card = await town.report(dpu, by=sri)
    question = await asked(town, dpu, budi, card, "Bukan wewenang")
    budi.reply(question, words)
    again = await town.hears(dpu, "perlu tahu harus ke siapa", "misalnya", code_in(card))
    assert town.case().status == "diteruskan"
    budi.reply(again, "Bukan kami, tapi PLN")
    await town.hears(sri, "bukan wewenang", "Bukan kami, tapi PLN")
    assert town.case().status == "bukan_wewenang"


async def test_chat_words_in_a_group_that_is_linked_to_nothing_do_nothing(town: Town) -> None:
    group = town.group("dputr", linked=False)
    for words in ("/tutup", "/buka", "/gabung", "/pisah"):
        town.staff(group).say(words)
    await town.hears(group, "Grup ini tidak sedang terhubung.", times=4)


async def test_a_groups_chat_word_in_a_private_chat_is_no_report(town: Town) -> None:
    sri = town.citizen()
    sri.say(f"/tutup PML-00000 {REASON}")
    await town.hears(sri, "Cara melapor")
    assert town.cases() == []
