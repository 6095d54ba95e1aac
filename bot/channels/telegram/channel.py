"""The Telegram side of the channel port: python-telegram-bot's Bot, errors in our words."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

from telegram import (
    Bot,
    ChatMember,
    ChatMemberRestricted,
    InputMediaAudio,
    InputMediaDocument,
    InputMediaPhoto,
    InputMediaVideo,
    LinkPreviewOptions,
    Message,
    ReplyParameters,
)
from telegram.constants import ParseMode
from telegram.error import TelegramError

from bot.channels.telegram import translating
from bot.channels.telegram.errors import Unchanged, own_words
from bot.channels.telegram.rendering import card_html, keyboard, pieces
from bot.channels.telegram.rooms import TelegramRooms
from bot.domain.budget import Budget
from bot.domain.errors import RetryLater
from bot.domain.incoming import Event
from bot.domain.outgoing import CardView, EditCaption, EditText, Picture, Rows, Text, Toast
from bot.domain.records import Media
from bot.services.channel import Target

PRIVATE = Budget(limit=3, seconds=3.0)
GROUP = Budget(limit=20, seconds=60.0, reserve=5)
ALBUM_SIZE = 10
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_ALBUM = {"photo": InputMediaPhoto, "video": InputMediaVideo, "document": InputMediaDocument, "audio": InputMediaAudio}
_SINGLE = {
    "photo": "send_photo",
    "video": "send_video",
    "voice": "send_voice",
    "audio": "send_audio",
    "animation": "send_animation",
    "document": "send_document",
    "video_note": "send_video_note",
}


class TelegramChannel:
    """Sends by python-telegram-bot; the outbox keeps the budgets and the order."""

    name = translating.NAME
    sends_places = True

    def __init__(self, bot: Bot, *, media_folder: Path) -> None:
        self._bot = bot
        self._folder = media_folder
        self.username = ""
        self.rooms = TelegramRooms(bot)

    def budget(self, chat_id: str) -> Budget | None:
        """Groups: 20 messages and edits a minute; private chats: three at once, then one a second."""
        return GROUP if chat_id.startswith("-") else PRIVATE

    def translate(self, payloads: Sequence[str]) -> list[Event]:
        """What raw updates mean."""
        return translating.translate(payloads, username=self.username)

    async def send_text(self, to: Target, text: Text) -> list[str]:
        """Send plain text; only the last piece carries the buttons."""
        ids: list[str] = []
        parts = pieces(text.text)
        for part in parts:
            last = part is parts[-1]
            with own_words():
                sent = await self._bot.send_message(
                    chat_id=int(to.chat_id),
                    text=part,
                    message_thread_id=_number(to.thread_id),
                    reply_parameters=_reply(text.reply_to),
                    reply_markup=keyboard(text.rows) if last else None,
                    disable_notification=text.silent,
                    link_preview_options=NO_PREVIEW,
                )
            ids.append(str(sent.message_id))
        return ids

    async def edit_text(self, to: Target, edit: EditText) -> None:
        """Replace a text of ours."""
        await self._edit(to, edit.message_id, edit.text, edit.rows, html=False)

    async def delete(self, to: Target, message_id: str, under: str | None) -> None:
        """Delete a message of ours; Telegram lets a bot do so for 48 hours, longer where it administers the chat."""
        with own_words():
            await self._bot.delete_message(chat_id=int(to.chat_id), message_id=int(message_id))

    async def show_card(self, to: Target, view: CardView, message_id: str | None) -> str:
        """Send a card, or edit the one that stands."""
        html = card_html(view)
        if message_id is not None:
            await self._edit(to, message_id, html, view.rows, html=True)
            return message_id
        with own_words():
            sent = await self._bot.send_message(
                chat_id=int(to.chat_id),
                text=html,
                parse_mode=ParseMode.HTML,
                message_thread_id=_number(to.thread_id),
                reply_markup=keyboard(view.rows),
                disable_notification=view.silent,
                link_preview_options=NO_PREVIEW,
            )
        return str(sent.message_id)

    async def _edit(self, to: Target, message_id: str, text: str, rows: Rows, *, html: bool) -> None:
        try:
            with own_words():
                await self._bot.edit_message_text(
                    chat_id=int(to.chat_id),
                    message_id=int(message_id),
                    text=text,
                    parse_mode=ParseMode.HTML if html else None,
                    reply_markup=keyboard(rows),
                    link_preview_options=NO_PREVIEW,
                )
        except Unchanged:
            return

    async def send_media(
        self, to: Target, files: Sequence[Media], reply_to: str | None, *, silent: bool = False
    ) -> list[str]:
        """Photos and videos as albums of at most ten, everything else alone."""
        ids: list[str] = []
        for group in _grouped(files):
            with own_words():
                sent = await self._send_group(to, group, reply_to, silent=silent)
            ids += [str(message.message_id) for message in sent]
        return ids

    async def _send_group(
        self, to: Target, group: list[Media], reply_to: str | None, *, silent: bool
    ) -> Sequence[Message]:
        thread, reply = _number(to.thread_id), _reply(reply_to)
        if len(group) > 1:
            album = [_ALBUM[m.kind](media=await self._file(m), filename=_filename(m)) for m in group]
            return await self._bot.send_media_group(
                chat_id=int(to.chat_id), media=album, message_thread_id=thread, reply_parameters=reply,
                disable_notification=silent,
            )
        media = group[0]
        method = getattr(self._bot, _SINGLE.get(media.kind, "send_document"))
        field = media.kind if media.kind in _SINGLE else "document"
        one = await method(
            chat_id=int(to.chat_id),
            message_thread_id=thread,
            reply_parameters=reply,
            disable_notification=silent,
            filename=_filename(media),
            **{field: await self._file(media)},
        )
        return [one]

    async def send_picture(self, to: Target, picture: Picture, data: bytes) -> str:
        """Send a photo with its caption and buttons."""
        with own_words():
            sent = await self._bot.send_photo(
                chat_id=int(to.chat_id),
                photo=data,
                filename=Path(picture.path).name,
                caption=picture.caption,
                message_thread_id=_number(to.thread_id),
                reply_markup=keyboard(picture.rows),
            )
        return str(sent.message_id)

    async def send_file(self, to: Target, name: str, data: bytes, caption: str) -> str:
        """Send a document."""
        with own_words():
            sent = await self._bot.send_document(
                chat_id=int(to.chat_id), document=data, filename=name, caption=caption,
                message_thread_id=_number(to.thread_id),
            )
        return str(sent.message_id)

    async def edit_caption(self, to: Target, edit: EditCaption) -> None:
        """Replace a photo's caption and buttons."""
        try:
            with own_words():
                await self._bot.edit_message_caption(
                    chat_id=int(to.chat_id),
                    message_id=int(edit.message_id),
                    caption=edit.caption,
                    reply_markup=keyboard(edit.rows),
                )
        except Unchanged:
            return

    async def _file(self, media: Media) -> str | bytes:
        """Our own file ids are sent as they are; files of other channels come from disk, at most 20 MB."""
        if media.channel == self.name:
            return media.file_id
        if media.path is None:
            raise RetryLater("file not on disk yet", seconds=2.0)
        return await asyncio.to_thread((self._folder / media.path).read_bytes)

    async def toast(self, toast: Toast) -> None:
        """Answer a press."""
        with own_words():
            await self._bot.answer_callback_query(toast.press_id, text=toast.text or None, show_alert=toast.alert)

    async def fetch(self, media: Media) -> bytes:
        """Download a file of at most 20 MB."""
        with own_words():
            file = await self._bot.get_file(media.file_id)
            return bytes(await file.download_as_bytearray())

    async def standing(self, chat_id: str, user_id: str) -> bool | None:
        """Whether somebody is in a chat; who writes as the group itself is an anonymous administrator of it."""
        if user_id == chat_id:
            return True
        try:
            member = await self._bot.get_chat_member(int(chat_id), int(user_id))
        except TelegramError:
            return None
        if isinstance(member, ChatMemberRestricted):
            return member.is_member
        return member.status not in (ChatMember.LEFT, ChatMember.BANNED)


def _filename(media: Media) -> str | None:
    """The name a file from disk is sent under: our own, with the ending that its first bytes proved."""
    return Path(media.path).name if media.path else None


def _reply(message_id: str | None) -> ReplyParameters | None:
    return ReplyParameters(int(message_id), allow_sending_without_reply=True) if message_id else None


def _number(thread_id: str | None) -> int | None:
    return int(thread_id) if thread_id else None


def _grouped(files: Sequence[Media]) -> list[list[Media]]:
    """Photos and videos together, documents and audio each among themselves, the rest alone."""
    groups: list[list[Media]] = []
    for kinds in (("photo", "video"), ("document",), ("audio",)):
        some = [m for m in files if m.kind in kinds]
        groups += [some[i : i + ALBUM_SIZE] for i in range(0, len(some), ALBUM_SIZE)]
    return groups + [[m] for m in files if m.kind not in _ALBUM]
