"""One message as it now stands in a chat, with what a test wants to read from it."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.standin.chats import Chat

MEDIA = ("photo", "video", "voice", "audio", "document", "animation", "sticker", "video_note")
_KINDS = ("text", "animation", *MEDIA, "location", "contact")


@dataclass(eq=False, slots=True)
class Message:
    """`data` is the Message object of the Bot API without `reply_to_message`."""

    chat: Chat
    data: dict[str, Any]
    sender_id: int
    by_bot: bool = False
    reply_to: Message | None = None
    reply_shown: Message | None = None  # what `reply_to_message` shows; a topic's root where none was meant
    markup: dict[str, Any] | None = None
    source: str | None = None  # the text exactly as sent, before its tags were parsed
    delivered: bool = True
    deleted: bool = False
    former: list[dict[str, Any]] = field(default_factory=list)  # `data` before each edit
    reactions: list[str] = field(default_factory=list)
    at: float = field(default_factory=time.perf_counter)

    @property
    def id(self) -> int:
        """The message id, unique in its chat."""
        return int(self.data["message_id"])

    @property
    def text(self) -> str:
        """The words that a person reads: text or caption, without tags."""
        return str(self.data.get("text") or self.data.get("caption") or "")

    @property
    def html(self) -> str:
        """The words with their tags as the bot sent them."""
        return self.source if self.source is not None else self.text

    @property
    def kind(self) -> str:
        """text, photo, voice, …, location, contact or service."""
        return next((kind for kind in _KINDS if kind in self.data), "service")

    @property
    def thread_id(self) -> int | None:
        """The topic of a forum, or the reply thread of a supergroup."""
        return self.data.get("message_thread_id")

    @property
    def album(self) -> str | None:
        """What the parts of one album share."""
        return self.data.get("media_group_id")

    @property
    def edited(self) -> bool:
        """Whether it was edited at least once."""
        return bool(self.former)

    @property
    def texts(self) -> list[str]:
        """Its words through all edits, oldest first."""
        every = [*self.former, self.data]
        return [str(data.get("text") or data.get("caption") or "") for data in every]

    @property
    def rows(self) -> list[list[str]]:
        """The keyboard as words, row by row."""
        return [[str(button["text"]) for button in row] for row in self._rows()]

    @property
    def buttons(self) -> dict[str, dict[str, Any]]:
        """The keyboard by words; each value is the button as sent."""
        return {str(button["text"]): button for row in self._rows() for button in row}

    def button(self, words: str, *, stale: bool = False) -> dict[str, Any]:
        """The button that reads so: exactly, else the only one that contains the words."""
        found = _find(self._rows(), words)
        for data in reversed(self.former) if stale and found is None else ():
            found = found or _find((data.get("reply_markup") or {}).get("inline_keyboard", []), words)
        if found is None:
            raise AssertionError(f"no single button {words!r} on message {self.id}, which has {self.rows}")
        return found

    def json(self) -> dict[str, Any]:
        """The Message object, with the message it replies to."""
        if self.reply_shown is None:
            return self.data
        return {**self.data, "reply_to_message": self.reply_shown.data}

    def _rows(self) -> list[list[dict[str, Any]]]:
        markup = self.data.get("reply_markup") or self.markup or {}
        rows = markup.get("inline_keyboard") or markup.get("keyboard") or []
        return [[b if isinstance(b, dict) else {"text": b} for b in row] for row in rows]

    def __repr__(self) -> str:
        who = "bot" if self.by_bot else self.sender_id
        return f"<Message {self.id} in {self.chat.id} by {who}: {self.kind} {self.text[:60]!r} {self.rows}>"


def _find(rows: list[list[dict[str, Any]]], words: str) -> dict[str, Any] | None:
    buttons = [button for row in rows for button in row]
    exact = [button for button in buttons if button["text"] == words]
    if exact:
        return exact[0]
    near = [button for button in buttons if words.lower() in str(button["text"]).lower()]
    return near[0] if len(near) == 1 else None
