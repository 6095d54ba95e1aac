"""Whoever reported a case that goes on in another hears of everything, and has a say in it."""

from collections.abc import Callable

from bot.services.citizens.confirming import close_by_silence, close_unanswered
from bot.services.ports import UnitOfWork
from tests.flows.acting import asked
from tests.flows.merging import SAME, merged, statuses
from tests.flows.town import Town, code_in

KRAMA = "Nuwun sewu, margi ngajeng peken sampun kathah ingkang bolong."


async def ends_by_rule(town: Town, code: str, rule: Callable[..., object]) -> None:
    """What the clock does when nobody has answered for ten days."""

    def close(uow: UnitOfWork) -> None:
        rule(uow, town.app.office, uow.cases.by_code(code), days=10)

    await town.app.store.write(close)


async def test_every_public_step_of_the_root_reaches_every_reporter_under_their_own_code(any_town: Town) -> None:
    dpu = any_town.group("dputr")
    budi = any_town.staff(dpu)
    root, card, sri, joko = await merged(any_town, dpu)
    who = ((sri, code_in(root)), (joko, code_in(card)))
    await any_town.press(budi, root, "Terima")
    for citizen, code in who:
        await any_town.hears(citizen, "sudah diterima petugas", code)
    budi.reply(root, "/balas Besok pagi kami tambal.")
    for citizen, code in who:
        await any_town.hears(citizen, "Besok pagi kami tambal.", code)
    await any_town.hears(dpu, "Pesan dikirim ke 2 pelapor")
    budi.reply(await asked(any_town, dpu, budi, root, "Selesai"), "Sudah ditambal kemarin sore.")
    for citizen, code in who:
        question = await any_town.hears(citizen, "Sudah ditambal kemarin sore.", code)
        assert question.rows == [["Sudah beres", "Belum"]]
    assert statuses(any_town) == ["menunggu_konfirmasi", "digabung"]


async def test_a_question_goes_to_the_roots_reporter_alone_and_only_their_answer_counts(town: Town) -> None:
    dpu = town.group("dputr")
    budi = town.staff(dpu)
    root, _, sri, joko = await merged(town, dpu)
    budi.reply(await asked(town, dpu, budi, root, "Tanya pelapor"), "Sebelah mana?")
    await town.hears(sri, "Sebelah mana?")
    joko.say("Dekat warung Bu Yati juga ada pak")
    await town.idle()
    assert all("Sebelah mana?" not in m.text for m in joko.answers)
    sri.say("Sebelah utara")
    await town.shows(root, "Jawaban pelapor: Sebelah utara")


async def test_who_is_answered_in_krama_hears_everything_in_krama(town: Town) -> None:
    dpu = town.group("dputr")
    budi = town.staff(dpu)
    root, _, _, joko = await merged(town, dpu, KRAMA, told="warga sanes")
    await town.press(budi, root, "Terima")
    await town.hears(joko, "sampun")
    budi.reply(await asked(town, dpu, budi, root, "Selesai"), "Sampun ditambal.")
    question = await town.hears(joko, "Sampun ditambal.")
    assert question.rows == [["Sampun beres", "Dereng"]]


async def test_what_a_merged_reporter_adds_stands_on_the_roots_card_under_their_own_code(any_town: Town) -> None:
    dpu = any_town.group("dputr")
    root, card, _, joko = await merged(any_town, dpu)
    joko.say(f"{code_in(card)} tadi malam ada motor jatuh lagi")
    note = await any_town.hears(dpu, f"Tambahan dari pelapor {code_in(card)}", "motor jatuh lagi")
    assert note.reply_to is root
    await any_town.shows(root, f"Tambahan pelapor {code_in(card)}", "motor jatuh lagi")
    await any_town.hears(joko, "Sudah saya tambahkan", code_in(card))
    joko.reply(next(m for m in joko.answers if "warga lain" in m.text), "fotonya menyusul")
    await any_town.shows(root, "fotonya menyusul")
    assert len(any_town.cases()) == 2


async def test_a_photo_and_a_place_of_a_merged_reporter_reach_the_roots_card(town: Town) -> None:
    dpu = town.group("dputr")
    root, card, _, joko = await merged(town, dpu)
    told = next(m for m in joko.answers if "warga lain" in m.text)
    joko.photo(reply_to=told)
    await town.standin.wait_for(lambda: any("photo" in m.data and m.reply_to is root for m in dpu.answers), 5)
    joko.location(-6.88812, 109.48811, reply_to=told)
    await town.shows(root, f"Tambahan pelapor {code_in(card)}", "-6.88812, 109.48811")


async def test_the_root_is_done_when_its_own_reporter_says_so(any_town: Town) -> None:
    dpu = any_town.group("dputr")
    budi = any_town.staff(dpu)
    root, card, sri, joko = await merged(any_town, dpu)
    budi.reply(await asked(any_town, dpu, budi, root, "Selesai"), "Sudah ditambal.")
    theirs = await any_town.hears(joko, "Sudah ditambal.")
    await any_town.press(joko, theirs, "Sudah beres")
    await any_town.hears(joko, "sudah saya catat untuk laporan", code_in(card))
    await any_town.idle()
    assert not theirs.buttons
    assert statuses(any_town) == ["menunggu_konfirmasi", "digabung"]
    mine = await any_town.hears(sri, "Sudah ditambal.")
    await any_town.press(sri, mine, "Sudah beres")
    await any_town.hears(sri, "Terima kasih sudah memastikan", code_in(root))
    await any_town.idle()
    assert statuses(any_town) == ["selesai", "digabung"]
    assert all("oleh pelapor lain" not in m.text for m in joko.answers)
    late = await any_town.press(joko, theirs, "Sudah beres", stale=True)
    assert late.toast == "Sudah tidak berlaku."


async def test_who_has_not_confirmed_hears_that_another_did_and_may_still_say_no(town: Town) -> None:
    dpu = town.group("dputr")
    budi = town.staff(dpu)
    root, card, sri, joko = await merged(town, dpu)
    budi.reply(await asked(town, dpu, budi, root, "Selesai"), "Sudah ditambal.")
    await town.press(sri, await town.hears(sri, "Sudah ditambal."), "Sudah beres")
    heard = await town.hears(joko, "dipastikan beres oleh pelapor lain", code_in(card))
    assert heard.rows == [["Belum"]]
    await town.press(joko, heard, "Belum")
    await town.hears(joko, "dibuka kembali", "Apa yang masih kurang?", code_in(card))
    await town.hears(sri, "dibuka kembali", code_in(root))
    assert statuses(town) == ["dibuka_kembali", "digabung"]


async def test_belum_of_a_merged_reporter_reopens_the_root_and_their_next_words_say_what_is_missing(
    any_town: Town,
) -> None:
    dpu = any_town.group("dputr")
    budi = any_town.staff(dpu)
    root, card, sri, joko = await merged(any_town, dpu)
    budi.reply(await asked(any_town, dpu, budi, root, "Selesai"), "Sudah ditambal.")
    await any_town.press(joko, await any_town.hears(joko, "Sudah ditambal."), "Belum")
    await any_town.hears(joko, "Apa yang masih kurang?", code_in(card))
    await any_town.hears(dpu, "belum beres", code_in(root))
    await any_town.hears(sri, "dibuka kembali", code_in(root))
    assert root.rows[0] == ["Terima", "Alihkan"]
    any_town.clock.skip(600)
    joko.say("Yang ditambal cuma separo.")
    await any_town.shows(root, f"Tambahan pelapor {code_in(card)}", "cuma separo")
    await any_town.idle()
    assert len(any_town.cases()) == 2


async def test_a_bare_yes_or_not_yet_of_a_merged_reporter_is_understood(town: Town) -> None:
    dpu = town.group("dputr")
    budi = town.staff(dpu)
    root, card, _, joko = await merged(town, dpu)
    budi.reply(await asked(town, dpu, budi, root, "Selesai"), "Sudah ditambal.")
    await town.hears(joko, "Sudah ditambal.")
    joko.say("sudah pak")
    await town.hears(joko, "sudah saya catat untuk laporan", code_in(card))
    joko.say("belum, bolong lagi")
    await town.hears(joko, "dibuka kembali", code_in(card))
    assert statuses(town) == ["dibuka_kembali", "digabung"]


async def test_status_of_a_merged_code_shows_where_the_root_stands(town: Town) -> None:
    dpu = town.group("dputr")
    root, card, _, joko = await merged(town, dpu)
    await town.press(town.staff(dpu), root, "Terima")
    await town.shows(root, "diterima Budi")
    joko.say(f"/status {code_in(card)}")
    await town.hears(joko, code_in(card), "Sedang ditangani Dinas PU", "Ditangani bersama laporan lain")
    joko.say("/laporanku")
    await town.hears(joko, "Laporan Anda:", f"{code_in(card)} · Jalan · Sedang ditangani")
    tono = town.citizen(7, "Tono")
    tono.say(f"/status {code_in(card)}")
    await town.hears(tono, f"{code_in(card)}: Sedang ditangani Dinas PU")


async def test_danger_that_a_merged_reporter_tells_alarms_for_the_root(town: Town) -> None:
    dpu, duty = town.group("dputr"), town.group("siaga")
    root, card, _, joko = await merged(town, dpu)
    joko.say(f"{code_in(card)} kebakaran pak, ada motor terbakar!")
    await town.hears(joko, "TELEPON SEKARANG", code_in(card))
    await town.hears(duty, "DARURAT", code_in(root))


async def test_who_reported_both_hears_of_everything_once(town: Town) -> None:
    dpu = town.group("dputr")
    budi, sri = town.staff(dpu), town.citizen()
    root = await town.report(dpu, by=sri)
    town.clock.skip(600)
    card = await town.report(dpu, SAME, by=sri)
    budi.reply(card, f"/gabung {code_in(root)}")
    await town.hears(sri, f"Laporan {code_in(card)} tentang hal yang sama", f"laporan Anda {code_in(root)}")
    await town.press(budi, root, "Terima")
    await town.hears(sri, "sudah diterima petugas", code_in(root))
    budi.reply(await asked(town, dpu, budi, root, "Selesai"), "Sudah ditambal.")
    question = await town.hears(sri, "Sudah ditambal.")
    await town.idle()
    assert sum("sudah diterima petugas" in m.text for m in sri.answers) == 1
    assert sum("Sudah ditambal." in m.text for m in sri.answers) == 1
    sri.say(f"sudah, {code_in(card)}")
    await town.hears(sri, "Terima kasih sudah memastikan", code_in(root))
    assert statuses(town) == ["selesai", "digabung"]
    assert question.rows


async def test_hand_over_and_not_ours_are_told_to_all(town: Town) -> None:
    dpu, dlh = town.group("dputr"), town.group("dlh")
    budi = town.staff(dpu)
    root, card, sri, joko = await merged(town, dpu)
    for words in ("Alihkan", "Lingkungan Hidup", "topik tetap"):
        await town.standin.wait_for(lambda words=words: any(words in b for b in root.buttons), 5)
        await town.press(budi, root, next(b for b in root.buttons if words in b))
    there = await town.card(dlh)
    for citizen, code in ((sri, code_in(root)), (joko, code_in(card))):
        await town.hears(citizen, "dipindahkan ke Dinas Lingkungan", code)
    rini = town.staff(dlh, "Rini", 9006)
    rini.reply(await asked(town, dlh, rini, there, "Bukan wewenang"), "PT Jasa Marga")
    for citizen, code in ((sri, code_in(root)), (joko, code_in(card))):
        await town.hears(citizen, "bukan wewenang", "PT Jasa Marga", code)


async def test_silence_of_all_closes_the_root_and_each_may_still_say_no(town: Town) -> None:
    dpu = town.group("dputr")
    budi = town.staff(dpu)
    root, card, sri, joko = await merged(town, dpu)
    budi.reply(await asked(town, dpu, budi, root, "Selesai"), "Sudah ditambal.")
    await town.hears(joko, "Sudah ditambal.")
    await ends_by_rule(town, code_in(root), close_by_silence)
    for citizen, code in ((sri, code_in(root)), (joko, code_in(card))):
        closed = await town.hears(citizen, "Sudah 10 hari", code)
        assert closed.rows == [["Belum"]]
    await town.press(joko, closed, "Belum")
    await town.hears(sri, "dibuka kembali", code_in(root))
    assert statuses(town) == ["dibuka_kembali", "digabung"]


async def test_a_question_nobody_answered_closes_the_root_until_any_reporter_knows_more(any_town: Town) -> None:
    dpu = any_town.group("dputr")
    budi = any_town.staff(dpu)
    root, card, sri, joko = await merged(any_town, dpu)
    budi.reply(await asked(any_town, dpu, budi, root, "Tanya pelapor"), "Sebelah mana?")
    await any_town.hears(sri, "Sebelah mana?")
    await ends_by_rule(any_town, code_in(root), close_unanswered)
    await any_town.hears(sri, "belum terjawab selama 10 hari", code_in(root))
    closed = await any_town.hears(joko, "masih kekurangan keterangan", code_in(card))
    assert statuses(any_town) == ["ditutup", "digabung"]
    joko.reply(closed, "Di depan warung Bu Yati, sebelah utara")
    await any_town.shows(root, "Dibuka kembali", f"Tambahan pelapor {code_in(card)}", "warung Bu Yati")
    await any_town.hears(joko, "Sudah saya tambahkan", code_in(card))
    assert statuses(any_town) == ["dibuka_kembali", "digabung"]
