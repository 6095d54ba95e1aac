"""A street light that was called done and is dark again: `Belum`, what is missing, opened again, done at last."""

import pytest

from tests.contract.place import Place

HOUR = 3600.0


async def test_a_street_light_is_called_done_is_not_and_is_done_again(place: Place) -> None:
    dishub = await place.group("dishub")
    agus, rina, bagas = place.citizen(1), place.staff(dishub), place.staff(dishub, 1)

    await agus.says("Min, lampu depan balai desa Karangsari mati udah seminggu, gelap banget.")
    code = (await agus.screen.reads("Kode: PML-", "Penerangan jalan", "Dinas Perhubungan")).code
    card = await dishub.reads(code, "gelap banget")
    await rina.presses(card, "Terima")
    await agus.screen.reads(code, "sudah diterima petugas Dinas Perhubungan")
    card = await dishub.shows(card, "diterima Rina", offers="Selesai")

    await place.turns("2027-01-12 14:00")
    await rina.fills(card, "Selesai", "Lampu sudah diganti.")
    question = await agus.screen.reads("Lampu sudah diganti.", "Apakah memang sudah beres?")
    await dishub.reads(f"{code} selesai. Pelapor sudah diberi tahu.")

    await place.turns("2027-01-12 19:30")
    await agus.presses(question, "Belum")
    await agus.screen.reads("Maaf, berarti belum beres.", code, "Apa yang masih kurang?")
    await dishub.reads("Pelapor: belum beres.", code)
    again = await dishub.shows(card, "Dibuka kembali", "Hasil sebelumnya: Lampu sudah diganti.", offers="Terima")
    assert "diterima Rina" not in again.text

    await agus.says("Nyala sebentar habis maghrib terus mati lagi, kayaknya kabelnya.", photo=True)
    await agus.screen.reads("Sudah saya tambahkan", code)
    await dishub.reads(code, "kayaknya kabelnya")
    assert (await dishub.reads()).files == 1
    again = await dishub.shows(card, "Tambahan pelapor: Nyala sebentar", "Lampiran: 1 foto", offers="Terima")

    await place.turns("2027-01-13 08:00")
    await bagas.presses(again, "Terima")
    await agus.screen.reads(code, "sudah diterima petugas Dinas Perhubungan")
    again = await dishub.shows(card, "diterima Bagas", offers="Selesai")
    await bagas.fills(again, "Selesai", "Kabelnya putus digigit tikus, sudah disambung dan diberi pipa.")
    question = await agus.screen.reads("digigit tikus", "Apakah memang sudah beres?")
    await agus.says("sudah pak, terima kasih")
    await agus.screen.reads("Terima kasih sudah memastikan", code)
    await agus.screen.reads("Boleh dinilai", code)
    await dishub.shows(card, "Status: Selesai", "Hasil: Kabelnya putus")
    await agus.screen.reads_nothing_more()
    await place.turns("2027-01-13 09:00")
    gross, net = place.spent(code)
    assert gross - net == pytest.approx(5.5 * HOUR, abs=60)  # from `Selesai` to `Belum` the office owed nothing
