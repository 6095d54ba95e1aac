"""A provincial road told to the village, and a street lamp told to the kabupaten: handed up and down with one code."""

import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any

import pytest

from bot.store.tables import audit
from tests.contract.channels import BEGIN
from tests.contract.on_coba import on_coba
from tests.contract.on_discord import on_discord
from tests.contract.on_telegram import on_telegram
from tests.contract.people import Screen
from tests.contract.place import Place
from tests.contract.seen import Seen

SAMPLE = Path(__file__).parents[3] / "samples" / "wadul-berjenjang.toml"
UP, DOWN = "Naikkan ke …", "Turunkan ke …"
VILLAGE, REGENCY, PROVINCE = "Desa Karangsari", "Dinas PU Kab. Pemalang", "DPU Bina Marga Provinsi"
Opening = Callable[[Path, Path], AbstractAsyncContextManager[Place]]
PLACES: dict[str, Opening] = {
    "telegram": lambda folder, region: on_telegram(folder, config=region),
    "discord": lambda folder, region: on_discord(folder, region=region),
    "coba": lambda folder, region: on_coba(folder, region=region),
}


@pytest.fixture(params=list(PLACES))
async def place(request: pytest.FixtureRequest, tmp_path: Path, _migrated_sqlite: Path) -> AsyncIterator[Place]:
    """The sample of a province on each channel in turn, on a Monday morning."""
    (tmp_path / "var").mkdir()
    for name in ("wadul.db", "coba.db"):
        shutil.copy(_migrated_sqlite, tmp_path / "var" / name)
    region = tmp_path / "berjenjang.toml"
    text = SAMPLE.read_text(encoding="utf-8").replace('prefix = "JTG"', 'prefix = "PML"')
    region.write_text(text, encoding="utf-8")
    async with PLACES[request.param](tmp_path, region) as here:
        await here.turns(BEGIN)
        yield here


async def handed(sender: Screen, card: Seen, target: Screen, way: str, unit: str, reason: str) -> Seen:
    """Somebody hands a case up or down and says why; the card on which the target is asked."""
    rina = sender.place.staff(sender)
    await rina.chooses(card, "Alihkan", way)
    await rina.fills(card, unit, reason)
    await sender.reads(f"{card.code} ditawarkan ke {unit}. Sampai diterima")
    offered = await target.reads(card.code, "Diserahkan oleh", reason, f"menunggu diterima {unit}")
    assert offered.buttons == ["Terima", "Tolak"]
    await sender.shows(card, f"menunggu diterima {unit}", offers="Batalkan penyerahan")
    return offered


def steps(place: Place, code: str) -> list[str]:
    """The audit lines of the hand-overs of a case."""
    case_id = place.case(code).id
    with place.app.store.engine.connect() as connection:
        asked = audit.select().where(audit.c.case_id == case_id).order_by(audit.c.id)
        rows: list[Any] = list(connection.execute(asked))
    return [f"{row.what} {row.after}" for row in rows if row.what.startswith("serah") or row.what == "unit"]


async def test_a_provincial_road_goes_from_the_village_to_the_province_with_one_refusal(place: Place) -> None:
    village, regency, province, desk = [
        await place.group(unit) for unit in ("desa-karangsari", "dputr-pml", "dpu-jateng", "meja")
    ]
    siti = place.citizen()
    await siti.says("Dalan provinsi neng Karangsari bolong jero, wingi ana sing tiba.")
    code = (await siti.screen.reads("Kode: PML-", VILLAGE)).code
    hint = "Kelas jalan: di laporan tertulis “Dalan provinsi”, mungkin ini jalan provinsi. Mohon dicek."
    at_village = await village.reads(code, hint)
    deadline = at_village.text[at_village.text.index("Tenggat") :].split("\n")[0]

    why = "Ini bukan jalan desa, ada patok kilometernya."
    at_regency = await handed(village, at_village, regency, UP, REGENCY, why)
    assert (place.case(code).unit, deadline in at_regency.text) == ("desa-karangsari", False)
    await siti.screen.reads_nothing_more()
    bagas = place.staff(regency, 1)
    assert (await bagas.presses(at_regency, "Terima")).words == f"{code} Anda terima."
    await siti.screen.reads(f"Laporan {code} saiki ditangani {REGENCY}, wis ditampa petugas kana.")
    await village.reads(f"{code} sudah diterima {REGENCY} (Bagas).")
    assert (await village.shows(at_village, "Kartu ini tidak dipakai lagi.", REGENCY)).buttons == []
    at_regency = await regency.shows(at_regency, "diterima Bagas", "ada patok kilometernya", offers="Selesai")

    at_province = await handed(regency, at_regency, province, UP, PROVINCE, "Ruas ini ada di daftar jalan provinsi.")
    await bagas.place.staff(province, 1).fills(at_province, "Tolak", "Kilometer berapa? Mohon dicek dulu di lapangan.")
    await province.reads(f"{code} tetap di {REGENCY}.")
    await regency.reads(f"{code} belum bisa diterima {PROVINCE}: Kilometer berapa?")
    await desk.reads(f"{PROVINCE} belum bisa menerima {code} dari {REGENCY}: Kilometer berapa?")
    assert (await province.shows(at_province, "Kartu ini tidak dipakai lagi.", REGENCY)).buttons == []
    at_regency = await regency.shows(at_regency, "Alasan ditolak (Bagas, DPU Bina Marga Provinsi): Kilometer berapa?")
    assert place.case(code).taken_by == "Bagas"

    again = await handed(regency, at_regency, province, UP, PROVINCE, "Sudah dicek, kilometer 14, milik provinsi.")
    await bagas.place.staff(province, 1).presses(again, "Terima")
    await siti.screen.reads(f"Laporan {code} saiki ditangani {PROVINCE}")
    await regency.reads(f"{code} sudah diterima {PROVINCE} (Bagas).")
    at_province = await province.shows(again, "diterima Bagas", "kilometer 14", offers="Selesai")
    await place.staff(province).fills(at_province, "Selesai", "Sudah ditambal aspal panas.")
    await siti.screen.reads("Sudah ditambal aspal panas.", code)
    await province.reads(f"{code} selesai.")
    assert steps(place, code) == [
        "serah dputr-pml", "unit dputr-pml", "serah dpu-jateng", "serah_ditolak dputr-pml", "serah dpu-jateng",
        "unit dpu-jateng",
    ]  # fmt: skip
    for screen in (village, regency, province, desk, siti.screen):
        await screen.reads_nothing_more()


async def test_a_small_thing_goes_down_to_the_village_after_a_reminder_and_the_head(place: Place) -> None:
    village, regency, head = [await place.group(unit) for unit in ("desa-karangsari", "dishub-pml", "kepala.pemalang")]
    agus = place.citizen(1)
    await agus.says("Lampu mati di jalan masuk, gelap sekali kalau malam.")
    code = (await agus.screen.reads("Kode: PML-")).code
    await agus.says("Karangsari")
    await agus.screen.reads(code, VILLAGE)
    at_village = await village.reads(code, "Tempat: Desa Karangsari")

    at_regency = await handed(village, at_village, regency, UP, "Dishub Kab. Pemalang", "Tiangnya milik kabupaten.")
    await place.turns("2027-01-12 10:30")  # eight office hours: 7.30 to 16.00, and a bit of the next day
    await regency.reads(f"⏰ {code} dari {VILLAGE} menunggu jawaban sudah 1 hari. Tekan Terima atau Tolak")
    await place.turns("2027-01-13 10:30")
    await head.reads(f"⏰ {code}: {VILLAGE} menyerahkannya ke Dishub Kab. Pemalang 2 hari yang lalu, belum dijawab.")
    await place.staff(village).uses("tugas")
    assert "menunggu diterima" not in (await village.reads("Semua yang terbuka: 1")).text
    await place.staff(regency).uses("tugas")
    await regency.reads(f"📥 Menunggu diterima:\n• {code}", f"dari {VILLAGE} · sudah 2 hari", "Selain itu")

    await place.staff(regency, 1).presses(at_regency, "Terima")
    await agus.screen.reads(f"Laporan {code} sekarang ditangani Dishub Kab. Pemalang")
    await village.reads(f"{code} sudah diterima Dishub Kab. Pemalang (Bagas).")
    at_regency = await regency.shows(at_regency, "diterima Bagas", offers="Alihkan")

    back = await handed(regency, at_regency, village, DOWN, VILLAGE, "Tiang ini dibangun dana desa.")
    await place.staff(village).presses(back, "Terima")
    await agus.screen.reads(f"Laporan {code} sekarang ditangani {VILLAGE}")
    assert (place.case(code).unit, place.case(code).taken_by) == ("desa-karangsari", "Rina")
