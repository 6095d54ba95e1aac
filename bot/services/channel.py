"""The port every channel implements: carry intents out, translate what comes in, fetch files."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.domain.budget import Budget
from bot.domain.errors import MessageGone
from bot.domain.incoming import Event
from bot.domain.outgoing import CardView, EditCaption, EditText, Picture, Rows, Text, Toast
from bot.domain.records import Media


@dataclass(frozen=True)
class Target:
    """A chat to send into, with its forum topic where it has one."""

    chat_id: str
    thread_id: str | None = None


class Rooms(Protocol):
    """Forum topics of a platform's chats, one for each case. They raise what sends raise, and RightMissing."""

    async def open(self, chat_id: str, name: str) -> str | None:
        """Open a topic; its id, or None where the chat is no forum."""
        ...

    async def close(self, room: Target) -> None:
        """Close a topic; one that is closed stays so."""
        ...

    async def reopen(self, room: Target) -> None:
        """Open a closed topic again; one that is open stays so."""
        ...

    async def rename(self, room: Target, name: str) -> None:
        """Give a topic another name."""
        ...


class Channel(Protocol):
    """A chat platform. Sends raise RetryLater, Refused (MessageGone) or ChatMoved, and nothing else."""

    name: str
    sends_places: bool
    """Whether people can send a place on the map there."""

    @property
    def rooms(self) -> Rooms | None:
        """Its forum topics; None where it has none of its own, or keeps a card's words together in another way."""
        ...

    def budget(self, chat_id: str) -> Budget | None:
        """How much a chat may be sent; None where the platform sets no limit."""
        ...

    def translate(self, payloads: Sequence[str]) -> list[Event]:
        """What raw updates mean; several are the parts of one album. ValueError for what cannot be read."""
        ...

    async def send_text(self, to: Target, text: Text) -> list[str]:
        """Send a text, in pieces where it is too long; the ids of the messages sent."""
        ...

    async def edit_text(self, to: Target, edit: EditText) -> None:
        """Replace an earlier text of ours."""
        ...

    async def delete(self, to: Target, message_id: str, under: str | None) -> None:
        """Delete a message of ours, which may hang `under` a card; Refused where the platform does not allow it."""
        ...

    async def show_card(self, to: Target, view: CardView, message_id: str | None) -> str:
        """Send a card, or edit the one that stands; the id of its message."""
        ...

    async def send_media(
        self, to: Target, files: Sequence[Media], reply_to: str | None, *, silent: bool = False
    ) -> list[str]:
        """Send files as replies to a card; the ids of the messages sent."""
        ...

    async def send_picture(self, to: Target, picture: Picture, data: bytes) -> str:
        """Send a picture, of which `data` are the bytes, with its caption and buttons; the id of its message."""
        ...

    async def send_file(self, to: Target, name: str, data: bytes, caption: str) -> str:
        """Send a file of ours with a few words; the id of its message."""
        ...

    async def edit_caption(self, to: Target, edit: EditCaption) -> None:
        """Replace the caption and buttons of an earlier picture of ours."""
        ...

    async def toast(self, toast: Toast) -> None:
        """Answer a press."""
        ...

    async def fetch(self, media: Media) -> bytes:
        """The bytes of a file the platform holds."""
        ...

    async def standing(self, chat_id: str, user_id: str) -> bool | None:
        """Whether somebody is in a chat now; None where the platform could not be asked. Never raises."""
        ...


async def edit_or_send(channel: Channel, to: Target, message_id: str | None, text: str, rows: Rows) -> list[str]:
    """Replace the text that stands, or send it where none does; the ids of new messages, none where it was replaced."""
    if message_id is not None:
        try:
            await channel.edit_text(to, EditText(message_id, text, rows))
            return []
        except MessageGone:
            pass
    return await channel.send_text(to, Text(text, rows=rows))
