"""A case from the report to its end, on every channel: receipt, card, a name on it, question, outcome, yes or no."""

from tests.contract.acting import BUTTONS, ROAD, done, reported
from tests.contract.channels import having
from tests.contract.place import MAP, Place

LAMP = "Lampu jalan di Karangsari mati sejak Senin, gelap sekali pak."
SHUT = "Sudah tidak berlaku."


async def test_a_report_gets_a_code_and_its_card_stands_in_the_right_group_only(place: Place) -> None:
    dpu, dlh, dishub = await place.group("dputr"), await place.group("dlh"), await place.group("dishub")
    siti = place.citizen()
    await siti.says(LAMP)
    receipt = await siti.screen.reads("Laporan Anda sudah saya terima.", "Penerangan jalan", "Dinas Perhubungan")
    card = await dishub.reads(receipt.code, "Penerangan jalan", "Desa Karangsari", LAMP)
    assert card.text.startswith("🟡 Sedang · PML-")
    assert card.text.endswith("Status: Diteruskan ke Dinas Perhubungan")
    assert card.buttons == BUTTONS
    for screen in (dpu, dlh, dishub, siti.screen):
        await screen.reads_nothing_more()


async def test_a_picture_stands_under_the_card(place: Place) -> None:
    dpu, siti = await place.group("dputr"), place.citizen()
    await siti.says(ROAD, photo=True)
    receipt = await siti.screen.reads("Kode: PML-")
    card = await dpu.reads(receipt.code, ROAD, "Lampiran: 1 foto")
    assert card.files == 0
    assert (await dpu.reads()).files == 1
    await siti.says(photo=True, to=receipt)
    await dpu.shows(card, "Lampiran: 2 foto")
    assert (await dpu.reads()).files == 1


@having(MAP)
async def test_a_place_on_the_map_stands_on_the_card(place: Place) -> None:
    dpu, siti = await place.group("dputr"), place.citizen()
    card = await reported(dpu, siti)
    await place.points(siti)
    await dpu.shows(card, "-6.89170, 109.38060")


async def test_words_that_are_changed_change_the_card(place: Place) -> None:
    dpu, siti = await place.group("dputr"), place.citizen()
    said = await siti.says(ROAD)
    card = await dpu.reads((await siti.screen.reads("Kode: PML-")).code, "depan pasar")
    await place.edits(siti, said, ROAD.replace("pasar", "sekolah dasar"))
    await dpu.shows(card, "depan sekolah dasar")


async def test_terima_puts_the_name_on_the_card_and_the_citizen_hears_it(place: Place) -> None:
    dpu, siti = await place.group("dputr"), place.citizen()
    rina, bagas = place.staff(dpu), place.staff(dpu, 1)
    card = await reported(dpu, siti)
    assert (await rina.presses(card, "Terima")).words == f"{card.code} Anda terima."
    taken = await dpu.shows(card, "diterima Rina", offers="Ambil alih")
    assert not taken.offers("Terima")
    await siti.screen.reads(card.code, "sudah diterima petugas Dinas PU")
    assert (await bagas.presses(card, "Terima")).words == "Sudah diterima oleh Rina."
    assert (await bagas.presses(taken, "Ambil alih")).words == f"{card.code} Anda terima."
    await dpu.shows(card, "diterima Bagas")
    await siti.screen.reads_nothing_more()


async def test_tanya_pelapor_binds_the_answer_to_its_case(place: Place) -> None:
    dpu, siti = await place.group("dputr"), place.citizen()
    rina = place.staff(dpu)
    card, other = await reported(dpu, siti), await reported(dpu, place.citizen(1))
    await rina.fills(card, "Tanya pelapor", "Sebelah mana pasarnya, Bu?")
    await siti.screen.reads(card.code, "Sebelah mana pasarnya, Bu?", "Balas saja di sini.")
    await dpu.reads(f"Pertanyaan tentang {card.code} dikirim ke pelapor.")
    await dpu.shows(card, "Ditanyakan Rina: Sebelah mana pasarnya, Bu?", "Menunggu jawaban pelapor")
    await siti.says("Sebelah timur, dekat warung soto.")
    await siti.screen.reads("jawaban Anda sudah saya teruskan", card.code)
    answered = await dpu.shows(card, "Jawaban pelapor: Sebelah timur, dekat warung soto.", "diterima Rina")
    assert "Menunggu" not in answered.text
    await dpu.reads(f"Jawaban pelapor {card.code}", "dekat warung soto")
    unchanged = await dpu.now(other)
    assert unchanged is not None
    assert "warung soto" not in unchanged.text


async def test_lihat_data_shows_what_the_card_hides_to_the_presser_alone(place: Place) -> None:
    dpu, siti = await place.group("dputr"), place.citizen()
    card = await reported(dpu, siti, f"{ROAD} Hubungi 081234567890 ya pak.")
    assert card.has("[telepon]")
    assert "081234567890" not in card.text
    shown = await place.staff(dpu).presses(card, "Lihat data")
    assert "Telepon: 081234567890" in shown.words
    await dpu.reads_nothing_more()


async def test_selesai_needs_a_sentence_and_sudah_beres_ends_the_case(place: Place) -> None:
    dpu, siti = await place.group("dputr"), place.citizen()
    card, question = await done(dpu, siti, place.staff(dpu))
    assert card.has("Hasil: Sudah ditambal kemarin sore.")
    assert question.buttons == ["Sudah beres", "Belum"]
    await siti.presses(question, "Sudah beres")
    await siti.screen.reads("Terima kasih sudah memastikan", card.code)
    stars = await siti.screen.reads("Boleh dinilai", card.code)
    await siti.presses(stars, "4 ⭐")
    await siti.screen.shows(stars, "Terima kasih, penilaian Anda sudah dicatat: ⭐⭐⭐⭐")
    ended = await dpu.shows(card, "Status: Selesai", "Penilaian pelapor: ⭐⭐⭐⭐")
    assert ended.buttons == []
    assert (await siti.presses(question, "Belum")).words != SHUT  # a no is heard after a yes, too
    await dpu.shows(card, "Dibuka kembali")


async def test_belum_opens_it_again_at_once_and_the_missing_words_reach_the_card(place: Place) -> None:
    dpu, siti = await place.group("dputr"), place.citizen()
    card, question = await done(dpu, siti, place.staff(dpu))
    await siti.presses(question, "Belum")
    await siti.screen.reads("Maaf, berarti belum beres.", card.code, "Apa yang masih kurang?")
    again = await dpu.shows(card, "Dibuka kembali", "Hasil sebelumnya: Sudah ditambal kemarin sore.", offers="Terima")
    assert again.buttons == BUTTONS
    await dpu.reads("belum beres", card.code)
    await siti.says("Yang ditambal cuma separo, sisi utara masih dalam.")
    await dpu.shows(card, "sisi utara masih dalam")
    assert (await siti.presses(question, "Sudah beres")).words == SHUT


async def test_bukan_wewenang_names_who_is_responsible(place: Place) -> None:
    dpu, siti = await place.group("dputr"), place.citizen()
    card = await reported(dpu, siti)
    rina = place.staff(dpu)
    await rina.is_told(await rina.fills(card, "Bukan wewenang", "bukan kami"), "perlu tahu harus ke siapa", card.code)
    await siti.screen.reads_nothing_more()
    await place.staff(dpu).fills(card, "Bukan wewenang", "Balai Besar Pelaksanaan Jalan Nasional")
    await siti.screen.reads(card.code, "bukan wewenang", "Balai Besar Pelaksanaan Jalan Nasional")
    ended = await dpu.shows(card, "Yang berwenang: Balai Besar Pelaksanaan Jalan Nasional")
    assert ended.buttons == []
