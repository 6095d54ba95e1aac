"""The methods about the bot itself, chats, members and files."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.standin.chats import Chat, bot_json, member_json
from tests.standin.checks import known_chat, thread_of, writable_chat
from tests.standin.errors import bad_request, migrated
from tests.standin.files import DOWNLOAD_LIMIT
from tests.standin.request import Request

_CHAT_ACTIONS = {
    "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice",
    "upload_document", "choose_sticker", "find_location", "record_video_note", "upload_video_note",
}  # fmt: skip


def get_me(request: Request) -> dict[str, Any]:
    """getMe."""
    return request.world.bot.json() | {
        "can_join_groups": True, "can_read_all_group_messages": not request.world.privacy,
        "supports_inline_queries": False, "can_connect_to_business": False, "has_main_web_app": False,
        "has_topics_enabled": False, "allows_users_to_create_topics": False,
    }  # fmt: skip


def send_chat_action(request: Request) -> bool:
    """sendChatAction."""
    chat = writable_chat(request.world, request.params)
    thread_of(chat, request.params, None)
    if request.params["action"] not in _CHAT_ACTIONS:
        raise bad_request("wrong parameter action in request")
    return True


def get_file(request: Request) -> dict[str, Any]:
    """getFile; the path is good for a download under /file/bot<token>/."""
    stored = request.world.files.by_id.get(request.params["file_id"])
    if stored is None:
        raise bad_request("invalid file_id")
    if stored.size > DOWNLOAD_LIMIT:
        raise bad_request("file is too big")
    return stored.json()


def get_chat(request: Request) -> dict[str, Any]:
    """getChat."""
    chat = _readable(request)
    gifts = (
        "unlimited_gifts",
        "limited_gifts",
        "unique_gifts",
        "premium_subscription",
        "gifts_from_channels",
    )
    return chat.json() | {
        "accent_color_id": 0, "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(gifts, False),
    }  # fmt: skip


def get_chat_member(request: Request) -> dict[str, Any]:
    """getChatMember."""
    chat = _readable(request)
    user_id = request.params["user_id"]
    if user_id == request.world.bot.id:
        return bot_json(request.world.bot, chat)
    user = request.world.users.get(user_id)
    if user is None:
        raise bad_request("PARTICIPANT_ID_INVALID")
    return member_json(user, chat.members.get(user_id, "left"))


def get_chat_administrators(request: Request) -> list[dict[str, Any]]:
    """getChatAdministrators."""
    chat = _readable(request)
    if chat.type == "private":
        raise bad_request("there are no administrators in the private chat")
    rulers = {"creator", "administrator"}
    people = [
        member_json(request.world.users[user_id], status)
        for user_id, status in chat.members.items()
        if status in rulers
    ]
    if chat.bot_status in rulers and request.params.get("return_bots"):
        people.append(bot_json(request.world.bot, chat))
    return people


def remember(*names: str) -> Callable[[Request], bool]:
    """setMyCommands, setMyDescription, …: stored in `world.profile` per language and scope."""

    def handler(request: Request) -> bool:
        key = (
            request.method.name,
            request.params.get("language_code", ""),
            str(request.params.get("scope", "")),
        )
        request.world.profile["/".join(part for part in key if part)] = {
            name: request.params.get(name) for name in names
        }
        return True

    return handler


def leave_chat(request: Request) -> bool:
    """leaveChat."""
    chat = writable_chat(request.world, request.params)
    if chat.type == "private":
        raise bad_request("chat member status can't be changed in private chats")
    request.world.set_bot_status(chat, "left", by=request.world.bot)
    return True


def _readable(request: Request) -> Chat:
    chat = known_chat(request.world, request.params["chat_id"])
    if chat.migrated_to:
        raise migrated(chat.migrated_to)
    return chat if chat.type == "private" else writable_chat(request.world, request.params)
