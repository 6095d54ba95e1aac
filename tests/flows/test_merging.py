"""Reports of the same matter become one case, and it can be taken back."""

import pytest

from bot.domain.life import Status
from bot.store.tables import audit
from tests.flows.acting import asked
from tests.flows.merging import merged, statuses, two
from tests.flows.town import FIRE, ROAD, RUBBISH, Town, code_in

LEVY = "Ada pungli di loket, kami diminta uang tambahan."


async def test_gabung_as_a_reply_lets_a_case_go_on_in_another_and_both_cards_say_so(any_town: Town) -> None:
    dpu = any_town.group("dputr")
    root, card, sri, joko = await merged(any_town, dpu)
    await any_town.hears(dpu, f"{code_in(card)} digabung dengan {code_in(root)}")
    await any_town.shows(root, f"Digabung: {code_in(card)} (2 laporan)")
    assert card.rows == [["Pisahkan"]]
    assert root.rows[0] == ["Terima", "Alihkan"]
    first, second = any_town.cases()
    assert (first.status, second.status, second.merged_into) == ("diteruskan", "digabung", first.id)
    await any_town.idle()
    assert len(sri.answers) == 1
    assert code_in(root) not in "".join(m.text for m in joko.answers)


async def test_pisahkan_gives_status_holder_and_buttons_back_and_tells_who_was_told(any_town: Town) -> None:
    dpu = any_town.group("dputr")
    budi, tuti = any_town.staff(dpu), any_town.staff(dpu, "Tuti", 9004)
    root, card, _, joko = await two(any_town, dpu)
    await any_town.press(budi, card, "Terima")
    await any_town.shows(card, "diterima Budi")
    tuti.reply(card, f"/gabung {code_in(root)}")
    await any_town.shows(card, "Digabung dengan")
    press = await any_town.press(tuti, card, "Pisahkan")
    assert press.toast == f"{code_in(card)} berdiri sendiri lagi."
    await any_town.shows(card, "Sedang ditangani", "diterima Budi")
    assert card.rows[0] == ["Alihkan", "Tanya pelapor"]
    await any_town.hears(joko, "tersendiri lagi", code_in(card))
    await any_town.idle()
    assert "Digabung" not in root.text
    first, second = any_town.cases()
    assert (second.status, second.merged_into, second.unit, second.taken_by) == ("diproses", None, "dputr", "Budi")
    assert first.status == "diteruskan"
    lines = [(row["what"], row["before"], row["after"]) for row in any_town.rows(audit) if row["case_id"] == second.id]
    assert ("gabung", "diproses", "digabung") in lines
    assert ("pisah", "digabung", "diproses") in lines


async def test_pisah_by_code_and_by_reply_name_what_they_need(town: Town) -> None:
    dpu = town.group("dputr")
    budi = town.staff(dpu)
    root, card, _, _ = await merged(town, dpu)
    budi.say("/pisah")
    await town.hears(dpu, "atau tulis /pisah KODE")
    budi.reply(root, "/pisah")
    await town.hears(dpu, "Laporan mana yang dipisahkan", code_in(card))
    budi.say(f"/pisah {code_in(card)}")
    await town.hears(dpu, f"{code_in(card)} berdiri sendiri lagi.")
    budi.reply(card, "/pisah")
    await town.hears(dpu, f"{code_in(card)} tidak sedang digabung.")
    assert statuses(town) == ["diteruskan", "diteruskan"]


async def test_who_could_not_be_told_of_the_merge_is_not_told_of_its_end(town: Town) -> None:
    dpu = town.group("dputr")
    budi = town.staff(dpu)
    root, card, _, joko = await two(town, dpu)
    joko.block()
    await town.idle()
    budi.reply(card, f"/gabung {code_in(root)}")
    await town.shows(card, "Digabung dengan")
    joko.unblock()
    await town.idle()
    await town.press(budi, card, "Pisahkan")
    await town.shows(card, "Diteruskan")
    await town.idle()
    assert len(joko.answers) == 1


@pytest.mark.parametrize("spoke", [False, True])
async def test_a_question_that_was_open_is_open_again_unless_the_citizen_spoke_meanwhile(
    town: Town, spoke: bool
) -> None:
    dpu = town.group("dputr")
    budi = town.staff(dpu)
    root, card, _, joko = await two(town, dpu)
    budi.reply(await asked(town, dpu, budi, card, "Tanya pelapor"), "Sebelah mana?")
    await town.shows(card, "Menunggu jawaban pelapor")
    budi.reply(card, f"/gabung {code_in(root)}")
    await town.shows(card, "Digabung dengan")
    if spoke:
        joko.say(f"{code_in(card)} sebelah utara")
        await town.shows(root, "sebelah utara")
    await town.press(budi, card, "Pisahkan")
    await town.shows(card, "Sedang ditangani" if spoke else "Menunggu jawaban pelapor")
    assert town.cases()[1].awaiting == (None if spoke else "answer")


async def test_a_third_report_joins_the_root_and_what_was_merged_before_follows_without_a_chain(any_town: Town) -> None:
    dpu = any_town.group("dputr")
    budi = any_town.staff(dpu)
    root, card, _, joko = await merged(any_town, dpu)
    third = await any_town.report(dpu, by=any_town.citizen(7, "Tono"))
    budi.say(f"/gabung {code_in(third)} {code_in(card)}")
    await any_town.shows(third, f"Digabung dengan {code_in(root)}")
    await any_town.shows(root, f"{code_in(card)}, {code_in(third)} (3 laporan)")
    fourth = await any_town.report(dpu, by=any_town.citizen(8, "Yati"))
    budi.say(f"/gabung {code_in(root)} {code_in(fourth)}")
    for each in (root, card, third):
        await any_town.shows(each, f"Digabung dengan {code_in(fourth)}")
    await any_town.shows(fourth, "(4 laporan)")
    await any_town.press(budi, fourth, "Terima")
    await any_town.hears(joko, "sudah diterima petugas", code_in(card))
    *others, last = any_town.cases()
    assert {case.merged_into for case in others} == {last.id}
    assert last.merged_into is None


async def test_gabung_says_what_it_needs_and_refuses_what_makes_no_sense(town: Town) -> None:
    dpu = town.group("dputr")
    budi = town.staff(dpu)
    root, card, _, _ = await two(town, dpu)
    for words in ("/gabung", "/gabung PML-00000", f"/gabung {code_in(root)}"):
        budi.say(words)
    await town.hears(dpu, "Balas kartu laporannya dengan /gabung KODE", times=3)
    budi.reply(root, f"/gabung {code_in(root)}")
    await town.hears(dpu, "Itu laporan yang sama.")
    budi.reply(card, f"/gabung {code_in(root)}")
    await town.shows(card, "Digabung dengan")
    budi.reply(card, f"/gabung {code_in(root)}")
    budi.reply(root, f"/gabung {code_in(card)}")
    await town.hears(dpu, f"{code_in(card)} sudah digabung dengan {code_in(root)}", times=2)
    assert statuses(town) == ["diteruskan", "digabung"]


async def test_what_is_closed_neither_joins_nor_is_joined(town: Town) -> None:
    dpu = town.group("dputr")
    budi = town.staff(dpu)
    root, card, _, joko = await two(town, dpu)
    joko.say(f"/batal {code_in(card)}")
    await town.shows(card, "Dibatalkan pelapor")
    budi.reply(card, f"/gabung {code_in(root)}")
    budi.reply(root, f"/gabung {code_in(card)}")
    await town.hears(dpu, f"status laporan {code_in(card)}", "Dibatalkan", times=2)
    assert statuses(town) == ["diteruskan", "dibatalkan"]


async def test_a_department_merges_its_own_cases_alone_and_the_desk_all(any_town: Town) -> None:
    desk, dpu, dlh = any_town.group("meja"), any_town.group("dputr"), any_town.group("dlh")
    road = await any_town.report(dpu, ROAD)
    rubbish = await any_town.report(dlh, RUBBISH, by=any_town.citizen(6, "Joko"))
    any_town.staff(dpu).reply(road, f"/gabung {code_in(rubbish)}")
    await any_town.hears(dpu, "minta tolong meja aduan")
    assert statuses(any_town) == ["diteruskan", "diteruskan"]
    any_town.staff(desk, "Dewi", 9005).say(f"/gabung {code_in(rubbish)} {code_in(road)}")
    await any_town.hears(desk, f"{code_in(rubbish)} digabung dengan {code_in(road)}")
    await any_town.shows(rubbish, "Digabung dengan")
    words = await any_town.hears(dpu, f"Digabung ke sini: {code_in(rubbish)}", "terminal menumpuk")
    assert words.reply_to is road
    press = await any_town.press(any_town.staff(dlh, "Rini", 9006), rubbish, "Pisahkan")
    assert press.toast == f"{code_in(rubbish)} berdiri sendiri lagi."


async def test_oversight_never_mixes_with_anything_else(town: Town) -> None:
    desk, dpu = town.group("meja"), town.group("dputr")
    road = await town.report(dpu, ROAD)
    levy = await town.report(desk, LEVY, by=town.citizen(6, "Joko"))
    dewi = town.staff(desk, "Dewi", 9005)
    dewi.say(f"/gabung {code_in(levy)} {code_in(road)}")
    dewi.say(f"/gabung {code_in(road)} {code_in(levy)}")
    await town.hears(desk, "pungli dan korupsi tidak dapat digabung", times=2)
    assert {case.merged_into for case in town.cases()} == {None}


async def test_who_may_only_look_and_strangers_merge_nothing(town: Town) -> None:
    dpu = town.group("dputr")
    budi = town.staff(dpu)
    root, card, _, _ = await two(town, dpu)
    town.admin(dpu).say("/peran pengamat telegram:9002")
    await town.hears(dpu, "sekarang pengamat")
    budi.reply(card, f"/gabung {code_in(root)}")
    await town.hears(dpu, "Anda pengamat")
    tuti = town.staff(dpu, "Tuti", 9004)
    dpu.change(tuti, "left", told=False)
    tuti.reply(card, f"/gabung {code_in(root)}")
    await town.idle()
    assert statuses(town) == ["diteruskan", "diteruskan"]


async def test_an_emergency_is_not_lost_in_a_calmer_report(town: Town) -> None:
    desk, duty = town.group("meja"), town.group("siaga")
    sri, joko = town.citizen(), town.citizen(6, "Joko")
    calm = await town.report(desk, "Ada asap di belakang pasar Comal, saya ragu dari mana.", by=sri)
    await town.report(duty, FIRE, by=joko)
    fire = next(case.code for case in town.cases() if case.tags.emergency)
    town.staff(desk).say(f"/gabung {fire} {code_in(calm)}")
    await town.hears(duty, "DARURAT", code_in(calm))
    await town.hears(sri, "TELEPON SEKARANG", code_in(calm))
    assert all(case.tags.emergency for case in town.cases())


async def test_a_merged_reporter_may_withdraw_and_hears_no_more(town: Town) -> None:
    dpu = town.group("dputr")
    root, card, _, joko = await merged(town, dpu)
    joko.say(f"/batal {code_in(card)}")
    await town.hears(joko, "sudah dibatalkan", code_in(card))
    await town.shows(card, "Dibatalkan pelapor")
    await town.idle()
    assert "Digabung" not in root.text
    assert not card.buttons
    await town.press(town.staff(dpu), root, "Terima")
    await town.shows(root, "diterima Budi")
    await town.idle()
    assert all("diterima petugas" not in m.text for m in joko.answers)


async def test_when_the_roots_reporter_withdraws_the_eldest_of_the_others_carries_on(any_town: Town) -> None:
    dpu = any_town.group("dputr")
    budi = any_town.staff(dpu)
    root, card, sri, joko = await merged(any_town, dpu)
    third = await any_town.report(dpu, by=any_town.citizen(7, "Tono"))
    budi.reply(third, f"/gabung {code_in(root)}")
    await any_town.shows(third, "Digabung dengan")
    sri.say(f"/batal {code_in(root)}")
    await any_town.shows(root, "Dibatalkan pelapor")
    await any_town.shows(card, "Diteruskan", f"Digabung: {code_in(third)} (2 laporan)")
    await any_town.shows(third, f"Digabung dengan {code_in(card)}")
    assert card.rows[0] == ["Terima", "Alihkan"]
    await any_town.hears(joko, "tersendiri lagi", code_in(card))
    assert statuses(any_town) == [Status.DIBATALKAN, Status.DITERUSKAN, Status.DIGABUNG]
