"""What the gateway delivered, as our own JSON: small, stable, understood after any restart."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from time import time
from typing import Any

import discord

from bot.channels.discord.words import argument, sentence
from bot.domain.incoming import RawUpdate

NAME = "discord"
WRITTEN = (discord.MessageType.default, discord.MessageType.reply)
Fields = dict[str, Any]


@dataclass(frozen=True)
class Where:
    """A place as both ends name it: the channel, its thread, and whether the thread hangs under a card of ours."""

    chat: str
    thread: str | None = None
    own: bool = False
    title: str = ""
    private: bool = False


def where(channel: Any, me: int) -> Where:
    """A channel of the library as a chat of ours; a thread is a topic of its channel."""
    if isinstance(channel, discord.Thread):
        own = channel.owner_id == me
        title = channel.parent.name if channel.parent else ""
        return Where(str(channel.parent_id), str(channel.id), own, title)
    private = isinstance(channel, discord.DMChannel) or (
        isinstance(channel, discord.PartialMessageable) and channel.guild_id is None
    )
    return Where(str(channel.id), title=getattr(channel, "name", None) or "", private=private)


def concerns(message: discord.Message, me: int) -> bool:
    """Whether a message is meant for us: talk among colleagues is neither read nor kept."""
    if message.author.bot or message.webhook_id is not None or message.type not in WRITTEN:
        return False
    if message.guild is None and where(message.channel, me).private:
        return True
    ours = _replied(message)
    return (
        where(message.channel, me).own
        or (ours is not None and ours.author.id == me)
        or any(user.id == me for user in message.mentions)
        or message.content.startswith("/")
    )


def message_update(message: discord.Message, me: int) -> RawUpdate:
    """Somebody wrote."""
    place = where(message.channel, me)
    fields = _head("said", place, message.author, str(message.id), message.created_at.timestamp())
    source = message.message_snapshots[0] if message.message_snapshots else message
    fields |= {"text": _text(message, source.content, me), "forwarded": source is not message}
    fields |= {"files": [_file(message, attachment) for attachment in source.attachments]}
    fields |= _reply(message, place, me)
    return _update(f"m:{message.id}", place, fields)


def edit_update(message: discord.Message, me: int) -> RawUpdate:
    """Somebody changed their words; each change has its own time."""
    place = where(message.channel, me)
    at = (message.edited_at or message.created_at).timestamp()
    fields = _head("edited", place, message.author, str(message.id), at)
    return _update(f"e:{message.id}:{at:.6f}", place, fields | {"text": _text(message, message.content, me)})


def interaction_update(interaction: discord.Interaction[Any], me: int) -> RawUpdate | None:
    """Somebody pressed, filled a form, or used a slash command. Its token answers for a quarter of an hour."""
    if interaction.channel is None:
        return None
    place = where(interaction.channel, me)
    data: Fields = dict(interaction.data or {})
    at = interaction.created_at.timestamp()
    message_id = str(interaction.message.id) if interaction.message else f"i{interaction.id}"
    press: Fields = {"press": f"{interaction.id}:{interaction.token}", "data": pressed(interaction)}
    match interaction.type:
        case discord.InteractionType.component:
            fields = _head("pressed", place, interaction.user, message_id, at) | press
        case discord.InteractionType.modal_submit:
            text = sentence(data.get("components", ()))
            fields = _head("sentence", place, interaction.user, message_id, at) | press | {"text": text}
        case discord.InteractionType.application_command:
            line = argument(data.get("options", ()), channel=NAME)
            fields = _head("word", place, interaction.user, message_id, at)
            fields |= {"word": str(data.get("name", "")), "argument": line, "reply_to": _card(place)}
            fields |= {"reply_text": getattr(interaction.channel, "name", "") if place.own else ""}
        case _:
            return None
    return _update(f"i:{interaction.id}", place, fields)


def pressed(interaction: discord.Interaction[Any]) -> str:
    """The data of what was pressed, chosen from a list, or of the button whose form was filled; empty for the rest."""
    data: Fields = dict(interaction.data or {})
    chosen = data.get("values") or [data.get("custom_id", "")]
    return str(chosen[0])


def typed(interaction: discord.Interaction[Any]) -> str:
    """A slash command as it would be typed."""
    data: Fields = dict(interaction.data or {})
    return f"/{data.get('name', '')} {argument(data.get('options', ()), channel=NAME)}".strip()


def joined_update(channel: discord.TextChannel, owner: int) -> RawUpdate:
    """Wadul came to a server; the channel is where it may say hello."""
    now = time()
    place = Where(str(channel.id), title=channel.name)
    fields: Fields = {"type": "added", **_place(place), "sender": str(owner), "name": "", "message": "", "at": now}
    return _update(f"g:{channel.guild.id}:{now:.3f}", place, fields)


def left_update(event: str, channels: Sequence[int]) -> RawUpdate:
    """Wadul can no longer be in these channels: their server put it out, or they were deleted."""
    now = time()
    place = Where(str(channels[0]))
    fields: Fields = {"type": "removed", **_place(place), "sender": "0", "name": "", "message": "", "at": now}
    return _update(f"{event}:{now:.3f}", place, fields | {"chats": [str(each) for each in channels]})


def _head(kind: str, place: Where, author: discord.abc.User, message_id: str, at: float) -> Fields:
    who = {"sender": str(author.id), "name": author.display_name}
    return {"type": kind, **_place(place), **who, "message": message_id, "at": at}


def _place(place: Where) -> Fields:
    return {"chat": place.chat, "thread": place.thread, "private": place.private, "title": place.title}


def _update(event_id: str, place: Where, fields: Fields) -> RawUpdate:
    return RawUpdate(NAME, event_id, place.chat, json.dumps(fields, ensure_ascii=True), received_at=time())


def _replied(message: discord.Message) -> discord.Message | None:
    resolved = message.reference.resolved if message.reference else None
    return resolved if isinstance(resolved, discord.Message) else None


def _reply(message: discord.Message, place: Where, me: int) -> Fields:
    """What a message replies to. In the thread of a card, plain words and talk among colleagues belong to the card."""
    replied = _replied(message)
    if place.own and (replied is None or replied.author.id != me):
        return {"reply_to": place.thread, "reply_text": getattr(message.channel, "name", "")}
    if replied is None:
        reference = message.reference if message.type is discord.MessageType.reply else None
        return {"reply_to": str(reference.message_id) if reference and reference.message_id else None}
    by = {"id": str(replied.author.id), "name": replied.author.display_name}
    words = "\n".join(_words(replied)) if replied.author.id == me else ""
    return {"reply_to": str(replied.id), "reply_text": words, "reply_by": by}


def _words(message: discord.Message) -> Iterator[str]:
    yield message.content
    yield from (embed.title for embed in message.embeds if embed.title)


def _card(place: Where) -> str | None:
    """The card above a thread: its message and its thread share their id."""
    return place.thread if place.own else None


def _text(message: discord.Message, content: str, me: int) -> str:
    """The words as people read them: without calling us by name, other names written out."""
    text = re.sub(rf"^\s*<@!?{me}>\s*", "", content)
    for user in message.mentions:
        for sign in (f"<@{user.id}>", f"<@!{user.id}>"):
            text = text.replace(sign, f"@{user.display_name}")
    return text


def _file(message: discord.Message, attachment: discord.Attachment) -> Fields:
    """A file by ids: its address expires, the message it hangs on does not."""
    mime = (attachment.content_type or "").partition(";")[0]
    file_id = f"{message.channel.id}/{message.id}/{attachment.id}"
    return {"kind": _kind(attachment, mime), "id": file_id, "mime": mime, "size": attachment.size}


def _kind(attachment: discord.Attachment, mime: str) -> str:
    if attachment.is_voice_message():
        return "voice"
    if mime == "image/gif":
        return "animation"
    return {"image": "photo", "video": "video", "audio": "audio"}.get(mime.partition("/")[0], "document")
