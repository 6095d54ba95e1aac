"""Raw Telegram updates to events. Pure: no network, no decisions."""

import json
from collections.abc import Sequence
from typing import Any

from telegram import CallbackQuery, ChatMember, ChatMemberUpdated, Message, Update, User
from telegram import Chat as TelegramChat

from bot.domain.incoming import (
    Added,
    Attachment,
    Chat,
    Command,
    Edited,
    Event,
    MemberChanged,
    Moved,
    Point,
    Pressed,
    RawUpdate,
    Removed,
    Said,
    Sender,
    Unblocked,
)

NAME = "telegram"
ALBUM_SECONDS = 2.0
GONE = (ChatMember.LEFT, ChatMember.BANNED)
_FILES = ("video", "voice", "audio", "animation", "document", "video_note")


def raw_update(data: dict[str, Any], *, now: float) -> RawUpdate:
    """What the inbox needs to know of an update before anybody understands it."""
    message = _first(data, "message", "edited_message")
    chat = message.get("chat") or _first(data, "my_chat_member", "chat_member").get("chat")
    chat = chat or _first(_first(data, "callback_query"), "message").get("chat")
    album = message.get("media_group_id") if "message" in data else None
    return RawUpdate(
        channel=NAME,
        event_id=str(data["update_id"]),
        chat_id=str(chat["id"]) if isinstance(chat, dict) and "id" in chat else "none",
        payload=json.dumps(data, ensure_ascii=True),
        group_key=str(album) if album else None,
        received_at=now,
        hold_seconds=ALBUM_SECONDS if album else 0.0,
    )


def _first(data: dict[str, Any], *keys: str) -> dict[str, Any]:
    for key in keys:
        found = data.get(key)
        if isinstance(found, dict):
            return found
    return {}


def clean(text: str) -> str:
    """Text that every database takes: no NUL, no lone surrogates."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode()


def translate(payloads: Sequence[str], *, username: str) -> list[Event]:
    """The events of one update, or of the parts of one album; nothing for what concerns nobody."""
    updates = [Update.de_json(json.loads(payload), None) for payload in payloads]
    first = updates[0]
    if first.message:
        return _messages([u.message for u in updates if u.message], username)
    if first.edited_message:
        return _edited(first.edited_message)
    if first.callback_query:
        return _pressed(first.callback_query)
    if first.my_chat_member:
        return _membership(first.my_chat_member)
    if first.chat_member:
        change = first.chat_member
        return _changed(_chat(change.chat, None), [change.new_chat_member.user], change.date.timestamp())
    return []


def _messages(parts: list[Message], username: str) -> list[Event]:
    head = parts[0]
    chat = _chat(head.chat, head)
    at = head.date.timestamp()
    if head.migrate_to_chat_id:
        return [Moved(chat, str(head.migrate_to_chat_id), at)]
    if head.new_chat_members or head.left_chat_member:
        gone = [head.left_chat_member] if head.left_chat_member else []
        return _changed(chat, [*head.new_chat_members, *gone], at)
    sender = _sender(head)
    if sender is None or _is_service(head):
        return []
    command = _command(head, chat, sender, at, username)
    if command is not None:
        return [command] if command.name else []
    captions = [part.text or part.caption or _contact_words(part) for part in parts]
    point = _point(head)
    attachments = tuple(a for part in parts if (a := _attachment(part)))
    text = clean("\n".join(filter(None, captions)))
    phone = head.contact.phone_number if _own_contact(head) and head.contact else None
    known = bool(text or attachments or point or phone)
    return [
        Said(
            chat=chat,
            sender=sender,
            message_id=str(head.message_id),
            at=at,
            text=text,
            attachments=attachments,
            point=point,
            phone=phone,
            reply_to=_reply_to(head),
            reply_text=_reply_text(head),
            group_key=head.media_group_id,
            forwarded=head.forward_origin is not None,
            unsupported=None if known else "other",
        )
    ]


def _edited(message: Message) -> list[Event]:
    sender = _sender(message)
    text = message.text or message.caption
    if sender is None or text is None:
        return []
    at = (message.edit_date or message.date).timestamp()
    chat = _chat(message.chat, message)
    return [Edited(chat, sender, str(message.message_id), at, clean(text), message.media_group_id)]


def _pressed(query: CallbackQuery) -> list[Event]:
    if query.message is None or query.data is None:
        return []
    sender = _person(query.from_user)
    message = query.message if isinstance(query.message, Message) else None
    chat = _chat(query.message.chat, message)
    return [
        Pressed(chat, sender, str(query.message.message_id), query.message.date.timestamp(), query.id, query.data)
    ]


def _membership(change: ChatMemberUpdated) -> list[Event]:
    chat = _chat(change.chat, None)
    sender = _person(change.from_user)
    at = change.date.timestamp()
    before, after = change.old_chat_member.status, change.new_chat_member.status
    if after in GONE:
        return [Removed(chat, sender, at)]
    if before in GONE:
        return [Unblocked(chat, sender, at) if chat.private else Added(chat, sender, at)]
    return []


def _changed(chat: Chat, users: list[User], at: float) -> list[Event]:
    """Who came or went; of bots, ourselves among them, nothing depends on it."""
    return [MemberChanged(chat, _person(user), at) for user in users if not user.is_bot]


def _person(user: User) -> Sender:
    return Sender(NAME, str(user.id), clean(user.first_name))


def _chat(chat: TelegramChat, message: Message | None) -> Chat:
    thread = message.message_thread_id if message and message.is_topic_message else None
    return Chat(
        channel=NAME,
        id=str(chat.id),
        private=chat.type == TelegramChat.PRIVATE,
        title=clean(chat.title or ""),
        thread_id=str(thread) if thread else None,
    )


def _sender(message: Message) -> Sender | None:
    """Who wrote; an administrator writing as the group itself counts, other bots and channels do not."""
    user = message.from_user
    if message.sender_chat is not None:
        if message.sender_chat.id != message.chat.id:
            return None
        return Sender(NAME, str(message.sender_chat.id), clean(message.author_signature or "Admin"))
    return None if user is None or user.is_bot else _person(user)


def _is_service(message: Message) -> bool:
    return any(
        (
            message.new_chat_title,
            message.new_chat_photo,
            message.delete_chat_photo,
            message.group_chat_created,
            message.supergroup_chat_created,
            message.migrate_from_chat_id,
            message.pinned_message,
            message.forum_topic_created,
            message.forum_topic_closed,
            message.forum_topic_reopened,
            message.forum_topic_edited,
            message.message_auto_delete_timer_changed,
            message.write_access_allowed,
        )
    )


def _command(message: Message, chat: Chat, sender: Sender, at: float, username: str) -> Command | None:
    """A chat word at the beginning; one meant for another bot gets an empty name."""
    text = message.text or ""
    if not text.startswith("/") or len(text) < 2:
        return None
    word, _, argument = text[1:].partition(" ")
    word, newline, more = word.partition("\n")
    name, _, addressee = word.partition("@")
    if not name.replace("_", "").isalnum():
        return None
    if addressee and username and addressee.casefold() != username.casefold():
        name = ""
    argument = f"{more}{' ' if newline and argument else ''}{argument}".strip()
    return Command(
        chat, sender, str(message.message_id), at, name.casefold(), clean(argument), _reply_to(message),
        _reply_text(message), _reply_by(message),
    )  # fmt: skip


def _own_contact(message: Message) -> bool:
    """Whether the shared contact is the sender's own; one without an account is somebody else's."""
    contact, sender = message.contact, message.from_user
    return contact is not None and sender is not None and contact.user_id == sender.id


def _contact_words(message: Message) -> str:
    """Somebody else's contact card as words; one's own number is no text."""
    if message.contact is None or _own_contact(message):
        return ""
    return f"{message.contact.first_name} {message.contact.phone_number}"


def _reply_to(message: Message) -> str | None:
    """The message replied to; in a forum every message seems to reply to its topic's first one."""
    reply = message.reply_to_message
    if reply is None or (message.is_topic_message and reply.message_id == message.message_thread_id):
        return None
    return str(reply.message_id)


def _reply_text(message: Message) -> str:
    """The words of the message replied to, where a bot wrote it: in practice we."""
    reply = message.reply_to_message
    if reply is None or reply.from_user is None or not reply.from_user.is_bot:
        return ""
    return clean(reply.text or reply.caption or "")


def _reply_by(message: Message) -> Sender | None:
    """Who wrote the message replied to; nobody where it is ours or a topic's first one."""
    reply = message.reply_to_message
    return _sender(reply) if reply and _reply_to(message) else None


def _point(message: Message) -> Point | None:
    location = message.venue.location if message.venue else message.location
    return Point(location.latitude, location.longitude) if location else None


def _attachment(message: Message) -> Attachment | None:
    if message.photo:
        largest = max(message.photo, key=lambda size: size.width * size.height)
        return Attachment("photo", largest.file_id, largest.file_unique_id, "image/jpeg", largest.file_size)
    for kind in _FILES:
        file = getattr(message, kind)
        if file is not None:
            mime = getattr(file, "mime_type", None) or ""
            return Attachment(kind, file.file_id, file.file_unique_id, mime, file.file_size)
    return None
