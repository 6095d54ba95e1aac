"""Meeting the head: registered in chat, reminded, moved, given back; who waits is told; a holiday is left out."""

from datetime import time

import pytest

from bot.domain.appointments import Opening
from bot.domain.region import Region
from tests.contract.people import Person
from tests.contract.place import Place
from tests.contract.seen import Seen

TUESDAYS = Opening("Bupati", "Pendopo", frozenset({2}), (time(9), time(9, 30)), places=1, ahead=8)


def opens(place: Place, opening: Opening = TUESDAYS) -> None:
    """From now on the office of this town receives people."""
    region: Region = place.app.office.region
    object.__setattr__(region, "appointments", opening)


async def asks(who: Person, subject: str) -> Seen:
    """Somebody says what they want to talk about; the times that they are offered."""
    await who.uses("temu", subject)
    return await who.screen.reads(subject)


async def turns(place: Place, moment: str) -> None:
    """It becomes this moment; what was due of meetings is said."""
    await place.turns(moment)
    await place.app.meetings.step()
    await place.idle()


async def test_an_office_without_such_hours_says_so_kindly(place: Place) -> None:
    siti = place.citizen()
    await siti.uses("temu")
    await siti.screen.reads("belum ada jadwal bertemu kepala daerah")
    await siti.screen.reads_nothing_more()


async def test_a_citizen_registers_is_reminded_twice_and_comes(place: Place) -> None:
    opens(place)
    head, siti = await place.group("kepala"), place.citizen()
    ajudan = place.staff(head)

    await siti.uses("temu")
    await siti.screen.reads("Apa yang mau Anda sampaikan kepada Bupati?")
    await siti.says("Jembatan neng desa iki wis ora bisa diliwati dalane.")
    offered = await siti.screen.reads("Ketemu Bupati neng Pendopo", "Pilih wektune")
    assert offered.buttons == [
        "Selasa 12-01 jam 09.00", "Selasa 12-01 jam 09.30", "Selasa 19-01 jam 09.00", "Selasa 19-01 jam 09.30",
    ]  # fmt: skip
    await siti.presses(offered, "Selasa 19-01 jam 09.30")
    await siti.screen.shows(offered, "Sampeyan wis kadhaftar. Nomer: 2", "jam 09.30", offers="Pindhah wektu")

    await turns(place, "2027-01-18 09:00")
    await siti.screen.reads_nothing_more()
    await turns(place, "2027-01-18 09:31")
    await siti.screen.reads("Mung ngelingake", "Selasa 19-01 jam 09.30", "Nomer sampeyan 2")
    await turns(place, "2027-01-19 07:31")
    await siti.screen.reads("Mung ngelingake", "Selasa 19-01")
    await turns(place, "2027-01-19 09:00")
    await siti.screen.reads_nothing_more()

    await ajudan.uses("temu")
    guests = await head.reads("Tamu Bupati", "Selasa 19-01-2027", "2. 09.30 Bu Siti: Jembatan neng desa iki")
    await ajudan.presses(guests, "2")
    guest = await head.shows(guests, "Bu Siti", "Status: terdaftar", offers="Hadir")
    await ajudan.presses(guest, "Hadir")
    await head.shows(guest, "Status: hadir")
    await siti.screen.reads_nothing_more()


async def test_who_waits_gets_the_place_that_another_gives_back(place: Place) -> None:
    opens(place, Opening("Bupati", "Pendopo", frozenset({2}), (time(9),), places=1, ahead=2))
    siti, agus, karto = place.citizen(), place.citizen(1), place.citizen(2)

    mine = await asks(siti, "Jalan di desa kami rusak sejak lama.")
    await siti.presses(mine, "Selasa 12-01 pukul 09.00")
    mine = await siti.screen.shows(mine, "Anda terdaftar. Nomor: 1", offers="Batalkan")
    for each in (agus, karto):
        full = await asks_when_full(each)
        await each.presses(full, "Masuk daftar tunggu")
        await each.screen.shows(full, "Anda ada di daftar tunggu.")

    await siti.presses(mine, "Batalkan")
    await siti.screen.reads("sudah saya batalkan")
    free = await agus.screen.reads("Ada tempat kosong", "Selasa 12-01 pukul 09.00", "saya simpan untuk Anda sampai")
    await karto.screen.reads_nothing_more()
    await agus.presses(free, "Ambil")
    await agus.screen.shows(free, "Anda terdaftar. Nomor: 1")
    await agus.uses("temu", "batal")
    await agus.screen.reads("sudah saya batalkan")
    free = await karto.screen.reads("Ada tempat kosong", "Selasa 12-01")
    await turns(place, "2027-01-12 07:31")
    await karto.screen.reads("tidak jadi diambil")
    for each in (siti, agus, karto):
        await each.screen.reads_nothing_more()


async def asks_when_full(who: Person) -> Seen:
    await who.uses("temu", "Saya mau bicara soal jalan rusak.")
    return await who.screen.reads("sudah penuh")


async def test_the_subject_becomes_a_report_as_well_and_the_office_calls_a_meeting_off(place: Place) -> None:
    opens(place)
    head, dpu, siti = await place.group("kepala"), await place.group("dputr"), place.citizen()
    ajudan = place.staff(head)

    mine = await asks(siti, "Jalan di Karangsari berlubang dan belum ditambal.")
    await siti.presses(mine, "Selasa 12-01 pukul 09.00")
    mine = await siti.screen.shows(mine, "Anda terdaftar", offers="Jadikan laporan juga")
    await siti.presses(mine, "Jadikan laporan juga")
    code = (await siti.screen.reads("Kode: PML-")).code
    await dpu.reads(code, "Jalan di Karangsari berlubang")
    await place.idle()
    assert not (await siti.screen.shows(mine, "Anda terdaftar")).offers("Jadikan laporan juga")

    await ajudan.uses("temu")
    guests = await head.reads("1. 09.00 Bu Siti")
    await ajudan.presses(guests, "1")
    guest = await head.shows(guests, f"Laporan: {code}", offers="Batalkan")
    await ajudan.presses(guest, "Batalkan")
    guest = await head.shows(guest, offers="Ya, batalkan dan kabari")
    await ajudan.presses(guest, "Ya, batalkan dan kabari")
    await head.shows(guest, "Status: batal")
    await siti.screen.reads("terpaksa dibatalkan oleh kantor", "Selasa 12-01 pukul 09.00")


@pytest.mark.parametrize("unit", ["dputr"])
async def test_names_of_guests_are_shown_to_no_other_group(place: Place, unit: str) -> None:
    opens(place)
    dpu, siti = await place.group(unit), place.citizen()
    rina = place.staff(dpu)
    mine = await asks(siti, "Jalan di Karangsari berlubang.")
    await siti.presses(mine, "Selasa 12-01 pukul 09.00")
    await rina.uses("temu")
    await dpu.reads("Daftar tamu hanya di grup kepala daerah atau meja aduan.")


async def test_an_operator_registers_a_guest_without_a_chat_in_chat(place: Place) -> None:
    opens(place)
    desk, head = await place.group("meja"), await place.group("kepala")
    rina, ajudan = place.staff(desk), place.staff(head, 1)

    await rina.uses("catat", "temu")
    await rina.says("Mau bicara soal jembatan\nhp: 0812 3456 7890", to=await desk.reads("Rina, siapa tamunya"))
    asked = await desk.reads("didaftarkan bertemu Bupati", "Mau bicara soal jembatan", "…890")
    assert "Nama tamunya belum ada" in (await rina.presses(asked, "Selasa 12-01 pukul 09.00")).words
    await rina.fills(asked, "Nama dan nomor HP", "Bu Tini")
    asked = await desk.reads("didaftarkan bertemu Bupati", "nama tersimpan, …890")
    await rina.presses(asked, "Selasa 12-01 pukul 09.30")
    slip = await desk.shows(asked, "Terdaftar untuk bertemu Bupati.", "Nomor: 2", "Selasa 12-01 pukul 09.30", "Pendopo")
    assert "Tini" not in slip.text

    await ajudan.uses("temu")
    await head.reads("2. 09.30 Bu Tini: Mau bicara soal jembatan")
    await rina.uses("catat", "temu Soal air; nama: Bu Tini; hp: 0812 3456 7890")
    again = await desk.reads("didaftarkan bertemu Bupati", "Soal air")
    assert "sudah terdaftar" in (await rina.presses(again, "Selasa 12-01 pukul 09.00")).words
    await rina.presses(again, "Urung")
    await desk.shows(again, "Tidak jadi dicatat.")
    for screen in (desk, head):
        await screen.reads_nothing_more()
