"""Chat words and plain words in a group, on every channel: typed, or as slash commands."""

from tests.contract.acting import ROAD, reported
from tests.contract.people import Person, Screen
from tests.contract.place import Place
from tests.contract.seen import Seen

SAME = "Lubang di jalan Karangsari depan pasar makin dalam, kemarin ada yang jatuh."
REASON = "Lokasinya tidak ditemukan, sudah dua kali kami datangi."


async def two(place: Place, dpu: Screen) -> tuple[Seen, Seen, Person, Person]:
    """Two cards in a group about one matter, and who reported them."""
    siti, agus = place.citizen(), place.citizen(1)
    return await reported(dpu, siti), await reported(dpu, agus, SAME), siti, agus


async def test_status_tells_the_reporter_everything_and_others_the_public_state(place: Place) -> None:
    dpu, siti, agus = await place.group("dputr"), place.citizen(), place.citizen(1)
    card = await reported(dpu, siti)
    await place.staff(dpu).presses(card, "Terima")
    await siti.screen.reads("sudah diterima")
    await siti.uses("status", card.code)
    await siti.screen.reads(card.code, "Topik: Jalan", "Status: Sedang ditangani Dinas PU dan Penataan Ruang")
    await siti.uses("laporanku")
    await siti.screen.reads("Laporan Anda:", card.code)
    await agus.uses("status", card.code)
    public = await agus.screen.reads(f"{card.code}: Sedang ditangani")
    assert "Jalan" not in public.text


async def test_a_plain_reply_is_a_note_that_stays_inside(place: Place) -> None:
    dpu, siti = await place.group("dputr"), place.citizen()
    rina, bagas = place.staff(dpu), place.staff(dpu, 1)
    card = await reported(dpu, siti)
    await rina.says("Besok pagi saya ke sana.", to=card)
    await dpu.shows(card, "Catatan Rina: Besok pagi saya ke sana.")
    await bagas.says("Aspalnya saya siapkan.", to=card)
    await dpu.shows(card, "Catatan Bagas: Aspalnya saya siapkan.")
    await dpu.reads_nothing_more()
    await siti.screen.reads_nothing_more()
    await siti.uses("status", card.code)
    assert "Besok pagi" not in (await siti.screen.reads(card.code)).text


async def test_balas_goes_to_the_citizen(place: Place) -> None:
    dpu, siti = await place.group("dputr"), place.citizen()
    rina = place.staff(dpu)
    card = await reported(dpu, siti)
    await rina.uses("balas", "Petugas datang besok.", to=card)
    await siti.screen.reads("Pesan dari Dinas PU", card.code, "Petugas datang besok.")
    await dpu.reads(f"Pesan untuk pelapor {card.code} dikirim.")
    await rina.uses("balas", f"{card.code} Aspalnya sudah datang.")
    await siti.screen.reads("Aspalnya sudah datang.")


async def test_tugas_lists_open_work_in_tabs_and_a_number_leads_to_the_card(place: Place) -> None:
    dpu, dlh = await place.group("dputr"), await place.group("dlh")
    first, second, _, _ = await two(place, dpu)
    rina = place.staff(dpu)
    await rina.presses(second, "Terima")
    await dpu.shows(second, "diterima Rina")
    await rina.uses("tugas")
    work = await dpu.reads("Semua yang terbuka: 2", first.code, second.code, "belum diambil", "Desa Karangsari")
    assert work.buttons == ["Milik saya", "Terlambat", "Hari ini", "Semua", "1", "2"]
    await rina.presses(work, "Milik saya")
    mine = await dpu.shows(work, "Dipegang Rina: 1", second.code)
    await rina.presses(mine, "1")
    await dpu.reads(f"Ini kartu {second.code}.")
    await place.staff(dlh).uses("tugas", "terlambat")
    await dlh.reads("Tidak ada yang terlambat.")


async def test_cari_finds_by_words_and_by_code_what_the_group_may_see(place: Place) -> None:
    dpu, dlh = await place.group("dputr"), await place.group("dlh")
    first, second, _, _ = await two(place, dpu)
    rina = place.staff(dpu)
    await rina.uses("cari", "pasar karangsari")
    await dpu.reads(first.code, second.code, "“")
    await rina.uses("cari", "ditambal")
    alone = await dpu.reads(first.code)
    assert second.code not in alone.text
    await rina.uses("cari", second.code)
    await dpu.reads(f"Ini kartu {second.code}.")
    await place.staff(dlh).uses("cari", "pasar")
    await dlh.reads("pasar")
    await place.staff(dlh).uses("cari", first.code)
    assert ROAD not in (await dlh.reads(first.code)).text


async def test_gabung_lets_a_case_go_on_in_another_and_pisah_takes_it_back(place: Place) -> None:
    dpu = await place.group("dputr")
    root, card, siti, agus = await two(place, dpu)
    rina = place.staff(dpu)
    await rina.uses("gabung", root.code, to=card)
    await agus.screen.reads(card.code, "hal yang sama dengan laporan warga lain")
    await dpu.reads(f"{card.code} digabung dengan {root.code}.")
    merged = await dpu.shows(card, f"Digabung dengan {root.code}", offers="Pisahkan")
    await dpu.shows(root, f"Digabung: {card.code}")
    await rina.fills(root, "Selesai", "Sudah ditambal.")
    await siti.screen.reads(root.code, "Sudah ditambal.")
    await agus.screen.reads(card.code, "Sudah ditambal.")
    await rina.uses("pisah", card.code)
    await agus.screen.reads(card.code, "ditangani tersendiri lagi")
    await dpu.shows(merged, offers="Terima")
    await siti.screen.reads_nothing_more()


async def test_pisahkan_is_a_button_of_the_merged_card(place: Place) -> None:
    dpu = await place.group("dputr")
    root, card, _, agus = await two(place, dpu)
    rina = place.staff(dpu)
    await rina.uses("gabung", f"{card.code} {root.code}")
    await agus.screen.reads("hal yang sama")
    merged = await dpu.shows(card, offers="Pisahkan")
    assert (await rina.presses(merged, "Pisahkan")).words == f"{card.code} berdiri sendiri lagi."
    await dpu.shows(card, offers="Terima")


async def test_tutup_with_a_reason_closes_and_buka_of_the_desk_opens_again(place: Place) -> None:
    desk, dpu, siti = await place.group("meja"), await place.group("dputr"), place.citizen()
    rina, bagas = place.staff(dpu), place.staff(desk, 1)
    card = await reported(dpu, siti)
    await rina.uses("tutup", REASON, to=card)
    await siti.screen.reads("Mohon maaf", card.code, REASON)
    await dpu.reads(f"{card.code} ditutup.")
    ended = await dpu.shows(card, "Status: Ditutup", f"Alasan: {REASON}")
    assert ended.buttons == []
    await rina.uses("buka", to=card)
    await dpu.reads("Hanya meja aduan atau kepala yang dapat membuka kembali laporan.")
    await bagas.uses("buka", card.code)
    await siti.screen.reads(card.code, "dibuka kembali")
    await dpu.reads(f"Bagas membuka kembali {card.code}.")
    await dpu.shows(card, "Dibuka kembali", offers="Terima")


async def test_tutup_without_a_reason_asks_for_one(place: Place) -> None:
    dpu, siti = await place.group("dputr"), place.citizen()
    rina = place.staff(dpu)
    card = await reported(dpu, siti)
    await rina.uses("tutup", to=card)
    question = await dpu.reads("Rina, kenapa", card.code)
    assert question.buttons == ["Urung"]
    await rina.says(REASON, to=question)
    await siti.screen.reads(card.code, REASON)
    assert (await dpu.shows(question)).text == question.text


async def test_batal_withdraws_and_the_card_says_so(place: Place) -> None:
    dpu, siti = await place.group("dputr"), place.citizen()
    card = await reported(dpu, siti)
    await siti.uses("batal", card.code)
    await siti.screen.reads(f"Laporan {card.code} sudah dibatalkan.")
    assert (await dpu.shows(card, "Dibatalkan pelapor")).buttons == []
