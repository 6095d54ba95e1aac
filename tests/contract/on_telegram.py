"""The contract's people on Telegram: the stand-in for the Bot API, groups and private chats."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

from tests.contract.people import Person, Screen
from tests.contract.place import CITIZENS, STAFF, Place, photo_of
from tests.contract.seen import WADUL, Answer, Key, Seen
from tests.flows.town import Town, town
from tests.standin.messages import Message


@dataclass(eq=False)
class OnTelegram(Place):
    """Sentences are replies to a question; chat words are typed; a reply to a card is a note."""

    town: Town = field(kw_only=True)

    channel: ClassVar[str] = "telegram"
    longest: ClassVar[int] = 4096

    async def group(self, unit: str) -> Screen:
        name = self.name_of(unit)
        return Screen(self, name, self.town.group(unit, title=name))

    def citizen(self, number: int = 0) -> Person:
        name = CITIZENS[number]
        if name not in self.people:
            account = self.town.citizen(5 + number, name)
            self.people[name] = Person(self, name, account, Screen(self, f"HP {name}", account))
        return self.people[name]

    def staff(self, group: Screen, number: int = 0) -> Person:
        name = STAFF[number]
        return Person(self, name, self.town.staff(group.chat, name, 9002 + number), group)

    def phone_of(self, person: Person) -> Person:
        account = self.town.citizen(person.account.user.id, person.name)
        return Person(self, person.name, account, Screen(self, f"HP {person.name}", account))

    def stranger(self, group: Screen) -> Person:
        account = group.chat.member(9099, first_name="Orang lewat", status="left")
        return Person(self, "Orang lewat", account, group)

    def user_id(self, person: Person) -> str:
        return str(person.account.user.id)

    async def leaves(self, person: Person) -> None:
        person.screen.chat.change(person.account, "left")

    async def points(self, person: Person) -> None:
        person.account.location(-6.8917, 109.3806)

    async def edits(self, person: Person, said: Seen, text: str) -> None:
        person.account.edit(said.raw, text)

    async def look(self, screen: Screen) -> list[Seen]:
        every = [self._seen(message) for message in screen.chat.messages if message.kind != "service"]
        self.transcript.looked(screen.name, every)
        return every

    async def send(self, who: Person, text: str, *, to: Seen | None, photo: bool | bytes) -> Seen:
        reply_to = to.raw if to else None
        if photo:
            return self._seen(who.account.photo(text or None, data=photo_of(photo), reply_to=reply_to))
        return self._seen(who.account.say(text, reply_to=reply_to))

    async def word(self, who: Person, word: str, text: str, *, to: Seen | None) -> None:
        who.account.say(f"/{word} {text}".strip(), reply_to=to.raw if to else None)

    async def push(self, who: Person, seen: Seen, key: Key) -> Answer:
        press = await self.town.press(who.account, seen.raw, key.words, data=key.data)
        return Answer(press.toast or "")

    def waiting(self) -> int:
        return len(self.town.standin.world.updates.pending)

    def _seen(self, message: Message) -> Seen:
        keys = tuple(Key(words, str(each.get("callback_data", ""))) for words, each in message.buttons.items())
        name = self.town.standin.world.users[message.sender_id].first_name if not message.by_bot else WADUL
        files = int(message.kind not in ("text", "location", "contact"))
        return Seen(str(message.id), message.text, name, keys, files, message)


@asynccontextmanager
async def on_telegram(folder: Path, **settings: Any) -> AsyncIterator[Place]:
    """A town for one test."""
    async with town(folder, **settings) as here:
        yield OnTelegram(here.app, here.clock, town=here)
