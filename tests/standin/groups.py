"""A department's chat: members, topics, upgrade, the bot's coming and going."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.standin.chats import ABSENT, Chat, Topic, User, member_json
from tests.standin.messages import Message
from tests.standin.people import Actor, ChatView, Member
from tests.standin.world import World

_SUPERGROUP_BASE = -1_000_000_000_000


@dataclass(eq=False)
class Group(ChatView):
    """A group, supergroup or forum."""

    world: World
    chat: Chat
    owner: User
    former: Chat | None = None  # the plain group, once upgraded

    @property
    def id(self) -> int:
        """The chat's id; it changes when a group is upgraded."""
        return self.chat.id

    def member(
        self, person: Actor | User | int, *, first_name: str = "Warga", status: str = "member"
    ) -> Member:
        """Somebody in this chat; an id alone makes a new account."""
        user = person.user if isinstance(person, Actor) else person
        if isinstance(user, int):
            user = self.world.user(User(user, first_name))
        self.chat.members.setdefault(user.id, status)
        return Member(self.world, user, self.chat)

    def change(self, member: Member, status: str, *, told: bool = True) -> None:
        """Let somebody leave (`left`), be put out (`kicked`), be restricted, or come back (`member`).

        The chat shows coming and going; an administrating bot gets `chat_member` as well. `told=False`: neither
        happens, as in large groups and with an update that got lost.
        """
        user, before = member.user, self.chat.members.get(member.user.id, "left")
        self.chat.members[user.id] = status
        if told and self.chat.bot_status == "administrator":
            self._chat_member(user, before, status)
        if told and (before in ABSENT) != (status in ABSENT):
            shown = user.json()
            coming = {"new_chat_participant": shown, "new_chat_member": shown, "new_chat_members": [shown]}
            self._service({"left_chat_participant": shown, "left_chat_member": shown} if status in ABSENT else coming)

    def _chat_member(self, user: User, before: str, after: str) -> None:
        change = {
            "chat": self.chat.json(), "from": user.json(), "date": int(self.world.clock()),
            "old_chat_member": member_json(user, before), "new_chat_member": member_json(user, after),
        }  # fmt: skip
        self.world.emit("chat_member", change, chat_id=self.chat.id)

    def topic(self, name: str) -> Topic:
        """Open a forum topic."""
        if not self.chat.is_forum:
            raise AssertionError("topics need group(…, forum=True)")
        created = {"forum_topic_created": {"name": name, "icon_color": 7322096}}
        message = self.world.add_message(self.chat, self.owner, created)
        topic = open_topic(self.chat, message, name)
        self.world.deliver(message)
        return topic

    def close_topic(self, topic: Topic) -> None:
        """Close a topic: the bot may not write into it unless it may manage topics."""
        topic.closed = True
        self._service({"forum_topic_closed": {}}, topic=topic)

    def reopen_topic(self, topic: Topic) -> None:
        """Open a closed topic again."""
        topic.closed = False
        self._service({"forum_topic_reopened": {}}, topic=topic)

    def delete_topic(self, topic: Topic) -> None:
        """Delete a topic with all that was written in it; nobody is told."""
        del self.chat.topics[topic.id]
        for message in self.chat.messages:
            message.deleted = message.deleted or message.thread_id == topic.id
        self.world.changed()

    def rooms(self) -> list[Topic]:
        """The topics that the bot opened, oldest first."""
        return [topic for topic in self.chat.topics.values() if topic.root.by_bot]

    def in_topic(self, topic: Topic) -> list[Message]:
        """What the bot wrote into a topic and still stands there, service messages left out."""
        return [m for m in self.answers if m.thread_id == topic.id and m.kind != "service"]

    def kick_bot(self) -> None:
        """Remove the bot; it is told."""
        self.world.set_bot_status(self.chat, "kicked", by=self.owner)

    def add_bot(self, *, admin: bool = False) -> None:
        """Add the bot, or add it again; it is told, and the chat shows it."""
        self.world.set_bot_status(self.chat, "administrator" if admin else "member", by=self.owner)
        bot = self.world.bot.json()
        self._service({"new_chat_participant": bot, "new_chat_member": bot, "new_chat_members": [bot]})

    def promote_bot(self, *, topics: bool = True) -> None:
        """Make the bot an administrator: it sees every message then. `topics`: with the right to manage them."""
        self.chat.topics_right = topics
        self.world.set_bot_status(self.chat, "administrator", by=self.owner)

    def rename(self, title: str) -> None:
        """Give the chat another title."""
        self.chat.title = title
        self._service({"new_chat_title": title})

    def upgrade(self) -> Group:
        """Turn a group into a supergroup with a new id; this object and its members follow."""
        old = self.chat
        if old.type != "group":
            raise AssertionError("only a plain group can be upgraded")
        new = Chat(_SUPERGROUP_BASE + old.id, "supergroup", title=old.title, bot_status=old.bot_status,
                   members=dict(old.members))  # fmt: skip
        self.world.chats[new.id] = new
        self._service({"migrate_to_chat_id": new.id})
        old.migrated_to = new.id
        self.former, self.chat = old, new
        self._service({"migrate_from_chat_id": old.id})
        return self

    def _service(self, content: dict[str, Any], *, topic: Topic | None = None) -> Message:
        thread = topic.id if topic else None
        message = self.world.add_message(self.chat, self.owner, content, thread_id=thread)
        self.world.deliver(message)
        return message


def open_topic(chat: Chat, message: Message, name: str) -> Topic:
    """Register the topic that a service message opened."""
    topic = Topic(message.id, name, message)
    message.data = {**message.data, "message_thread_id": message.id, "is_topic_message": True}
    chat.topics[topic.id] = topic
    return topic
