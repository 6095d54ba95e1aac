"""A town on one channel: everything that contract tests and stories may do there, and how time passes."""

from __future__ import annotations

import asyncio
import time
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar, TypeVar
from zoneinfo import ZoneInfo

from bot.bootstrap import App
from bot.domain.case import Case
from bot.store.tables import case as case_table
from tests.contract.people import Person, Screen
from tests.contract.seen import Answer, Key, Seen
from tests.contract.transcript import Transcript
from tests.flows.wadul import Clock
from tests.standin.files import PIXEL

T = TypeVar("T")
PATIENCE = 10.0  # seconds: far more than anything takes, for machines that are busy
PAUSE = 6.0  # seconds that pass before somebody acts, as they do; so no budget keeps anybody waiting
LEAVING, MAP = "leaving", "map"  # what a channel may lack
CITIZENS = ("Bu Siti", "Mas Agus", "Mbah Karto")
STAFF = ("Rina", "Bagas")


def photo_of(photo: bool | bytes) -> bytes:
    """The bytes of a picture; any picture will do where none is named."""
    return photo if isinstance(photo, bytes) else PIXEL


@dataclass(eq=False)
class Place(ABC):
    """What one channel makes of it.

    `longest` is how many units a person may send at once, `lacks` what the channel has not, and why.
    """

    app: App
    clock: Clock
    transcript: Transcript = field(default_factory=Transcript)
    people: dict[str, Person] = field(default_factory=dict)

    channel: ClassVar[str]
    longest: ClassVar[int]
    lacks: ClassVar[Mapping[str, str]] = {}

    @abstractmethod
    async def group(self, unit: str) -> Screen:
        """The chat of a department or desk, linked."""

    @abstractmethod
    def citizen(self, number: int = 0) -> Person:
        """One of those who live here."""

    @abstractmethod
    def staff(self, group: Screen, number: int = 0) -> Person:
        """One of those who work in a group."""

    @abstractmethod
    def phone_of(self, person: Person) -> Person:
        """A member of staff before their own phone: their private chat."""

    async def greeted(self, person: Person) -> Person:
        """A member of staff before their own phone, once they have begun to write there."""
        phone = self.phone_of(person)
        await phone.says("/start")
        await phone.screen.reads()
        return phone

    @abstractmethod
    def stranger(self, group: Screen) -> Person:
        """Somebody who is not in the group, but has its buttons before them."""

    @abstractmethod
    def user_id(self, person: Person) -> str:
        """The id by which the channel knows somebody."""

    def admin(self, group: Screen, number: int = 0) -> Person:
        """One of those who work in a group, whom the office made an admin."""
        person = self.staff(group, number)
        user_id = self.user_id(person)
        self.app.store.write_now(lambda uow: uow.people.make_admin(self.channel, user_id, now=self.clock()))
        return person

    async def leaves(self, person: Person) -> None:
        """Somebody leaves their group."""
        raise NotImplementedError(self.lacks[LEAVING])

    async def points(self, person: Person) -> None:
        """A citizen sends the place where they stand, on the map."""
        raise NotImplementedError(self.lacks[MAP])

    @abstractmethod
    async def edits(self, person: Person, said: Seen, text: str) -> None:
        """Somebody changes their own words."""

    @abstractmethod
    async def look(self, screen: Screen) -> list[Seen]:
        """What stands in a chat now, in order."""

    @abstractmethod
    async def send(self, who: Person, text: str, *, to: Seen | None, photo: bool | bytes) -> Seen:
        """Carry out `Person.says`."""

    @abstractmethod
    async def word(self, who: Person, word: str, text: str, *, to: Seen | None) -> None:
        """Carry out `Person.uses`."""

    @abstractmethod
    async def push(self, who: Person, seen: Seen, key: Key) -> Answer:
        """Carry out `Person.presses`."""

    async def submit(self, who: Person, answer: Answer, text: str) -> Answer:
        """Carry out `Person.submits`; only where the channel has forms."""
        raise NotImplementedError(self.channel)

    def name_of(self, unit: str) -> str:
        """What a unit's chat is called."""
        return f"Grup {self.app.office.unit_name(unit).removeprefix('Grup ')}"

    def waiting(self) -> int:
        """What the platform has not delivered yet."""
        return 0

    async def pause(self) -> None:
        """A few seconds pass."""
        self.clock.skip(PAUSE)

    async def turns(self, moment: str) -> None:
        """It becomes this moment, local time, as in 2027-01-11 10:00; what was due by then is done and sent."""
        await self.idle()
        at = datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo("Asia/Jakarta")).timestamp()
        self.clock.skipped = at - time.time()
        self.transcript.time(moment)
        await self.app.clockwork.step()
        await self.idle()

    async def until(self, look: Callable[[], Awaitable[T | None]], what: str) -> T:
        """Wait until there is something to see."""
        deadline = time.perf_counter() + PATIENCE
        while (found := await look()) is None:
            assert time.perf_counter() < deadline, f"{what}: nothing came\n{self.transcript}"
            await asyncio.sleep(0.02)
        return found

    async def idle(self) -> None:
        """Wait until no update and no answer waits any more."""

        async def done() -> bool | None:
            inbox, outbox = await self.app.store.read(lambda uow: (uow.inbox.backlog(0)[0], uow.outbox.backlog(0)[0]))
            return None if self.waiting() or inbox or outbox else True

        await self.until(done, "all is sent")

    def case(self, code: str) -> Case:
        """A case as it is kept."""
        found = self.app.store.read_now(lambda uow: uow.cases.by_code(code))
        assert found is not None
        return found

    def spent(self, code: str) -> tuple[float, float]:
        """Gross and net seconds that a case took."""
        asked = case_table.select().where(case_table.c.code == code)
        with self.app.store.engine.connect() as connection:
            row = connection.execute(asked).mappings().one()
        return row["gross_seconds"], row["net_seconds"]
