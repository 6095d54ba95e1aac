"""The contract's people on the coba page: its own HTTP calls, as the browser makes them."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

import aiohttp

from bot.bootstrap import build
from bot.channels.coba import cast
from bot.region_file import load_region
from bot.settings import Settings
from tests.contract.people import Person, Screen
from tests.contract.place import LEAVING, Place, photo_of
from tests.contract.seen import WADUL, Answer, Key, Seen
from tests.flows.wadul import REGION, Clock, WordTagger

Line = dict[str, Any]


@dataclass(eq=False)
class OnCoba(Place):
    """One browser plays every phone and every group; its people are those of the page."""

    http: aiohttp.ClientSession = field(kw_only=True)
    _lines: dict[int, Line] = field(default_factory=dict)
    _version: int = 0

    channel: ClassVar[str] = "coba"
    longest: ClassVar[int] = 4096
    lacks: ClassVar[Mapping[str, str]] = {LEAVING: "whoever plays an officer on the page sits in every group of it"}

    async def group(self, unit: str) -> Screen:
        return Screen(self, self.name_of(unit), unit)

    def citizen(self, number: int = 0) -> Person:
        who = cast.CITIZENS[number]
        if who.name not in self.people:
            self.people[who.name] = Person(self, who.name, who.id, Screen(self, f"HP {who.name}", who.id))
        return self.people[who.name]

    def staff(self, group: Screen, number: int = 0) -> Person:
        who = cast.OFFICERS[number]
        return Person(self, who.name, who.id, group)

    def phone_of(self, person: Person) -> Person:
        return Person(self, person.name, person.account, Screen(self, f"HP {person.name}", person.account))

    async def greeted(self, person: Person) -> Person:
        return self.phone_of(person)  # officers of the page have greeted us before it opens

    def stranger(self, group: Screen) -> Person:
        return Person(self, "Orang lewat", cast.CITIZENS[-1].id, group)

    def user_id(self, person: Person) -> str:
        return str(person.account)

    async def points(self, person: Person) -> None:
        await self._post("pesan", {**_from(person), "here": True})

    async def edits(self, person: Person, said: Seen, text: str) -> None:
        await self._post("ubah", {**_from(person), "message_id": said.id, "text": text})

    async def look(self, screen: Screen) -> list[Seen]:
        async with self.http.get("/coba/kabar", params={"after": self._version - 1}) as answer:
            news = await answer.json()
        self._version = news["version"]
        self._lines |= {line["id"]: line for line in news["lines"]}
        every = [_seen(line) for _, line in sorted(self._lines.items()) if line["chat_id"] == screen.chat]
        self.transcript.looked(screen.name, every)
        return every

    async def send(self, who: Person, text: str, *, to: Seen | None, photo: bool | bytes) -> Seen:
        form: dict[str, Any] = {**_from(who), "text": text}
        if to:
            form["reply_to"] = to.id
        if photo:
            async with self.http.post("/coba/gambar", data=photo_of(photo)) as answer:
                form["picture"] = (await answer.json())["picture"]
        kept = await self._post("pesan", form)
        return Seen(str(kept["id"]), text, who.name)

    async def word(self, who: Person, word: str, text: str, *, to: Seen | None) -> None:
        await self.send(who, f"/{word} {text}".strip(), to=to, photo=False)

    async def push(self, who: Person, seen: Seen, key: Key) -> Answer:
        form = {**_from(who), "message_id": seen.id, "data": key.data}
        async with self.http.post("/coba/tekan", json=form) as answer:
            if answer.status == 404:
                return Answer(barred=True)
            toast = (await answer.json())["toast"]
        assert toast is not None, f"nothing answered {key}"
        return Answer(toast["text"])

    async def _post(self, path: str, form: dict[str, Any]) -> Any:
        async with self.http.post(f"/coba/{path}", json=form) as answer:
            assert answer.status == 200, await answer.text()
            return await answer.json()


def _from(who: Person) -> dict[str, str]:
    return {"chat": who.screen.chat, "sender": who.account}


def _seen(line: Line) -> Seen:
    body = line["body"]
    keys = tuple(Key(each["words"], each["data"]) for row in body.get("rows", ()) for each in row)
    name = WADUL if line["author"] == "bot" else line["name"]
    return Seen(str(line["id"]), "\n".join(_words(body)), name, keys, int(body["kind"] in ("file", "document")))


def _words(body: Line) -> Iterator[str]:
    """A line's words from top to bottom, as the page draws them."""
    if body["kind"] != "card":
        yield body.get("text", "")
        return
    yield body["title"]
    for part in ("lines", "footer"):
        yield from (f"{each['head']}: {each['text']}" if each["head"] else each["text"] for each in body[part])
        if part == "lines" and body["quote"]:
            yield body["quote"]


@asynccontextmanager
async def on_coba(
    folder: Path, *, region: Path = REGION, model: bool = False, **changes: Any
) -> AsyncIterator[Place]:  # fmt: skip
    """A town for one test: the page served on loopback, and the token that stands in it."""
    clock = Clock()
    fields = {"data_dir": folder / "var", "config": region, "http_port": 0, **changes}
    settings = Settings(_env_file=None, **fields)
    app = build(settings, load_region(region), tagger=None if model else WordTagger(), clock=clock)
    await app.start()
    try:
        async with aiohttp.ClientSession(f"http://127.0.0.1:{app.web.port}") as http:
            async with http.get("/") as page:
                found = re.search(r'name="coba-token" content="([^"]+)"', await page.text())
            assert found
            http.headers["X-Coba-Token"] = found[1]
            yield OnCoba(app, clock, http=http)
    finally:
        await app.stop()
