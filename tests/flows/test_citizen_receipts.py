"""The answer at once: register, code, place, honest promise; greetings, thanks, what seems no report."""

import pytest

from tests.flows.town import DOUBT, ROAD, RUBBISH, Town, code_in


async def test_the_receipt_has_the_code_the_department_and_the_offices_real_hours(town: Town) -> None:
    town.group("dputr")
    sri = town.citizen()
    sri.say(ROAD)
    receipt = await town.hears(sri, "Kode: PML-", "Diteruskan ke: Dinas PU dan Penataan Ruang")
    assert "Senin–Jumat 07.30–16.00 WIB" in receipt.text
    assert "Topik: Jalan" in receipt.text


async def test_the_receipt_does_not_claim_a_department_that_has_no_chat(town: Town) -> None:
    town.group("meja")
    sri = town.citizen()
    sri.say(ROAD)
    receipt = await town.hears(sri, "Kode: PML-", "meja aduan")
    assert "Diteruskan ke" not in receipt.text


async def test_the_receipt_of_a_doubtful_report_says_that_a_person_reads_it_first(town: Town) -> None:
    town.group("meja")
    sri = town.citizen()
    sri.say(DOUBT)
    await town.hears(sri, "Kode: PML-", "Dibaca dulu oleh petugas")


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        (ROAD, "Laporan Anda sudah saya terima."),
        ("Dalane bolong neng ngarep pasar Comal, wis suwe ora ditambal.", "Laporan sampeyan wis tak tampa."),
        ("Nuwun sewu, margi ngajeng griya kula bolong, mboten ditambal.", "Laporan panjenengan sampun kula tampi."),
        ("Nyong pan lapor, dalan bolong kabeh, kepriwe kiye pak?", "Laporan sampeyan wis tak tampa."),
    ],
)
async def test_the_receipt_comes_in_the_register_the_citizen_wrote_in(town: Town, words: str, answer: str) -> None:
    town.group("dputr")
    sri = town.citizen()
    sri.say(words)
    assert (await town.hears(sri, "PML-")).text.startswith(answer)


async def test_the_privacy_line_comes_with_the_first_receipt_only(town: Town) -> None:
    dpu, dlh = town.group("dputr"), town.group("dlh")
    sri = town.citizen()
    await town.report(dpu, ROAD, by=sri)
    await town.report(dlh, RUBBISH, by=sri)
    await town.idle()
    first, second = sri.answers
    assert "/privasi" in first.text
    assert "/privasi" not in second.text


async def test_the_privacy_line_that_an_emergency_left_out_comes_with_the_next_receipt(town: Town) -> None:
    town.group("bpbd")
    dlh = town.group("dlh")
    sri = town.citizen()
    sri.say("Kebakaran di pasar Comal sekarang!")
    first = await town.hears(sri, "TELEPON SEKARANG")
    assert "/privasi" not in first.text
    await town.report(dlh, RUBBISH, by=sri)
    await town.hears(sri, "Laporan Anda sudah saya terima", "/privasi")


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("Assalamualaikum", "Ada yang mau diadukan?"),
        ("P", "Ada yang mau diadukan?"),
        ("Terima kasih pak", "Sama-sama"),
        ("Matur nuwun nggih", "Sami-sami"),
    ],
)
async def test_greetings_and_thanks_get_a_human_answer_and_no_case(town: Town, words: str, answer: str) -> None:
    desk = town.group("meja")
    sri = town.citizen()
    sri.say(words)
    await town.hears(sri, answer)
    await town.idle()
    assert town.cases() == []
    assert desk.answers == []


async def test_what_seems_no_report_is_one_where_the_citizen_insists(any_town: Town) -> None:
    desk = any_town.group("meja")
    sri = any_town.citizen()
    sri.say("ikan goreng")
    offer = await any_town.hears(sri, "Sepertinya ini bukan laporan")
    assert list(offer.buttons) == ["Ini laporan"]
    assert any_town.cases() == []
    press = await any_town.press(sri, offer, "Ini laporan")
    card = await any_town.card(desk)
    assert "ikan goreng" in card.text
    await any_town.hears(sri, "Kode: PML-")
    assert press.toast == "Baik."
    again = await any_town.press(sri, offer, "Ini laporan")
    assert again.toast == "Sudah tidak berlaku."
    await any_town.idle()
    assert len(any_town.cases()) == 1


async def test_somebody_elses_button_opens_no_case(town: Town) -> None:
    town.group("meja")
    sri, tono = town.citizen(), town.citizen(6, "Tono")
    sri.say("ikan goreng")
    offer = await town.hears(sri, "Sepertinya ini bukan laporan")
    tono.say("ikan bakar")
    own = await town.hears(tono, "Sepertinya ini bukan laporan")
    data = offer.button("Ini laporan")["callback_data"]
    press = await town.press(tono, own, data=data)
    assert press.toast == "Sudah tidak berlaku."
    assert town.cases() == []


async def test_a_report_without_words_goes_to_the_desk_and_asks_the_citizen_once(town: Town) -> None:
    desk = town.group("meja")
    sri = town.citizen()
    sri.photo()
    card = await town.card(desk)
    assert "(laporan tanpa kata-kata)" in card.text
    assert "Tulis isi" in card.buttons
    await town.hears(sri, "Boleh ditambah satu kalimat", code_in(card))
    sri.photo()
    await town.hears(sri, "Sudah saya tambahkan")
    await town.shows(card, "2 foto")
    await town.idle()
    assert sum("satu kalimat" in m.text for m in sri.answers) == 1
    assert len(town.cases()) == 1


async def test_the_words_that_follow_a_wordless_report_move_it_to_its_department(any_town: Town) -> None:
    desk, dpu = any_town.group("meja"), any_town.group("dputr")
    sri = any_town.citizen()
    sri.photo()
    old = await any_town.card(desk)
    await any_town.hears(sri, "satu kalimat")
    any_town.clock.skip(600)
    sri.say(ROAD)
    card = await any_town.card(dpu)
    assert code_in(card) == code_in(old)
    await any_town.standin.wait_for(lambda: any(m.kind == "photo" and m.reply_to is card for m in dpu.answers), 5)
    await any_town.shows(old, "Kartu ini tidak dipakai lagi")
    await any_town.idle()
    assert len(any_town.cases()) == 1


async def test_staff_may_type_the_words_of_a_wordless_report(any_town: Town) -> None:
    desk, dpu = any_town.group("meja"), any_town.group("dputr")
    sri = any_town.citizen()
    sri.voice()
    card = await any_town.card(desk)
    wati = any_town.staff(desk, "Wati", 9003)
    await any_town.press(wati, card, "Tulis isi")
    prompt = await any_town.hears(desk, "Wati, tuliskan isi laporan")
    wati.reply(prompt, ROAD)
    moved = await any_town.card(dpu)
    assert "[ditulis Wati]" in moved.text
    assert ROAD in moved.text
    assert "Tulis isi" not in moved.buttons
    await any_town.shows(card, "Kartu ini tidak dipakai lagi")
    assert any_town.case().unit == "dputr"


async def test_words_typed_by_staff_never_take_back_what_a_person_decided(town: Town) -> None:
    desk, dlh = town.group("meja"), town.group("dlh")
    town.group("dputr")
    town.citizen().photo()
    card = await town.card(desk)
    wati = town.staff(desk, "Wati", 9003)
    await town.press(wati, card, "Alihkan")
    await town.standin.wait_for(lambda: "Dinas Lingkungan Hidup" in card.buttons, 5)
    await town.press(wati, card, "Dinas Lingkungan Hidup")
    await town.standin.wait_for(lambda: "topik tetap" in card.buttons, 5)
    await town.press(wati, card, "topik tetap")
    moved = await town.card(dlh)
    budi = town.staff(dlh)
    await town.press(budi, moved, "Tulis isi")
    budi.reply(await town.hears(dlh, "tuliskan isi laporan"), ROAD)
    await town.shows(moved, ROAD)
    await town.idle()
    assert town.case().unit == "dlh"
