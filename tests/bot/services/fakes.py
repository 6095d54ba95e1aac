"""A channel and an office for the tests of the loops; the database is real."""

import asyncio
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.domain.budget import Budget
from bot.domain.incoming import Chat, Command, Event, RawUpdate, Sender
from bot.domain.outgoing import CardView, EditCaption, EditText, Outgoing, Picture, Priority, Text, Toast
from bot.domain.records import Media, UnitChat
from bot.metrics import Metrics
from bot.region_file import load_region
from bot.services.channel import Rooms, Target
from bot.services.office import Office
from bot.store.engine import Store
from bot.texts import Catalogue
from tests.flows.wadul import REGION, Clock, WordTagger

NAME = "telegram"


@dataclass
class FakeChannel:
    """Remembers what it carries out; `trouble` is asked before every send and may raise."""

    name: str = NAME
    limit: Budget | None = None
    sent: list[tuple[str, str]] = field(default_factory=list)
    trouble: Callable[[str, str], None] = lambda chat_id, words: None
    data: bytes = b"isi"
    rooms: Rooms | None = None
    sends_places: bool = True

    def budget(self, chat_id: str) -> Budget | None:
        return self.limit

    def translate(self, payloads: Sequence[str]) -> list[Event]:
        """`{"words": …, "chat": …}`; several payloads join their words."""
        parts = [json.loads(payload) for payload in payloads]
        chat = Chat(NAME, parts[0]["chat"], private=True)
        words = " ".join(part["words"] for part in parts)
        return [Command(chat, Sender(NAME, parts[0]["chat"]), "1", 0.0, "saya", words)]

    async def send_text(self, to: Target, text: Text) -> list[str]:
        return [self._send(to, text.text)]

    async def edit_text(self, to: Target, edit: EditText) -> None:
        self._send(to, edit.text)

    async def delete(self, to: Target, message_id: str, under: str | None) -> None:
        self._send(to, f"deleted {message_id}")

    async def show_card(self, to: Target, view: CardView, message_id: str | None) -> str:
        return self._send(to, view.title)

    async def send_media(
        self, to: Target, files: Sequence[Media], reply_to: str | None, *, silent: bool = False
    ) -> list[str]:
        return [self._send(to, media.kind) for media in files]

    async def send_picture(self, to: Target, picture: Picture, data: bytes) -> str:
        return self._send(to, picture.caption)

    async def edit_caption(self, to: Target, edit: EditCaption) -> None:
        self._send(to, edit.caption)

    async def toast(self, toast: Toast) -> None:
        self._send(Target("toast"), toast.text)

    async def fetch(self, media: Media) -> bytes:
        self.trouble("file", media.file_id)
        return self.data

    async def standing(self, chat_id: str, user_id: str) -> bool | None:
        return True

    def _send(self, to: Target, words: str) -> str:
        self.trouble(to.chat_id, words)
        self.sent.append((to.chat_id, words))
        return str(len(self.sent))

    def words(self, chat_id: str) -> list[str]:
        """What a chat was told, in order."""
        return [words for chat, words in self.sent if chat == chat_id]


def make_office(clock: Callable[[], float] | None = None, **changes: Any) -> Office:
    """An office of the sample region with the word tagger."""
    fields: dict[str, Any] = {
        "region": load_region(REGION), "texts": Catalogue.load(), "tagger": WordTagger(), "counters": Metrics(),
        "clock": clock or Clock(), **changes,
    }  # fmt: skip
    return Office(**fields)


def update(number: int, words: str, *, chat: str = "1", group: str | None = None, at: float = 0.0) -> RawUpdate:
    """A raw update of the fake channel."""
    payload = json.dumps({"words": words, "chat": chat})
    return RawUpdate(NAME, str(number), chat, payload, group_key=group, received_at=at)


def put(store: Store, *texts: str, chat: str = "1", now: float, priority: Priority = Priority.ANSWER) -> None:
    """Texts into the outbox."""

    def work(uow: Any) -> None:
        for text in texts:
            uow.outbox.put(Outgoing(NAME, chat, Text(text), priority), now=now)

    store.write_now(work)


def link(store: Store, unit: str, chat: str) -> None:
    """Link a chat to a unit."""
    store.write_now(lambda uow: uow.desks.link(UnitChat(unit, NAME, chat), by="test", now=0.0))


async def until(true: Callable[[], object], seconds: float = 5.0) -> None:
    """Wait until something is true."""
    async with asyncio.timeout(seconds):
        while not true():
            await asyncio.sleep(0.01)
