"""/label at the desk on every channel: a message, its buttons, the next one, and the way back."""

import pytest

from bot.domain.teaching import Answer
from tests.contract.people import Person, Screen
from tests.contract.place import Place
from tests.contract.seen import Seen

HOLE = "Jalan depan pasar bolong, tolong ditambal."
DARK = "Lampu di gang kami mati sudah seminggu."


@pytest.fixture
async def desk(place: Place) -> Screen:
    """The desk's chat; two citizens have told something."""
    for number, words in enumerate((HOLE, DARK)):
        citizen = place.citizen(number)
        await citizen.says(words)
        await citizen.screen.reads("PML-")
    desk = await place.group("meja")
    await place.idle()
    desk.read |= {each.id for each in await place.look(desk)}
    return desk


def answers(place: Place) -> dict[str, str]:
    """What admins said of each case, by the words of its report."""
    found: list[Answer] = place.app.store.read_now(lambda uow: uow.teaching.answers())
    words = place.app.store.read_now(lambda uow: uow.lessons.words([each.case_id for each in found]))
    return {words[each.case_id][0].text: each.topic for each in found}


def lessons(place: Place) -> list[str]:
    """What is learnt from them."""
    return [f"{each.field}={each.after}" for each in place.app.store.read_now(lambda uow: uow.lessons.all())]


async def begun(desk: Screen, wati: Person) -> Seen:
    await wati.uses("label")
    return await desk.reads("Topik apa ini?", "0 dijawab hari ini")


def other(text: str) -> str:
    """Words of the other report."""
    return "Lampu" if HOLE in text else "Jalan depan"


async def test_an_admin_labels_one_message_after_the_other_in_one_place(place: Place, desk: Screen) -> None:
    wati = place.admin(desk)
    first = await begun(desk, wati)
    await wati.presses(first, "Tinggi")
    chosen = await desk.shows(first, offers="✓ Tinggi")
    await wati.presses(chosen, "Lainnya…")
    await wati.presses(await desk.shows(first, offers="Kesehatan"), "Kesehatan")
    second = await desk.shows(first, "1 dijawab hari ini", other(first.text))
    await wati.presses(second, "Lewati")
    await desk.shows(first, "Tidak ada lagi yang perlu diberi label")
    assert list(answers(place).values()).count("kesehatan") >= 1
    assert "topic=kesehatan" in lessons(place)
    await desk.reads_nothing_more()


async def test_the_last_answer_is_taken_back_and_its_message_comes_again(place: Place, desk: Screen) -> None:
    wati = place.admin(desk)
    first = await begun(desk, wati)
    assert not first.offers("Urungkan jawaban tadi")
    await wati.presses(first, "Lainnya…")
    await wati.presses(await desk.shows(first, offers="Kesehatan"), "Kesehatan")
    second = await desk.shows(first, "1 dijawab hari ini", other(first.text), offers="Urungkan jawaban tadi")
    await wati.presses(second, "Urungkan jawaban tadi")
    again = await desk.shows(first, "0 dijawab hari ini", first.text.split("\n")[2])
    assert not again.offers("Urungkan jawaban tadi")
    assert (answers(place), lessons(place)) == ({}, [])
    assert "terakhir" in (await wati.presses(second, "Urungkan jawaban tadi")).words
    await wati.presses(again, "Lainnya…")
    await wati.presses(await desk.shows(first, offers="Keamanan"), "Keamanan")
    await desk.shows(first, "1 dijawab hari ini", other(first.text))
    assert set(answers(place).values()) == {"keamanan"}
    assert [each for each in lessons(place) if "topic" in each] == ["topic=keamanan"]


async def test_after_the_end_the_last_answer_can_still_be_taken_back(place: Place, desk: Screen) -> None:
    wati = place.admin(desk)
    first = await begun(desk, wati)
    await wati.presses(first, first.buttons[0])
    second = await desk.shows(first, "1 dijawab hari ini")
    await wati.presses(second, "Selesai")
    thanks = await desk.shows(first, "Terima kasih! 1 laporan Anda jawab hari ini.")
    await wati.presses(thanks, "Urungkan jawaban tadi")
    await desk.shows(first, "Topik apa ini?", "0 dijawab hari ini", offers="Lewati")
    assert answers(place) == {}


async def test_only_admins_label_and_nobody_in_the_place_of_another(place: Place, desk: Screen) -> None:
    wati, bagas = place.admin(desk), place.staff(desk, 1)
    await bagas.uses("label")
    await desk.reads("hanya admin Wadul")
    first = await begun(desk, wati)
    assert "hanya admin Wadul" in (await bagas.presses(first, "Lewati")).words
    place.admin(desk, 1)
    assert "antrean orang lain" in (await bagas.presses(first, "Lewati")).words
