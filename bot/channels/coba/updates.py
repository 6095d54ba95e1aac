"""The page's own wire format: what people do becomes a JSON payload, and a payload becomes an event."""

import json
from typing import Any

from bot.channels.coba.cast import NAME
from bot.channels.coba.files import Picture
from bot.domain.incoming import (
    Attachment,
    Chat,
    Command,
    Edited,
    Event,
    Point,
    Pressed,
    RawUpdate,
    Said,
    Sender,
)


def said_update(
    chat: Chat, sender: Sender, message_id: str, *, at: float, text: str, reply_to: str | None = None,
    reply_by: Sender | None = None, reply_text: str = "", point: Point | None = None, picture: Picture | None = None,
) -> RawUpdate:  # fmt: skip
    """Somebody sent a message; `reply_by` wrote the one it replies to, where a person did, `reply_text` is of ours."""
    fields: dict[str, Any] = {"text": text, "reply_to": reply_to, "reply_text": reply_text}
    if reply_by:
        fields["reply_by"] = [reply_by.id, reply_by.name]
    if point:
        fields["point"] = [point.lat, point.lon]
    if picture:
        fields["picture"] = {
            "id": picture.id, "unique_id": picture.unique_id, "mime": picture.mime, "size": picture.size
        }  # fmt: skip
    return _raw("said", f"said:{message_id}", chat, sender, message_id, at, fields)


def edited_update(chat: Chat, sender: Sender, message_id: str, *, at: float, text: str, version: int) -> RawUpdate:
    """Somebody changed the words of a message; each change has its own version."""
    return _raw("edited", f"edited:{message_id}:{version}", chat, sender, message_id, at, {"text": text})


def pressed_update(chat: Chat, sender: Sender, message_id: str, *, at: float, press_id: str, data: str) -> RawUpdate:
    """Somebody pressed a button."""
    fields = {"press_id": press_id, "data": data}
    return _raw("pressed", f"pressed:{press_id}", chat, sender, message_id, at, fields)


def read_update(payload: str) -> Event:
    """What a payload means; ValueError where it cannot be read."""
    try:
        return _read(json.loads(payload))
    except (KeyError, TypeError) as error:
        raise ValueError(f"payload lacks {error}") from error


def _read(raw: dict[str, Any]) -> Event:
    chat = Chat(NAME, str(raw["chat"]), private=bool(raw["private"]))
    sender = Sender(NAME, str(raw["sender"]), str(raw["name"]))
    message_id, at = str(raw["message_id"]), float(raw["at"])
    match raw["type"]:
        case "said":
            return _said(raw, chat, sender, message_id, at)
        case "edited":
            return Edited(chat, sender, message_id, at, str(raw["text"]))
        case "pressed":
            return Pressed(chat, sender, message_id, at, str(raw["press_id"]), str(raw["data"]))
        case other:
            raise ValueError(f"unknown type {other!r}")


def _said(raw: dict[str, Any], chat: Chat, sender: Sender, message_id: str, at: float) -> Said | Command:
    text = str(raw["text"])
    reply_to, reply_text = raw.get("reply_to"), str(raw.get("reply_text", ""))
    picture = raw.get("picture")
    if text.startswith("/") and not picture:
        head, _, rest = text[1:].partition("\n")
        name, _, argument = head.partition(" ")
        name, argument = name.partition("@")[0].lower(), f"{argument}\n{rest}"
        by = raw.get("reply_by")
        whose = Sender(NAME, str(by[0]), str(by[1])) if by else None
        return Command(chat, sender, message_id, at, name, argument.strip(), reply_to, reply_text, whose)
    files = () if not picture else (_attachment(picture),)
    point = Point(*map(float, raw["point"])) if raw.get("point") else None
    return Said(
        chat, sender, message_id, at, text=text, attachments=files, point=point, reply_to=reply_to,
        reply_text=reply_text,
    )  # fmt: skip


def _attachment(picture: dict[str, Any]) -> Attachment:
    return Attachment(
        "photo", str(picture["id"]), str(picture["unique_id"]), str(picture["mime"]), int(picture["size"])
    )


def _raw(
    kind: str, event_id: str, chat: Chat, sender: Sender, message_id: str, at: float, fields: dict[str, Any]
) -> RawUpdate:
    head = {"type": kind, "chat": chat.id, "private": chat.private, "sender": sender.id, "name": sender.name}
    payload = json.dumps({**head, "message_id": message_id, "at": at, **fields}, ensure_ascii=False)
    return RawUpdate(NAME, event_id, chat.id, payload, received_at=at)
