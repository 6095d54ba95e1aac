"""The methods that change messages and answer presses."""

from __future__ import annotations

import time
from typing import Any

from telegram.constants import ReactionEmoji

from tests.standin.checks import checked_markup, formatted, writable_chat
from tests.standin.errors import NOT_MODIFIED, QUERY_TOO_OLD, bad_request
from tests.standin.messages import Message
from tests.standin.request import Request

_TOAST_LIMIT = 200
_REACTIONS = {emoji.value for emoji in ReactionEmoji}  # no check mark among them
_DELETABLE_SECONDS = 48 * 3600


def edit_text(request: Request) -> dict[str, Any]:
    """editMessageText; without reply_markup the keyboard goes."""
    message = _editable(request)
    if "rich_message" in request.params:
        request.world.violations.append("editMessageText: rich_message is not understood here")
    text, entities = formatted(request.world, request.params, "text")
    if "text" not in message.data:
        raise bad_request("there is no text in the message to edit")
    fresh = {"text": text} | ({"entities": entities} if entities else {})
    return _change(request, message, fresh, drop=("text", "entities"), source=str(request.params["text"]))


def edit_caption(request: Request) -> dict[str, Any]:
    """editMessageCaption; without reply_markup the keyboard goes."""
    message = _editable(request)
    text, entities = formatted(request.world, request.params, "caption")
    if message.kind in {"text", "location", "contact", "sticker", "video_note", "service"}:
        raise bad_request("there is no caption in the message to edit")
    fresh: dict[str, Any] = ({"caption": text} if text else {}) | (
        {"caption_entities": entities} if entities else {}
    )
    source = request.params.get("caption")
    return _change(request, message, fresh, drop=("caption", "caption_entities"), source=source)


def edit_markup(request: Request) -> dict[str, Any]:
    """editMessageReplyMarkup; without reply_markup the keyboard goes."""
    message = _editable(request)
    return _change(request, message, {}, drop=(), source=message.source)


def delete_message(request: Request) -> bool:
    """deleteMessage."""
    chat = writable_chat(request.world, request.params)
    message = chat.all_messages.get(request.params["message_id"])
    if message is None or message.deleted:
        raise bad_request("message to delete not found")
    old = request.world.clock() - message.data["date"] > _DELETABLE_SECONDS
    admin = chat.bot_status == "administrator"
    if (old and not admin) or (not message.by_bot and chat.type != "private" and not admin):
        raise bad_request("message can't be deleted")
    message.deleted = True
    request.made.append(message)
    return True


def set_reaction(request: Request) -> bool:
    """setMessageReaction."""
    chat = writable_chat(request.world, request.params)
    message = chat.all_messages.get(request.params["message_id"])
    if message is None or message.deleted:
        raise bad_request("message to react not found")
    reactions = request.params.get("reaction") or []
    if len(reactions) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    if any(reaction.get("emoji") not in _REACTIONS for reaction in reactions):  # custom ones included
        raise bad_request("REACTION_INVALID")
    message.reactions = [str(reaction.get("emoji", "")) for reaction in reactions]
    request.made.append(message)
    return True


def answer_callback(request: Request) -> bool:
    """answerCallbackQuery: once, and in time."""
    press = request.world.presses.get(request.params["callback_query_id"])
    late = press is not None and time.perf_counter() - press.at > request.world.callback_lifetime
    if press is None or press.answered or press.expired or late:
        raise bad_request(QUERY_TOO_OLD)
    text = request.params.get("text")
    if text and len(text) > _TOAST_LIMIT:
        raise bad_request("MESSAGE_TOO_LONG")
    press.answered, press.toast = True, text or None
    press.alert = bool(request.params.get("show_alert"))
    return True


def _editable(request: Request) -> Message:
    params = request.params
    if "inline_message_id" in params:
        raise bad_request("MESSAGE_ID_INVALID")
    chat = writable_chat(request.world, params)
    if "message_id" not in params:
        raise bad_request("message identifier is not specified")
    message = chat.all_messages.get(params["message_id"])
    if message is None or message.deleted:
        raise bad_request("message to edit not found")
    if not message.by_bot or "forward_origin" in message.data:
        raise bad_request("message can't be edited")
    return message


def _change(
    request: Request,
    message: Message,
    fresh: dict[str, Any],
    *,
    drop: tuple[str, ...],
    source: str | None,
) -> dict[str, Any]:
    markup = checked_markup(request.world, request.params, inline_only=True)
    gone = {*drop, "reply_markup"}
    data = {key: value for key, value in message.data.items() if key not in gone} | fresh
    if markup:
        data["reply_markup"] = markup
    if data == message.data:
        raise bad_request(NOT_MODIFIED)
    message.former.append(message.data)
    message.data = data | {"edit_date": int(request.world.clock())}
    message.markup, message.source = markup, source
    request.made.append(message)
    return message.json()
