"""What the control API shows of the state."""

from __future__ import annotations

from typing import Any

from tests.standin.chats import Chat
from tests.standin.messages import Message
from tests.standin.world import Press


def chat_view(chat: Chat, *, since: int = 0) -> dict[str, Any]:
    """A chat with its messages above an id, as they stand."""
    return {
        "id": chat.id, "type": chat.type, "title": chat.title, "bot_status": chat.bot_status,
        "migrated_to": chat.migrated_to,
        "messages": [message_view(message) for message in chat.messages if message.id > since],
    }  # fmt: skip


def message_view(message: Message) -> dict[str, Any]:
    """A message, with its keyboard as rows of words."""
    return {
        "id": message.id, "by_bot": message.by_bot, "sender": message.sender_id, "kind": message.kind,
        "text": message.text, "html": message.html, "texts": message.texts, "rows": message.rows,
        "reply_to": message.reply_to.id if message.reply_to else None, "thread_id": message.thread_id,
        "album": message.album, "date": message.data["date"], "reactions": message.reactions,
    }  # fmt: skip


def press_view(press: Press) -> dict[str, Any]:
    """A press and its toast."""
    return {
        "id": press.id, "by": press.by.id, "chat": press.message.chat.id, "message": press.message.id,
        "words": press.words, "answered": press.answered, "toast": press.toast, "alert": press.alert,
    }  # fmt: skip
