"""People without a chat: one at the counter who comes back with the code, one on the telephone who is called back."""

from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient, Response
from sqlalchemy import select

from bot.domain.incoming import Sender
from bot.services.visits.counter_web import SESSION
from bot.services.web_links import new_session
from bot.store.tables import lane
from bot.web.catat import catat_router
from bot.web.catat.guard import COOKIE
from tests.contract.place import Place
from tests.photos import jpeg, scene

KRAMA = "Nuwun sewu, margi ngajeng griya kula Karangsari bolong ageng, kula nyuwun dipundandosi."


async def test_a_walk_in_without_a_phone_comes_back_with_the_code(place: Place) -> None:
    desk, dpu = await place.group("meja"), await place.group("dputr")
    rina, bagas = place.staff(desk), place.staff(dpu, 1)

    await rina.uses("catat", KRAMA)
    slip = await desk.reads("Tersimpan: PML-", "Dinas PU", "datang langsung", "Laporan panjenengan sampun dipuncathet.")
    code = slip.code
    assert slip.has("mangga rawuh utawi telpon malih", "Data panjenengan")
    card = await dpu.reads(code, "Karangsari bolong ageng", "Dicatat petugas (datang langsung)", "Jawa krama")
    await bagas.presses(card, "Terima")
    card = await dpu.shows(card, "diterima Bagas", offers="Selesai")
    await bagas.fills(card, "Tanya pelapor", "Bolonganipun ing sisih pundi, Pak?")
    await dpu.reads(f"Dicatat di {code}. Pelapor tidak memakai chat")
    await desk.reads_nothing_more()  # there is no number to call: the next word is the reporter's

    await place.turns("2027-01-12 09:00")
    await rina.uses("catat", code)
    told = await desk.reads(code, "Menunggu jawaban pelapor", "nyuwun pirsa", "Bolonganipun ing sisih pundi, Pak?")
    assert "Balas saja" not in told.text
    await rina.uses("catat", f"{code} Sisih kilen, caket buk.")
    await desk.reads("Sudah saya teruskan ke petugas.", code, "Sedang ditangani")
    await dpu.reads(f"Jawaban pelapor {code}", "Sisih kilen", "disampaikan lewat Rina")
    card = await dpu.shows(card, "Jawaban pelapor (lewat Rina): Sisih kilen, caket buk.")
    await bagas.fills(card, "Selesai", "Sampun dipuntambal aspal.")
    await dpu.reads(f"Dicatat di {code}.")

    await place.turns("2027-01-14 09:00")
    await dpu.reads(code, "fotonya belum ada")
    await rina.uses("catat", code)
    told = await desk.reads(code, "menunggu konfirmasi pelapor", "Sampun dipuntambal aspal.")
    await rina.presses(told, "Sudah beres")
    told = await desk.shows(told, "Selesai", "Tidak ada kabar baru", offers="5 ⭐")
    await rina.presses(told, "4 ⭐")
    await dpu.shows(card, "Status: Selesai", "Penilaian pelapor: ⭐⭐⭐⭐")
    for screen in (desk, dpu):
        await screen.reads_nothing_more()


async def test_a_caller_with_a_phone_is_called_back(place: Place) -> None:
    desk, dpu = await place.group("meja"), await place.group("dputr")
    rina, bagas = place.staff(desk), place.staff(dpu, 1)

    await rina.uses("catat", "dalan neng Karangsari bolong; nama: Bu Tini; hp: 0812 3456 7890; cara: telepon")
    slip = await desk.reads("Tersimpan: PML-", "telepon", "petugas bakal nyoba nelpon sampeyan")
    code = slip.code
    assert "Tini" not in slip.text
    assert "7890" not in slip.text
    card = await dpu.reads(code, "Dicatat petugas (telepon)")
    assert "Tini" not in card.text
    await bagas.presses(card, "Terima")
    news = await desk.reads("Ada pelapor tanpa chat yang perlu dihubungi.")
    await rina.presses(news, "Perlu dihubungi")
    calls = await desk.shows(news, "Perlu dihubungi: 1", f"1. {code} · ada kabar", offers="1")
    await rina.presses(calls, "1")
    call = await desk.shows(calls, "wis ditampa petugas Dinas PU", offers="Tidak tersambung")
    number = await rina.presses(call, "Lihat nama dan nomor")
    assert "Bu Tini" in number.words
    assert "+6281234567890" in number.words
    await rina.presses(call, "Tidak tersambung")
    call = await desk.shows(call, "1× tidak tersambung", offers="Sudah disampaikan")
    await rina.presses(call, "Sudah disampaikan")
    call = await desk.shows(call, "Tidak ada kabar baru", offers="Perlu dihubungi")
    await rina.presses(call, "Perlu dihubungi")
    await desk.shows(call, "Tidak ada pelapor yang perlu dihubungi.")

    card = await dpu.shows(card, "diterima Bagas", offers="Selesai")
    await bagas.fills(card, "Selesai", "Wis ditambal.")
    await dpu.reads(f"Dicatat di {code}.")
    await desk.reads("Ada pelapor tanpa chat yang perlu dihubungi.")
    await rina.uses("catat", f"{code} durung, isih bolong sisihe")
    await desk.reads("Sudah saya teruskan ke petugas.", "Dibuka kembali")
    await dpu.reads(f"Tambahan dari pelapor {code}", "disampaikan lewat Rina")
    await dpu.reads("Pelapor: belum beres.", code)

    await rina.uses("catat", "lampu jalan Karangsari mati; hp: +62 812-3456-7890")
    again = await desk.reads("Tersimpan: PML-")
    assert place.case(again.code).person_id == place.case(code).person_id
    assert lanes_of_nobody(place) == []


def lanes_of_nobody(place: Place) -> list[str]:
    """Queues of the channel that does not exist."""
    with place.app.store.engine.connect() as connection:
        return list(connection.execute(select(lane.c.key).where(lane.c.channel == "kantor")).scalars())


async def test_the_photo_of_what_was_done_is_shown_at_the_counter(place: Place) -> None:
    desk, dpu = await place.group("meja"), await place.group("dputr")
    rina, bagas = place.staff(desk), place.staff(dpu, 1)
    await rina.uses("catat", "dalan neng Karangsari bolong; nama: Bu Tini; hp: 0812 3456 7890")
    code = (await desk.reads("Tersimpan: PML-")).code
    card = await dpu.reads(code)
    await bagas.fills(card, "Selesai", "Wis ditambal.")
    asked = await dpu.reads(f"Dicatat di {code}.", "Mohon kirim juga foto hasilnya")
    await desk.reads("Ada pelapor tanpa chat yang perlu dihubungi.")
    await bagas.says(to=asked, photo=jpeg(scene(7)))
    await dpu.reads(f"Foto bukti {code} sudah saya simpan.", "petugas meja aduan yang mengabari")
    await dpu.shows(card, "Bukti: foto")

    await rina.uses("catat", "daftar")
    await desk.reads("Perlu dihubungi: 1", f"1. {code} · tanyakan sudah beres atau belum · ada foto")
    await rina.uses("catat", code)
    await desk.reads("Wis ditambal.", "Ana foto asile garapan", "Ada foto hasilnya (1). Tunjukkan di loket")
    for path in (f"/catat/slip/{code}", f"/catat/laporan/{code}"):
        assert f'src="/catat/foto/{code}/0"' in (await at_counter(place, path)).text
    shown = await at_counter(place, f"/catat/foto/{code}/0")
    assert (shown.status_code, shown.headers["content-type"]) == (200, "image/jpeg")
    assert (await at_counter(place, f"/catat/foto/{code}/1")).status_code == 404
    assert (await at_counter(place, f"/catat/foto/{code}/0", session="x")).status_code == 401


async def at_counter(place: Place, path: str, *, session: str = "") -> Response:
    """A page of the counter, as an operator's browser gets it."""
    app, who = place.app, Sender(place.channel, "9002", "Rina")
    key = session or app.store.write_now(lambda uow: new_session(uow, app.office, who, kind=SESSION, seconds=600.0))
    pages = FastAPI()
    pages.include_router(catat_router(store=app.store, office=app.office))
    transport = ASGITransport(pages)
    async with AsyncClient(transport=transport, base_url="https://wadul.example", cookies={COOKIE: key}) as browser:
        return await browser.get(path)
