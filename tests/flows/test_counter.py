"""The counter at its edges, on Telegram: named operators, call centres that are no unit, silence, emergencies."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.domain.life import Status
from bot.store.tables import audit, office_call, person, taken_down
from tests.flows.town import Town, code_in, region_file, town

CENTRE, OPERATOR = -1009, 9050
ROAD = "dalan neng Karangsari bolong"
DAY = 86400.0


def named(text: str) -> str:
    return text.replace("[quiet]", f'[office]\noperators = ["telegram:{OPERATOR}", "telegram:{CENTRE}"]\n\n[quiet]', 1)


@pytest.fixture
async def office(prepared: Path) -> AsyncIterator[Town]:
    """A town whose wadul.toml names an operator and a call centre."""
    async with town(prepared, config=region_file(prepared, named)) as here:
        yield here


async def test_a_named_operator_takes_down_in_their_private_chat_where_names_may_stand(office: Town) -> None:
    dpu, ani = office.group("dputr"), office.citizen(OPERATOR, "Ani")
    ani.say("/catat")
    await office.hears(ani, "Ani, apa yang diceritakan pelapor")
    ani.say(f"{ROAD}\nnama: Bu Tini\nhp: 0812 3456 7890")
    summary = await office.hears(ani, "Yang akan dicatat:", "Bu Tini, +6281234567890")
    await office.press(ani, summary, "Simpan")
    await office.shows(summary, "Tersimpan: PML-")
    await office.card(dpu)
    ani.say("Jalan di depan rumah saya sendiri juga berlubang.")
    await office.hears(ani, "Laporan Anda sudah saya terima.")


async def test_a_call_centre_that_is_no_unit_works_and_is_told_whom_to_call(office: Town) -> None:
    dpu = office.group("dputr")
    centre = office.standin.group(CENTRE, "Pusat panggilan", announce=False)
    ani = centre.member(OPERATOR, first_name="Ani")
    ani.say(f"/catat {ROAD}; hp: 0812 3456 7890")
    slip = await office.hears(centre, "Tersimpan: PML-")
    card = await office.card(dpu)
    await office.press(office.staff(dpu), card, "Terima")
    news = await office.hears(centre, "perlu dihubungi")
    await office.press(ani, news, "Perlu dihubungi")
    await office.shows(news, code_in(slip))
    await office.press(ani, news, "1")
    await office.shows(news, "wis ditampa petugas")
    await office.press(ani, news, "Tulis jawaban pelapor")
    question = await office.hears(centre, "Ani, apa kata pelapor")
    ani.say("Matur nuwun, enggal ditambal nggih.", reply_to=question)
    await office.hears(centre, "Sudah saya teruskan ke petugas.")
    await office.hears(dpu, "enggal ditambal nggih", "lewat Ani")
    gone = centre.member(9099, first_name="Orang lewat", status="left")
    press = await office.press(gone, news, "Lihat nama dan nomor")
    assert "anggota" in (press.toast or "")


async def test_a_citizen_who_writes_catat_reports_as_ever(office: Town) -> None:
    office.group("dputr")
    siti = office.citizen()
    siti.say("/catat jalan berlubang di Karangsari dekat pasar")
    await office.hears(siti, "Laporan Anda sudah saya terima.")
    assert office.case().channel == "telegram"


async def test_an_emergency_sounds_as_ever_and_the_slip_begins_with_the_numbers(office: Town) -> None:
    desk, duty = office.group("meja"), office.group("siaga")
    rina = office.staff(desk)
    rina.say("/catat Kebakaran di rumah belakang pasar Comal; hp: 0812 3456 7890; cara: telepon")
    slip = await office.hears(desk, "Tersimpan: PML-", "TELEPON SEKARANG", "113")
    assert slip.text.index("113") < slip.text.index("petugas berusaha menelepon")
    await office.hears(duty, "DARURAT")


async def test_the_place_that_was_asked_for_at_the_counter_stands_on_the_card(office: Town) -> None:
    desk, dishub = office.group("meja"), office.group("dishub")
    rina = office.staff(desk, "Rina", 9003)
    rina.say("/catat Lampu jalan mati")
    slip = await office.hears(desk, "Tersimpan: PML-", "Tempatnya belum jelas.")
    card = await office.card(dishub)
    rina.say(f"/catat {code_in(slip)} Karangsari, wetan pasar")
    await office.hears(desk, "Sudah saya teruskan ke petugas.")
    await office.shows(card, "Tempat: Desa Karangsari")


async def test_silence_ends_a_case_by_rule_and_the_call_list_says_so(office: Town) -> None:
    desk, dpu = office.group("meja"), office.group("dputr")
    rina, bagas = office.staff(desk, "Rina", 9003), office.staff(dpu)
    rina.say(f"/catat {ROAD}; hp: 0812 3456 7890")
    await office.hears(desk, "Tersimpan: PML-")
    card = await office.card(dpu)
    await office.press(bagas, card, "Selesai")
    bagas.say("Wis ditambal.", reply_to=await office.hears(dpu, "apa yang sudah dikerjakan"))
    await office.hears(dpu, "petugas pencatat yang akan menyampaikannya")
    office.clock.skip(11 * DAY)
    await office.app.clockwork.step()
    await office.idle()
    if office.case().status is not Status.SELESAI:  # it is night
        office.clock.skip(DAY / 2)
        await office.app.clockwork.step()
        await office.idle()
    assert office.case().status is Status.SELESAI
    rina.say(f"/catat {office.case().code}")
    told = await office.hears(desk, "Wis 10 dina durung ana kabar", "Apa jebul durung beres?")
    assert "tekan" not in told.text
    await office.press(rina, told, "Belum")
    await office.shows(told, "Dibuka kembali")


async def test_what_was_told_is_not_kept_in_words_and_reading_a_number_is(office: Town) -> None:
    desk, dpu = office.group("meja"), office.group("dputr")
    rina = office.staff(desk, "Rina", 9003)
    rina.say(f"/catat {ROAD}; hp: 0812 3456 7890; nama: Bu Tini")
    await office.hears(desk, "Tersimpan: PML-")
    await office.press(office.staff(dpu), await office.card(dpu), "Terima")
    code = office.case().code
    await office.hears(desk, "perlu dihubungi")
    rina.say(f"/catat {code}")
    call = await office.hears(desk, "Sedang ditangani", "Sampaikan ke pelapor")
    await office.press(rina, call, "Lihat nama dan nomor")
    await office.press(rina, call, "Sudah disampaikan")
    await office.shows(call, "Tidak ada kabar baru")
    assert {row["text"] for row in office.rows(office_call)} == {""}
    lines = [(row["what"], row["actor"]) for row in office.rows(audit)]
    assert {("taken_down", "telegram:9003"), ("data_seen", "telegram:9003"), ("told", "telegram:9003")} <= set(lines)
    assert [row["channel"] for row in office.rows(person) if row["phone"]] == ["kantor"]


async def test_the_same_update_twice_takes_one_report_down(office: Town) -> None:
    desk = office.group("meja")
    rina = office.staff(desk, "Rina", 9003)
    rina.say(f"/catat {ROAD}")
    await office.hears(desk, "Tersimpan: PML-")
    assert len(office.rows(taken_down)) == len(office.cases()) == 1


async def test_who_may_only_look_takes_nothing_down(office: Town) -> None:
    desk = office.group("meja")
    wati, budi = office.admin(desk), office.staff(desk)
    wati.say("/peran pengamat telegram:9002")
    await office.hears(desk, "pengamat")
    budi.say(f"/catat {ROAD}")
    await office.idle()
    assert office.cases() == []
