"""What every use case needs beside its transaction: the region, the texts, the tagger, the clock."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from bot.domain.case import Case, Reasons, Tags
from bot.domain.counter import KANTOR, spoken
from bot.domain.errors import PressRefused
from bot.domain.incoming import Chat, Pressed, Sender, Sentence
from bot.domain.outgoing import Intent, Outgoing, Priority, Rows, Text, Toast
from bot.domain.records import Card, Person, UnitChat
from bot.domain.region import DESK, Region
from bot.services.ports import UnitOfWork
from bot.services.visits.calling import list_call

LANE_CHARS = 64
ALERT_CHARS = 200  # of an answer to a press


class Texts(Protocol):
    """What people read, by key and register."""

    def __call__(self, key: str, register: str = "id", /, **fields: object) -> str: ...


@dataclass(frozen=True, eq=False)
class Meaning:
    """What a text means: a vector (numpy, float32), and which encoder's it is."""

    encoder: str
    vector: Any


class Tagger(Protocol):
    """Text to tags. Never fails: without a model the rules stand in and everything is unsure."""

    def tag(self, text: str) -> Tags: ...
    def prime(self, texts: Sequence[str]) -> None: ...
    def explain(self, text: str) -> Reasons: ...
    def meaning(self, text: str) -> Meaning | None: ...


class Counters(Protocol):
    """The figures that use cases report."""

    def message(self, channel: str, kind: str) -> None: ...
    def case_opened(self, topic: str, urgency: str, *, unsure: bool) -> None: ...
    def sent(self, channel: str, kind: str, seconds: float) -> None: ...
    def failed(self, channel: str, reason: str) -> None: ...
    def poison(self) -> None: ...
    def carried_out(self, seconds: float) -> None: ...


@dataclass(frozen=True)
class Office:
    """One running Wadul, as its use cases see it."""

    region: Region
    texts: Texts
    tagger: Tagger
    counters: Counters
    clock: Callable[[], float]
    admins: frozenset[tuple[str, str]] = field(default_factory=frozenset)
    admin_word: str | None = None
    web_address: str = ""
    media_folder: Path = Path("media")
    sends_places: Callable[[str], bool] = lambda channel: True
    """Whether people can send a place on the map over a channel."""

    def is_admin(self, uow: UnitOfWork, sender: Sender) -> bool:
        """Whether somebody may administer: by the setting or by the one-time word."""
        return (sender.channel, sender.id) in self.admins or uow.people.is_admin(sender.channel, sender.id)

    def every_admin(self, uow: UnitOfWork) -> set[tuple[str, str]]:
        """Channel and id of everybody who may administer."""
        return {*self.admins, *uow.people.admins()}

    def tell(
        self, uow: UnitOfWork, person: Person, key: str, *, register: str, case: Case | None = None, rows: Rows = (),
        role: str = "citizen", priority: Priority = Priority.ANSWER, **fields: object,
    ) -> None:  # fmt: skip
        """Say something to a citizen, in a register; with a case, replies to it will find the case."""
        text = self.texts(spoken(key, person.channel), register, **fields)
        if person.channel == KANTOR:  # no chat: an operator calls them, or says it at the counter
            list_call(uow, self, person, text, case)
            return
        intent = Text(text, rows=rows, case_id=case.id if case else None, role=role)
        uow.outbox.put(Outgoing(person.channel, person.chat_id, intent, priority), now=self.clock())

    def say(
        self, uow: UnitOfWork, chat: Chat, key: str, *, reply_to: str | None = None, rows: Rows = (),
        register: str = "id", **fields: object,
    ) -> None:  # fmt: skip
        """Say something into a chat."""
        intent = Text(self.texts(key, register, **fields), reply_to=reply_to, rows=rows)
        uow.outbox.put(Outgoing(chat.channel, chat.id, intent, thread_id=chat.thread_id), now=self.clock())

    def say_at_card(
        self, uow: UnitOfWork, card: Card, text: str, *, role: str = "note", ask_reply: bool = False,
        user_id: str | None = None, rows: Rows = (), priority: Priority = Priority.ANSWER,
    ) -> None:  # fmt: skip
        """Say something under a card; replies to it will find the case."""
        intent = Text(
            text, reply_to=card.message_id, rows=rows, case_id=card.case_id, role=role, user_id=user_id,
            ask_reply=ask_reply, card_id=card.id,
        )  # fmt: skip
        uow.outbox.put(
            Outgoing(card.channel, card.chat_id, intent, priority, card.thread_id), now=self.clock()
        )

    def toast(
        self, uow: UnitOfWork, channel: str, press_id: str, text: str, *, alert: bool = False, most: int = ALERT_CHARS
    ) -> None:  # fmt: skip
        """Answer a press; it waits for no other message of the chat."""
        toast = Toast(press_id, text[:most], alert)
        lane = f"press:{press_id[:LANE_CHARS]}"  # a press id may carry a long token; its beginning is its own
        uow.outbox.put(Outgoing(channel, lane, toast), now=self.clock())

    def refuse_press(self, uow: UnitOfWork, press: Pressed | Sentence, refused: PressRefused) -> None:
        """Say to whoever pressed why it was not done; what they typed into a form comes back with it."""
        text, most = self.texts(refused.key, **refused.fields), ALERT_CHARS
        if isinstance(press, Sentence) and press.text.strip():
            text = self.texts("form.given_back", why=text[:most], text=press.text)
            most = len(text)
        self.toast(uow, press.chat.channel, press.press_id, text, alert=True, most=most)

    def post(
        self, uow: UnitOfWork, chat: UnitChat, intent: Intent, *, priority: Priority = Priority.CARD,
        merge_key: str | None = None,
    ) -> None:  # fmt: skip
        """Put something into the chat of a unit."""
        uow.outbox.put(
            Outgoing(chat.channel, chat.chat_id, intent, priority, chat.thread_id, merge_key), now=self.clock()
        )

    def desk(self, uow: UnitOfWork, key: str, *, merge_key: str | None = None, **fields: object) -> None:
        """Tell the admin desk something, if it is linked."""
        chat = uow.desks.chat_of(DESK)
        if chat is None:
            return
        self.post(uow, chat, Text(self.texts(key, **fields)), merge_key=merge_key)

    def unit_name(self, unit: str, register: str = "id") -> str:
        """The name people read for a department or a desk."""
        department = self.region.department(unit)
        name = department.name if department else self.region.heads.name(unit)
        return name or self.texts(f"unit.{unit}", register)

    def status_of(self, case: Case, register: str = "id") -> str:
        """Where a case stands, in words."""
        return self.texts(f"status.{case.status}", register, unit=self.unit_name(case.unit, register))
