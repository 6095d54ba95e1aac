"""Somebody who wants everything erased: a copy first, the ended report at once, the open one by an admin's word."""

from functools import partial

import pytest

from bot.domain.records import Lesson
from bot.lesson_file import export
from bot.services.ports import UnitOfWork
from tests.contract.people import Person, Screen
from tests.contract.place import Place
from tests.contract.seen import Seen
from tests.flows.forgotten import admits, files, settle, traces, until

WORDS = "Nama saya Sulistyawati, jalan bolong depan rumah kontrakan bercat ungu."
AGAIN = "Sampah menumpuk dekat kandang marmut tetangga kami."
MARKS = ("sulistyawati", "bercat ungu", "kandang marmut", "0812-7788-9911")


def teaches(place: Place, code: str) -> None:
    """What somebody corrected in a case, the place in its own words too."""
    case = place.case(code)
    for field, after in (("topic", "jalan"), ("location", "depan rumah kontrakan bercat ungu")):
        lesson = Lesson(case.id, field, "", after, "telegram:9002", "m1", place.clock())
        place.app.store.write_now(partial(_learn, lesson=lesson))


def _learn(uow: UnitOfWork, *, lesson: Lesson) -> None:
    uow.cases.learn(lesson)


def identity(place: Place, code: str) -> tuple[str, ...]:
    """The ids under which the platform knows the reporter of a case; those of the coba page are its own cast."""
    if place.channel == "coba":
        return ()
    person = place.app.store.read_now(lambda uow: uow.people.by_id(place.case(code).person_id))
    assert person is not None
    return tuple(each for each in (person.user_id, person.chat_id) if len(each) > 3)


async def done(place: Place, group: Screen, who: Person, by: Person) -> Seen:
    """A report with a photo that was taken, called done and confirmed; its card."""
    await by.says(WORDS, photo=True)
    code = (await by.screen.reads("Kode: PML-")).code
    card = await group.reads(code)
    assert (await group.reads()).files == 1
    await who.presses(card, "Terima")
    await by.screen.reads(code, "sudah diterima")
    card = await group.shows(card, offers="Selesai")
    await who.fills(card, "Selesai", "Sudah ditambal aspal dingin.")
    asked = await by.screen.reads("Apakah memang sudah beres?")
    await by.presses(asked, "Sudah beres")
    return await group.shows(card, "Status: Selesai")


async def test_somebody_wants_everything_erased(
    place: Place, tmp_path_factory: pytest.TempPathFactory, capfd: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    dpu, desk, head = [await place.group(unit) for unit in ("dputr", "meja", "kepala")]
    siti, rina, wati = place.citizen(0), place.staff(dpu), place.staff(desk)
    admits(place, wati)
    card = await done(place, dpu, rina, siti)
    first, me = card.code, identity(place, card.code)
    teaches(place, first)
    await siti.uses("dataku", "telepon 0812-7788-9911")
    await place.idle()
    await settle(place)
    assert len(files(place.app.settings.data_dir / "media")) == 1
    assert {"entry", "case_words", "lesson", "person"} <= {where.split(":")[0] for where in traces(place.app, MARKS)}

    await place.turns("2027-01-25 09:00")  # two weeks later: nobody can object any more
    await siti.says(AGAIN)
    second = (await until(siti.screen, "Kode: PML-")).code
    await siti.uses("dataku")
    menu = await siti.screen.reads("Data Anda di Wadul")
    await siti.presses(menu, "Salinan data saya")
    copy = await siti.screen.reads("Ini salinan data Anda", "2 laporan")
    assert copy.files == 1
    await siti.presses(menu, "Hapus data saya")
    asked = await siti.screen.reads("Yang hilang", "Yang tinggal", "10 hari", "3 × 24 jam")
    await siti.presses(asked, "Lanjutkan")
    surely = await siti.screen.reads("Yakin?")
    await siti.presses(surely, "Ya, hapus semua")
    await siti.screen.reads("sudah saya teruskan ke petugas", second)
    request = await until(desk, "Permintaan hapus data", second)
    assert first not in request.text
    assert request.buttons == ["Hapus sekarang", "Setelah laporan selesai", "Tolak, karena…"]
    await dpu.shows(card, "Isi laporan sudah dihapus.", "Status: Selesai")
    await settle(place)
    phone = {"coba_message", "coba"} if place.channel == "coba" else ()  # their own phone, which that page plays
    assert traces(place.app, ("bercat ungu", "sulistyawati"), but=phone) == []
    assert files(place.app.settings.data_dir / "media") == []

    await place.turns("2027-01-27 09:30")
    await place.app.rights.step()
    await until(desk, "Permintaan hapus data menunggu keputusan", "paling lambat 28-01-2027 09.00")
    await place.turns("2027-01-28 03:30")
    await place.app.rights.step()
    await until(head, "Permintaan hapus data menunggu keputusan")

    await wati.presses(request, "Hapus sekarang")
    await siti.screen.reads("Data Anda sudah dihapus.")
    await desk.shows(request, "Sudah dihapus.")
    await settle(place)
    hidden = (*MARKS, *me)
    assert traces(place.app, hidden) == []
    cases = [place.case(code) for code in (first, second)]
    assert [case.tags.topic for case in cases] == ["jalan", "sampah"]
    assert [case.status for case in cases] == ["selesai", "dibatalkan"]
    out = tmp_path_factory.mktemp("out") / "lessons.jsonl"
    assert export(place.app.store, place.app.region, out) == 0
    logged = "".join((*capfd.readouterr(), caplog.text)).casefold()
    assert "traces_removed" in logged
    assert [mark for mark in hidden if mark.casefold() in logged] == []

    await wati.uses("register")
    await until(desk, "Register", "dihapus atas permintaan · orang: 1", "salinan diberikan · permintaan: 1")
    await siti.says("Jalan margi bolong lagi di Karangsari.")  # a new person, whom nobody knows
    await until(siti.screen, "Kode: PML-")
