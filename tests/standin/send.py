"""The methods that put messages into a chat."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.standin.checks import checked_markup, formatted, known_chat, reply_target, thread_of, writable_chat
from tests.standin.errors import bad_request
from tests.standin.files import StoredFile, describe
from tests.standin.messages import Message
from tests.standin.methods import Upload
from tests.standin.request import Request

_COPIED = ("duration", "width", "height", "length", "title", "performer", "emoji")
_EXCLUSIVE = {"document": "Document", "audio": "Audio"}


def send_message(request: Request) -> dict[str, Any]:
    """sendMessage."""
    text, entities = formatted(request.world, request.params, "text")
    content: dict[str, Any] = {"text": text}
    if entities:
        content["entities"] = entities
    return _put(request, content, source=str(request.params["text"])).json()


def send_media(kind: str) -> Callable[[Request], dict[str, Any]]:
    """sendPhoto, sendVideo and their like."""

    def handler(request: Request) -> dict[str, Any]:
        stored = _file(request, kind, request.params.get(kind))
        extra = {name: request.params[name] for name in _COPIED if name in request.params}
        content = describe(kind, stored, extra if kind != "photo" else {}) | _caption(request, request.params)
        return _put(request, content, source=request.params.get("caption")).json()

    return handler


def send_location(request: Request) -> dict[str, Any]:
    """sendLocation."""
    latitude, longitude = request.params["latitude"], request.params["longitude"]
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise bad_request("wrong latitude or longitude")
    return _put(request, {"location": {"latitude": latitude, "longitude": longitude}}).json()


def send_contact(request: Request) -> dict[str, Any]:
    """sendContact."""
    names = ("phone_number", "first_name", "last_name", "vcard")
    return _put(
        request, {"contact": {name: request.params[name] for name in names if name in request.params}}
    ).json()


def send_media_group(request: Request) -> list[dict[str, Any]]:
    """sendMediaGroup."""
    items: list[dict[str, Any]] = request.params["media"]
    _check_album(request, items)
    group = str(13_500_000_000_000_000 + request.world.number())
    contents = []
    for item in items:
        stored = _file(request, item["type"], item.get("media"))
        contents.append(
            describe(item["type"], stored, {}) | _caption(request, item) | {"media_group_id": group}
        )
    parts = zip(contents, items, strict=True)
    return [_put(request, content, source=item.get("caption")).json() for content, item in parts]


def copy_message(request: Request) -> dict[str, Any]:
    """copyMessage."""
    original = _original(request)
    keep = {key: value for key, value in original.data.items() if key in _CONTENT}
    if "caption" in request.params:
        keep = {key: value for key, value in keep.items() if not key.startswith("caption")}
        keep |= _caption(request, request.params)
    return {"message_id": _put(request, keep).id}


def forward_message(request: Request) -> dict[str, Any]:
    """forwardMessage."""
    original = _original(request)
    keep = {key: value for key, value in original.data.items() if key in _CONTENT}
    keep["forward_origin"] = original.data.get("forward_origin") or {
        "type": "user", "date": original.data["date"], "sender_user": original.data["from"],
    }  # fmt: skip
    return _put(request, keep).json()


_CONTENT = {
    "text", "entities", "caption", "caption_entities", "photo", "video", "voice", "audio", "document",
    "animation", "sticker", "video_note", "location", "contact",
}  # fmt: skip


def _put(request: Request, content: dict[str, Any], *, source: str | None = None) -> Message:
    world, params = request.world, request.params
    chat = writable_chat(world, params)
    reply = reply_target(world, chat, params)
    thread = thread_of(chat, params, reply)
    markup = checked_markup(world, params)
    message = world.add_message(
        chat, world.bot, content, reply_to=reply, thread_id=thread, markup=markup, source=source
    )
    request.made.append(message)
    return message


def _original(request: Request) -> Message:
    source = known_chat(request.world, request.params["from_chat_id"])
    message = source.all_messages.get(request.params["message_id"])
    if message is None or message.deleted:
        verb = "copy" if request.method.name == "copyMessage" else "forward"
        raise bad_request(f"message to {verb} not found")
    return message


def _caption(request: Request, holder: dict[str, Any]) -> dict[str, Any]:
    if not holder.get("caption"):
        return {}
    text, entities = formatted(request.world, holder, "caption")
    return {"caption": text} | ({"caption_entities": entities} if entities else {})


def _file(request: Request, kind: str, value: Any) -> StoredFile:
    """The file of a parameter: uploaded under its name or by attach://, or known by its id."""
    upload: Upload | None = request.uploads.get(kind) if value is None else None
    if isinstance(value, str) and value.startswith("attach://"):
        upload = request.uploads.get(value.removeprefix("attach://"))
    if upload:
        if not upload.content:
            raise bad_request("file must be non-empty")
        return request.world.files.add(kind, upload.content, name=upload.name, mime=upload.mime)
    if isinstance(value, str) and value.startswith(("http://", "https://")):
        request.world.violations.append(f"{request.method.name}: {kind} by URL, which is not fetched here")
        raise bad_request("failed to get HTTP URL content")
    stored = request.world.files.by_id.get(value) if value else None
    if stored is None:
        missing = "wrong remote file identifier specified: Wrong string length"
        raise bad_request(missing if value else f"there is no {kind.replace('_', ' ')} in the request")
    if stored.kind != kind:
        raise bad_request(f"can't use file of type {stored.kind.title()} as {kind.title()}")
    return stored


def _check_album(request: Request, items: list[dict[str, Any]]) -> None:
    if not items:
        raise bad_request("there are no messages to send")
    if len(items) > 10:
        raise bad_request("too many messages to send as an album")
    if len(items) < 2:
        request.world.violations.append("sendMediaGroup: an album has 2 to 10 items")
    kinds = {str(item.get("type")) for item in items}
    for kind, name in _EXCLUSIVE.items():
        if kind in kinds and len(kinds) > 1:
            raise bad_request(f"{name} can't be mixed with other media types")
