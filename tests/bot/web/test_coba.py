"""The coba page's routes: who may ask, what is kept, what comes back."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from bot.domain.errors import StoreUnavailable
from bot.domain.incoming import Command, Edited, Event, Pressed, RawUpdate, Said, Sender
from bot.domain.outgoing import CardView, Text, Toast
from bot.services.channel import Target
from bot.texts import Catalogue
from bot.web.coba import coba_router
from tests.bot.channels.coba.wiring import PNG, Bench, bench

STATIC = Path(__file__).parents[3] / "bot" / "web" / "coba" / "static"


class Page:
    """A browser on the page, and the inbox that it fills."""

    def __init__(self, coba: Bench) -> None:
        self.coba = coba
        self.kept: list[RawUpdate] = []
        self.store_is_away = False
        self.app = FastAPI()
        self.app.include_router(
            coba_router(
                channel=coba.channel, store=coba.store, keep=self._keep, region=coba.region, texts=Catalogue.load()
            )
        )
        self.client = self.client_from()
        self.html = self.client.get("/").text
        found = re.search(r'name="coba-token" content="([^"]+)"', self.html)
        assert found
        self.client.headers["X-Coba-Token"] = found[1]

    async def _keep(self, updates: Sequence[RawUpdate]) -> None:
        if self.store_is_away:
            raise StoreUnavailable("locked")
        self.kept += updates
        for event in self.events[-len(updates) :]:
            if isinstance(event, Pressed):
                await self.coba.channel.toast(Toast(event.press_id, f"{event.data} dijawab", alert=True))

    def client_from(self, *, client: str = "127.0.0.1", base_url: str = "http://localhost:8080") -> TestClient:
        return TestClient(self.app, base_url=base_url, client=(client, 50000))

    @property
    def events(self) -> list[Event]:
        return self.coba.channel.translate([raw.payload for raw in self.kept])

    def say(self, chat: str = "warga:1", sender: str = "warga:1", **fields: object) -> int:
        return self.client.post("/coba/pesan", json={"chat": chat, "sender": sender, **fields}).status_code


@pytest.fixture
def page(tmp_path: Path) -> Iterator[Page]:
    with bench(tmp_path) as coba:
        yield Page(coba)


def test_the_page_lists_people_departments_and_desks(page: Page) -> None:
    for words in ("Bu Siti", "Rina", "Dinas PU dan Penataan Ruang", "Meja aduan", "Grup siaga", "Kepala daerah"):
        assert words in page.html
    assert "Kabupaten Pemalang" in page.html


def test_the_page_brings_no_script_or_style_of_its_own_and_asks_nobody_else(page: Page) -> None:
    policy = page.client.get("/").headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=", page.html)
    assert not re.search(r"https?://", page.html)
    for file in STATIC.iterdir():
        assert not re.search(r"https?://(?!www\.w3\.org/)|innerHTML|insertAdjacentHTML|eval\(", file.read_text("utf-8"))


def test_every_file_that_the_page_names_is_there(page: Page) -> None:
    named = set(re.findall(r"/coba/static/([\w.-]+)", page.html))
    named |= {name for js in STATIC.glob("*.js") for name in re.findall(r'from "\./([\w.-]+)"', js.read_text("utf-8"))}
    for name in named:
        assert page.client.get(f"/coba/static/{name}").status_code == 200
    assert {file.name for file in STATIC.iterdir()} - named == {"kawung.svg"}  # named by the style sheets
    assert page.client.get("/coba/static/..%2frouter.py").status_code == 404


def test_every_word_that_scripts_ask_for_stands_in_the_page(page: Page) -> None:
    standing = set(re.findall(r"<dt>(\w+)</dt>", page.html))
    asked = {key for js in STATIC.glob("*.js") for key in re.findall(r'word\("(\w+)"', js.read_text("utf-8"))}
    assert asked <= standing


@pytest.mark.parametrize("client", ["192.168.1.7", "10.0.0.1", "8.8.8.8", "testclient", "::ffff:10.0.0.1"])
def test_another_machine_is_refused(page: Page, client: str) -> None:
    assert page.client_from(client=client).get("/").status_code == 403


@pytest.mark.parametrize("client", ["127.0.0.1", "127.8.8.8", "::1", "::ffff:127.0.0.1"])
def test_this_machine_is_let_in(page: Page, client: str) -> None:
    assert page.client_from(client=client).get("/").status_code == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8080", "localhost.evil.example", "10.0.0.1", "[::2]", "["]
)
def test_a_name_that_was_rebound_to_this_machine_is_refused(page: Page, host: str) -> None:
    assert page.client.get("/", headers={"Host": host}).status_code == 403
    assert page.client.get("/coba/kabar", headers={"Host": host}).status_code == 403


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:8080", "[::1]:8080", "LOCALHOST:1"])
def test_the_names_of_this_machine_are_let_in(page: Page, host: str) -> None:
    assert page.client.get("/", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "X-Real-IP", "Via"])
def test_whoever_comes_through_a_proxy_is_refused(page: Page, header: str) -> None:
    assert page.client.get("/", headers={header: "127.0.0.1"}).status_code == 403


@pytest.mark.parametrize("token", ["", "salah", "é"])
def test_calls_without_the_token_of_this_process_are_refused(page: Page, token: str) -> None:
    headers = {b"X-Coba-Token": token.encode("latin-1")}
    body = {"chat": "warga:1", "sender": "warga:1", "text": "palsu"}
    assert page.client.post("/coba/pesan", json=body, headers=headers).status_code == 403
    assert page.client.get("/coba/kabar", headers=headers).status_code == 403
    assert page.kept == []


def test_another_origin_is_refused_even_with_the_token(page: Page) -> None:
    for origin in ("https://evil.example", "null", "http://localhost:9"):
        answer = page.client.get("/coba/kabar", headers={"Origin": origin})
        assert answer.status_code == 403
    assert page.client.get("/coba/kabar", headers={"Origin": "http://localhost:8080"}).status_code == 200


def test_a_message_is_kept_in_the_inbox_and_stands_on_the_phone(page: Page) -> None:
    assert page.say(text="dalan bolong <b>tebal</b>", reply_to=None) == 200
    (said,) = page.events
    (line,) = page.coba.lines("warga:1")
    assert isinstance(said, Said)
    assert (said.text, said.message_id, said.sender.name) == ("dalan bolong <b>tebal</b>", str(line.id), "Bu Siti")
    assert (line.author, line.body["text"]) == ("warga", "dalan bolong <b>tebal</b>")


def test_a_place_is_that_of_the_citizen(page: Page) -> None:
    assert page.say(here=True) == 200
    (said,) = page.events
    assert isinstance(said, Said)
    assert said.point
    assert -7.3 < said.point.lat < -6.7
    assert 109 < said.point.lon < 110


def test_an_officer_answers_under_a_card(page: Page) -> None:
    assert page.say("dputr", "petugas:2", text="/balas Sampun ditambal", reply_to="12") == 200
    (command,) = page.events
    assert isinstance(command, Command)
    assert (command.name, command.argument, command.reply_to, command.sender.name) == (
        "balas", "Sampun ditambal", "12", "Bagas",
    )  # fmt: skip


async def test_a_reply_carries_the_words_of_ours_that_name_the_case(page: Page) -> None:
    view = CardView("🟡 Sedang · PML-00000", (), "dalan bolong")
    card = await page.coba.channel.show_card(Target("dputr"), view, None)
    asking = Text("Rina, apa yang ditanyakan tentang PML-00000?")
    (question,) = await page.coba.channel.send_text(Target("dputr"), asking)
    for message in (card, question):
        page.say("dputr", "petugas:1", text="Besok ke sana.", reply_to=message)
        said = page.events[-1]
        assert isinstance(said, Said)
        assert "PML-00000" in said.reply_text
    page.say("dputr", "petugas:1", text="Ya.", reply_to=str(page.coba.lines("dputr")[-1].id))
    last = page.events[-1]
    assert isinstance(last, Said)
    assert last.reply_text == ""


def test_a_chat_word_that_answers_a_colleague_names_them(page: Page) -> None:
    page.say("dputr", "petugas:1", text="Selamat pagi")
    (first,) = page.coba.lines("dputr")
    page.say("dputr", "petugas:2", text="/peran kepala", reply_to=str(first.id))
    command = page.events[-1]
    assert isinstance(command, Command)
    assert command.reply_by == Sender("coba", "petugas:1", "Rina")


@pytest.mark.parametrize(
    ("chat", "sender"),
    [("warga:1", "warga:2"), ("warga:1", "petugas:1"), ("dputr", "warga:1"), ("kepala", "warga:1"), ("x", "x")],
)
def test_nobody_writes_where_they_have_no_business(page: Page, chat: str, sender: str) -> None:
    assert page.say(chat, sender, text="halo") == 404
    assert page.kept == []


def test_empty_endless_and_odd_messages_are_refused_or_cleaned(page: Page) -> None:
    assert page.say(text="  ") == 422
    assert page.say(text="a" * 4097) == 422
    assert page.say(text="a", lain=1) == 422
    odd = b'{"chat": "warga:1", "sender": "warga:1", "text": "peteng \\ud83d \\u0000ndhedhet"}'
    headers = {"Content-Type": "application/json"}
    assert page.client.post("/coba/pesan", content=odd, headers=headers).status_code == 200
    (said,) = page.events
    assert isinstance(said, Said)
    assert said.text == "peteng ? ndhedhet"


def test_a_picture_is_uploaded_sent_and_seen(page: Page) -> None:
    picture = page.client.post("/coba/gambar", content=PNG).json()["picture"]
    assert page.say(text="iki fotone", picture=picture) == 200
    (said,) = page.events
    assert isinstance(said, Said)
    assert [(f.kind, f.mime, f.size) for f in said.attachments] == [("photo", "image/png", len(PNG))]
    seen = page.client.get(f"/coba/berkas/{picture}")
    assert (seen.content, seen.headers["Content-Type"]) == (PNG, "image/png")
    assert page.client.get(f"/coba/berkas/{'0' * 32}").status_code == 404
    assert page.say(picture="0" * 32) == 404


def test_what_is_no_small_picture_is_refused(page: Page) -> None:
    assert page.client.post("/coba/gambar", content=b"<svg/>").status_code == 415
    assert page.client.post("/coba/gambar", content=b"\xff\xd8\xff" + b"\0" * (20 << 20)).status_code == 413


def test_ones_own_message_can_be_changed_and_nobody_elses(page: Page) -> None:
    page.say(text="dalan bolong")
    (line,) = page.coba.lines("warga:1")
    change = {"chat": "warga:1", "sender": "warga:1", "message_id": str(line.id), "text": "dalan lan kreteg"}
    assert page.client.post("/coba/ubah", json=change).status_code == 200
    assert isinstance(page.events[-1], Edited)
    assert page.coba.lines("warga:1")[0].body["edited"] is True
    others = {**change, "chat": "warga:2", "sender": "warga:2"}
    assert page.client.post("/coba/ubah", json=others).status_code == 404


def test_a_press_is_answered_with_its_toast(page: Page) -> None:
    press = {"chat": "dputr", "sender": "petugas:1", "message_id": "3", "data": "terima:X"}
    answer = page.client.post("/coba/tekan", json=press)
    assert answer.json() == {"toast": {"text": "terima:X dijawab", "alert": True}}


def test_news_brings_what_changed_after_a_version_only(page: Page) -> None:
    assert page.client.get("/coba/kabar").json() == {"version": 0, "lines": []}
    page.say(text="satu")
    first = page.client.get("/coba/kabar", params={"after": 0}).json()
    page.say(text="dua")
    second = page.client.get("/coba/kabar", params={"after": first["version"]}).json()
    assert [line["body"]["text"] for line in first["lines"]] == ["satu"]
    assert [line["body"]["text"] for line in second["lines"]] == ["dua"]
    assert page.client.get("/coba/kabar", params={"after": -2}).status_code == 422
    assert page.client.get("/coba/kabar", params={"after": 10**30}).status_code == 422


def test_a_message_that_the_inbox_did_not_take_is_marked_and_not_claimed(page: Page) -> None:
    page.store_is_away = True
    assert page.say(text="dalan bolong") == 503
    (line,) = page.coba.lines("warga:1")
    assert line.body["failed"] is True
    press = {"chat": "dputr", "sender": "petugas:1", "message_id": "3", "data": "terima:X"}
    assert page.client.post("/coba/tekan", json=press).status_code == 503
