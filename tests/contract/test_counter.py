"""The counter in chat: step by step, on every channel; who may, who may not, and what a group never shows."""

from tests.contract.channels import having
from tests.contract.place import LEAVING, Place

ROAD = "dalan neng Karangsari bolong jero"


async def test_a_report_is_taken_down_step_by_step(place: Place) -> None:
    desk, dpu = await place.group("meja"), await place.group("dputr")
    rina = place.staff(desk)

    await rina.uses("catat")
    question = await desk.reads("Rina, apa yang diceritakan pelapor")
    await rina.says(ROAD, to=question)
    summary = await desk.reads("Yang akan dicatat:", ROAD, "belum ada nama atau nomor")
    assert "✓ datang langsung" in summary.buttons
    await rina.presses(summary, "telepon")
    summary = await desk.shows(summary, offers="✓ telepon")
    await rina.presses(summary, "Anonim")
    summary = await desk.shows(summary, offers="✓ Anonim")
    await rina.fills(summary, "Nama dan nomor HP", "Bu Tini 0812 3456 7890")
    summary = await desk.reads("Yang akan dicatat:", "nama tersimpan, …890")
    assert "Tini" not in summary.text
    assert {"✓ telepon", "✓ Anonim"} <= set(summary.buttons)
    await rina.presses(summary, "Simpan")
    slip = await desk.shows(summary, "Tersimpan: PML-", "Jeneng sampeyan ora ditampilake")
    assert slip.buttons == []
    card = await dpu.reads(slip.code, ROAD, "Dicatat petugas (telepon)")
    assert "Tini" not in card.text
    assert place.case(slip.code).anonymous
    await desk.reads_nothing_more()


async def test_a_number_that_is_none_is_asked_for_again_and_a_draft_can_be_given_up(place: Place) -> None:
    desk = await place.group("meja")
    rina = place.staff(desk)

    await rina.uses("catat")
    await rina.says(ROAD, to=await desk.reads("Rina, apa yang diceritakan"))
    summary = await desk.reads("Yang akan dicatat:")
    answer = await rina.chooses(summary, "Nama dan nomor HP")
    if answer.form is None:
        question = await desk.reads("Rina, siapa namanya")
        await rina.says("Bu Tini 0812 34", to=question)
        await desk.reads("sepertinya bukan nomor telepon")
    else:
        refused = (await rina.submits(answer, "Bu Tini 0812 34")).words
        assert "sepertinya bukan nomor telepon" in refused
        assert refused.endswith("Tulisan Anda tadi, supaya bisa disalin:\nBu Tini 0812 34")
    await rina.presses(summary, "Urung")
    await desk.shows(summary, "Tidak jadi dicatat.")
    await rina.uses("catat", f"{ROAD}; hp: 12 34")
    await desk.reads("“12 34” sepertinya bukan nomor telepon")
    await rina.uses("catat", "daftar")
    await desk.reads("Tidak ada pelapor yang perlu dihubungi.")


async def test_only_whoever_began_it_saves_it(place: Place) -> None:
    desk = await place.group("meja")
    rina, bagas = place.staff(desk), place.staff(desk, 1)

    await rina.uses("catat")
    await rina.says(ROAD, to=await desk.reads("Rina, apa yang diceritakan"))
    summary = await desk.reads("Yang akan dicatat:")
    assert "sedang ditulis rekan lain" in (await bagas.presses(summary, "Simpan")).words
    await desk.reads_nothing_more()


async def test_a_department_takes_nothing_down_and_knows_no_numbers(place: Place) -> None:
    desk, dpu = await place.group("meja"), await place.group("dputr")
    rina, bagas = place.staff(desk), place.staff(dpu, 1)

    await bagas.uses("catat", ROAD)
    await dpu.reads("Mencatat laporan orang lain hanya di meja aduan")
    await rina.uses("catat", f"{ROAD}; hp: 0812 3456 7890")
    code = (await desk.reads("Tersimpan: PML-")).code
    await dpu.reads(code)
    await bagas.uses("catat", code)
    await dpu.reads("Mencatat laporan orang lain hanya di meja aduan")


async def test_a_case_that_its_reporter_wrote_is_not_the_counters(place: Place) -> None:
    desk, dpu, siti = await place.group("meja"), await place.group("dputr"), place.citizen()
    rina = place.staff(desk)

    await siti.says("Dalan neng Karangsari bolong, tulung enggal ditambal.")
    code = (await siti.screen.reads("Kode: PML-")).code
    await dpu.reads(code)
    await rina.uses("catat", f"{code} sampun beres")
    await desk.reads("Kode itu bukan laporan yang dicatat petugas.")
    await siti.screen.reads_nothing_more()


@having(LEAVING)
async def test_who_left_the_desk_reads_no_number(place: Place) -> None:
    desk, dpu = await place.group("meja"), await place.group("dputr")
    rina, bagas = place.staff(desk), place.staff(dpu, 1)
    await rina.uses("catat", f"{ROAD}; hp: 0812 3456 7890; nama: Bu Tini")
    code = (await desk.reads("Tersimpan: PML-")).code
    await bagas.presses(await dpu.reads(code), "Terima")
    await desk.reads("perlu dihubungi")
    await rina.uses("catat", code)
    call = await desk.reads(code, "Sampaikan ke pelapor")
    await place.leaves(rina)
    answer = await rina.presses(call, "Lihat nama dan nomor")
    assert answer.barred or "Tini" not in answer.words
