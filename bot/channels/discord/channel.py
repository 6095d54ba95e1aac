"""The Discord side of the channel port: what is sent, where it goes (card, its thread), errors in our words."""

import asyncio
import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Literal

import discord
import structlog
from discord.http import Route

from bot.channels.discord import translating
from bot.channels.discord.errors import UNKNOWN_MEMBER, own_words
from bot.channels.discord.raw import NAME
from bot.channels.discord.rendering import TEXT_UNITS, card_embed, fit, keyboard, pieces
from bot.domain.budget import Budget
from bot.domain.errors import DeliveryError, MessageGone, Refused, RetryLater
from bot.domain.incoming import Event
from bot.domain.outgoing import CardView, EditCaption, EditText, Picture, Text, Toast
from bot.domain.records import Media
from bot.services.channel import Target

NO_PINGS = discord.AllowedMentions.none()
EPHEMERAL = 64
FILES_AT_ONCE = 10
BYTES_AT_ONCE = 24 * 1024 * 1024  # of 25 MB for a request, with room for what is around the files
THREAD_MINUTES: Literal[10080] = 10080  # a week without words, then Discord folds a thread away; new words unfold it
THREAD_NAME = 100
KNOWN = 4096  # cards remembered as having no thread
WAIT_SECONDS = 2.0
log = structlog.get_logger()


class DiscordChannel:
    """Sends by discord.py, which obeys Discord's own limits; so we set no budget.

    A thread that was opened from a message has that message's id: the words under a card go into the thread with
    the card's id, and where there is none (no permission, deleted) they are replies to the card.
    """

    name = NAME
    sends_places = False  # its app has no way to
    rooms = None  # a thread hangs under each card instead

    def __init__(self, client: discord.Client, *, media_folder: Path) -> None:
        self._client = client
        self._folder = media_folder
        self._threadless: set[str] = set()

    def budget(self, chat_id: str) -> Budget | None:
        """None of ours: the library waits for Discord's buckets."""
        return None

    def translate(self, payloads: Sequence[str]) -> list[Event]:
        """What raw updates mean."""
        return translating.translate(payloads)

    async def send_text(self, to: Target, text: Text) -> list[str]:
        """Send plain text; only the last piece carries the buttons."""
        ids: list[str] = []
        parts = pieces(text.text)
        view = keyboard(text.rows)
        for number, part in enumerate(parts, 1):
            more: dict[str, Any] = {"view": view} if view and number == len(parts) else {}
            sent = await self._send(
                to, text.reply_to, under_card=text.card_id is not None, content=part, silent=text.silent, **more
            )
            ids.append(str(sent.id))
        return ids

    async def edit_text(self, to: Target, edit: EditText) -> None:
        """Replace a text of ours, which may stand in a thread or in its channel."""
        content = fit(edit.text, TEXT_UNITS)
        for place in dict.fromkeys(filter(None, (to.thread_id, to.chat_id))):
            try:
                await self._edit(place, edit.message_id, content=content, view=keyboard(edit.rows))
                return
            except MessageGone:
                continue
        raise MessageGone("no such message")

    async def delete(self, to: Target, message_id: str, under: str | None) -> None:
        """Delete a message of ours, which stands in the thread under its card or in the channel."""
        for place in dict.fromkeys(filter(None, (under, to.thread_id, to.chat_id))):
            try:
                with own_words():
                    await self._place(place).get_partial_message(int(message_id)).delete()
                return
            except Refused as refused:  # not in this place, or there is no such place
                if refused.gone == "topic":
                    raise Refused("the thread is folded away") from None
        raise MessageGone("no such message")

    async def show_card(self, to: Target, view: CardView, message_id: str | None) -> str:
        """Send a card and open its thread, or edit the one that stands."""
        embed, buttons = card_embed(view), keyboard(view.rows)
        if message_id is not None:
            await self._edit(to.thread_id or to.chat_id, message_id, embed=embed, view=buttons)
            if view.sealed:
                await self._rename_thread(message_id, view.name)
            return message_id
        more: dict[str, Any] = {"view": buttons} if buttons else {}
        sent = await self._send(to, None, under_card=False, embed=embed, silent=view.silent, **more)
        if view.name and not to.thread_id:
            await self._open_thread(to.chat_id, str(sent.id), view.name)
        return str(sent.id)

    async def send_media(
        self, to: Target, files: Sequence[Media], reply_to: str | None, *, silent: bool = False
    ) -> list[str]:
        """Ten files at most in a message, under the card."""
        ids: list[str] = []
        async for group in self._grouped(files):
            sent = await self._send(to, reply_to, under_card=True, files=group, silent=silent)
            ids.append(str(sent.id))
        return ids

    async def send_picture(self, to: Target, picture: Picture, data: bytes) -> str:
        """Send a picture as a file under its caption; an embed would show it smaller."""
        view = keyboard(picture.rows)
        more: dict[str, Any] = {"view": view} if view else {}
        files = [discord.File(io.BytesIO(data), filename=Path(picture.path).name)]
        words = fit(picture.caption, TEXT_UNITS)
        return str((await self._send(to, None, under_card=False, content=words, files=files, **more)).id)

    async def send_file(self, to: Target, name: str, data: bytes, caption: str) -> str:
        """Send a file under a few words."""
        files = [discord.File(io.BytesIO(data), filename=name)]
        words = fit(caption, TEXT_UNITS)
        return str((await self._send(to, None, under_card=False, content=words, files=files)).id)

    async def edit_caption(self, to: Target, edit: EditCaption) -> None:
        """Replace the words above a picture; the file stays."""
        words = fit(edit.caption, TEXT_UNITS)
        await self._edit(to.thread_id or to.chat_id, edit.message_id, content=words, view=keyboard(edit.rows))

    async def toast(self, toast: Toast) -> None:
        """Answer a press that was acknowledged already, to the presser alone; without words there is nothing to say."""
        if not toast.text:
            return
        _, _, token = toast.press_id.partition(":")
        route = Route(
            "POST", "/webhooks/{webhook_id}/{webhook_token}", webhook_id=self._me().application_id, webhook_token=token
        )
        words = {"content": fit(toast.text, TEXT_UNITS), "flags": EPHEMERAL, "allowed_mentions": NO_PINGS.to_dict()}
        with own_words():
            await self._client.http.request(route, json=words)

    async def fetch(self, media: Media) -> bytes:
        """The bytes of a file; its message is asked again, because an address lives for a day only."""
        place, message_id, attachment_id = media.file_id.split("/")
        with own_words():
            message = await self._place(place).fetch_message(int(message_id))
            held = [*message.attachments, *(a for copy in message.message_snapshots for a in copy.attachments)]
            for attachment in held:
                if str(attachment.id) == attachment_id:
                    return await attachment.read()
        raise Refused("the file is not there any more")

    async def standing(self, chat_id: str, user_id: str) -> bool | None:
        """Whether somebody is a member who sees the channel; None where Discord could not be asked."""
        channel = self._client.get_channel(int(chat_id))
        if not isinstance(channel, discord.abc.GuildChannel):
            return None
        try:
            with own_words():
                member = await channel.guild.fetch_member(int(user_id))
        except Refused as refused:
            return False if str(UNKNOWN_MEMBER) in str(refused) else None
        except DeliveryError:
            return None
        return channel.permissions_for(member).view_channel

    async def _send(self, to: Target, reply_to: str | None, *, under_card: bool, **message: Any) -> discord.Message:
        """Send to where it belongs: the card's thread first, and where that is closed to us, its channel."""
        places = list(self._places(to, reply_to, under_card=under_card))
        for place, reference in places[:-1]:
            try:
                return await self._post(place, reference, message)
            except Refused:  # no such thread, or not for us
                self._remember_threadless(place)
                _rewind(message)
        return await self._post(*places[-1], message)

    def _places(self, to: Target, reply_to: str | None, *, under_card: bool) -> Iterator[tuple[str, str | None]]:
        """(channel or thread, message replied to), the best first. Not every word's id is a message's."""
        reference = reply_to if reply_to and reply_to.isdigit() else None
        if to.thread_id:
            yield to.thread_id, reference if reference != to.thread_id else None
            return
        if reference and (self._has_thread(reference) or (under_card and reference not in self._threadless)):
            yield reference, None
        yield to.chat_id, reference

    def _has_thread(self, message_id: str) -> bool:
        return isinstance(self._client.get_channel(int(message_id)), discord.Thread)

    async def _post(self, place: str, reference: str | None, message: dict[str, Any]) -> discord.Message:
        if reference:
            message = message | {"reference": _reference(place, reference)}
        with own_words():
            return await self._place(place).send(allowed_mentions=NO_PINGS, **message)

    async def _edit(self, place: str, message_id: str, **message: Any) -> None:
        with own_words():
            await self._place(place).get_partial_message(int(message_id)).edit(allowed_mentions=NO_PINGS, **message)

    async def _open_thread(self, chat_id: str, message_id: str, name: str) -> None:
        """A thread for the words under a card. The card stands already: without a thread they become replies."""
        try:
            with own_words():
                await self._client.http.start_thread_with_message(
                    int(chat_id), int(message_id), name=name[:THREAD_NAME], auto_archive_duration=THREAD_MINUTES
                )
        except DeliveryError as fault:
            self._remember_threadless(message_id)
            log.info("discord_no_thread", reason=str(fault))

    async def _rename_thread(self, thread_id: str, name: str) -> None:
        """A thread whose name said more than may be known takes another one; not every card has a thread."""
        thread = self._client.get_channel(int(thread_id))
        if not isinstance(thread, discord.Thread) or thread.name == name:
            return
        try:
            with own_words():
                await thread.edit(name=name)
        except DeliveryError as fault:
            log.info("discord_thread_not_renamed", reason=str(fault))

    def _remember_threadless(self, message_id: str) -> None:
        if len(self._threadless) >= KNOWN:
            self._threadless.clear()
        self._threadless.add(message_id)

    def _place(self, id: str) -> discord.PartialMessageable:
        return self._me().get_partial_messageable(int(id))

    def _me(self) -> discord.Client:
        """The client, once it has signed in."""
        if self._client.user is None:
            raise RetryLater("not signed in yet", seconds=WAIT_SECONDS)
        return self._client

    async def _grouped(self, files: Sequence[Media]) -> Any:
        """Files ready to be sent, as many as a message takes."""
        group: list[discord.File] = []
        size = 0
        for media in files:
            data = await self._read(media)
            if group and (len(group) == FILES_AT_ONCE or size + len(data) > BYTES_AT_ONCE):
                yield group
                group, size = [], 0
            group.append(discord.File(io.BytesIO(data), filename=_filename(media)))
            size += len(data)
        if group:
            yield group

    async def _read(self, media: Media) -> bytes:
        """From disk; our own files that are not there yet are asked of Discord."""
        if media.path is not None:
            return await asyncio.to_thread((self._folder / media.path).read_bytes)
        if media.channel == self.name:
            return await self.fetch(media)
        raise RetryLater("file not on disk yet", seconds=WAIT_SECONDS)


def _reference(place: str, message_id: str) -> discord.MessageReference:
    return discord.MessageReference(message_id=int(message_id), channel_id=int(place), fail_if_not_exists=False)


def _rewind(message: dict[str, Any]) -> None:
    """Files that were read for an attempt are read again for the next one."""
    for file in message.get("files", ()):
        file.reset(seek=True)


def _filename(media: Media) -> str:
    """The name a file is sent under: from disk our own, with the ending that its first bytes proved."""
    return Path(media.path).name if media.path else f"{media.kind}-{media.id}"
