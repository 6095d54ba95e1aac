"""Handing up and down on Telegram: what the target may and may not, what else happens meanwhile, many departments."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.domain import buttons
from bot.store.tables import appointment, handover
from tests.flows.acting import asked, choose
from tests.flows.town import Town
from tests.flows.town import town as in_town
from tests.standin.groups import Group
from tests.standin.messages import Message
from tests.standin.people import Member

SAMPLE = Path(__file__).parents[2] / "samples" / "wadul-berjenjang.toml"
HOLE = "Jalan di Karangsari berlubang dalam."
FLAMES = "Kebakaran di Karangsari, apinya besar!"
WHY = "Ini jalan kabupaten, sudah dicek."
UP = "Naikkan ke …"
REGENCY = "Dinas PU Kab. Pemalang"


def region_in(folder: Path) -> Path:
    """The sample with levels, with the codes that these tests look for."""
    region = folder / "berjenjang.toml"
    region.write_text(SAMPLE.read_text(encoding="utf-8").replace('prefix = "JTG"', 'prefix = "PML"'), encoding="utf-8")
    return region


@pytest.fixture
async def province(prepared: Path) -> AsyncIterator[Town]:
    """The sample with levels."""
    async with in_town(prepared, config=region_in(prepared)) as here:
        yield here


@pytest.fixture
async def any_province(tmp_path: Path, database_url: str | None) -> AsyncIterator[Town]:
    """The same on each database in turn: for what locks, lapses and is claimed."""
    async with in_town(tmp_path, config=region_in(tmp_path), database_url=database_url) as here:
        yield here


async def handed(
    town: Town, group: Group, who: Member, card: Message, target: Group, *, unit: str = REGENCY
) -> Message:
    """Somebody hands a case up; the card on which the target is asked."""
    await choose(town, who, card, "Alihkan", UP)
    await town.standin.wait_for(lambda: unit in card.buttons, 5)
    who.reply(await asked(town, group, who, card, unit), WHY)
    await town.shows(card, f"menunggu diterima {unit}")
    offered = await town.card(target)
    await town.standin.wait_for(lambda: offered.buttons, 5)
    return offered


def states(town: Town) -> list[str]:
    """What became of every hand-over."""
    return [row["state"] for row in town.rows(handover)]


async def test_the_target_may_accept_or_refuse_and_nothing_else(any_province: Town) -> None:
    village, regency = any_province.group("desa-karangsari"), any_province.group("dputr-pml")
    rina, bagas = any_province.staff(village, "Rina"), any_province.staff(regency, "Bagas", 9005)
    sri = any_province.citizen()
    card = await any_province.report(village, HOLE, by=sri)
    offered = await handed(any_province, village, rina, card, regency)
    assert list(offered.buttons) == ["Terima", "Tolak"]
    code = any_province.case().code
    told = len(sri.answers)
    for action in (buttons.DONE, buttons.ASK, buttons.MOVE, buttons.NOT_OURS, buttons.CALL_BACK):
        press = await any_province.press(bagas, offered, data=f"{action}:{code}")
        assert press.toast == "Laporan ini masih di Desa Karangsari. Di sini hanya bisa diterima atau ditolak."
    bagas.reply(offered, "/balas Sebentar ya Bu.")
    bagas.reply(offered, f"/tutup {code} Sudah beres semua.")
    bagas.reply(offered, "Patok kilometernya nomor berapa?")
    await any_province.shows(card, "Catatan Bagas: Patok kilometernya nomor berapa?")
    await any_province.idle()
    assert len(sri.answers) == told
    assert (any_province.case().unit, any_province.case().status) == ("desa-karangsari", "diteruskan")
    stranger = regency.member(9099, first_name="Orang lewat", status="left")
    assert "anggota" in ((await any_province.press(stranger, offered, "Terima")).toast or "")
    assert states(any_province) == ["menunggu"]


async def test_while_one_waits_the_case_moves_nowhere_else_and_can_be_called_back(any_province: Town) -> None:
    village, regency = any_province.group("desa-karangsari"), any_province.group("dputr-pml")
    rina, bagas = any_province.staff(village, "Rina"), any_province.staff(regency, "Bagas", 9005)
    card = await any_province.report(village, HOLE)
    offered = await handed(any_province, village, rina, card, regency)
    code = any_province.case().code
    waits = f"Masih menunggu diterima {REGENCY}. Batalkan penyerahannya dulu."
    for data in (f"ke:{code}:meja", f"ke:{code}:desa-clekatakan", f"serahkan:{code}:pulosari"):
        assert (await any_province.press(rina, card, data=data)).toast == waits
    assert (await any_province.press(rina, card, "Batalkan penyerahan")).toast == "Penyerahan dibatalkan."
    await any_province.shows(offered, "Kartu ini tidak dipakai lagi.", "Desa Karangsari")
    press = await any_province.press(bagas, offered, data=f"terima:{code}")
    assert press.toast
    assert (any_province.case().unit, states(any_province)) == ("desa-karangsari", ["ditarik"])
    await handed(any_province, village, rina, card, regency)
    assert states(any_province) == ["ditarik", "menunggu"]


async def test_a_press_made_up_for_another_level_moves_nothing_at_once(province: Town) -> None:
    village = province.group("desa-karangsari")
    province.group("dputr-pml")
    card = await province.report(village, HOLE)
    code = province.case().code
    for data in (f"ke:{code}:dputr-pml", f"tetap:{code}:dputr-pml"):
        press = await province.press(province.staff(village), card, data=data)
        assert (press.toast or "").startswith(f"{REGENCY} ada di tingkat lain dan harus menerima dulu.")
    for wrong in ("serahkan:{}:desa-clekatakan", "serahkan:{}:meja", "serahkan:{}:x", "tingkat:{}:x"):
        assert (await province.press(province.staff(village), card, data=wrong.format(code))).toast
    assert (province.case().unit, states(province)) == ("desa-karangsari", [])


async def test_what_ends_meanwhile_is_asked_of_nobody_any_more_even_when_it_is_opened_again(any_province: Town) -> None:
    village, regency = any_province.group("desa-karangsari"), any_province.group("dputr-pml")
    rina, sri = any_province.staff(village, "Rina"), any_province.citizen()
    card = await any_province.report(village, HOLE, by=sri)
    offered = await handed(any_province, village, rina, card, regency)
    rina.reply(await asked(any_province, village, rina, card, "Selesai"), "Sudah kami tambal sendiri.")
    question = await any_province.hears(sri, "Sudah kami tambal sendiri.")
    await any_province.standin.wait_for(lambda: not offered.buttons, 5)
    assert states(any_province) == ["gugur"]
    sri.press(question, "Belum")
    await any_province.shows(card, "Dibuka kembali")
    await any_province.idle()
    assert (offered.buttons, states(any_province)) == ({}, ["gugur"])


async def test_an_emergency_rings_at_both_until_one_takes_it(any_province: Town) -> None:
    village, regency = any_province.group("tertib-pml"), any_province.group("dpu-jateng")
    rina = any_province.staff(village, "Rina")
    card = await any_province.report(village, FLAMES)
    offered = await handed(any_province, village, rina, card, regency, unit="DPU Bina Marga Provinsi")
    await any_province.app.clockwork.step()  # from now on the minutes count
    any_province.clock.skip(200)
    await any_province.app.clockwork.step()
    for group in (village, regency):
        await any_province.hears(group, "belum ada yang menerima. Tekan Terima")
    await any_province.press(any_province.staff(regency, "Bagas", 9005), offered, "Terima")
    await any_province.shows(offered, "diterima Bagas")
    assert any_province.case().unit == "dpu-jateng"
    heard = len(regency.answers)
    any_province.clock.skip(200)
    await any_province.app.clockwork.step()
    await any_province.idle()
    assert len(regency.answers) == heard


async def test_the_desk_answers_for_a_target_without_a_group_until_it_has_one(any_province: Town) -> None:
    village, desk = any_province.group("desa-karangsari"), any_province.group("meja")
    rina = any_province.staff(village, "Rina")
    card = await any_province.report(village, HOLE)
    at_desk = await handed(any_province, village, rina, card, desk)
    assert "Diserahkan oleh" in at_desk.text
    regency = any_province.group("dputr-pml", linked=False)
    any_province.admin(regency).say("/hubungkan dputr-pml")
    offered = await any_province.card(regency)
    await any_province.shows(at_desk, "Kartu ini tidak dipakai lagi.")
    await any_province.press(any_province.staff(regency, "Bagas", 9005), offered, "Terima")
    await any_province.shows(offered, "diterima Bagas")
    assert (any_province.case().unit, states(any_province)) == ("dputr-pml", ["diterima"])


async def test_a_topic_of_another_level_changes_the_topic_and_hands_nothing_over(province: Town) -> None:
    village = province.group("desa-karangsari")
    province.group("dputr-pml")
    card = await province.report(village, HOLE)
    code = province.case().code
    press = await province.press(province.staff(village), card, data=f"ganti:{code}:air_bersih")
    assert press.toast == f"Topiknya diganti. Yang menangani topik ini {REGENCY}; serahkan lewat Alihkan."
    assert (province.case().unit, province.case().tags.topic) == ("desa-karangsari", "air_bersih")


async def test_the_desk_chooses_the_level_first_and_its_choice_holds_at_once(province: Town) -> None:
    desk, village = province.group("meja"), province.group("desa-clekatakan")
    wati = province.staff(desk, "Wati", 9003)
    card = await province.report(desk, "Jalan rusak parah, tolong.")
    await choose(province, wati, card, "Alihkan")
    await province.standin.wait_for(lambda: "Provinsi" in card.buttons, 5)
    assert list(card.buttons) == [
        "Pusat (nasional)", "Provinsi", "Kabupaten dan kota", "Kecamatan", "Desa dan kelurahan", "‹ Kembali",
    ]  # fmt: skip
    await choose(province, wati, card, "Kabupaten dan kota", "Berikutnya »", "« Sebelumnya", "‹ Kembali")
    await choose(province, wati, card, "Alihkan", "Desa dan kelurahan", "Desa Clekatakan", "Jalan")
    await province.card(village)
    assert (province.case().unit, states(province)) == ("desa-clekatakan", [])


async def test_an_office_complained_about_is_neither_offered_nor_asked(province: Town) -> None:
    village, watch = province.group("desa-karangsari"), province.group("inspektorat-pml")
    tuti = province.staff(watch, "Tuti", 9006)
    card = await province.report(watch, "Kades Karangsari minta pungli waktu bagi bantuan beras, semua warga kena.")
    assert province.case().accused == ("desa-karangsari",)
    await choose(province, tuti, card, "Alihkan", "Turunkan ke …")
    await province.standin.wait_for(lambda: "Desa Clekatakan" in card.buttons, 5)
    assert "Desa Karangsari" not in card.buttons
    press = await province.press(tuti, card, data=f"serahkan:{province.case().code}:desa-karangsari")
    assert press.toast
    await province.idle()
    assert (village.answers, states(province)) == ([], [])


async def test_hubungkan_asks_for_the_level_first_where_there_are_many(province: Town) -> None:
    group = province.group("desa-karangsari", linked=False)
    wati = province.admin(group)
    wati.say("/hubungkan")
    menu = await province.hears(group, "Grup ini untuk siapa?")
    assert "Kabupaten dan kota (15)" in menu.buttons
    assert "Meja aduan" in menu.buttons
    await province.press(province.staff(group), menu, "Desa dan kelurahan (6)")
    assert "Desa Karangsari" not in menu.buttons
    await choose(province, wati, menu, "Kabupaten dan kota (15)", "Berikutnya »", "‹ Kembali", "Desa dan kelurahan (6)")
    await choose(province, wati, menu, "Desa Karangsari")
    await province.hears(group, "Desa Karangsari")
    await province.idle()
    assert province.app.store.read_now(lambda uow: uow.desks.chat_of("desa-karangsari"))


async def test_guests_of_the_village_head_take_different_places_and_give_them_back(any_province: Town) -> None:
    head = any_province.group("kepala.desa-karangsari")
    siti, agus = any_province.citizen(5, "Siti"), any_province.citizen(6, "Agus")
    opening = any_province.app.region.openings["kepala.desa-karangsari"]
    object.__setattr__(opening, "ahead", 7)
    taken: list[Message] = []
    for guest in (siti, agus):
        guest.say("/temu Jalan di Karangsari rusak.")
        asked_whom = await any_province.hears(guest, "Bertemu siapa")
        await any_province.press(guest, asked_whom, "Kepala Desa Karangsari")
        await any_province.shows(asked_whom, "Balai Desa Karangsari")
        await any_province.press(guest, asked_whom, next(each for each in asked_whom.buttons if "pukul" in each))
        await any_province.shows(asked_whom, "Anda terdaftar")
        taken.append(asked_whom)
    ajudan = any_province.staff(head, "Wati")
    ajudan.say("/temu")
    await any_province.hears(head, "Tamu Kepala Desa Karangsari", "Siti", "Agus")
    await any_province.press(siti, taken[0], "Batalkan")
    await any_province.shows(taken[0], "Pertemuan ini dibatalkan.")
    rows = {row["state"]: row["head"] for row in any_province.rows(appointment)}
    assert rows == {"batal": "kepala.desa-karangsari", "terdaftar": "kepala.desa-karangsari"}
