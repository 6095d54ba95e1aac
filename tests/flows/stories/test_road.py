"""A road in Pemalang, from the report to the citizen's yes."""

from tests.contract.acting import BUTTONS
from tests.contract.place import Place


async def road(place: Place) -> None:
    """The story; the transcript is written down on the way."""
    dpu = await place.group("dputr")
    siti, rina, bagas = place.citizen(), place.staff(dpu), place.staff(dpu, 1)

    await siti.says("Nyong pan lapor, dalan neng ngarep pasar bolong jero, wingi ana sing tiba.")
    receipt = await siti.screen.reads("Laporan sampeyan wis tak tampa.", "Dinas PU", "Panggonane neng endi?")
    code = receipt.code
    card = await dpu.reads(f"🟡 Sedang · {code}", "wingi ana sing tiba", "belum disebut (sudah saya tanyakan)")
    assert card.buttons == BUTTONS

    await siti.says("Karangsari, wetan pasar.")
    await siti.screen.reads("Wis tak tambahake panggonane", code)
    await dpu.shows(card, "Tempat: Desa Karangsari")
    await siti.says("Iki fotone.", photo=True)
    await siti.screen.reads(code)
    await dpu.shows(card, "Lampiran: 1 foto", "Iki fotone.")
    assert (await dpu.reads()).files == 1

    assert (await rina.presses(card, "Terima")).words == f"{code} Anda terima."
    await siti.screen.reads(code, "wis ditampa petugas Dinas PU", "wiwit ditangani")
    card = await dpu.shows(card, "diterima Rina", "Tenggat: Jumat 29-01", "(penyelesaian)")

    await rina.fills(card, "Tanya pelapor", "Bolongan jerone kira-kira pira, Bu?")
    await siti.screen.reads("takon bab laporan", code, "Bolongan jerone kira-kira pira, Bu?")
    await dpu.reads(f"Pertanyaan tentang {code} dikirim ke pelapor.")
    await dpu.shows(card, "Menunggu jawaban pelapor", "jam berhenti")
    await siti.says("Ana sakdengkul, Pak. Nek udan ora ketok.")
    await siti.screen.reads("jawaban sampeyan wis tak terusake", code)
    await dpu.reads(f"Jawaban pelapor {code}", "Ana sakdengkul, Pak.")
    card = await dpu.shows(card, "Jawaban pelapor: Ana sakdengkul, Pak.", "diterima Rina")

    await bagas.says("Aspal teka Rebo, tak gawa truk loro.", to=card)
    await dpu.shows(card, "Catatan Bagas: Aspal teka Rebo")

    await place.turns("2027-01-13 15:00")
    await rina.fills(card, "Selesai", "Wis ditambal aspal wingi sore, digilas pisan.")
    question = await siti.screen.reads("Miturut Dinas PU", code, "Wis ditambal aspal", "Apa pancen wis beres?")
    assert question.buttons == ["Wis beres", "Durung"]
    await dpu.reads(f"{code} selesai. Pelapor sudah diberi tahu.")
    await dpu.shows(card, "Hasil: Wis ditambal aspal wingi sore", "menunggu konfirmasi pelapor")

    await siti.presses(question, "Wis beres")
    await siti.screen.reads("Matur nuwun wis dipastekake.", code)
    assert (await siti.screen.shows(question)).buttons == []
    stars = await siti.screen.reads("Oleh dibiji", code)
    await siti.presses(stars, "5 ⭐")
    await siti.screen.shows(stars, "⭐⭐⭐⭐⭐")
    ended = await dpu.shows(card, "Status: Selesai", "Penilaian pelapor: ⭐⭐⭐⭐⭐")
    assert ended.buttons == []
    for screen in (dpu, siti.screen):
        await screen.reads_nothing_more()


async def test_a_road_is_reported_asked_about_mended_and_confirmed(place: Place) -> None:
    await road(place)
