"""The people of a test: what a citizen or a member of staff can do in a chat."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tests.standin.chats import Chat, Topic, User
from tests.standin.files import PIXEL, describe
from tests.standin.markup import typed_entities
from tests.standin.messages import Message
from tests.standin.world import Press, World


class ChatView:
    """Reading one chat; shared by citizens and groups."""

    chat: Chat

    @property
    def messages(self) -> list[Message]:
        """Everything seen in the chat now, both sides, oldest first."""
        return self.chat.messages

    @property
    def answers(self) -> list[Message]:
        """The bot's messages seen in the chat now."""
        return self.chat.answers

    @property
    def last(self) -> Message | None:
        """The bot's latest message."""
        return self.chat.last

    @property
    def history(self) -> list[Any]:
        """Every call of the bot that named this chat, refused ones included."""
        return self.chat.history


@dataclass(eq=False)
class Actor(ChatView):
    """One person in one chat. Every verb returns what it made; the update is queued at once."""

    world: World
    user: User
    chat: Chat

    def say(self, text: str, *, reply_to: Message | None = None, topic: Topic | int | None = None) -> Message:
        """Write a text; commands, links and the like get their entities."""
        content: dict[str, Any] = {"text": text}
        if entities := typed_entities(text):
            content["entities"] = entities
        return self._send(content, reply_to=reply_to, topic=topic)

    def reply(self, message: Message, text: str) -> Message:
        """Answer a message."""
        return self.say(text, reply_to=message)

    def start(self, payload: str = "") -> Message:
        """Press the Start button."""
        return self.say(f"/start {payload}".rstrip())

    def photo(self, caption: str | None = None, *, data: bytes = PIXEL, **options: Any) -> Message:
        """Send a picture. `options`: reply_to, topic, size (to claim a larger file)."""
        return self._media("photo", caption, data, **options)

    def video(
        self, caption: str | None = None, *, data: bytes = b"\0\0\0\x18ftypmp42", **options: Any
    ) -> Message:
        """Send a video."""
        return self._media("video", caption, data, **options)

    def voice(self, caption: str | None = None, *, data: bytes = b"OggS\0voice", **options: Any) -> Message:
        """Send a voice note."""
        return self._media("voice", caption, data, **options)

    def document(
        self,
        caption: str | None = None,
        *,
        name: str = "surat.pdf",
        data: bytes = b"%PDF-1.4",
        **options: Any,
    ) -> Message:
        """Send a file. `options`: as of a photo, and mime."""
        return self._media("document", caption, data, name=name, **options)

    def album(
        self, n: int, caption: str | None = None, *, reply_to: Message | None = None, photos: Sequence[bytes] = ()
    ) -> list[Message]:
        """Send n pictures, or these, as one album; the caption stands on the first."""
        group = str(13_000_000_000_000_000 + self.world.number())
        return [
            self._media("photo", caption if index == 0 else None, data, reply_to=reply_to,
                        extra={"media_group_id": group})
            for index, data in enumerate(photos or [PIXEL] * n)
        ]  # fmt: skip

    def location(self, lat: float, lon: float, **options: Any) -> Message:
        """Send a place."""
        return self._send({"location": {"latitude": lat, "longitude": lon}}, **options)

    def contact(self, phone: str = "+6281234567890", *, first_name: str | None = None) -> Message:
        """Share one's own number, or with `first_name` somebody else's card."""
        card: dict[str, Any] = {"phone_number": phone, "first_name": first_name or self.user.first_name}
        return self._send({"contact": card if first_name else {**card, "user_id": self.user.id}})

    def sticker(self, emoji: str = "👍") -> Message:
        """Send a sticker."""
        stored = self.world.files.add("sticker", b"RIFF")
        return self._send(describe("sticker", stored, {"emoji": emoji}))

    def forward(self, text: str, *, of: User | None = None, hidden_name: str = "Pak Tarno") -> Message:
        """Pass on a text of somebody: of an account, or of one whose account is hidden."""
        origin: dict[str, Any] = {"date": int(self.world.clock()) - 3600}
        if of:
            origin |= {"type": "user", "sender_user": of.json()}
        else:
            origin |= {"type": "hidden_user", "sender_user_name": hidden_name}
        return self._send({"text": text, "forward_origin": origin})

    def edit(self, message: Message, text: str) -> Message:
        """Change one's own message; the bot gets an edited_message."""
        message.former.append(message.data)
        field = "text" if "text" in message.data else "caption"
        fresh = {**message.data, field: text, "edit_date": int(self.world.clock())}
        fresh.pop("entities", None)
        if entities := typed_entities(text):
            fresh["entities" if field == "text" else "caption_entities"] = entities
        message.data = fresh
        self.world.deliver(message, kind="edited_message")
        return message

    def press(
        self, message: Message, words: str = "", *, data: str | None = None, stale: bool = False
    ) -> Press:
        """Tap a button by its words. `stale`: one that an edit removed, on a screen that lags behind.

        `data` presses a button that the message never had.
        """
        code = data if data is not None else message.button(words, stale=stale).get("callback_data")
        if code is None:
            raise AssertionError(f"the button {words!r} carries no callback_data")
        press = Press(str(4_000_000_000_000_000 + self.world.number()), self.user, message, words, code,
                      time.perf_counter())  # fmt: skip
        self.world.presses[press.id] = press
        self.world.emit("callback_query", _callback(press), chat_id=message.chat.id)
        return press

    def block(self) -> None:
        """Block the bot: it is told, and may not write any more."""
        self.world.set_bot_status(self.chat, "kicked", by=self.user)

    def unblock(self) -> None:
        """Let the bot write again."""
        self.world.set_bot_status(self.chat, "member", by=self.user)

    def deactivate(self) -> None:
        """Delete the account: no update tells, only the next message is refused."""
        self.chat.bot_status = "deactivated"

    @property
    def presses(self) -> list[Press]:
        """This person's presses, oldest first."""
        return [press for press in self.world.presses.values() if press.by.id == self.user.id]

    @property
    def toasts(self) -> list[str]:
        """The toasts and alerts this person saw, oldest first."""
        return [press.toast for press in self.presses if press.toast]

    def _media(
        self,
        kind: str,
        caption: str | None,
        content: bytes,
        *,
        name: str | None = None,
        size: int | None = None,
        mime: str | None = None,
        extra: dict[str, Any] | None = None,
        **options: Any,
    ) -> Message:
        stored = self.world.files.add(kind, content, name=name, mime=mime, size=size)
        data = describe(kind, stored, {}) | (extra or {})
        if caption is not None:
            data["caption"] = caption
        return self._send(data, **options)

    def _send(
        self,
        content: dict[str, Any],
        *,
        reply_to: Message | None = None,
        topic: Topic | int | None = None,
    ) -> Message:
        if self.chat.migrated_to:
            self.chat = self.world.chats[self.chat.migrated_to]
        self._check_reply(reply_to)
        if self.chat.type == "private":
            if self.chat.bot_status == "kicked":
                raise AssertionError("this person blocked the bot: unblock() first")
            self.chat.started = True
        thread = topic.id if isinstance(topic, Topic) else topic
        if thread is None and reply_to and self.chat.is_forum:
            thread = reply_to.thread_id
        self._check_topic(thread)
        message = self.world.add_message(self.chat, self.user, content, reply_to=reply_to, thread_id=thread)
        self.world.deliver(message)
        return message

    def _check_topic(self, thread: int | None) -> None:
        topic = self.chat.topics.get(thread) if thread else None
        if topic and topic.closed and self.chat.members.get(self.user.id) not in ("creator", "administrator"):
            raise AssertionError(f"the app lets no member write into the closed topic {topic.name!r}")

    def _check_reply(self, message: Message | None) -> None:
        if message and message.chat is not self.chat and message.chat.migrated_to != self.chat.id:
            raise AssertionError(f"{message!r} stands in another chat")


class Citizen(Actor):
    """A person in the private chat with the bot."""

    @property
    def id(self) -> int:
        """The account's id, which is the private chat's id as well."""
        return self.user.id


class Member(Actor):
    """A person in a group."""


def _callback(press: Press) -> dict[str, Any]:
    message = press.message
    shown: dict[str, Any] = message.json()
    if message.deleted:  # the app still showed it: the real server sends an InaccessibleMessage
        shown = {"chat": message.chat.json(), "message_id": message.id, "date": 0}
    return {
        "id": press.id, "from": press.by.json(), "message": shown,
        "chat_instance": str(-7_000_000_000 - abs(message.chat.id)), "data": press.data,
    }  # fmt: skip
