"""The coba page in a real browser, over the whole running system: a complaint becomes a card, the phone answers."""

import asyncio
import importlib.util
import re
import shutil
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from bot.bootstrap import App, build
from bot.domain.case import Reasons, Tags
from bot.region_file import load_region
from bot.services.office import Meaning
from bot.settings import Settings
from bot.texts import Catalogue
from tests.standin.files import PIXEL

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
REGION = Path(__file__).parents[2] / "wadul.toml"
TOPICS = {"lampu": "penerangan_jalan", "dalan": "jalan", "toya": "air_bersih", "uwuh": "sampah", "kobongan": "bencana"}
TEXTS = Catalogue.load()
SECONDS = 5_000.0  # what a browser may take on a busy machine; the page's own promise is measured apart

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="needs Debian's chromium: apt-get install chromium"),
    pytest.mark.skipif(importlib.util.find_spec("playwright") is None, reason="needs playwright: requirements-dev.txt"),
]


class ByWord:
    """A tagger that knows the page's examples by one word each."""

    def explain(self, text: str) -> Reasons:
        """Nothing to say."""
        return Reasons()

    def meaning(self, text: str) -> Meaning | None:
        """One word means nothing more."""
        return None

    def prime(self, texts: Sequence[str]) -> None:
        """Nothing is worth remembering."""

    def tag(self, text: str) -> Tags:
        """Tags by the words above."""
        words = text.casefold()
        topic = next((topic for word, topic in TOPICS.items() if word in words), "lainnya")
        krama, ngapak = "nyuwun" in words, "nyong" in words
        return Tags(
            kind="pengaduan",
            topic=topic,
            urgency="darurat" if topic == "bencana" else "sedang",
            language="jv_krama" if krama else "jv_ngapak" if ngapak else "jv_ngoko" if "neng" in words else "id",
            location="Desa Sikasur" if "sikasur" in words else None,
            unsure=topic == "lainnya",
            guesses=((topic, 0.9),),
            p_topic=0.9,
            model="test",
        )


class Running:
    """A whole Wadul without a token, in a thread of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.app: App | None = None
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever)

    def __enter__(self) -> "Running":
        settings = Settings(_env_file=None, data_dir=self.folder, config=REGION, http_port=0)  # type: ignore[call-arg]
        self._thread.start()
        self.app = asyncio.run_coroutine_threadsafe(self._start(settings), self._loop).result(30)
        return self

    async def _start(self, settings: Settings) -> App:
        app = build(settings, load_region(REGION), tagger=ByWord())
        await app.start()
        return app

    def __exit__(self, *_: object) -> None:
        assert self.app
        asyncio.run_coroutine_threadsafe(self.app.stop(), self._loop).result(30)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    @property
    def address(self) -> str:
        assert self.app
        return f"http://localhost:{self.app.web.port}/"


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture
def wadul(tmp_path: Path) -> Iterator[Running]:
    with Running(tmp_path / "var") as running:
        yield running


@pytest.fixture
def page(browser: Any, wadul: Running) -> Iterator[Any]:
    with_errors = browser.new_page(viewport={"width": 1280, "height": 800})
    yield from opened(with_errors, wadul)


@pytest.fixture
def small(browser: Any, wadul: Running) -> Iterator[Any]:
    context = browser.new_context(viewport={"width": 375, "height": 760}, is_mobile=True, has_touch=True)
    yield from opened(context.new_page(), wadul)
    context.close()


def opened(page: Any, wadul: Running) -> Iterator[Any]:
    """The page at its start; at the end it must not have complained of anything."""
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.set_default_timeout(SECONDS)
    page.goto(wadul.address)
    yield page
    page.close()
    assert complaints == []


def complain(page: Any, text: str) -> None:
    page.get_by_label("Tulis aduan").fill(text)
    page.locator("#phone-composer .send").click()


def card(page: Any) -> Any:
    return page.locator("#desk-log .line.card").last


def phone(page: Any) -> Any:
    return page.locator("#phone-log .line.other").last


def expect(locator: Any) -> Any:
    from playwright.sync_api import expect as wait_until

    return wait_until(locator)


def test_an_example_fills_the_box_and_its_card_comes_within_two_seconds(page: Any) -> None:
    page.get_by_role("button", name="Ngoko").first.click()
    assert "Sikasur" in page.get_by_label("Tulis aduan").input_value()
    page.keyboard.press("Enter")
    page.set_default_timeout(2_000)
    phone(page).wait_for()
    card(page).wait_for()
    expect(page.locator("#room-name")).to_have_text("Dinas PU dan Penataan Ruang")
    expect(card(page)).to_contain_text("Desa Sikasur")
    code = card(page).locator(".code").inner_text()
    expect(phone(page)).to_contain_text(code)


def test_staff_take_ask_note_and_resolve_and_the_phone_answers(page: Any) -> None:
    complain(page, "dalan neng Sikasur bolong")
    page.get_by_role("button", name="Terima", exact=True).click()
    expect(card(page)).to_contain_text("diterima Rina")
    expect(phone(page)).to_contain_text("petugas Dinas PU")
    page.get_by_role("button", name="Tanya pelapor").click()
    expect(page.get_by_placeholder("Tulis satu kalimat…")).to_be_focused()
    page.keyboard.type("RT pira?")
    page.keyboard.press("Enter")
    expect(phone(page)).to_contain_text("RT pira?")
    complain(page, "RT 2")
    expect(page.locator("#desk-log .line").last).to_contain_text("RT 2")
    card(page).get_by_role("button", name="Balas").click()
    page.keyboard.type("sudah disurvei")
    page.keyboard.press("Enter")
    expect(card(page)).to_contain_text(TEXTS("entry.note", name="Rina"))
    card(page).get_by_role("button", name="Balas").click()
    page.get_by_label("Kirim ke pelapor").check()
    page.keyboard.type("Sesuk ditambal nggih")
    page.keyboard.press("Enter")
    expect(phone(page)).to_contain_text("Sesuk ditambal nggih")
    card(page).get_by_role("button", name="Selesai").click()
    expect(page.get_by_placeholder("Tulis satu kalimat…")).to_be_focused()
    page.keyboard.type("Wis ditambal aspal")
    page.keyboard.press("Enter")
    expect(phone(page)).to_contain_text("Wis ditambal aspal")
    expect(card(page).locator(".key")).to_have_count(0)


def test_a_card_that_is_handed_over_is_followed_to_its_new_room(page: Any) -> None:
    complain(page, "dalan neng kene peteng")
    page.get_by_role("button", name="Alihkan").click()
    page.locator(".key", has_text="Dinas Lingkungan Hidup").click()
    page.get_by_role("button", name="topik tetap").click()
    expect(page.locator("#room-name")).to_have_text("Dinas Lingkungan Hidup")
    page.locator(".unit", has_text="Dinas PU").click()
    expect(card(page)).to_contain_text(TEXTS("card.retired", unit="Dinas Lingkungan Hidup"))


def test_a_refused_press_is_an_alert_and_masked_data_is_shown_to_the_presser(page: Any) -> None:
    complain(page, "dalan bolong, telpon 081234567890")
    expect(card(page).locator("blockquote")).not_to_contain_text("081234567890")
    page.get_by_role("button", name="Lihat data").click()
    expect(page.get_by_role("dialog")).to_contain_text("081234567890")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.get_by_role("button", name="Selesai").click()
    expect(page.get_by_placeholder("Tulis satu kalimat…")).to_be_focused()
    page.locator(".dinas").get_by_text("Bagas", exact=True).click()
    page.locator("#desk-log .line").last.get_by_role("button", name="Balas").click()
    page.keyboard.type("aku wae")
    page.keyboard.press("Enter")
    expect(page.locator("#desk-log .line.other").last).to_contain_text(TEXTS("prompt.not_you"))


def test_an_emergency_rings_in_the_duty_room_too(page: Any) -> None:
    page.get_by_role("button", name="Darurat").first.click()
    page.keyboard.press("Enter")
    expect(phone(page)).to_contain_text("112")
    expect(page.locator("#room-name")).to_have_text("BPBD dan Damkar")
    expect(page.locator(".unit", has_text="Grup siaga").locator(".badge")).to_have_text("1")


def test_the_head_lists_what_is_open_from_a_room_that_is_still_quiet(page: Any) -> None:
    complain(page, "dalan bolong neng Sikasur")
    code = card(page).locator(".code").inner_text()
    page.locator(".unit", has_text="Kepala daerah").click()
    expect(page.locator("#desk-empty")).to_contain_text("darurat yang belum diterima")
    page.get_by_label("Tulis di grup").fill("/tugas")
    page.keyboard.press("Enter")
    expect(page.locator("#desk-log .line.other").last).to_contain_text(code)
    page.locator(".key", has_text="1").click()
    expect(page.get_by_role("dialog")).to_contain_text("Dinas PU")


def test_an_operators_link_comes_to_their_own_phone_and_opens_beside_the_page(page: Any) -> None:
    page.locator(".unit", has_text="Meja aduan").click()
    page.get_by_label("Tulis di grup").fill("/catat web")
    page.keyboard.press("Enter")
    expect(page.locator("#desk-log .line.other").last).to_contain_text(TEXTS("label.link_sent"))
    page.locator(".warga").get_by_text("Rina", exact=True).click()
    link = phone(page).get_by_role("link")
    expect(link).to_have_attribute("href", re.compile(r"/catat/masuk\?kunci=[\w.-]+$"))
    expect(link).to_have_attribute("target", "_blank")


def test_cases_belong_to_persons(page: Any) -> None:
    complain(page, "dalan bolong")
    expect(phone(page)).to_contain_text("Kode")
    page.get_by_text("Mas Agus", exact=True).click()
    expect(page.locator("#phone-empty")).to_be_visible()
    complain(page, "/laporanku")
    expect(phone(page)).to_contain_text(TEXTS("mine.none"))


def test_photo_place_and_edit_reach_the_card(page: Any, wadul: Running) -> None:
    complain(page, "dalan bolong")
    expect(phone(page)).to_contain_text("Kode")
    picture = {"name": "dalan.jpg", "mimeType": "image/jpeg", "buffer": PIXEL}
    page.locator("#phone-composer [data-picture]").set_input_files(picture)
    page.locator("#phone-composer .send").click()
    expect(page.locator("#desk-log .photo")).to_have_count(1)
    page.get_by_role("button", name="Kirim lokasi contoh").click()
    expect(card(page)).to_contain_text("-6.89170, 109.38060")
    complain(page, "cedhak mushola")
    page.locator("#phone-log .line.own").last.hover()
    page.locator("#phone-log .line.own").last.get_by_role("button", name="Ubah").click()
    page.get_by_label("Tulis aduan").fill("cedhak masjid")
    page.keyboard.press("Enter")
    expect(card(page).locator("blockquote")).to_contain_text("cedhak masjid")
    expect(page.locator("#phone-log .line.own").last).to_contain_text("diubah")
    kept = wadul.folder / "media"
    assert wait_for(lambda: list(kept.rglob("*.jpg")) if kept.exists() else [])


def test_what_people_write_is_never_markup(page: Any) -> None:
    complain(page, "dalan <img src=x onerror=alert(1)> <b>bolong</b>")
    expect(card(page).locator("blockquote")).to_have_text("dalan <img src=x onerror=alert(1)> <b>bolong</b>")
    assert page.locator("blockquote b, blockquote img").count() == 0


def test_the_transcript_is_there_again_after_a_reload(page: Any) -> None:
    complain(page, "dalan bolong")
    expect(phone(page)).to_contain_text("Kode")
    page.reload()
    expect(phone(page)).to_contain_text("Kode")
    page.locator(".unit", has_text="Dinas PU").click()
    expect(card(page)).to_contain_text("dalan bolong")


def test_on_a_small_phone_two_tabs_hold_everything(small: Any) -> None:
    assert small.evaluate("document.documentElement.scrollWidth") == 375
    complain(small, "uwuh numpuk")
    expect(phone(small)).to_contain_text("Kode")
    expect(small.locator("[data-badge=dinas]")).to_have_text("1")
    small.locator(".tabs button", has_text="Dinas").click()
    expect(small.locator("#room-name")).to_have_text("Dinas Lingkungan Hidup")
    expect(small.locator("[data-badge=dinas]")).to_be_hidden()
    card(small).get_by_role("button", name="Terima", exact=True).click()
    expect(card(small)).to_contain_text("diterima Rina")
    small.get_by_label("Kembali ke daftar grup").click()
    expect(small.locator(".unit", has_text="Grup siaga")).to_be_visible()
    assert small.evaluate("document.documentElement.scrollWidth") == 375


def wait_for(found: Any, *, seconds: float = 5.0) -> Any:
    """Look again and again until something is there."""
    pause = threading.Event()
    for _ in range(int(seconds / 0.05)):
        if result := found():
            return result
        pause.wait(0.05)
    return found()
