"""Photos of what was done: with the sentence, before it, as an album, unusable, reminded of, like another."""

import io
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from PIL import Image

from bot.domain.proof import DAY, Proof
from bot.store.tables import case as cases
from bot.store.tables import evidence, media, photo, proof
from tests.flows.acting import asked
from tests.flows.town import ROAD, Town, code_in, town
from tests.photos import jpeg, mirrored_part, png, scene
from tests.standin.groups import Group
from tests.standin.messages import Message
from tests.standin.people import ChatView, Citizen, Member

PATIENCE = 30.0
DONE = "Sudah ditambal kemarin sore."


@dataclass
class Road:
    """A case that somebody works on, and who is around it."""

    town: Town
    dpu: Group
    desk: Group
    budi: Member
    wati: Member
    siti: Citizen
    card: Message
    code: str

    async def hears(self, chat: ChatView, *words: str, times: int = 1) -> Message:
        """As the town's, with patience for what is fetched, opened beside the bot and compared."""
        return await self.town.hears(chat, *words, times=times, timeout=PATIENCE)

    async def shows(self, message: Message, *words: str) -> None:
        """As the town's, with the same patience."""
        await self.town.shows(message, *words, timeout=PATIENCE)

    def state(self) -> Proof:
        return Proof(self.town.rows(proof)[-1]["state"])

    async def done(self, *, photo: bytes | None = None) -> Message:
        """`Selesai` with a sentence, and with a photo under which it stands; what the group reads."""
        question = await asked(self.town, self.dpu, self.budi, self.card, "Selesai")
        if photo:
            self.budi.photo(DONE, data=photo, reply_to=question)
        else:
            self.budi.say(DONE, reply_to=question)
        return await self.town.hears(self.dpu, f"{self.code} selesai. Pelapor sudah diberi tahu.")


@pytest.fixture
async def road(tmp_path: Path) -> AsyncIterator[Road]:
    async with town(tmp_path) as here:
        dpu, desk = here.group("dputr"), here.group("meja")
        budi, siti = here.staff(dpu), here.citizen()
        card = await here.taken(dpu, budi, ROAD, by=siti)
        yield Road(here, dpu, desk, budi, here.admin(desk), siti, card, code_in(card))


async def test_a_photo_with_the_sentence_reaches_the_citizen_stripped(road: Road) -> None:
    exif = Image.Exif()
    exif[0x8825] = {1: "S", 2: (6.0, 53.0, 30.0), 3: "E", 4: (109.0, 22.0, 48.0)}
    await road.done(photo=jpeg(scene(31), exif=exif))
    await road.hears(road.siti, DONE, road.code)
    shown = await road.hears(road.siti, "Foto hasil laporan", road.code)
    assert shown.kind == "photo"
    assert list(shown.buttons) == ["Sudah beres", "Belum"]
    (row,) = road.town.rows(media)
    kept = (road.town.app.settings.data_dir / "media" / row["path"]).read_bytes()
    assert not Image.open(io.BytesIO(kept)).getexif().get_ifd(0x8825)
    assert row["sha256"] != row["source_sha256"]
    assert road.town.rows(photo)[0]["lat"] == pytest.approx(-6.8917, abs=1e-3)
    await road.shows(road.card, "Bukti: foto")


async def test_an_album_sent_later_comes_as_several_photos_and_one_answer(road: Road) -> None:
    request = await road.done()
    road.budi.album(2, "ini hasilnya", photos=[jpeg(scene(41)), jpeg(scene(42))], reply_to=request)
    await road.hears(road.dpu, f"Foto bukti {road.code} sudah dikirim")
    await road.town.idle()
    photos = [m for m in road.siti.answers if m.kind == "photo"]
    assert [bool(m.buttons) for m in photos] == [False, True]
    assert len([m for m in road.dpu.answers if "sudah dikirim ke pelapor" in m.text]) == 1
    assert road.state() is Proof.FOTO


async def test_a_photo_from_before_counts_once_somebody_says_so(road: Road) -> None:
    road.budi.photo(data=jpeg(scene(51)), reply_to=road.card)
    await road.town.idle()
    noted = await road.done()
    assert road.state() is Proof.TANPA
    await road.town.press(road.budi, noted, "Pakai foto tadi")
    await road.hears(road.siti, "Foto hasil laporan", road.code)
    await road.shows(noted, "Foto yang tadi dipakai")
    assert noted.buttons == {}
    assert road.state() is Proof.FOTO


@pytest.mark.parametrize(
    ("data", "mime", "words"),
    [
        (b"%PDF-1.7 x", "application/pdf", "bukan foto yang bisa saya buka"),
        (b"\0\0\0\x18ftypheic" + bytes(500), "image/heic", "bukan foto yang bisa saya buka"),
        (jpeg(scene(1))[:4000], "image/jpeg", "rusak dan tidak bisa dibuka"),
        (b"<html>" * 100, "image/jpeg", "bukan foto yang bisa saya buka"),
        (png(Image.new("RGB", (9000, 8000))), "image/png", "terlalu besar"),
        (jpeg(scene(1).resize((60, 50))), "image/jpeg", "terlalu kecil"),
    ],
)  # fmt: skip
async def test_what_cannot_be_taken_is_refused_with_the_fix(road: Road, data: bytes, mime: str, words: str) -> None:
    request = await road.done()
    road.budi.document(data=data, mime=mime, reply_to=request)
    await road.hears(road.dpu, road.code, words)
    assert road.state() is Proof.TANPA
    assert [m for m in road.siti.answers if m.kind == "photo"] == []


async def test_a_picture_sent_as_a_file_counts(road: Road) -> None:
    request = await road.done()
    road.budi.document(data=png(scene(61)), mime="image/png", reply_to=request)
    assert (await road.hears(road.siti, "Foto hasil laporan")).kind == "photo"


async def test_the_reports_own_photo_is_looked_at_and_fine_where_an_admin_says_so(road: Road) -> None:
    road.siti.photo("Ini fotonya, Pak.", data=jpeg(scene(71)), reply_to=road.siti.answers[0])
    await road.shows(road.card, "Lampiran: 1 foto")
    request = await road.done()
    road.budi.photo(data=jpeg(mirrored_part(scene(71))), reply_to=request)
    flagged = await road.hears(road.desk, "Mohon dicek", road.code, "foto pada laporannya sendiri")
    await road.shows(road.card, "sedang dicek admin")
    assert [m for m in road.siti.answers if m.kind == "photo"] == []
    await road.town.press(road.wati, flagged, "Wajar")
    await road.hears(road.siti, "Foto hasil laporan", road.code)
    await road.shows(flagged, "Wati: wajar.")
    await road.shows(road.card, "Bukti: foto")


async def test_only_an_admin_decides(road: Road) -> None:
    road.siti.photo("Ini fotonya, Pak.", data=jpeg(scene(72)), reply_to=road.siti.answers[0])
    request = await road.done()
    road.budi.photo(data=jpeg(scene(72), quality=50), reply_to=request)
    flagged = await road.hears(road.desk, "Mohon dicek", road.code)
    other = road.town.staff(road.desk, "Tono", 9010)
    press = await road.town.press(other, flagged, "Minta foto baru")
    assert "admin" in (press.toast or "")
    assert road.state() is Proof.DICEK


async def test_the_same_photo_twice_for_one_case_is_no_reuse(road: Road) -> None:
    request = await road.done()
    road.budi.photo(data=jpeg(scene(81)), reply_to=request)
    await road.hears(road.dpu, "sudah dikirim ke pelapor")
    road.budi.photo(data=jpeg(scene(81), quality=40), reply_to=request)
    await road.hears(road.dpu, "sudah dikirim ke pelapor", times=2)
    assert [m for m in road.desk.answers if "Mohon dicek" in m.text] == []


async def looked_at(town: Town, count: int) -> None:
    """So many photos of reports are known by now."""

    def known() -> bool:
        return len([row for row in town.rows(media) if row["looked"]]) >= count

    await town.standin.wait_for(known, 3 * PATIENCE)


async def other_report(road: Road, data: bytes, *, number: int = 6) -> str:
    """Somebody else's report with a photo, which is known by now; its code."""
    agus = road.town.citizen(number, "Agus")
    before = len([row for row in road.town.rows(media) if row["looked"]])
    agus.photo("Lampu jalan di Petarukan mati sudah seminggu.", data=data)
    code = code_in(await road.town.hears(agus, "Kode: PML-"))
    await looked_at(road.town, before + 1)
    return code


async def test_a_photo_of_somebody_elses_report_is_held_and_says_whose(road: Road) -> None:
    code = await other_report(road, jpeg(scene(73)))
    request = await road.done()
    road.budi.photo(data=jpeg(mirrored_part(scene(73))), reply_to=request)
    flagged = await road.hears(road.desk, "Mohon dicek", f"sama dengan foto laporan {code}", "bukan tuduhan", "Kanan:")
    assert flagged.kind == "photo"
    assert code not in " ".join(m.text for m in road.dpu.answers)
    assert [m for m in road.siti.answers if m.kind == "photo"] == []
    await road.town.press(road.wati, flagged, "Minta foto baru")
    await road.hears(road.dpu, f"Mohon foto baru untuk {road.code}")


async def test_of_a_secret_report_only_the_code_is_told_and_its_photo_stays_away(road: Road) -> None:
    code = await other_report(road, jpeg(scene(74)))
    with road.town.app.store.engine.begin() as connection:
        connection.execute(cases.update().where(cases.c.code == code).values(secret=True))
    request = await road.done()
    road.budi.photo(data=jpeg(scene(74), quality=50), reply_to=request)
    flagged = await road.hears(road.desk, "Mohon dicek", f"sama dengan foto laporan {code}. Isi laporan itu tidak bisa")
    assert "Kanan:" not in flagged.text
    assert f"{code} (" not in flagged.text


async def test_one_photo_in_two_reports_is_nothing_to_speak_of(road: Road) -> None:
    road.siti.photo("Ini fotonya, Pak.", data=jpeg(scene(75)), reply_to=road.siti.answers[0])
    await looked_at(road.town, 1)
    await other_report(road, jpeg(scene(75)))
    request = await road.done()
    road.budi.photo(data=jpeg(scene(76)), reply_to=request)
    await road.hears(road.siti, "Foto hasil laporan")
    assert [m for m in road.desk.answers if "Mohon dicek" in m.text] == []


async def test_a_photo_that_came_after_the_proof_is_no_source_of_it(road: Road) -> None:
    await road.done(photo=jpeg(scene(77)))
    await road.hears(road.siti, "Foto hasil laporan")
    await other_report(road, jpeg(scene(77)))
    await road.town.app.proof_check.step()
    assert [m for m in road.desk.answers if "Mohon dicek" in m.text] == []


async def test_the_desk_is_reminded_of_a_held_photo_once_a_working_day_until_somebody_decides(road: Road) -> None:
    road.siti.photo("Ini fotonya, Pak.", data=jpeg(scene(78)), reply_to=road.siti.answers[0])
    await looked_at(road.town, 1)
    request = await road.done()
    road.budi.photo(data=jpeg(scene(78), quality=50), reply_to=request)
    flagged = await road.hears(road.desk, "Mohon dicek", road.code)
    await road.town.idle()  # until its number is remembered, nothing can be an answer to it

    async def days(count: int) -> list[Message]:
        for _ in range(count):
            road.town.clock.skip(DAY)
            await road.town.app.clockwork.step()
            await road.town.idle()
        return [m for m in road.desk.answers if "masih menunggu keputusan admin" in m.text]

    local = datetime.fromtimestamp(road.town.clock(), ZoneInfo("Asia/Jakarta"))
    road.town.clock.skip((34 - local.hour) * 3600.0 + (7 - local.weekday()) * DAY)  # ten in the morning, on a Tuesday
    await road.town.app.clockwork.step()
    first = await days(0)
    assert [m.reply_to for m in first] == [flagged]
    await road.town.app.clockwork.step()
    assert len(await days(1)) == 2
    assert len(await days(4)) == 4  # Thursday and Friday, no Saturday, no Sunday
    await road.town.press(road.wati, flagged, "Wajar")
    assert len(await days(3)) == 4


async def test_marks_in_the_file_are_shown_to_the_desk_and_the_photo_goes_out(road: Road) -> None:
    exif = Image.Exif()
    exif[0x8769] = {36867: "2019:03:01 09:30:00"}
    request = await road.done()
    road.budi.document(data=jpeg(scene(91), exif=exif), mime="image/jpeg", reply_to=request)
    await road.hears(road.desk, "Mohon dicek", "hari sebelum laporan masuk", "bukan tuduhan")
    await road.hears(road.siti, "Foto hasil laporan")


async def test_a_missing_photo_is_asked_for_once_more_and_never_again(road: Road) -> None:
    await road.done()
    local = datetime.fromtimestamp(road.town.clock(), ZoneInfo("Asia/Jakarta"))
    road.town.clock.skip((34 - local.hour) * 3600.0)  # ten in the morning
    for _ in range(6):
        road.town.clock.skip(DAY)
        await road.town.app.clockwork.step()
        await road.town.idle()
    reminders = [m for m in road.dpu.answers if "fotonya belum ada" in m.text]
    assert len(reminders) == 1
    road.budi.photo(data=jpeg(scene(95)), reply_to=reminders[0])
    await road.hears(road.siti, "Foto hasil laporan")


async def test_a_reopened_case_needs_a_photo_of_its_own(road: Road) -> None:
    await road.done(photo=jpeg(scene(96)))
    shown = await road.hears(road.siti, "Foto hasil laporan")
    await road.town.press(road.siti, shown, "Belum")
    await road.shows(road.card, "Dibuka kembali")
    assert "Bukti" not in road.card.text
    await road.town.press(road.budi, road.card, "Terima")
    await road.done()
    await road.shows(road.card, "tanpa bukti foto")
    counted = road.town.app.store.read_now(lambda uow: uow.evidence.without_photo(since=0, until=9e12))
    assert counted == {"dputr": (1, 1)}


async def test_a_matter_of_papers_asks_for_no_photo(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        capil = here.group("disdukcapil")
        budi = here.staff(capil)
        card = await here.taken(capil, budi, "KTP saya belum jadi sudah tiga bulan, mohon dibantu.")
        question = await asked(here, capil, budi, card, "Selesai")
        budi.photo("Sudah jadi, silakan diambil.", data=jpeg(scene(97)), reply_to=question)
        noted = await here.hears(capil, "selesai. Pelapor sudah diberi tahu.")
        assert "foto" not in noted.text
        assert here.rows(evidence) == []
