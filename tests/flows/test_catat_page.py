"""The page /catat in a real browser: with the keyboard alone, without a script, on a phone."""

import importlib.util
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.domain.incoming import Sender
from bot.services.visits.counter_web import LINK
from bot.services.web_links import new_link
from tests.flows.test_coba_page import CHROMIUM, Running, browser, expect

__all__ = ["browser"]

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="needs Debian's chromium: apt-get install chromium"),
    pytest.mark.skipif(importlib.util.find_spec("playwright") is None, reason="needs playwright: requirements-dev.txt"),
]
RINA = Sender("coba", "petugas:1", "Rina")


@pytest.fixture
def wadul(tmp_path: Path) -> Iterator[Running]:
    with Running(tmp_path / "var") as running:
        yield running


def signed_in(context: Any, wadul: Running) -> Any:
    """A page of an operator whose link was just used."""
    app = wadul.app
    assert app
    key = app.store.write_now(lambda uow: new_link(uow, app.office, RINA, kind=LINK, seconds=600.0))
    page = context.new_page()
    page.set_default_timeout(5_000.0)
    page.goto(f"{wadul.address}catat/masuk?kunci={key}")
    page.get_by_role("button", name="Masuk").click()
    page.wait_for_url("**/catat")
    return page


def test_a_report_is_taken_down_with_the_keyboard_alone(browser: Any, wadul: Running) -> None:
    page = signed_in(browser.new_context(viewport={"width": 1280, "height": 800}), wadul)
    page.keyboard.type("Uwuh neng pasar Sikasur numpuk.")
    page.keyboard.press("Tab")
    page.keyboard.type("Bu Tini")
    page.keyboard.press("Tab")
    page.keyboard.type("12 34")
    page.keyboard.press("Control+Enter")
    assert "bukan nomor telepon" in page.get_by_role("alert").inner_text()
    expect(page.locator("#hp")).to_be_focused()
    page.keyboard.press("Control+a")
    page.keyboard.type("0812 3456 7890")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/catat/slip/**")
    assert "Laporan sampeyan wis dicathet." in page.locator(".slip").inner_text()
    page.emulate_media(media="print")
    assert not page.get_by_text("Catat laporan lain").is_visible()


def test_without_a_script_everything_is_saved_as_well(browser: Any, wadul: Running) -> None:
    page = signed_in(browser.new_context(java_script_enabled=False), wadul)
    page.fill("#isi", "Lampu mati di Sikasur")
    page.get_by_role("button", name="Simpan").click()
    page.wait_for_url("**/catat/slip/**")


def test_on_a_phone_nothing_runs_over_the_edge(browser: Any, wadul: Running) -> None:
    context = browser.new_context(viewport={"width": 375, "height": 760}, is_mobile=True, has_touch=True)
    page = signed_in(context, wadul)
    page.fill("#isi", "Lampu mati di Sikasur")
    page.get_by_role("button", name="Simpan").click()
    page.wait_for_url("**/catat/slip/**")
    code = page.url.rsplit("/", 1)[1]
    for path in ("catat", f"catat/slip/{code}", f"catat/laporan/{code}", "catat/temu"):
        page.goto(wadul.address + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 375
