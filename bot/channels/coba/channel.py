"""The coba channel: texts, cards and files go into the transcript, toasts to the browser that pressed."""

import asyncio
import secrets
from collections.abc import Callable, Sequence
from pathlib import Path
from time import time

from bot.channels.coba.bell import Bell
from bot.channels.coba.bodies import Body, card_body, document_body, media_body, picture_body, rows, text_body
from bot.channels.coba.cast import NAME, sender_in
from bot.channels.coba.files import Pictures
from bot.channels.coba.updates import read_update
from bot.domain.budget import Budget
from bot.domain.errors import MessageGone, Refused, RetryLater, StoreUnavailable
from bot.domain.incoming import Chat, Event
from bot.domain.outgoing import CardView, EditCaption, EditText, Picture, Text, Toast
from bot.domain.records import Media
from bot.services.channel import Target
from bot.store.coba import Coba, Line
from bot.store.engine import Store
from bot.store.unit_of_work import SqlUnitOfWork


class CobaChannel:
    """The port over our own page instead of a platform. `pictures` plays the platform's file store."""

    name = NAME
    sends_places = True
    rooms = None

    def __init__(self, store: Store, *, folder: Path, clock: Callable[[], float] = time) -> None:
        self.pictures = Pictures(folder)
        self.bell = Bell()
        self._store = store
        self.clock = clock
        self._presses: dict[str, asyncio.Future[Toast]] = {}

    def budget(self, chat_id: str) -> Budget | None:
        """The page sets no limit."""
        return None

    def translate(self, payloads: Sequence[str]) -> list[Event]:
        """What the page's updates mean; it knows no albums."""
        return [read_update(payload) for payload in payloads]

    async def send_text(self, to: Target, text: Text) -> list[str]:
        """Put a text into a chat."""
        return [await self._add(to, text_body(text), text.reply_to)]

    async def edit_text(self, to: Target, edit: EditText) -> None:
        """Replace an earlier text."""
        body: Body = {"kind": "text", "text": edit.text, "rows": rows(edit.rows)}
        await self._change(to, edit.message_id, body)

    async def delete(self, to: Target, message_id: str, under: str | None) -> None:
        """Take a text's words away; the line stays, as messengers show it."""
        await self._change(to, message_id, {"kind": "gone", "text": ""})

    async def show_card(self, to: Target, view: CardView, message_id: str | None) -> str:
        """Put a card into a chat, or change the one that stands."""
        if message_id is None:
            return await self._add(to, card_body(view), None)
        await self._change(to, message_id, card_body(view))
        return message_id

    async def send_media(
        self, to: Target, files: Sequence[Media], reply_to: str | None, *, silent: bool = False
    ) -> list[str]:
        """Put files under a card."""
        return [await self._add(to, media_body(file, ours=file.channel == NAME), reply_to) for file in files]

    async def send_picture(self, to: Target, picture: Picture, data: bytes) -> str:
        """Put a picture into a chat, with its caption and buttons."""
        try:
            kept = await asyncio.to_thread(self.pictures.keep, data)
        except ValueError as error:
            raise Refused(str(error)) from error
        return await self._add(to, picture_body(kept.id, picture.caption, picture.rows), None)

    async def send_file(self, to: Target, name: str, data: bytes, caption: str) -> str:
        """Put a file into a chat, to be downloaded there."""
        kept = await asyncio.to_thread(self.pictures.keep_file, data)
        return await self._add(to, document_body(kept, name, caption), None)

    async def edit_caption(self, to: Target, edit: EditCaption) -> None:
        """Replace the words and buttons of a picture."""
        line = await self._store.read(lambda uow: Coba(uow.connection).get(to.chat_id, edit.message_id))
        if line is None or "file" not in line.body:
            raise MessageGone("no such picture")
        await self._change(to, edit.message_id, picture_body(line.body["file"], edit.caption, edit.rows))

    async def toast(self, toast: Toast) -> None:
        """Hand a toast to the press that waits for it; where the browser went away, nobody misses it."""
        waiting = self._presses.get(toast.press_id)
        if waiting and not waiting.done():
            waiting.set_result(toast)

    async def fetch(self, media: Media) -> bytes:
        """The bytes of a picture sent on the page."""
        data = await asyncio.to_thread(self.pictures.read, media.file_id)
        if data is None:
            raise Refused("the picture is not there")
        return data

    async def standing(self, chat_id: str, user_id: str) -> bool | None:
        """Officers are in every department's chat, citizens in none."""
        return sender_in(Chat(NAME, chat_id, private=False), user_id) is not None

    def expect_toast(self) -> str:
        """A new press id; its toast can be waited for from now on."""
        press_id = secrets.token_hex(12)
        self._presses[press_id] = asyncio.get_running_loop().create_future()
        return press_id

    async def toast_of(self, press_id: str, *, seconds: float) -> Toast | None:
        """The toast of a press, or None where none came in time."""
        try:
            return await asyncio.wait_for(self._presses[press_id], seconds)
        except TimeoutError:
            return None
        finally:
            del self._presses[press_id]

    def forget_press(self, press_id: str) -> None:
        """Nobody waits for this toast any more."""
        self._presses.pop(press_id, None)

    async def _add(self, to: Target, body: Body, reply_to: str | None) -> str:
        def work(uow: SqlUnitOfWork) -> Line:
            return Coba(uow.connection).add(to.chat_id, body, at=self.clock(), reply_to=reply_to)

        try:
            line = await self._store.write(work)
        except StoreUnavailable as error:
            raise RetryLater(str(error)) from error
        self.bell.ring()
        return str(line.id)

    async def _change(self, to: Target, message_id: str, body: Body) -> None:
        try:
            found = await self._store.write(lambda uow: Coba(uow.connection).change(to.chat_id, message_id, body))
        except StoreUnavailable as error:
            raise RetryLater(str(error)) from error
        if not found:
            raise MessageGone("no such message")
        self.bell.ring()
