"""A pole that three departments pass on over Independence Day: working days count, a hand-over starts no clock."""

import pytest

from tests.contract.people import Screen
from tests.contract.place import Place
from tests.contract.seen import Seen

PU = "Dinas PU dan Penataan Ruang"
HOUR, DAY = 3600.0, 86400.0


async def passed_on(old: Screen, card: Seen, new: Screen, reason: str, *words: str) -> Seen:
    """Somebody of a group hands a case over and says why; the card as it stands at its new place."""
    rina = old.place.staff(old)
    await rina.chooses(card, "Alihkan", *words)
    code = card.code
    arrived = await new.reads(code)
    assert (await old.shows(card, "Kartu ini tidak dipakai lagi.")).buttons == []
    await rina.says(reason, to=await old.reads("Rina, ", "Kenapa dialihkan?"))
    await old.reads(code)
    return await new.shows(arrived, f"Alasan dialihkan (Rina): {reason}", offers="Terima")


async def test_three_departments_pass_a_pole_on_over_a_holiday(place: Place) -> None:
    dishub, pln, dpu, head = [await place.group(unit) for unit in ("dishub", "pln", "dputr", "kepala")]
    agus = place.citizen(1)

    await place.turns("2027-08-12 10:00")  # a Thursday; Tuesday the 17th is a holiday
    await agus.says("Tiang lampu dekat perempatan Karangsari miring mau roboh ke jalan.")
    code = (await agus.screen.reads("Kode: PML-", "Dinas Perhubungan")).code
    card = await dishub.reads(code, "Tenggat: Jumat 20-08 10.00 (jawaban pertama)")

    await place.turns("2027-08-13 09:00")
    at_pln = await passed_on(dishub, card, pln, "Tiangnya milik PLN.", "PLN ULP Pemalang")
    assert "Tenggat: Jumat 20-08 10.00 (jawaban pertama)" in at_pln.text
    await agus.screen.reads(code, "dipindahkan ke PLN ULP Pemalang")

    await place.turns("2027-08-16 15:00")
    at_dpu = await passed_on(pln, at_pln, dpu, "Miring karena trotoarnya ambles.", PU, "topik tetap")
    assert at_dpu.has("Tenggat: Jumat 20-08 10.00 (jawaban pertama)", "Tiangnya milik PLN.")
    await agus.screen.reads(code, "dipindahkan ke Dinas PU")

    await place.turns("2027-08-17 09:00")
    for screen in (dishub, pln, dpu, head, agus.screen):
        await screen.reads_nothing_more()  # the offices celebrate
    await place.turns("2027-08-19 06:30")
    await dpu.reads(code, "jawaban pertama ditunggu paling lambat besok Jumat pukul 10.00.")

    await place.turns("2027-08-19 10:00")
    bagas = place.staff(dpu, 1)
    await bagas.presses(at_dpu, "Terima")
    await agus.screen.reads(code, "sudah diterima petugas Dinas PU")
    taken = await dpu.shows(at_dpu, "diterima Bagas", "Tenggat: Kamis 02-09 10.00 (penyelesaian)", offers="Selesai")
    await bagas.fills(taken, "Tanya pelapor", "Miringnya ke arah jalan atau ke rumah?")
    await agus.screen.reads(code, "Miringnya ke arah jalan atau ke rumah?")
    await dpu.reads("dikirim ke pelapor")
    await dpu.shows(taken, "Tenggat: jam berhenti (penyelesaian)")

    await place.turns("2027-08-20 10:00")
    await agus.says("Ke arah aspal, Pak, tiap hari tambah miring.")
    await agus.screen.reads("sudah saya teruskan", code)
    await dpu.reads("Jawaban pelapor", "tambah miring")
    await dpu.shows(taken, "Tenggat: Jumat 03-09", "(penyelesaian)")

    await place.turns("2027-08-23 10:00")
    await bagas.fills(taken, "Selesai", "Trotoar diperkuat, tiang ditegakkan bersama PLN.")
    await agus.screen.reads("tiang ditegakkan bersama PLN", "Apakah memang sudah beres?")
    await dpu.reads(f"{code} selesai.")
    await place.turns("2027-08-23 10:05")
    gross, net = place.spent(code)
    assert gross == pytest.approx(6 * DAY, abs=HOUR)  # 13, 16, 18, 19, 20 and 23 August, from ten to ten
    assert net == pytest.approx(5 * DAY, abs=HOUR)  # without the day that the citizen was asked
    for screen in (dishub, pln, dpu, head, agus.screen):
        await screen.reads_nothing_more()
