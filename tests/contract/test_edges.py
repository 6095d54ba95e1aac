"""Where it gets difficult, on every channel: strangers, screens that lag behind, signs of markup, very long words."""

from bot.domain.lengths import fitting
from tests.contract.acting import reported
from tests.contract.channels import KINDS, having
from tests.contract.place import LEAVING, MAP, Place

MARKUP = "Jalan **rusak** _parah_ <b>bolong</b> & [klik](sini) `kode` ~~x~~ ||y|| <@1> {code} 5 < 6 &amp;"
LINES = "Jalan rusak:\n# satu\n- dua\n> tiga\n1. empat"


def test_what_a_channel_has_not_is_said_with_its_reason() -> None:
    lacking = {(kind.channel, feature): reason for kind in KINDS for feature, reason in kind.lacks.items()}
    assert set(lacking) == {("discord", MAP), ("coba", LEAVING)}
    assert all(len(reason.split()) > 5 for reason in lacking.values())


async def test_a_strangers_press_does_nothing(place: Place) -> None:
    dpu, siti = await place.group("dputr"), place.citizen()
    card = await reported(dpu, siti)
    passer_by = place.stranger(dpu)
    for words in card.buttons:
        answer = await passer_by.presses(card, words)
        assert answer.barred or answer.words.startswith("Anda belum atau tidak lagi menjadi anggota grup ini")
        assert answer.form is None
    await dpu.reads_nothing_more()
    assert await dpu.now(card) == card
    assert place.case(card.code).taken_by is None
    await siti.screen.reads_nothing_more()


@having(LEAVING)
async def test_who_has_left_a_moment_ago_presses_in_vain(place: Place) -> None:
    dpu, siti = await place.group("dputr"), place.citizen()
    rina = place.staff(dpu)
    card = await reported(dpu, siti)
    await rina.says("Besok pagi saya ke sana.", to=card)
    await dpu.shows(card, "Besok pagi")
    await place.leaves(rina)
    answer = await rina.presses(card, "Terima")
    assert answer.barred or answer.words.startswith("Anda belum atau tidak lagi menjadi anggota grup ini")
    assert place.case(card.code).taken_by is None


async def test_a_lapsed_button_says_so(place: Place) -> None:
    dpu, dlh, siti = await place.group("dputr"), await place.group("dlh"), place.citizen()
    rina, bagas = place.staff(dpu), place.staff(dpu, 1)
    card = await reported(dpu, siti)
    await rina.chooses(card, "Alihkan", "Dinas Lingkungan Hidup", "Sampah")
    await dlh.reads(card.code)
    assert (await bagas.presses(card, "Terima")).words == f"Kartu lama. Lihat kartu {card.code} yang terbaru."
    assert place.case(card.code).taken_by is None


async def test_a_case_that_has_ended_says_so_to_who_presses_late(place: Place) -> None:
    dpu, siti = await place.group("dputr"), place.citizen()
    rina = place.staff(dpu)
    card = await reported(dpu, siti)
    await rina.uses("tutup", "Lokasinya tidak ditemukan, sudah dua kali kami datangi.", to=card)
    await dpu.shows(card, "Status: Ditutup")
    assert (await rina.presses(card, "Terima")).words == f"Tidak bisa: status laporan {card.code} “Ditutup”."


async def test_signs_of_markup_are_shown_as_they_were_typed(place: Place) -> None:
    dpu, siti = await place.group("dputr"), place.citizen()
    rina = place.staff(dpu)
    card = await reported(dpu, siti, MARKUP)
    assert MARKUP in card.text
    await rina.says(MARKUP, to=card)
    await dpu.shows(card, f"Catatan Rina: {MARKUP}")
    await rina.uses("balas", f"@everyone {MARKUP}", to=card)
    await siti.screen.reads(f"@everyone {MARKUP}")
    await dpu.reads("dikirim")
    await rina.fills(card, "Tanya pelapor", MARKUP)
    await siti.screen.reads(MARKUP)
    await dpu.shows(card, f"Ditanyakan Rina: {MARKUP}")
    await siti.says(MARKUP)
    await dpu.shows(card, f"Jawaban pelapor: {MARKUP}")


async def test_lines_stay_lines_whatever_they_begin_with(place: Place) -> None:
    dpu, siti = await place.group("dputr"), place.citizen()
    card = await reported(dpu, siti, LINES)
    assert LINES in card.text
    await place.staff(dpu).uses("balas", LINES, to=card)
    await siti.screen.reads(LINES)


async def test_words_beyond_what_a_message_holds_are_cut_between_words_and_none_is_lost(place: Place) -> None:
    dpu, siti = await place.group("dputr"), place.citizen()
    text = long("Jalan: ", "lubang*🕳️&<", place.longest)
    card = await reported(dpu, siti, text)
    await place.idle()
    first, *rest = [each.text for each in await place.look(dpu)]
    assert first == card.text
    assert rest[0].startswith(f"Lanjutan {card.code}:")
    assert [word for part in (first, *rest) for word in part.split() if "lubang" in word] == text.split()[1:]


async def test_a_long_answer_reaches_the_citizen_whole(place: Place) -> None:
    dpu, siti = await place.group("dputr"), place.citizen()
    text = long("Pak, ", "kata_", place.longest - 20)
    card = await reported(dpu, siti)
    await place.staff(dpu).uses("balas", text, to=card)
    await place.idle()
    every = [word for each in await place.look(siti.screen) for word in each.text.split()]
    assert [word for word in every if "kata_" in word] == text.split()[1:]


def long(head: str, word: str, most: int) -> str:
    """A text of so many units that a person may send, each of its words another one."""
    text = head + " ".join(f"{number}_{word}" for number in range(1000))
    return text[: fitting(text, most)].rsplit(" ", 1)[0]


async def test_the_question_for_the_place_offers_the_map_only_where_there_is_one(place: Place) -> None:
    siti = place.citizen()
    await siti.says("Jalan berlubang dalam, sudah dua bulan tidak ditambal.")
    asked = await siti.screen.reads("Di mana tempatnya? Balas saja dengan desa, jalan, atau patokannya")
    assert ("kirim lokasi" in asked.text) is (MAP not in place.lacks)
