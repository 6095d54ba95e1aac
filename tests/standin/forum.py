"""The methods about forum topics."""

from __future__ import annotations

from typing import Any

from tests.standin.chats import Chat, Topic
from tests.standin.checks import writable_chat
from tests.standin.errors import bad_request
from tests.standin.groups import open_topic
from tests.standin.request import Request

NAME_LIMIT = 128
_COLORS = (7322096, 16766590, 13338331, 9367192, 16749490, 16478047)


def create(request: Request) -> dict[str, Any]:
    """createForumTopic."""
    chat = _forum(request)
    if not chat.manages_topics:
        raise bad_request("not enough rights to create a topic")
    name = _name(request)
    if not name:
        raise bad_request("TOPIC_TITLE_EMPTY")
    color = request.params.get("icon_color", _COLORS[0])
    if color not in _COLORS:
        raise bad_request("invalid icon color specified")
    created = {"forum_topic_created": {"name": name, "icon_color": color}}
    topic = open_topic(chat, request.world.add_message(chat, request.world.bot, created), name)
    return {"message_thread_id": topic.id, "name": name, "icon_color": color}


def edit(request: Request) -> bool:
    """editForumTopic; without a name it stays."""
    chat, topic = _managed(request)
    name = _name(request) or topic.name
    if name == topic.name and "icon_custom_emoji_id" not in request.params:
        raise bad_request("TOPIC_NOT_MODIFIED")
    topic.name = name
    return _shown(request, chat, topic, {"forum_topic_edited": {"name": name}})


def close(request: Request) -> bool:
    """closeForumTopic."""
    return _turn(request, closed=True)


def reopen(request: Request) -> bool:
    """reopenForumTopic."""
    return _turn(request, closed=False)


def _turn(request: Request, *, closed: bool) -> bool:
    chat, topic = _managed(request)
    if topic.closed == closed:
        raise bad_request("TOPIC_NOT_MODIFIED")
    topic.closed = closed
    return _shown(request, chat, topic, {"forum_topic_closed" if closed else "forum_topic_reopened": {}})


def _shown(request: Request, chat: Chat, topic: Topic, content: dict[str, Any]) -> bool:
    """The service message that people see; a bot gets no update of what it did itself."""
    request.world.add_message(chat, request.world.bot, content, thread_id=topic.id)
    return True


def _forum(request: Request) -> Chat:
    chat = writable_chat(request.world, request.params)
    if not chat.is_forum:
        raise bad_request("the chat is not a forum")
    return chat


def _managed(request: Request) -> tuple[Chat, Topic]:
    """The topic, if the bot may manage it: by the right, or as its creator."""
    chat = _forum(request)
    topic = chat.topics.get(request.params["message_thread_id"])
    if topic is None:
        raise bad_request("TOPIC_ID_INVALID")
    if not (chat.manages_topics or topic.root.by_bot):
        raise bad_request("not enough rights to edit the topic")
    return chat, topic


def _name(request: Request) -> str:
    name = str(request.params.get("name", "")).strip()
    if len(name) > NAME_LIMIT:
        raise bad_request("TOPIC_TITLE_TOO_LONG")
    return name
