"""What the real server checks before it acts, in its own words."""

from __future__ import annotations

from typing import Any

from tests.standin.chats import Chat
from tests.standin.errors import bad_request, forbidden, migrated
from tests.standin.markup import Entity, parse_html, utf16_length
from tests.standin.messages import Message
from tests.standin.world import World

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
CALLBACK_LIMIT = 64
ROW_LIMIT = 8
BUTTON_LIMIT = 100
_ACTIONS = {
    "callback_data", "url", "web_app", "login_url", "switch_inline_query", "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat", "copy_text", "callback_game", "pay",
}  # fmt: skip
_OTHER_MARKUPS = ({"keyboard"}, {"remove_keyboard"}, {"force_reply"})


def known_chat(world: World, chat_id: Any) -> Chat:
    """The chat, or 400 as for an id that the bot never met."""
    if chat_id in (None, ""):
        raise bad_request("chat_id is empty")
    chat = world.chats.get(chat_id)
    if chat is None:
        raise bad_request("chat not found")
    return chat


def writable_chat(world: World, params: dict[str, Any]) -> Chat:
    """The chat, if the bot may write into it."""
    chat = known_chat(world, params.get("chat_id"))
    if chat.migrated_to:
        raise migrated(chat.migrated_to)
    if chat.type == "private":
        if chat.bot_status == "kicked":
            raise forbidden("bot was blocked by the user")
        if chat.bot_status == "deactivated":
            raise forbidden("user is deactivated")
        if not chat.started:
            raise forbidden("bot can't initiate conversation with a user")
    elif chat.bot_status == "kicked":
        raise forbidden(f"bot was kicked from the {chat.type} chat")
    elif chat.bot_status == "left":
        raise forbidden(f"bot is not a member of the {chat.type} chat")
    return chat


def thread_of(chat: Chat, params: dict[str, Any], reply: Message | None) -> int | None:
    """The topic to write into; a reply goes where its message is."""
    wanted: int | None = params.get("message_thread_id")
    if wanted is None and reply and chat.is_forum:
        wanted = reply.thread_id if reply.thread_id in chat.topics else None
    if wanted is None:
        return None
    topic = chat.topics.get(wanted) if chat.is_forum else None
    if topic is None:
        raise bad_request("message thread not found")
    if topic.closed and not chat.manages_topics:
        raise bad_request("TOPIC_CLOSED")
    return topic.id


def reply_target(world: World, chat: Chat, params: dict[str, Any]) -> Message | None:
    """The message to reply to; gone is an error unless allow_sending_without_reply."""
    wanted = params.get("reply_parameters")
    if not wanted:
        return None
    where = world.chats.get(wanted.get("chat_id") or chat.id, chat)
    target = where.all_messages.get(wanted.get("message_id"))
    if target and not target.deleted:
        return target
    if wanted.get("allow_sending_without_reply"):
        return None
    raise bad_request("message to be replied not found")


def formatted(world: World, params: dict[str, Any], name: str) -> tuple[str, list[Entity]]:
    """Text or caption after its tags were parsed, within the limit."""
    source = str(params.get(name) or "")
    entities = list(params.get("entities" if name == "text" else "caption_entities") or [])
    mode = params.get("parse_mode")
    if mode and str(mode).upper() == "HTML":
        text, entities = parse_html(source)
    else:
        if mode:
            world.violations.append(f"parse_mode {mode}: only HTML is understood here")
        text = source.strip()
    if name == "text" and not text:
        raise bad_request("message text is empty")
    limit = TEXT_LIMIT if name == "text" else CAPTION_LIMIT
    if utf16_length(text) > limit:
        raise bad_request("message is too long" if name == "text" else "message caption is too long")
    return text, entities


def checked_markup(
    world: World, params: dict[str, Any], *, inline_only: bool = False
) -> dict[str, Any] | None:
    """The keyboard, if every button is allowed."""
    markup = params.get("reply_markup")
    if not markup:
        return None
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" in markup:
        rows = [[_checked_button(button) for button in row] for row in markup["inline_keyboard"]]
        if sum(map(len, rows)) > BUTTON_LIMIT or any(len(row) > ROW_LIMIT for row in rows):
            world.violations.append("inline keyboard: at most 8 buttons a row and 100 in all")
        return {"inline_keyboard": [row for row in rows if row]} if any(rows) else None
    if inline_only or not any(keys <= markup.keys() for keys in _OTHER_MARKUPS):
        raise bad_request("inline keyboard expected")
    return markup


def _checked_button(button: dict[str, Any]) -> dict[str, Any]:
    if not str(button.get("text", "")).strip():
        raise bad_request('can\'t parse inline keyboard button: Field "text" must be of type String')
    actions = _ACTIONS & button.keys()
    if not actions:
        raise bad_request(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    data = button.get("callback_data")
    if data is not None and not 1 <= len(str(data).encode()) <= CALLBACK_LIMIT:
        raise bad_request("BUTTON_DATA_INVALID")
    return button
