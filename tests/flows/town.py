"""A town to test in: a stand-in, a Wadul on it, departments whose chats are linked, citizens who write."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from bot.bootstrap import App
from bot.domain.case import Case
from bot.domain.records import UnitChat
from bot.services.office import Tagger
from bot.store.tables import case as case_table
from tests.flows.wadul import ADMIN, REGION, Clock, running
from tests.standin import Limits, Standin
from tests.standin.groups import Group
from tests.standin.messages import Message
from tests.standin.people import Actor, ChatView, Citizen, Member
from tests.standin.world import Press

SOON = 6.0  # seconds: far more than anything takes, for machines that are busy
ROAD = "Jalan di depan pasar Comal berlubang, sudah lama tidak ditambal."
RUBBISH = "Sampah di belakang terminal menumpuk dan berbau busuk."
FIRE = "Kebakaran di rumah belakang pasar Comal, apinya besar!"
DOUBT = "Saya ragu ini harus dilaporkan ke siapa, tolong dibantu ya pak."


@dataclass
class Town:
    """Reading and acting in one place."""

    standin: Standin
    app: App
    clock: Clock
    _ids: dict[str, int] = field(default_factory=dict)

    def group(
        self, *units: str, title: str = "", forum: bool = False, linked: bool = True, topic: str = "",
        admin: bool = False,
    ) -> Group:  # fmt: skip
        """A department's chat, linked; with `topic`, the unit is linked to that topic of the forum.

        `admin`: the bot administers it, with the right to manage topics.
        """
        number = -1001 - len(self._ids)
        number = number - 1_000_000_000_000 if forum else number
        group = self.standin.group(number, title or f"Grup {units[0]}", forum=forum, admin=admin, announce=False)
        self._ids[units[0]] = number
        thread = str(group.topic(topic).id) if topic else None
        for unit in units if linked else ():
            self.link(unit, group, thread=thread)
        return group

    def link(self, unit: str, group: Group, *, thread: str | None = None) -> None:
        """Link a chat without the words that do it."""
        chat = UnitChat(unit, "telegram", str(group.id), thread, group.chat.title or "")
        self.app.store.write_now(lambda uow: uow.desks.link(chat, by="test", now=self.clock()))

    def admin(self, group: Group) -> Member:
        """Who may administer, in a group."""
        return group.member(ADMIN, first_name="Wati")

    def staff(self, group: Group, name: str = "Budi", id: int = 9002) -> Member:
        """Somebody who works there."""
        return group.member(id, first_name=name)

    def citizen(self, id: int = 5, name: str = "Sri", **more: Any) -> Citizen:
        """Somebody who lives here."""
        return self.standin.citizen(id, first_name=name, **more)

    async def hears(self, chat: ChatView, *words: str, times: int = 1, timeout: float = SOON) -> Message:
        """The bot's latest message of a chat that contains all the words, once there are so many."""

        def found() -> Message | None:
            every = [m for m in chat.answers if all(word in m.text for word in words)]
            return every[-1] if len(every) >= times else None

        return await self.standin.wait_for(found, timeout)

    async def shows(self, message: Message, *words: str, timeout: float = SOON) -> None:
        """Wait until a message stands with these words."""
        await self.standin.wait_for(lambda: all(word in message.text for word in words), timeout)

    async def card(self, group: Group, code: str = "PML-", *, timeout: float = SOON) -> Message:
        """The latest card of a case in a group."""

        def found() -> Message | None:
            cards = [m for m in group.answers if f"· {code}" in m.text.split("\n", 1)[0]]
            return cards[-1] if cards else None

        return await self.standin.wait_for(found, timeout)

    async def press(self, who: Actor, message: Message, words: str = "", **how: Any) -> Press:
        """Press a button and wait for the answer."""
        press = who.press(message, words, **how)
        await self.standin.wait_for(lambda: press.answered, SOON)
        return press

    async def report(self, group: Group, text: str = ROAD, *, by: Citizen | None = None) -> Message:
        """Somebody reports, and the new card stands in the group."""
        known = {m.id for m in group.answers}
        (by or self.citizen()).say(text)
        return await self.standin.wait_for(
            lambda: next((m for m in group.answers if m.id not in known and "· PML-" in m.text), None), SOON
        )

    async def taken(self, group: Group, who: Member, text: str = ROAD, *, by: Citizen | None = None) -> Message:
        """A report whose card somebody has accepted."""
        card = await self.report(group, text, by=by)
        await self.press(who, card, "Terima")
        await self.shows(card, who.user.first_name)
        return card

    async def idle(self, timeout: float = SOON) -> None:
        """Wait until no update and no answer waits any more."""
        deadline = time.perf_counter() + timeout
        while True:
            waiting = len(self.standin.world.updates.pending)
            inbox, outbox = await self.app.store.read(
                lambda uow: (uow.inbox.backlog(0)[0], uow.outbox.backlog(0)[0])
            )
            if not (waiting or inbox or outbox):
                return
            if time.perf_counter() > deadline:
                raise AssertionError(f"not idle: {waiting} updates, {inbox} in the inbox, {outbox} to send")
            await asyncio.sleep(0.02)

    def rows(self, table: sa.Table) -> list[dict[str, Any]]:
        """Everything a table holds."""
        with self.app.store.engine.connect() as connection:
            return [dict(row) for row in connection.execute(sa.select(table)).mappings()]

    def cases(self) -> list[Case]:
        """Every case, oldest first."""
        ids = sorted(row["id"] for row in self.rows(case_table))
        found = self.app.store.read_now(lambda uow: [uow.cases.by_id(i) for i in ids])
        return [case for case in found if case]

    def case(self) -> Case:
        """The only case there is."""
        (only,) = self.cases()
        return only


@asynccontextmanager
async def town(
    folder: Path,
    *,
    database_url: str | None = None,
    limits: Limits | None = None,
    tagger: Tagger | None = None,
    latency: float = 0.0,
    model: bool = False,
    **settings: object,
) -> AsyncIterator[Town]:
    """A town for one test. Whatever happened in it, the bot asked Telegram for nothing that does not exist."""
    clock = Clock()
    async with (
        Standin(limits=limits, latency=latency) as standin,
        running(folder, standin, database_url=database_url, tagger=tagger, clock=clock, model=model, **settings) as app,
    ):
        yield Town(standin, app, clock)
        assert standin.violations == []


def region_file(folder: Path, change: Callable[[str], str]) -> Path:
    """The sample region with a change."""
    text = REGION.read_text(encoding="utf-8")
    changed = change(text)
    assert changed != text
    path = folder / "daerah.toml"
    path.write_text(changed, encoding="utf-8")
    return path


def code_in(message: Message) -> str:
    """The case code that a message names."""
    words = message.text.replace("\n", " ").split()
    return next(word.strip(".,:;()") for word in words if word.startswith("PML-"))[:9]
