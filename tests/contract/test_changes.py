"""What staff change, on every channel: the department with the reason, topic, urgency, kind and place."""

from tests.contract.acting import BUTTONS, reported
from tests.contract.place import Place


async def test_alihkan_moves_the_card_and_the_reason_is_read_at_its_new_place(place: Place) -> None:
    dpu, dlh, siti = await place.group("dputr"), await place.group("dlh"), place.citizen()
    rina = place.staff(dpu)
    card = await reported(dpu, siti)
    moved = await rina.chooses(card, "Alihkan", "Dinas Lingkungan Hidup", "Sampah")
    assert moved.words == "Dialihkan ke Dinas Lingkungan Hidup."
    gone = await dpu.shows(card, "Kartu ini tidak dipakai lagi. Laporannya sekarang di Dinas Lingkungan Hidup.")
    assert gone.buttons == []
    new = await dlh.reads(card.code, "Topik: Sampah", "topik ditetapkan petugas")
    assert new.buttons == BUTTONS
    await siti.screen.reads(card.code, "dipindahkan ke Dinas Lingkungan Hidup")
    question = await dpu.reads("Rina, ", "Kenapa dialihkan?")
    await rina.says("Yang rusak tempat sampahnya, bukan jalannya.", to=question)
    await dpu.reads(card.code, "Dinas Lingkungan Hidup")
    await dlh.shows(new, "Alasan dialihkan (Rina): Yang rusak tempat sampahnya, bukan jalannya.")
    await siti.screen.reads_nothing_more()


async def test_alihkan_offers_every_department_and_the_desk(place: Place) -> None:
    desk, dpu, siti = await place.group("meja"), await place.group("dputr"), place.citizen()
    rina = place.staff(dpu)
    card = await reported(dpu, siti)
    await rina.chooses(card, "Alihkan")
    menu = await dpu.shows(card, offers="Kembali")
    departments = [each.name for each in place.app.region.departments]
    assert menu.buttons == [*departments, "Meja aduan", "‹ Kembali"]
    await rina.chooses(menu, "Meja aduan")
    await desk.reads(card.code)


async def test_alihkan_may_leave_the_topic_and_the_menu_may_be_left(place: Place) -> None:
    dpu, dlh, siti = await place.group("dputr"), await place.group("dlh"), place.citizen()
    rina = place.staff(dpu)
    card = await reported(dpu, siti)
    await rina.chooses(card, "Alihkan", "Kembali")
    assert (await dpu.shows(card, offers="Terima")).buttons == BUTTONS
    await rina.chooses(card, "Alihkan", "Dinas Lingkungan Hidup", "topik tetap")
    await dlh.reads(card.code, "Topik: Jalan")


async def test_ubah_sets_a_topic_and_the_case_goes_where_that_is_answered_for(place: Place) -> None:
    dpu, dlh, siti = await place.group("dputr"), await place.group("dlh"), place.citizen()
    rina = place.staff(dpu)
    card = await reported(dpu, siti)
    await rina.chooses(card, "Ubah", "Topik", "Saluran & sungai")
    card = await dpu.shows(card, "Topik: Saluran & sungai", "topik ditetapkan petugas", offers="Terima")
    await rina.chooses(card, "Ubah", "Topik", "Topik lain…", "Berikutnya »", "Berikutnya »")
    await rina.chooses(card, "Sampah → Dinas Lingkungan Hidup")
    await dlh.reads(card.code, "Topik: Sampah")


async def test_ubah_sets_urgency_and_danger_alarms_the_duty_chat_and_gives_the_citizen_the_numbers(
    place: Place,
) -> None:
    dpu, duty, siti = await place.group("dputr"), await place.group("siaga"), place.citizen()
    rina = place.staff(dpu)
    card = await reported(dpu, siti)
    await rina.chooses(card, "Ubah", "Urgensi", "Tinggi")
    card = await dpu.shows(card, "🟠 Tinggi", offers="Ubah")
    await rina.chooses(card, "Ubah", "Urgensi", "Darurat")
    await dpu.shows(card, "🔴 Darurat")
    await siti.screen.reads("TELEPON SEKARANG", "112", card.code)
    alarm = await duty.reads("🚨 DARURAT", card.code)
    joko = place.staff(duty, 1)
    await joko.presses(alarm, "Terima")
    await dpu.shows(card, "diterima Bagas")


async def test_ubah_sets_kind_and_place(place: Place) -> None:
    dpu, siti = await place.group("dputr"), place.citizen()
    rina = place.staff(dpu)
    card = await reported(dpu, siti)
    await rina.chooses(card, "Ubah", "Jenis", "Aspirasi")
    card = await dpu.shows(card, "Topik: Jalan · Aspirasi", offers="Terima")
    await rina.chooses(card, "Ubah")
    await rina.fills(card, "Tempat", "Dukuh Krajan, Desa Purwoharjo")
    await dpu.shows(card, "Tempat: Dukuh Krajan, Desa Purwoharjo", offers="Terima")
    await siti.screen.reads_nothing_more()
