"""The page /catat: who gets in; a report taken down, found, told on; guests; and what another site cannot do."""

import re
from collections.abc import Iterator
from datetime import datetime, time
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from bot.domain.appointments import Opening
from bot.domain.case import Case
from bot.domain.incoming import Chat, MemberChanged, Sender
from bot.domain.records import UnitChat
from bot.domain.roles import Holder, Role
from bot.services.desk.replying import say_to_citizens
from bot.services.visits.counter_web import SESSION_SECONDS, invite, member_changed
from bot.services.web_links import LINK_SECONDS
from bot.store.tables import audit, lane, outbox, web_key
from bot.web.catat.guard import COOKIE
from bot.web.catat.router import HERE
from tests.bot.web.signed_page import SignedPage, a_store

RINA = Sender("telegram", "9002", "Rina")
EVIL = "dalan neng Karangsari bolong </textarea><script>alert(1)</script> & <b>jero</b>"
PHONE = "0812-3456-7890"


class Page(SignedPage):
    """The page of one office, and the browser of an operator."""

    path, word, invite = "/catat", "catat", staticmethod(invite)
    token = ""

    def link(self) -> str:
        chat = Chat(RINA.channel, RINA.id, private=True)
        self.store.write_now(lambda uow: uow.people.meet(RINA, chat, now=1.0))
        return self.link_of(RINA)

    def sign_in(self) -> None:
        assert self.enter(self.link()) == 303
        found = re.search(r'name="token" value="(\w+)"', self.browser.get("/catat").text)
        assert found
        self.token = found[1]

    def send(self, path: str, **fields: str) -> Any:
        return self.browser.post(path, data={"token": self.token, **fields})

    def saved(self, **fields: str) -> Case:
        """A report that was taken down on the page."""
        answer = self.send("/catat", isi=EVIL, **fields)
        assert answer.status_code == 303
        code = answer.headers["location"].removeprefix("/catat/slip/")
        return self.case(code)

    def case(self, code: str) -> Case:
        case = self.store.read_now(lambda uow: uow.cases.by_code(code))
        assert case
        return case

    def text(self, path: str) -> str:
        answer = self.browser.get(path)
        assert answer.status_code == 200
        return unescape(answer.text)

    def told(self, code: str, words: str) -> None:
        """A department writes to the reporter."""

        def work(uow: Any) -> None:
            case = uow.cases.by_code(code)
            say_to_citizens(uow, self.office, case, RINA, words, kind="reply", key="told.reply")

        self.store.write_now(work)

    def audited(self) -> list[str]:
        with self.store.engine.connect() as connection:
            return list(connection.execute(select(audit.c.what).order_by(audit.c.id)).scalars())


@pytest.fixture
def page(tmp_path: Path, _migrated_sqlite: Path) -> Iterator[Page]:
    with a_store(tmp_path, _migrated_sqlite) as store:
        yield Page(store)


def test_a_link_lets_in_once_and_links_and_sessions_end(page: Page) -> None:
    key = page.link()
    assert f'value="{key}"' in page.browser.get(f"/catat/masuk?kunci={key}").text
    assert page.enter(key) == 303
    assert page.enter(key) == 403
    late = page.link()
    page.clock.skip(LINK_SECONDS + 1)
    assert page.enter(late) == 403
    page.sign_in()
    page.clock.skip(SESSION_SECONDS + 1)
    assert page.browser.get("/catat").status_code == 401


def test_the_session_is_for_this_browser_and_this_page_alone(page: Page) -> None:
    header = page.browser.post("/catat/masuk", data={"kunci": page.link()}).headers["set-cookie"]
    assert {"HttpOnly", "Path=/catat", "SameSite=strict", "Secure"} <= {part.strip() for part in header.split(";")}
    with page.store.engine.connect() as connection:
        assert page.browser.cookies[COOKIE] not in str(connection.execute(web_key.select()).all())
    assert page.new_browser().get("/catat").status_code == 401


def test_who_leaves_a_group_or_may_only_look_is_out_at_once(page: Page) -> None:
    page.sign_in()
    gone = MemberChanged(Chat("telegram", "-1", private=False), RINA, 1.0)
    page.store.write_now(lambda uow: member_changed(uow, gone))
    assert page.browser.get("/catat").status_code == 401
    page.sign_in()
    looks = Holder("telegram", "9002", Role.PENGAMAT)
    page.store.write_now(lambda uow: uow.roles.give(looks, by="test", now=1.0))
    assert page.browser.get("/catat").status_code == 401
    assert page.send("/catat", isi="x").status_code == 401
    assert page.enter(page.link()) == 403


def test_another_site_can_save_nothing(page: Page) -> None:
    page.sign_in()
    elsewhere = {"origin": "https://jahat.example"}
    data = {"isi": "dalan bolong", "token": page.token}
    assert page.browser.post("/catat", data=data, headers=elsewhere).status_code == 403
    assert page.browser.post("/catat", data={"isi": "dalan bolong"}).status_code == 403
    assert page.browser.post("/catat", data={**data, "token": "x"}).status_code == 403
    assert page.browser.post("/catat/masuk", data={"kunci": page.link()}, headers=elsewhere).status_code == 403
    assert page.browser.post("/catat", data={**data, "isi": "x" * 50_000}).status_code == 413
    assert "Belum ada." in page.text("/catat")


def test_the_pages_run_no_script_but_their_own_and_are_framed_by_nobody(page: Page) -> None:
    page.sign_in()
    code = page.saved().code
    for path in ("/catat", f"/catat/slip/{code}", f"/catat/laporan/{code}", "/catat/static/catat.css", "/catat/temu"):
        answer = page.browser.get(path)
        policy = answer.headers["content-security-policy"]
        assert "script-src 'self';" in policy
        assert "frame-ancestors 'none'" in policy
        assert answer.headers["cache-control"] == "no-store"
        assert re.findall(r"<script(?![^>]*\bsrc=)|\bon\w+=\"|<style", answer.text) == []
    assert page.browser.get("/catat/static/../router.py").status_code == 404


def test_a_report_is_taken_down_once_and_its_slip_can_be_printed_again(page: Page) -> None:
    page.sign_in()
    first = page.saved(nama="Bu <i>Tini", hp=PHONE, cara="telepon", sekali="a" * 32)
    again = page.saved(nama="Bu <i>Tini", hp=PHONE, cara="telepon", sekali="a" * 32)
    assert first.code == again.code
    slip = page.text(f"/catat/slip/{first.code}")
    assert "Laporan sampeyan wis dicathet." in slip
    assert "petugas bakal nyoba nelpon" in slip
    assert "Tini" not in slip
    listed = page.text("/catat")
    assert first.code in listed
    assert "telepon" in listed
    person = page.store.read_now(lambda uow: uow.people.by_id(first.person_id))
    assert person
    assert (person.channel, person.phone) == ("kantor", "+6281234567890")


@pytest.mark.parametrize(("fields", "words"), [({"isi": " "}, "Isi laporannya"), ({"isi": EVIL, "hp": "12ab"}, "12ab")])
def test_what_cannot_be_saved_is_said_and_nothing_typed_is_lost(page: Page, fields: dict[str, str], words: str) -> None:
    page.sign_in()
    answer = page.send("/catat", **fields, nama="Bu Tini", rahasia="1")
    assert answer.status_code == 422
    assert words in answer.text
    assert "<script>alert" not in answer.text
    assert 'value="Bu Tini"' in answer.text
    assert re.search(r'name="rahasia" value="1" checked', answer.text)


def test_a_caller_is_called_the_number_is_read_privately_and_the_answer_goes_back(page: Page) -> None:
    page.sign_in()
    case = page.saved(hp=PHONE, nama="Bu Tini")
    page.told(case.code, "Sesuk ditambal & <dipadhetake>.")
    assert "ada kabar" in page.text("/catat")
    path = f"/catat/laporan/{case.code}"
    shown = page.text(path)
    assert "Sesuk ditambal & <dipadhetake>." in shown
    assert "Tini" not in shown
    assert "data_seen" not in page.audited()
    number = page.send(path, aksi="nomor").text
    assert "Bu Tini" in number
    assert "tel:+6281234567890" in number
    assert "data_seen" in page.audited()
    readings = page.store.read_now(lambda uow: uow.readings.of_case(case.id))
    assert [each.reader for each in readings] == [RINA.actor]
    assert page.send(path, aksi="gagal").status_code == 303
    assert "1× tidak tersambung" in page.text(path)
    assert page.send(path, aksi="jawab", kata="Nggih, matur nuwun.").status_code == 303
    assert "Tidak ada kabar baru." in page.text(path)
    entries = page.store.read_now(lambda uow: uow.cases.entries(case.id))
    assert (entries[-1].text, entries[-1].name) == ("Nggih, matur nuwun.", "Rina")
    assert page.send(path, aksi="beres").status_code == 409
    with page.store.engine.connect() as connection:
        assert [key for key in connection.execute(select(lane.c.key)).scalars() if key.startswith("kantor")] == []


def test_news_of_a_secret_case_is_opened_on_purpose_and_that_is_kept(page: Page) -> None:
    page.sign_in()
    case = page.saved(hp=PHONE, rahasia="1")
    page.told(case.code, "Sudah kami periksa.")
    path = f"/catat/laporan/{case.code}"
    assert "Sudah kami periksa." not in page.text(path)
    assert "Sudah kami periksa." in page.send(path, aksi="buka").text
    assert len(page.store.read_now(lambda uow: uow.readings.of_case(case.id))) == 1


def test_a_case_is_found_by_code_or_number_and_a_case_of_somebody_with_a_chat_is_not(page: Page) -> None:
    page.sign_in()
    case = page.saved(hp=PHONE)
    assert page.send("/catat/cari", cari=case.code.lower()).headers["location"] == f"/catat/laporan/{case.code}"
    assert case.code in page.send("/catat/cari", cari="+62 812 3456 7890").text
    assert "Tidak ketemu." in page.send("/catat/cari", cari="0812 0000 1111").text
    assert page.browser.get("/catat/laporan/PML-00000").status_code == 404


def test_a_guest_is_registered_gets_a_number_and_gives_it_back(page: Page) -> None:
    object.__setattr__(page.office.region, "appointments", None)
    page.sign_in()
    assert "belum membuka jadwal" in page.text("/catat/temu")
    every_day = Opening("Bupati", "Pendopo", frozenset(range(1, 8)), (time(9),), places=1, ahead=30)
    object.__setattr__(page.office.region, "appointments", every_day)
    slots = re.findall(r'name="waktu" value="(\d+)"', page.text("/catat/temu"))
    guest = {"perlu": "Nyuwun pirsa margi dhusun kula.", "nama": "Mbah Karto", "waktu": slots[0]}
    answer = page.send("/catat/temu", **guest, hp=PHONE)
    assert answer.status_code == 303
    slip = page.text(answer.headers["location"])
    assert "Panjenengan sampun kadhaftar kepanggih Bupati." in slip
    assert "Nomer: 1" in slip
    assert "baru saja diambil" in page.send("/catat/temu", **guest).text
    assert "sudah terdaftar" in page.send("/catat/temu", **{**guest, "waktu": slots[1]}, hp=PHONE).text
    assert page.send(answer.headers["location"], aksi="batal").status_code == 303
    assert "batal" in page.text(answer.headers["location"])
    assert page.send("/catat/temu", **guest).status_code == 303


def test_a_guest_who_waited_is_called_and_takes_the_place(page: Page) -> None:
    tomorrow = Opening("Bupati", "Pendopo", frozenset(range(1, 8)), (time(12),), places=1, ahead=5)
    object.__setattr__(page.office.region, "appointments", tomorrow)
    page.clock.skip((10 - datetime.now(ZoneInfo("Asia/Jakarta")).hour) % 24 * 3600.0)  # ten in the morning
    page.sign_in()
    places: list[str] = []
    while slots := re.findall(r'name="waktu" value="(\d+)"', page.text("/catat/temu")):
        guest = {"perlu": "Saya mau bicara soal jalan.", "nama": "Pak Darmo", "waktu": slots[0]}
        places.append(page.send("/catat/temu", **guest).headers["location"])
    waits = {"perlu": "Saya mau bicara soal air.", "nama": "Bu Tini", "hp": PHONE, "waktu": "tunggu"}
    waiting = page.send("/catat/temu", **waits).headers["location"]
    assert "menunggu tempat" in page.text(waiting)
    assert page.send(places[-1], aksi="batal").status_code == 303
    assert "temu kepala daerah" in page.text("/catat")
    assert "Ada tempat kosong untuk bertemu" in page.text(waiting)
    assert "+6281234567890" in page.send(waiting, aksi="nomor").text
    assert page.send(waiting, aksi="ambil").status_code == 303
    assert "Anda terdaftar untuk bertemu Bupati." in page.text(waiting)
    assert "temu kepala daerah" not in page.text("/catat")
    assert page.send(waiting, aksi="ambil").status_code == 409


def test_the_desk_hears_that_somebody_waits_for_a_call(page: Page) -> None:
    chat = UnitChat("meja", "telegram", "-7", None, "Meja")
    page.store.write_now(lambda uow: uow.desks.link(chat, by="test", now=1.0))
    page.sign_in()
    case = page.saved(hp=PHONE)
    page.told(case.code, "Kabar 1")
    page.told(case.code, "Kabar 2")
    with page.store.engine.connect() as connection:
        payloads = [str(each) for each in connection.execute(select(outbox.c.payload)).scalars()]
    assert sum("perlu dihubungi" in each for each in payloads) == 1
    assert not any("7890" in each or "Kabar" in each for each in payloads)


class Controls(HTMLParser):
    """The fields of a page and what names them."""

    def __init__(self) -> None:
        super().__init__()
        self.labels: set[str] = set()
        self.unnamed: list[str] = []
        self.fields: list[str] = []
        self.ids: list[str] = []
        self._within = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.ids += [given["id"]] if "id" in given else []
        if tag == "label":
            self._within += 1
            self.labels |= {given["for"]} if "for" in given else set()
        if tag in ("input", "textarea") and given.get("type") != "hidden":
            self.fields.append(given.get("name", ""))
            if not self._within:
                self.unnamed.append(given.get("id", "?"))

    def handle_endtag(self, tag: str) -> None:
        self._within -= tag == "label"


def test_every_field_has_a_label_of_its_own_and_no_id_stands_twice(page: Page) -> None:
    every_day = Opening("Bupati", "Pendopo", frozenset(range(1, 8)), (time(9),), places=1, ahead=3)
    object.__setattr__(page.office.region, "appointments", every_day)
    page.sign_in()
    code = page.saved(hp=PHONE).code
    for path in ("/catat", f"/catat/laporan/{code}", f"/catat/slip/{code}", "/catat/temu"):
        found = Controls()
        found.feed(page.browser.get(path).text)
        assert set(found.unnamed) <= found.labels, path
        assert len(found.ids) == len(set(found.ids)), path
    object.__setattr__(page.office.region, "appointments", None)


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize(
    ("front", "back", "least"),
    [
        ("ink", "sheet", 7.0), ("soft", "sheet", 4.5), ("soft", "ground", 4.5), ("leaf-deep", "leaf-pale", 4.5),
        ("bad", "sheet", 4.5), ("field", "sheet", 3.0), ("leaf", "ground", 3.0),
    ],
)  # fmt: skip
def test_what_is_written_stands_out_from_its_ground(front: str, back: str, least: float) -> None:
    css = (HERE / "static" / "catat.css").read_text(encoding="utf-8")
    colours = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", css))
    light, dark = sorted((luminance(colours[front]), luminance(colours[back])), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= least
