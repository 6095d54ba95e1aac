"""Time passes, on every channel: reminders, what is late, alarms, silence."""

from tests.contract.acting import done, reported
from tests.contract.place import Place

FIRE = "Kebakaran di rumah belakang pasar Karangsari, apinya besar!"


async def test_the_group_is_reminded_and_the_head_hears_what_is_late(place: Place) -> None:
    dpu, head, siti = await place.group("dputr"), await place.group("kepala"), place.citizen()
    card = await reported(dpu, siti)
    assert "Tenggat: Senin 18-01 10.00 (jawaban pertama)" in card.text
    await place.turns("2027-01-15 06:01")
    await dpu.reads(card.code, "jawaban pertama ditunggu paling lambat Senin 18-01 pukul 10.00.")
    await place.turns("2027-01-18 10:01")
    await dpu.reads(card.code, "tenggat jawaban pertama sudah lewat", "Belum ada yang menerima.")
    await dpu.shows(card, "⏰ Terlambat")
    await head.reads(card.code, "Dinas PU", "Tenggat jawaban pertama sudah lewat")
    await place.staff(head).uses("tugas")
    await head.reads("Semua yang terbuka: 1", card.code)
    await siti.screen.reads_nothing_more()


async def test_an_emergency_sounds_until_somebody_takes_it(place: Place) -> None:
    duty, bpbd, head = await place.group("siaga"), await place.group("bpbd"), await place.group("kepala")
    siti = place.citizen()
    await siti.says(FIRE)
    receipt = await siti.screen.reads("TELEPON SEKARANG", "112")
    alarm, card = await duty.reads("🚨 DARURAT", receipt.code), await bpbd.reads("🔴 Darurat", receipt.code)
    assert alarm.buttons == ["Terima"]
    await place.turns("2027-01-11 10:00:30")
    for minutes in (4, 8, 12):
        await place.turns(f"2027-01-11 10:{minutes:02}")
        await duty.reads(receipt.code, "belum ada yang menerima")
        await bpbd.reads(receipt.code, "belum ada yang menerima")
    await head.reads("Darurat", receipt.code, "3 kali diingatkan")
    await place.staff(duty).presses(alarm, "Terima")
    await bpbd.shows(card, "diterima Rina")
    await place.turns("2027-01-11 10:20")
    await head.reads(receipt.code, "sudah diterima Rina")
    for screen in (duty, bpbd, head):
        await screen.reads_nothing_more()


async def test_silence_ends_what_was_done_and_belum_still_opens_it(place: Place) -> None:
    dpu, siti = await place.group("dputr"), place.citizen()
    card, _ = await done(dpu, siti, place.staff(dpu))
    await place.turns("2027-01-21 10:30")
    closed = await siti.screen.reads("Sudah 10 hari belum ada kabar dari Anda", card.code)
    assert closed.buttons == ["Belum"]
    await dpu.shows(card, "Status: Selesai")
    await siti.presses(closed, "Belum")
    await siti.screen.reads("dibuka kembali")
    await dpu.shows(card, "Dibuka kembali", offers="Terima")
