"""A question that is never answered: recalled once, ended by rule with friendly words; a late answer opens again."""

from tests.contract.place import Place


async def test_a_question_waits_is_recalled_ends_the_case_kindly_and_a_late_answer_opens_it_again(place: Place) -> None:
    dlh = await place.group("dlh")
    karto, rina, bagas = place.citizen(2), place.staff(dlh), place.staff(dlh, 1)

    await karto.says("Nuwun sewu, sampah wonten ngajeng griya Karangsari kula mboten dipunpendhet.")
    code = (await karto.screen.reads("Kode: PML-", "Dinas Lingkungan Hidup")).code
    card = await dlh.reads(code, "Sampah", "Jawa krama")
    await rina.fills(card, "Tanya pelapor", "Sampun pinten dinten mboten dipunpendhet, Mbah?")
    question = await karto.screen.reads(code, "Sampun pinten dinten mboten dipunpendhet, Mbah?")
    await dlh.reads(f"Pertanyaan tentang {code} dikirim ke pelapor.")
    card = await dlh.shows(card, "Menunggu jawaban pelapor", "diterima Rina", "jam berhenti")

    await place.turns("2027-01-15 12:00")
    await karto.screen.reads_nothing_more()
    await place.turns("2027-01-16 10:30")
    await karto.screen.reads("taksih nengga wangsulan", code, "Sampun pinten dinten", "5 dinten malih")
    await place.turns("2027-01-19 12:00")
    await karto.screen.reads_nothing_more()  # once is enough

    await place.turns("2027-01-21 10:30")
    await karto.screen.reads("dereng dipunwangsuli ngantos 10 dinten", code)
    ended = await dlh.shows(card, "Status: Ditutup")
    assert ended.buttons == []
    await dlh.reads_nothing_more()  # nobody in the office did anything, and nobody is to blame

    await place.turns("2027-01-25 09:00")
    await karto.says("Sampun kalih minggu, Pak. Nyuwun pangapunten, nembe mbikak HP.", to=question)
    await karto.screen.reads("wangsulan", code)
    await dlh.reads(f"Jawaban pelapor {code}", "Sampun kalih minggu, Pak.")
    again = await dlh.shows(card, "Dibuka kembali", "Sampun kalih minggu, Pak.", offers="Terima")
    await bagas.presses(again, "Terima")
    await karto.screen.reads(code, "petugas Dinas Lingkungan Hidup")
    await dlh.shows(card, "diterima Bagas")
    for screen in (dlh, karto.screen):
        await screen.reads_nothing_more()
