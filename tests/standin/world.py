"""Everything the stand-in knows: people, chats, messages, presses, files, updates, calls."""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.standin.calls import Call
from tests.standin.chats import Chat, Topic, User, member_json
from tests.standin.files import FileStore
from tests.standin.messages import Message
from tests.standin.updates import Update, UpdateQueue


@dataclass(eq=False, slots=True)
class Press:
    """One press of a button and the toast that answered it."""

    id: str
    by: User
    message: Message
    words: str
    data: str
    at: float
    answered: bool = False
    toast: str | None = None
    alert: bool = False
    expired: bool = False


@dataclass(slots=True)
class World:
    """The state behind the API; every change goes through here."""

    bot: User
    clock: Callable[[], float] = time.time
    privacy: bool = True
    callback_lifetime: float = 30.0
    users: dict[int, User] = field(default_factory=dict)
    chats: dict[int, Chat] = field(default_factory=dict)
    presses: dict[str, Press] = field(default_factory=dict)
    calls: list[Call] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)
    profile: dict[str, Any] = field(default_factory=dict)  # what setMyCommands and its like stored
    files: FileStore = field(default_factory=FileStore)
    updates: UpdateQueue = field(default_factory=UpdateQueue)
    _account_ids: itertools.count[int] = field(default_factory=lambda: itertools.count(1))
    _numbers: itertools.count[int] = field(default_factory=lambda: itertools.count(1))
    _waiters: list[asyncio.Future[None]] = field(default_factory=list)

    def number(self) -> int:
        """A number never given before, for ids of callbacks and albums."""
        return next(self._numbers)

    def user(self, user: User) -> User:
        """Remember an account."""
        return self.users.setdefault(user.id, user)

    def private_chat(self, user: User) -> Chat:
        """The private chat with somebody; not started until that person writes."""
        if user.id not in self.chats:
            self.chats[user.id] = Chat(user.id, "private", user=user, started=False)
        return self.chats[user.id]

    def next_message_id(self, chat: Chat) -> int:
        """Supergroups count by themselves; all other chats share the account's counter."""
        chat.last_id = chat.last_id + 1 if chat.type == "supergroup" else next(self._account_ids)
        return chat.last_id

    def add_message(
        self,
        chat: Chat,
        sender: User,
        content: dict[str, Any],
        *,
        reply_to: Message | None = None,
        thread_id: int | None = None,
        markup: dict[str, Any] | None = None,
        source: str | None = None,
    ) -> Message:
        """Put a message into a chat; nothing is delivered yet."""
        data: dict[str, Any] = {
            "message_id": self.next_message_id(chat), "from": sender.json(), "chat": chat.json(),
            "date": int(self.clock()),
        }  # fmt: skip
        topic = chat.topics.get(thread_id) if thread_id else None
        if topic:
            data |= {"message_thread_id": topic.id, "is_topic_message": True}
        elif reply_to and chat.type == "supergroup":  # reply threads of plain supergroups carry an id too
            data["message_thread_id"] = reply_to.thread_id or reply_to.id
        data |= content
        if markup and "inline_keyboard" in markup:
            data["reply_markup"] = markup
        message = Message(
            chat, data, sender.id, by_bot=sender.id == self.bot.id, reply_to=reply_to, markup=markup,
            source=source, reply_shown=reply_to or _topic_root(topic),
        )  # fmt: skip
        chat.all_messages[message.id] = message
        return message

    def deliver(self, message: Message, *, kind: str = "message") -> Update | None:
        """Queue a person's message as an update, if the bot may see it."""
        message.delivered = self.sees(message)
        if not message.delivered:
            return None
        return self.emit(kind, message.json(), chat_id=message.chat.id)

    def emit(self, kind: str, payload: dict[str, Any], *, chat_id: int) -> Update | None:
        """Queue any update and wake whoever waits."""
        update = self.updates.push(kind, payload, chat_id=chat_id)
        self.changed()
        return update

    def sees(self, message: Message) -> bool:
        """Membership and privacy mode: commands, replies to the bot and service messages get through."""
        chat = message.chat
        if chat.bot_status in {"left", "kicked"}:
            return False
        if chat.type == "private" or not self.privacy or chat.bot_status == "administrator":
            return True
        if message.kind == "service" or (message.reply_to and message.reply_to.by_bot):
            return True
        return self._is_command(message)

    def set_bot_status(self, chat: Chat, status: str, *, by: User) -> Update | None:
        """Change the bot's membership and tell it."""
        before, chat.bot_status = chat.bot_status, status
        return self.emit(
            "my_chat_member",
            {
                "chat": chat.json(), "from": by.json(), "date": int(self.clock()),
                "old_chat_member": member_json(self.bot, before),
                "new_chat_member": member_json(self.bot, status),
            },
            chat_id=chat.id,
        )  # fmt: skip

    def changed(self) -> None:
        """Wake every waiting test."""
        waiters, self._waiters = self._waiters, []
        for waiter in waiters:
            if not waiter.done():
                waiter.set_result(None)

    async def next_change(self, *, timeout: float) -> None:
        """Return at the next change, or after the timeout."""
        waiter: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiters.append(waiter)
        await asyncio.wait([waiter], timeout=timeout)

    def _is_command(self, message: Message) -> bool:
        text = str(message.data.get("text", ""))
        for entity in message.data.get("entities", ()):
            if entity["type"] == "bot_command":
                command = text.encode("utf-16-le")[entity["offset"] * 2 :][: entity["length"] * 2]
                _, _, addressee = command.decode("utf-16-le").partition("@")
                return addressee.lower() in {"", str(self.bot.username).lower()}
        return False


def _topic_root(topic: Topic | None) -> Message | None:
    return topic.root if topic else None
