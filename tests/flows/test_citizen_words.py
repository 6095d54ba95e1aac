"""The chat words of citizens."""

from tests.flows.town import ROAD, RUBBISH, Town, code_in


async def test_start_greets_and_gives_the_short_privacy_notice(town: Town) -> None:
    sri = town.citizen()
    sri.start()
    greeting = await town.hears(sri, "Kabupaten Pemalang")
    assert "/privasi" in greeting.text
    assert "PML-" not in greeting.text


async def test_bantuan_explains_and_shows_no_sample_code(town: Town) -> None:
    sri = town.citizen()
    sri.say("/bantuan")
    answer = await town.hears(sri, "/laporanku", "/batal", "/privasi", "/saya", "/status")
    assert "PML-" not in answer.text


async def test_privasi_names_the_law_and_whom_to_ask(town: Town) -> None:
    sri = town.citizen()
    sri.say("/privasi")
    await town.hears(sri, "UU 27/2022", "Dinas Komunikasi dan Informatika", "Mesin tidak pernah menolak")


async def test_saya_tells_ones_own_id_as_the_admins_setting_wants_it(town: Town) -> None:
    sri = town.citizen(77)
    sri.say("/saya")
    await town.hears(sri, "telegram:77")


async def test_an_unknown_word_is_answered_with_the_help(town: Town) -> None:
    sri = town.citizen()
    sri.say("/apaini")
    await town.hears(sri, "Cara melapor")


async def test_laporanku_lists_ones_own_cases_and_says_so_where_there_are_none(town: Town) -> None:
    dpu, dlh = town.group("dputr"), town.group("dlh")
    sri, tono = town.citizen(), town.citizen(6, "Tono")
    tono.say("/laporanku")
    await town.hears(tono, "Belum ada laporan")
    first, second = await town.report(dpu, ROAD, by=sri), await town.report(dlh, RUBBISH, by=sri)
    sri.say("/laporanku")
    answer = await town.hears(sri, "Laporan Anda:", code_in(first), code_in(second))
    assert "Jalan" in answer.text
    assert "Sampah" in answer.text


async def test_status_tells_the_reporter_everything(town: Town) -> None:
    dpu = town.group("dputr")
    sri = town.citizen()
    card = await town.taken(dpu, town.staff(dpu), by=sri)
    sri.say(f"/status {code_in(card)}")
    await town.hears(sri, "Topik: Jalan", "Di: Dinas PU", "Sedang ditangani")


async def test_status_reads_a_code_as_people_type_it(town: Town) -> None:
    dpu = town.group("dputr")
    sri = town.citizen()
    card = await town.report(dpu, by=sri)
    typed = code_in(card).lower().replace("-", " ").replace("0", "o").replace("1", "l")
    sri.say(f"/status {typed.split()[1]}")
    await town.hears(sri, "Topik: Jalan", code_in(card))
    sri.say(f"/status {typed.replace(' ', '')}")
    await town.hears(sri, "Topik: Jalan", code_in(card), times=2)


async def test_status_without_a_code_lists_the_cases(town: Town) -> None:
    dpu = town.group("dputr")
    sri = town.citizen()
    card = await town.report(dpu, by=sri)
    sri.say("/status")
    await town.hears(sri, "Laporan Anda:", code_in(card))


async def test_others_see_the_public_state_only(town: Town) -> None:
    dpu = town.group("dputr")
    card = await town.report(dpu)
    tono = town.citizen(6, "Tono")
    tono.say(f"/status {code_in(card)}")
    answer = await town.hears(tono, code_in(card))
    assert answer.text == f"{code_in(card)}: Diteruskan ke Dinas PU dan Penataan Ruang"


async def test_wrong_codes_are_slowed_for_that_person_only_and_not_for_ever(town: Town) -> None:
    dpu = town.group("dputr")
    card = await town.report(dpu)
    tono, ani = town.citizen(6, "Tono"), town.citizen(7, "Ani")
    for n in range(5):
        tono.say(f"/status PML-0000{n}")
        await town.hears(tono, "tidak ketemu", times=n + 1)
        town.clock.skip(1)
    tono.say(f"/status {code_in(card)}")
    await town.hears(tono, "Coba lagi setelah")
    ani.say(f"/status {code_in(card)}")
    await town.hears(ani, "Diteruskan")
    town.clock.skip(601)
    tono.say(f"/status {code_in(card)}")
    await town.hears(tono, "Diteruskan")


async def test_batal_takes_ones_own_open_case_back_and_the_card_says_so(any_town: Town) -> None:
    dpu = any_town.group("dputr")
    sri = any_town.citizen()
    card = await any_town.report(dpu, by=sri)
    sri.say(f"/batal {code_in(card)}")
    await any_town.hears(sri, "sudah dibatalkan")
    await any_town.shows(card, "Dibatalkan pelapor")
    assert not card.buttons
    sri.say(f"/batal {code_in(card)}")
    await any_town.hears(sri, "sudah tidak bisa dibatalkan")


async def test_batal_never_touches_somebody_elses_case(town: Town) -> None:
    dpu = town.group("dputr")
    card = await town.report(dpu)
    tono = town.citizen(6, "Tono")
    tono.say(f"/batal {code_in(card)}")
    await town.hears(tono, "tidak ada di laporan Anda")
    tono.say("/batal")
    await town.hears(tono, "Laporan mana")
    assert town.case().open


async def test_chat_words_are_answered_in_the_register_of_the_citizens_own_words(town: Town) -> None:
    town.group("dputr")
    sri = town.citizen()
    sri.say("Dalane bolong neng ngarep pasar Comal, wis suwe.")
    await town.hears(sri, "Laporan sampeyan wis tak tampa")
    sri.say("/laporanku")
    await town.hears(sri, "Laporan", "Dalan")
    sri.say("/privasi")
    await town.hears(sri, "sampeyan", "UU 27/2022")
