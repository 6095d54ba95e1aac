"""People, chats and forum topics as the stand-in knows them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.standin.messages import Message

if TYPE_CHECKING:
    from tests.standin.calls import Call

_ADMIN_RIGHTS = (
    "can_be_edited", "is_anonymous", "can_manage_chat", "can_delete_messages", "can_manage_video_chats",
    "can_restrict_members", "can_promote_members", "can_change_info", "can_invite_users", "can_post_stories",
    "can_edit_stories", "can_delete_stories", "can_pin_messages", "can_manage_topics",
    "can_manage_direct_messages", "can_manage_tags",
)  # fmt: skip
_RESTRICTIONS = (
    "can_send_messages", "can_send_audios", "can_send_documents", "can_send_photos", "can_send_videos",
    "can_send_video_notes", "can_send_voice_notes", "can_send_polls", "can_send_other_messages",
    "can_add_web_page_previews", "can_change_info", "can_invite_users", "can_pin_messages", "can_manage_topics",
    "can_edit_tag", "can_react_to_messages",
)  # fmt: skip
ABSENT = frozenset({"left", "kicked", "restricted_outside"})


@dataclass(frozen=True, slots=True)
class User:
    """Somebody with an account. The app's language is English on purpose: it says nothing about words."""

    id: int
    first_name: str
    last_name: str | None = None
    username: str | None = None
    language_code: str | None = "en"
    is_bot: bool = False

    def json(self) -> dict[str, Any]:
        """The User object."""
        user: dict[str, Any] = {"id": self.id, "is_bot": self.is_bot, "first_name": self.first_name}
        for name in ("last_name", "username", "language_code"):
            if (value := getattr(self, name)) is not None:
                user[name] = value
        return user


@dataclass(slots=True)
class Topic:
    """A forum topic; its id is the id of the service message that opened it."""

    id: int
    name: str
    root: Message
    closed: bool = False


@dataclass(eq=False, slots=True)
class Chat:
    """A private chat, group or supergroup; `bot_status` is the bot's membership."""

    id: int
    type: str
    title: str | None = None
    user: User | None = None
    is_forum: bool = False
    bot_status: str = "member"
    topics_right: bool = True  # can_manage_topics of a bot that administers the chat
    started: bool = True
    migrated_to: int | None = None
    members: dict[int, str] = field(default_factory=dict)
    topics: dict[int, Topic] = field(default_factory=dict)
    all_messages: dict[int, Message] = field(default_factory=dict)
    history: list[Call] = field(default_factory=list)
    last_id: int = 0

    @property
    def messages(self) -> list[Message]:
        """Everything a person sees now, oldest first."""
        return [message for message in self.all_messages.values() if not message.deleted]

    @property
    def answers(self) -> list[Message]:
        """The bot's messages a person sees now, oldest first."""
        return [message for message in self.messages if message.by_bot]

    @property
    def last(self) -> Message | None:
        """The bot's latest message."""
        return next((m for m in reversed(self.all_messages.values()) if m.by_bot and not m.deleted), None)

    @property
    def manages_topics(self) -> bool:
        """Whether the bot has the right to manage topics."""
        return self.bot_status == "administrator" and self.topics_right

    def json(self) -> dict[str, Any]:
        """The Chat object."""
        chat: dict[str, Any] = {"id": self.id, "type": self.type}
        if self.user:
            chat["first_name"] = self.user.first_name
            if self.user.last_name:
                chat["last_name"] = self.user.last_name
            if self.user.username:
                chat["username"] = self.user.username
        else:
            chat["title"] = self.title
        if self.is_forum:
            chat["is_forum"] = True
        return chat


def bot_json(bot: User, chat: Chat) -> dict[str, Any]:
    """The ChatMember object of the bot in a chat."""
    member = member_json(bot, chat.bot_status)
    return member | {"can_manage_topics": chat.topics_right} if chat.bot_status == "administrator" else member


def member_json(user: User, status: str) -> dict[str, Any]:
    """The ChatMember object of a status."""
    outside = status == "restricted_outside"  # restricted, and gone: for the API still `restricted`
    member: dict[str, Any] = {"user": user.json(), "status": "restricted" if outside else status}
    if status == "administrator":
        member |= dict.fromkeys(_ADMIN_RIGHTS, False) | {"can_manage_chat": True, "can_delete_messages": True}
        member |= {"can_manage_topics": True, "can_pin_messages": True}
    elif status == "creator":
        member["is_anonymous"] = False
    elif status == "kicked":
        member["until_date"] = 0
    elif member["status"] == "restricted":
        member |= dict.fromkeys(_RESTRICTIONS, False) | {"is_member": not outside, "until_date": 0}
    return member
