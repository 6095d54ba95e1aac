"""Strangers: one who was never in the group, one who left a moment ago, and a citizen at somebody else's question."""

from tests.contract.acting import BUTTONS
from tests.contract.channels import having
from tests.contract.place import LEAVING, Place

NOT_MEMBER = "Anda belum atau tidak lagi menjadi anggota grup ini, jadi tombolnya tidak berlaku."


async def test_a_passer_by_presses_every_button_and_nothing_happens(place: Place) -> None:
    dpu = await place.group("dputr")
    siti, rina, passer_by = place.citizen(), place.staff(dpu), place.stranger(dpu)

    await siti.says("Dalan neng Karangsari bolong, tulung enggal ditambal.")
    code = (await siti.screen.reads("Kode: PML-")).code
    card = await dpu.reads(code)
    for words in BUTTONS:
        answer = await passer_by.presses(card, words)
        assert answer.barred or answer.words == NOT_MEMBER
    await dpu.reads_nothing_more()
    assert await dpu.now(card) == card

    await rina.presses(card, "Terima")
    await siti.screen.reads(code, "wis ditampa petugas Dinas PU")
    await dpu.shows(card, "diterima Rina")
    await siti.screen.reads_nothing_more()


@having(LEAVING)
async def test_who_left_within_the_last_minute_is_a_stranger_already(place: Place) -> None:
    dpu = await place.group("dputr")
    siti, rina, bagas = place.citizen(), place.staff(dpu), place.staff(dpu, 1)

    await siti.says("Dalan neng Karangsari bolong, tulung enggal ditambal.")
    code = (await siti.screen.reads("Kode: PML-")).code
    card = await dpu.reads(code)
    await rina.presses(card, "Terima")
    await siti.screen.reads(code, "wis ditampa petugas Dinas PU")
    card = await dpu.shows(card, "diterima Rina", offers="Selesai")

    await place.leaves(rina)
    for words in ("Selesai", "Alihkan"):
        answer = await rina.presses(card, words)
        assert answer.barred or answer.words == NOT_MEMBER
    await dpu.reads_nothing_more()
    assert await dpu.now(card) == card
    await siti.screen.reads_nothing_more()

    await bagas.presses(card, "Ambil alih")
    await dpu.shows(card, "diterima Bagas")
    await siti.screen.reads_nothing_more()


async def test_nobody_else_may_say_that_it_is_put_right(place: Place) -> None:
    dpu = await place.group("dputr")
    siti, agus, rina = place.citizen(), place.citizen(1), place.staff(dpu)

    await siti.says("Dalan neng Karangsari bolong, tulung enggal ditambal.")
    code = (await siti.screen.reads("Kode: PML-")).code
    card = await dpu.reads(code)
    await rina.fills(card, "Selesai", "Wis ditambal.")
    await siti.screen.reads("Wis ditambal.", "Apa pancen wis beres?")
    await dpu.reads(f"{code} selesai.")

    await agus.uses("status", code)
    await agus.screen.reads(f"{code}: Selesai")
    await agus.uses("batal", code)
    await agus.screen.reads("Kode itu tidak ada di laporan Anda.")
    await agus.says(f"{code} belum beres!")
    await agus.screen.reads()
    await dpu.shows(card, "menunggu konfirmasi pelapor")
    await siti.screen.reads_nothing_more()
