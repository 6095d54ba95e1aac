"""Somebody floods the office, is barred with a reason, objects; emergencies pass all the while and nothing is lost."""

from tests.contract.place import Place
from tests.flows.forgotten import admits, settle, until

MATTERS = (
    "Jalan berlubang besar depan pasar, tolong segera ditambal.",
    "Sampah menumpuk di pinggir sawah dan baunya busuk sekali.",
    "Lampu di ujung gang kami mati sudah seminggu lebih pak.",
    "Selokan dekat masjid mampet, kalau hujan airnya meluap.",
    "KTP saya belum jadi padahal sudah tiga bulan menunggu.",
) * 2


async def test_too_many_reports_are_kept_and_read_together(place: Place) -> None:
    dinas, desk = await place.group("dputr"), await place.group("meja")
    siti, wati = place.citizen(0), place.staff(desk)
    admits(place, wati)
    codes = []
    for words in MATTERS[:9]:
        await siti.says(words)
        last = await until(siti.screen, "Kode: PML-")
        codes.append(last.code)
    assert "banyak laporan" in last.text
    held = [code for code in codes if place.case(code).held]
    assert held == codes[8:]
    bundle = await until(desk, "Laporan beruntun: 1", held[0])
    await place.idle()
    assert all(held[0] not in seen.text for seen in await place.look(dinas))

    await siti.says("Kebakaran di rumah belakang pasar, apinya besar!")
    await until(siti.screen, "TELEPON SEKARANG")  # an emergency is never held back

    await wati.presses(bundle, "Lihat isinya")
    await until(desk, held[0], "Selokan dekat masjid")
    await wati.presses(bundle, "Teruskan semua")
    await until(dinas, held[0], "Selokan dekat masjid")
    await until(siti.screen, held[0], "diteruskan ke Dinas PU")
    await desk.shows(bundle, "semua sudah diurus")


async def test_somebody_is_barred_objects_and_is_let_in_again(place: Place) -> None:
    dpu, desk = await place.group("dputr"), await place.group("meja")
    siti, wati = place.citizen(0), place.staff(desk)
    await siti.says("Jalan di Karangsari berlubang, sudah lama sekali.")
    code = (await until(siti.screen, "Kode: PML-")).code
    await until(dpu, code)

    await wati.uses("blokir", f"{code} mengirim ancaman kepada petugas")
    await until(desk, "Ini hanya untuk admin.")
    admits(place, wati)
    await wati.uses("blokir", f"{code} mengirim ancaman kepada petugas")
    told = await until(desk, code, "dibatasi sampai")
    assert "Siti" not in told.text
    await until(siti.screen, "mengirim ancaman kepada petugas", "/banding", "3 × 24 jam")

    place.clock.skip(1000)
    await siti.says("Sampah menumpuk di belakang terminal, baunya busuk.")
    kept = (await until(siti.screen, "sedang dibatasi")).code
    assert place.case(kept).held
    await siti.says(f"{code} tambah lagi, aspalnya makin rusak parah")
    await until(siti.screen, "Sudah saya simpan", code)
    assert all("makin rusak" not in seen.text for seen in await place.look(dpu))
    await siti.says("Tolong, rumah kebakaran di Karangsari!")
    await until(siti.screen, "TELEPON SEKARANG")

    await siti.uses("banding", "Itu bukan ancaman, saya hanya marah karena lama sekali.")
    await until(siti.screen, "Keberatan Anda sudah sampai")
    appeal = await until(desk, "Keberatan atas blokir", "saya hanya marah")
    await wati.presses(appeal, "Buka blokir")
    await until(siti.screen, "Keberatan Anda diterima")
    await desk.shows(appeal, "Blokir dibuka.")

    place.clock.skip(1000)
    await siti.says("Lampu jalan depan puskesmas mati total sejak kemarin.")
    assert not place.case((await until(siti.screen, "Kode: PML-")).code).held
    await settle(place)


async def test_an_incident_is_noted_with_its_deadline(place: Place) -> None:
    desk, head = await place.group("meja"), await place.group("kepala")
    wati = place.staff(desk)
    admits(place, wati)
    await wati.uses("insiden", "Token bot bocor di grup lain")
    noted = await until(desk, "Insiden 1: Token bot bocor", "Dijawab paling lambat 14-01-2027 10.00")
    await wati.uses("insiden", "1 dampak sekitar 40 pelapor")
    await desk.shows(noted, "sekitar 40 pelapor")
    await place.turns("2027-01-14 05:00")
    await place.app.rights.step()
    await until(head, "Insiden data pribadi menunggu keputusan")
    await wati.presses(noted, "Sudah diberitahukan")
    await desk.shows(noted, "lembaga: 14-01-2027")
    await wati.presses(noted, "Selesai")
    await place.idle()
    assert (await desk.shows(noted, "Insiden 1")).buttons == []
    await wati.uses("insiden")
    await until(desk, "Insiden 1", "Mencatat: /insiden")
