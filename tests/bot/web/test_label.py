"""The page /label: who gets in, once; what it answers; and what another site cannot do."""

import re
from collections.abc import Iterator
from html import unescape
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from bot.domain.case import Tags
from bot.domain.incoming import Chat, Sender
from bot.domain.teaching import Answer, Reason, Task
from bot.services.learning.labelling_web import SESSION_SECONDS, invite
from bot.services.ports import NewCase, NewEntry
from bot.services.web_links import LINK_SECONDS
from bot.store.engine import Store
from bot.store.tables import web_key
from bot.web.label.guard import COOKIE, HEADER
from tests.bot.web.signed_page import ADDRESS, SignedPage, a_store

WATI = Sender("telegram", "9001", "Wati")
EVIL = "Jalan rusak </script><script>alert(1)</script> & <b>bolong</b>"


class Page(SignedPage):
    """The page of one office, and a browser."""

    path, word, invite = "/label", "label", staticmethod(invite)

    def __init__(self, store: Store) -> None:
        self.numbers = count()
        self.admins = {("telegram", "9001")}
        super().__init__(store, admins=self.admins)

    def link(self, who: Sender = WATI) -> str:
        """The key that the bot sends somebody."""
        return self.link_of(who)

    def sign_in(self) -> None:
        assert self.enter(self.link()) == 303
        body = self.browser.get("/label").text
        token = re.search(r'data-token="(\w+)"', body)
        assert token
        self.browser.headers[HEADER] = token[1]

    def told(self, text: str, topic: str = "jalan") -> int:
        tags = Tags(
            "pengaduan", topic, "sedang", "id", p_topic=0.6, guesses=((topic, 0.6), ("sampah", 0.2)), model="m1"
        )

        def work(uow: Any) -> int:
            person = uow.people.meet(Sender("telegram", "5", "Sri"), Chat("telegram", "5", private=True), now=1.0)
            code, at = f"PML-{next(self.numbers):05d}", self.clock() - 60
            new = NewCase(code, person.id, "telegram", "5", "dputr", (), "id", tags, at)
            case = uow.cases.add(new)
            uow.cases.say(NewEntry("citizen", "report", text, 1.0, case_id=case.id))
            return int(case.id)

        return self.store.write_now(work)


@pytest.fixture
def page(tmp_path: Path, _migrated_sqlite: Path) -> Iterator[Page]:
    with a_store(tmp_path, _migrated_sqlite) as store:
        yield Page(store)


def test_a_link_lets_in_once_and_looking_at_it_does_not_use_it_up(page: Page) -> None:
    key = page.link()
    for _ in range(2):
        assert f'value="{key}"' in page.browser.get(f"/label/masuk?kunci={key}").text
    assert page.enter(key) == 303
    cookie = page.browser.post("/label/masuk", data={"kunci": key})
    assert cookie.status_code == 403
    assert page.browser.get("/label").status_code == 200


def test_the_session_is_for_this_browser_and_this_page_alone(page: Page) -> None:
    header = page.browser.post("/label/masuk", data={"kunci": page.link()}).headers["set-cookie"]
    assert {"HttpOnly", "Path=/label", "SameSite=strict", "Secure"} <= {part.strip() for part in header.split(";")}
    assert page.new_browser().get("/label").status_code == 401


@pytest.mark.parametrize("made_up", ["{0}0", "x{0}", "", "ä.b", "{1}"])
def test_a_made_up_link_lets_nobody_in(page: Page, made_up: str) -> None:
    key = page.link()
    assert page.enter(made_up.format(key, key.split(".")[0])) == 403
    assert page.enter(key) == 303


def test_links_and_sessions_end(page: Page) -> None:
    late = page.link()
    page.clock.skip(LINK_SECONDS + 1)
    assert page.enter(late) == 403
    page.sign_in()
    page.clock.skip(SESSION_SECONDS + 1)
    assert page.browser.get("/label").status_code == 401
    assert page.browser.post("/label/berikut").status_code == 401


def test_who_is_no_admin_any_more_is_out_at_once(page: Page) -> None:
    page.sign_in()
    key = page.link()
    page.admins.clear()
    assert page.browser.get("/label").status_code == 401
    assert page.browser.post("/label/berikut").status_code == 401
    assert page.enter(key) == 403


def test_nothing_in_the_database_signs_anybody_in(page: Page) -> None:
    key = page.link()
    page.enter(key)
    session = page.browser.cookies[COOKIE]
    with page.store.engine.connect() as connection:
        kept = str(connection.execute(web_key.select()).all())
    assert session not in kept
    assert key.split(".")[0] not in kept


def test_another_site_can_neither_answer_nor_sign_in(page: Page) -> None:
    page.sign_in()
    elsewhere = {"origin": "https://jahat.example"}
    assert page.browser.post("/label/berikut", headers=elsewhere).status_code == 403
    assert page.browser.post("/label/berikut", headers={HEADER: "x"}).status_code == 403
    assert page.browser.post("/label/masuk", data={"kunci": page.link()}, headers=elsewhere).status_code == 403
    assert page.browser.post("/label/berikut", headers={"origin": ADDRESS}).status_code == 200


def test_the_page_runs_no_script_but_its_own_and_is_framed_by_nobody(page: Page) -> None:
    page.sign_in()
    for path in ("/label", "/label/masuk", "/label/static/label.js", "/label/static/label.css"):
        answer = page.browser.get(path)
        policy = answer.headers["content-security-policy"]
        assert "script-src 'self';" in policy
        assert "frame-ancestors 'none'" in policy
        assert answer.headers["cache-control"] == "no-store"
    body = page.browser.get("/label").text
    assert re.findall(r"<script(?![^>]*\bsrc=)|\bon\w+=|<style", body) == []
    assert '"name": "Jalan"' in unescape(body)
    assert page.browser.get("/label/static/../router.py").status_code == 404


def test_messages_come_masked_one_after_the_other_and_answers_are_kept(page: Page) -> None:
    page.told(f"{EVIL}, hubungi 081234567890")
    page.told("Sampah numpuk di pasar", "sampah")
    page.sign_in()
    first = page.browser.post("/label/berikut").json()
    assert first == page.browser.post("/label/berikut").json()
    form = {"task": first["task"], "kind": "pengaduan", "topic": "listrik", "urgency": "tinggi", "seconds": 4.5}
    second = page.browser.post("/label/jawab", json=form).json()
    assert second["task"] != first["task"]
    assert second["done"] == 1
    texts = {first["text"], second["text"]}
    assert any("<script>" in text and "[telepon]" in text for text in texts)
    assert "Sri" not in str([first, second])
    assert page.browser.post("/label/lewati", json={"task": second["task"]}).json() == {"task": None}
    answers = page.store.read_now(lambda uow: uow.teaching.answers())
    assert {("listrik", 4.5), ("", 0.0)} <= {(a.topic, a.seconds) for a in answers}


@pytest.mark.parametrize("wrong", [{"topic": "tidak_ada"}, {"kind": "x"}, {"task": 999}, {"seconds": -1}, {"more": 1}])
def test_what_is_no_answer_is_refused(page: Page, wrong: dict[str, Any]) -> None:
    page.told("Jalan rusak")
    page.sign_in()
    task = page.browser.post("/label/berikut").json()["task"]
    form = {"task": task, "kind": "pengaduan", "topic": "jalan", "urgency": "sedang", **wrong}
    assert page.browser.post("/label/jawab", json=form).status_code in (409, 422)
    assert page.store.read_now(lambda uow: uow.teaching.answers()) == []


def test_what_admins_see_differently_and_what_may_be_wrong_is_listed_and_taken(page: Page) -> None:
    case_id, other = page.told("Jalan gelap dan rusak"), page.told("Lampu mati", "penerangan_jalan")

    def work(uow: Any) -> None:
        for admin, topic in (("telegram:9001", "jalan"), ("telegram:7", "penerangan_jalan")):
            task = uow.teaching.add(Task(0, case_id, Reason.DIVERSE, "pengaduan", "jalan", "sedang", "m1", admin, 1.0))
            uow.teaching.answer(Answer(task.id, case_id, admin, "pengaduan", topic, "sedang", 2.0))
        uow.teaching.add(Task(0, other, Reason.SECOND, "pengaduan", "jalan", "sedang", "m1", "", 1.0))

    page.store.write_now(work)
    page.sign_in()
    (differing,) = page.browser.get("/label/beda").json()
    assert [said["label"] for said in differing["said"]] == ["Jalan", "Penerangan jalan"]
    chosen = page.browser.post("/label/beda", json={"case": case_id}).json()
    assert chosen == page.browser.post("/label/beda", json={"case": case_id}).json()
    assert page.browser.post("/label/beda", json={"case": other}).json() == {"task": None}
    (suspect,) = page.browser.get("/label/curiga").json()
    assert suspect["text"] == "Lampu mati"
    assert page.browser.post("/label/curiga", json={"task": suspect["task"]}).json()["text"] == "Lampu mati"
    assert page.browser.post("/label/curiga", json={"task": suspect["task"]}).status_code == 409


def test_leaving_ends_the_session(page: Page) -> None:
    page.sign_in()
    session = page.browser.cookies[COOKIE]
    assert page.browser.post("/label/keluar").status_code == 204
    page.browser.cookies.set(COOKIE, session, path="/label")
    assert page.browser.get("/label").status_code == 401
