"""Heads of several levels: each hears of the cases where they lead, and a citizen says whom they want to meet."""

from tests.contract.people import Person
from tests.contract.place import Place
from tests.flows.stories.test_province import VILLAGE, handed, place

__all__ = ["place"]
UP = "Naikkan ke …"
HOLE = "Jalan di Karangsari berlubang dalam, sudah lama tidak ditambal."
CARD = "Ngurus KTP di Karangsari lama sekali, sudah tiga minggu belum jadi."
FLAMES = "Kebakaran di Karangsari, apinya besar!"


async def test_each_head_hears_of_what_is_late_where_they_lead(place: Place) -> None:
    village, regency = await place.group("desa-karangsari"), await place.group("dukcapil-pml")
    kades, bupati, top = [await place.group(u) for u in ("kepala.desa-karangsari", "kepala.pemalang", "kepala")]
    siti, agus = place.citizen(), place.citizen(1)
    await siti.says(HOLE)
    small = (await siti.screen.reads("Kode: PML-", VILLAGE)).code
    await agus.says(CARD)
    large = (await agus.screen.reads("Kode: PML-")).code
    await village.reads(small)
    await regency.reads(large)

    await place.turns("2027-01-18 11:00")
    await kades.reads(small, VILLAGE)
    await bupati.reads(large, "Disdukcapil Kab. Pemalang")
    for head in (kades, bupati, top):
        await head.reads_nothing_more()

    await place.staff(kades).uses("tugas")
    assert large not in (await kades.reads(small)).text
    await place.staff(bupati).uses("tugas")
    await bupati.reads(small, large)


async def test_an_alarm_goes_to_the_head_of_the_level_where_the_case_is(place: Place) -> None:
    duty, guards = await place.group("siaga"), await place.group("tertib-pml")
    kades, bupati = await place.group("kepala.desa-karangsari"), await place.group("kepala.pemalang")
    siti = place.citizen()
    await siti.says(FLAMES)
    code = (await siti.screen.reads("PML-")).code
    card = await guards.reads(code)
    await duty.reads(code)
    for minute in (4, 8, 12, 16, 20):
        await place.turns(f"2027-01-11 10:{minute:02}")
    await bupati.reads("Darurat", code, "belum ada yang menerima")
    await kades.reads_nothing_more()
    await place.staff(guards).presses(card, "Terima")
    await bupati.reads(code, "Rina")
    await kades.reads_nothing_more()


async def test_a_head_hears_nothing_of_what_complains_about_their_office(place: Place) -> None:
    kades, camat = await place.group("kepala.desa-karangsari"), await place.group("kepala.pulosari")
    await place.group("inspektorat-pml")
    karto = place.citizen(2)
    await karto.says("Neng bale desa Karangsari ana pungli nggawe surat, dijaluki satus ewu. Kepriwe kiye?")
    code = (await karto.screen.reads("PML-")).code
    assert "desa-karangsari" in place.case(code).accused
    await place.turns("2027-02-15 10:00")
    for head in (kades, camat):
        await place.staff(head).uses("cari", code)
        await head.reads("tidak ada di antara laporan grup ini")
        await head.reads_nothing_more()


async def test_both_heads_hear_of_a_hand_over_that_nobody_answers(place: Place) -> None:
    village, regency = await place.group("desa-karangsari"), await place.group("dputr-pml")
    kades, bupati = await place.group("kepala.desa-karangsari"), await place.group("kepala.pemalang")
    siti = place.citizen()
    await siti.says(HOLE)
    code = (await siti.screen.reads("Kode: PML-", VILLAGE)).code
    await handed(village, await village.reads(code), regency, UP, "Dinas PU Kab. Pemalang", "Jalan kabupaten.")
    await place.turns("2027-01-13 10:30")
    for head in (kades, bupati):
        await head.reads(f"⏰ {code}: {VILLAGE} menyerahkannya ke Dinas PU Kab. Pemalang")


async def asked_whom(who: Person, subject: str) -> list[str]:
    """The heads whom somebody may choose from."""
    await who.uses("temu", subject)
    return (await who.screen.reads("Bertemu siapa", subject)).buttons


async def test_a_citizen_chooses_whom_to_meet_and_each_head_has_a_list_of_their_own(place: Place) -> None:
    desk = await place.group("meja")
    kades, bupati = await place.group("kepala.desa-karangsari"), await place.group("kepala.pemalang")
    siti, agus = place.citizen(), place.citizen(1)
    assert await asked_whom(agus, "Saya mau bicara soal pasar.") == ["Bupati Pemalang", "Kepala Desa Karangsari"]
    await siti.uses("temu", "Jalan di Karangsari rusak terus.")
    asked = await siti.screen.reads("Bertemu siapa")
    assert asked.buttons == ["Kepala Desa Karangsari", "Bupati Pemalang"]  # whose place was named comes first
    await siti.presses(asked, "Bupati Pemalang")
    times = await siti.screen.shows(asked, "Bertemu Bupati Pemalang di Pendopo", offers="Orang lain")
    await siti.presses(times, "Orang lain")
    await siti.presses(await siti.screen.shows(asked, offers="Kepala Desa Karangsari"), "Kepala Desa Karangsari")
    times = await siti.screen.shows(asked, "Bertemu Kepala Desa Karangsari di Balai Desa")
    await siti.presses(times, "Rabu 13-01 pukul 09.00")
    await siti.screen.shows(asked, "Anda terdaftar. Nomor: 1", "Kepala Desa Karangsari")

    await place.staff(kades).uses("temu")
    await kades.reads("Tamu Kepala Desa Karangsari", "1. 09.00 Bu Siti")
    await place.staff(bupati).uses("temu")
    await bupati.reads("Belum ada yang mendaftar bertemu Bupati Pemalang")
    rina = place.staff(desk)
    await rina.uses("temu")
    which = await desk.reads("Daftar tamu siapa?")
    await rina.presses(which, "Kepala Desa Karangsari")
    await desk.shows(which, "1. 09.00 Bu Siti")


async def test_the_same_hour_with_two_heads_is_two_places(place: Place) -> None:
    desk = await place.group("meja")
    rina = place.staff(desk)
    for name, whom in (("Bu Tini", "Kepala Desa Karangsari"), ("Pak Darmo", "Bupati Pemalang")):
        await rina.uses("catat", f"temu Soal jembatan; nama: {name}; hp: 0812 3456 78{len(name)}0")
        asked = await desk.reads("Yang akan didaftarkan:", "Soal jembatan", "nama tersimpan", "Mau bertemu siapa?")
        await rina.presses(asked, whom)
        times = await desk.shows(asked, f"bertemu {whom}", "Pilih waktunya")
        await rina.presses(times, times.buttons[0])
        slip = await desk.shows(asked, f"Terdaftar untuk bertemu {whom}.", "Nomor: 1")
        assert slip.buttons == []
