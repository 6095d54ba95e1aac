"""Our raw updates of Discord to events. Pure: no network, no decisions."""

import json
from collections.abc import Sequence
from typing import Any

from bot.channels.discord.raw import NAME
from bot.domain.incoming import (
    Added,
    Attachment,
    Chat,
    Command,
    Edited,
    Event,
    Pressed,
    Removed,
    Said,
    Sender,
    Sentence,
)


def translate(payloads: Sequence[str]) -> list[Event]:
    """What raw updates mean; Discord knows no albums. ValueError for what cannot be read."""
    try:
        return [event for payload in payloads for event in _events(json.loads(payload))]
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"payload lacks {error}") from error


def clean(text: str) -> str:
    """Text that every database takes: no NUL, no lone surrogates."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode()


def _events(raw: dict[str, Any]) -> list[Event]:
    chat = Chat(NAME, str(raw["chat"]), bool(raw["private"]), clean(raw["title"]), raw["thread"])
    sender = Sender(NAME, str(raw["sender"]), clean(raw["name"]))
    message_id, at = str(raw["message"]), float(raw["at"])
    match raw["type"]:
        case "said":
            return [_said(raw, chat, sender, message_id, at)]
        case "edited":
            return [Edited(chat, sender, message_id, at, clean(raw["text"]))]
        case "pressed":
            return [Pressed(chat, sender, message_id, at, raw["press"], raw["data"])]
        case "sentence":
            return [Sentence(chat, sender, message_id, at, raw["press"], raw["data"], clean(raw["text"]))]
        case "word":
            line = clean(raw["argument"])
            return [Command(chat, sender, message_id, at, raw["word"], line, raw["reply_to"], clean(raw["reply_text"]))]
        case "added":
            return [Added(chat, sender, at)]
        case "removed":
            return [Removed(Chat(NAME, str(each), private=False), sender, at) for each in raw["chats"]]
        case other:
            raise ValueError(f"unknown type {other!r}")


def _said(raw: dict[str, Any], chat: Chat, sender: Sender, message_id: str, at: float) -> Said | Command:
    text = clean(raw["text"])
    reply_to, reply_text = raw.get("reply_to"), clean(raw.get("reply_text", ""))
    by = raw.get("reply_by")
    files = tuple(Attachment(f["kind"], f["id"], f["id"], f["mime"], f["size"]) for f in raw["files"])
    word, argument = _command(text)
    if word and not files:
        reply_by = Sender(NAME, str(by["id"]), clean(by["name"])) if by else None
        return Command(chat, sender, message_id, at, word, argument, reply_to, reply_text, reply_by)
    return Said(
        chat=chat,
        sender=sender,
        message_id=message_id,
        at=at,
        text=text,
        attachments=files,
        reply_to=reply_to,
        reply_text=reply_text,
        forwarded=bool(raw["forwarded"]),
        unsupported=None if text or files else "other",
    )


def _command(text: str) -> tuple[str, str]:
    """A chat word typed by hand at the beginning, and what stands behind it."""
    if not text.startswith("/"):
        return "", ""
    head, _, rest = text[1:].partition("\n")
    word, _, argument = head.partition(" ")
    word = word.partition("@")[0]
    if not word.replace("_", "").isalnum():
        return "", ""
    return word.casefold(), f"{argument}\n{rest}".strip()
