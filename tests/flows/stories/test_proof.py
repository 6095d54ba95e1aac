"""A mended road whose photo comes later and reaches the citizen; the next case is closed with that very photo."""

import asyncio
import time

from tests.contract.acting import ROAD
from tests.contract.people import Person, Screen
from tests.contract.place import Place
from tests.contract.seen import Seen
from tests.photos import jpeg, mirrored_part, scene

MENDED = scene(11)
DONE = "Sudah ditambal aspal kemarin sore."
ASKED = "Mohon kirim juga foto hasilnya"


async def closed(dpu: Screen, citizen: Person, rina: Person, text: str) -> tuple[Seen, Seen, str]:
    """A road case that is called done with a sentence alone: its card, the request for a photo, its code."""
    await citizen.says(text)
    code = (await citizen.screen.reads("Kode: PML-")).code
    card = await dpu.reads(code)
    await rina.fills(card, "Selesai", DONE)
    await citizen.screen.reads(DONE, code, "Apakah memang sudah beres?")
    asked = await dpu.reads(f"{code} selesai. Pelapor sudah diberi tahu.", ASKED)
    return await dpu.shows(card, "tanpa bukti foto"), asked, code


async def test_a_photo_comes_later_and_the_next_case_is_closed_with_it_again(place: Place) -> None:
    dpu, desk, head = await place.group("dputr"), await place.group("meja"), await place.group("kepala")
    siti, agus, rina = place.citizen(), place.citizen(1), place.staff(dpu)
    wati = place.admin(desk, 1)

    card, asked, code = await closed(dpu, siti, rina, ROAD)
    await rina.uses("tugas")
    await dpu.reads("1 dari 1 laporan selesai tanpa bukti foto")
    await rina.says(to=asked, photo=jpeg(MENDED))
    shown = await siti.screen.reads("Foto hasil laporan", code, "Apakah memang sudah beres?")
    assert (shown.files, shown.buttons) == (1, ["Sudah beres", "Belum"])
    await dpu.reads(f"Foto bukti {code} sudah dikirim ke pelapor.")
    await dpu.shows(card, "Bukti: foto")
    await siti.presses(shown, "Sudah beres")
    await siti.screen.reads("Terima kasih", code)
    assert (await siti.screen.shows(shown, "Foto hasil laporan")).buttons == []

    card, asked, second = await closed(dpu, agus, rina, "Jalan di Karangsari dekat masjid bolong besar, Pak.")
    await rina.says(to=asked, photo=jpeg(mirrored_part(MENDED), quality=60))
    flagged = await desk.reads(f"Mohon dicek: foto bukti {second}", f"sangat mirip dengan bukti pada laporan {code}")
    assert (flagged.files, flagged.buttons) == (1, ["Wajar", "Minta foto baru"])
    seen = await head.reads(f"sangat mirip dengan bukti pada laporan {code}", "bukan tuduhan")
    assert (seen.files, seen.buttons) == (1, [])
    await dpu.reads(f"Foto untuk {second} sudah saya terima.", "admin melihatnya dulu")
    await dpu.shows(card, "Bukti: foto (sedang dicek admin)")

    await wati.presses(flagged, "Minta foto baru")
    again = await dpu.reads(f"Mohon foto baru untuk {second}.", "mungkin salah kirim")
    await desk.shows(flagged, "Bagas: foto baru sudah diminta")
    await dpu.shows(card, "tanpa bukti foto")
    await rina.says("Ini yang benar.", to=again, photo=jpeg(scene(12)))
    assert (await agus.screen.reads("Foto hasil laporan", second)).files == 1
    await dpu.reads(f"Foto bukti {second} sudah dikirim ke pelapor.")
    await dpu.shows(card, "Bukti: foto")
    for screen in (desk, head):
        await screen.reads_nothing_more()


async def test_a_case_is_closed_with_the_photo_of_somebody_elses_report_and_waits_for_the_desk(place: Place) -> None:
    dpu, desk, head = await place.group("dputr"), await place.group("meja"), await place.group("kepala")
    siti, agus, rina = place.citizen(), place.citizen(1), place.staff(dpu)
    wati = place.admin(desk, 1)

    await agus.says(
        "Jalan di Karangsari dekat masjid sudah rata lagi setelah banjir, tetapi lampunya mati.", photo=jpeg(MENDED)
    )
    other = (await agus.screen.reads("Kode: PML-")).code
    await known(place)
    await place.idle()
    for screen in (dpu, desk):
        screen.read |= {each.id for each in await place.look(screen)}
    _, asked, code = await closed(dpu, siti, rina, ROAD)
    await rina.says(to=asked, photo=jpeg(mirrored_part(MENDED), quality=60))
    await dpu.reads(f"Foto untuk {code} sudah saya terima.", "admin melihatnya dulu")
    flagged = await desk.reads(f"Mohon dicek: foto bukti {code}", f"sama dengan foto laporan {other}", "bukan tuduhan")
    assert (flagged.files, flagged.buttons) == (1, ["Wajar", "Minta foto baru"])
    assert (await head.reads(f"sama dengan foto laporan {other}")).buttons == []

    await place.turns("2027-01-12 11:00")
    await desk.reads(f"Foto bukti {code} (Dinas PU", "masih menunggu keputusan admin")
    await wati.presses(flagged, "Wajar")
    assert (await siti.screen.reads("Foto hasil laporan", code)).files == 1
    await desk.shows(flagged, "wajar")
    await place.turns("2027-01-13 11:00")
    assert not any("masih menunggu" in each.text for each in await place.look(desk) if each.id not in desk.read)


async def known(place: Place, *, patience: float = 90.0) -> None:
    """What the report's photo looks like is kept by now: it is looked at after everything else."""
    deadline = time.perf_counter() + patience
    while place.app.store.read_now(lambda uow: uow.evidence.page(after=0, before=99)) is None:
        assert time.perf_counter() < deadline, "the photo should be known"
        await asyncio.sleep(0.1)
