"""What people do on the page: first into the transcript, then into the inbox, like on any platform."""

from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

from fastapi import HTTPException

from bot.channels.coba import CobaChannel
from bot.channels.coba.cast import CITIZENS, chat_for, sender_in
from bot.channels.coba.updates import edited_update, pressed_update, said_update
from bot.domain.errors import StoreUnavailable
from bot.domain.incoming import Chat, Point, RawUpdate, Sender
from bot.domain.outgoing import Toast
from bot.domain.region import Region
from bot.store.coba import Coba, Line
from bot.store.engine import Store
from bot.store.unit_of_work import SqlUnitOfWork
from bot.web.coba.forms import Change, Message, Press

Keep = Callable[[Sequence[RawUpdate]], Awaitable[None]]
TOAST_SECONDS = 8.0
T = TypeVar("T")


class Acting:
    """The acts of the page's people."""

    def __init__(
        self, *, channel: CobaChannel, store: Store, keep: Keep, region: Region, clock: Callable[[], float]
    ) -> None:
        self._channel = channel
        self._store = store
        self._keep = keep
        self._region = region
        self._clock = clock

    async def say(self, form: Message) -> Line:
        """Send a message; the line that stands in the transcript for it."""
        chat, sender = self._who(form.chat, form.sender)
        picture = self._channel.pictures.find(form.picture) if form.picture else None
        if form.picture and picture is None:
            raise HTTPException(404, "picture")
        point = _point(sender) if form.here and chat.private else None
        if not (form.text.strip() or picture or point):
            raise HTTPException(422, "empty")
        body: dict[str, object] = {"kind": "text", "text": form.text}
        if picture:
            body = {"kind": "file", "media": "photo", "file": picture.id, "text": form.text}
        elif point:
            body = {"kind": "point", "lat": point.lat, "lon": point.lon, "text": form.text}
        now = self._clock()
        line, to = await self._write(lambda uow: _add(uow, chat, sender, body, now, form.reply_to))
        update = said_update(
            chat, sender, str(line.id), at=now, text=form.text, reply_to=form.reply_to, point=point, picture=picture,
            reply_by=sender_in(chat, str(to.body.get("from", ""))) if to else None,
            reply_text=_ours(to) if to else "",
        )  # fmt: skip
        await self._hand_in(update, line)
        return line

    async def change(self, form: Change) -> None:
        """Change the words of one's own message."""
        chat, sender = self._who(form.chat, form.sender)

        def work(uow: SqlUnitOfWork) -> Line:
            coba = Coba(uow.connection)
            line = coba.get(chat.id, form.message_id)
            if line is None or line.body.get("from") != sender.id:
                raise HTTPException(404, "message")
            coba.change(chat.id, form.message_id, {**line.body, "text": form.text, "edited": True})
            return coba.get(chat.id, form.message_id) or line

        line = await self._write(work)
        now = self._clock()
        await self._hand_in(
            edited_update(chat, sender, form.message_id, at=now, text=form.text, version=line.version), line
        )

    async def press(self, form: Press) -> Toast | None:
        """Press a button; the toast that answers, where one comes in time."""
        chat, sender = self._who(form.chat, form.sender)
        press_id = self._channel.expect_toast()
        update = pressed_update(chat, sender, form.message_id, at=self._clock(), press_id=press_id, data=form.data)
        try:
            await self._hand_in(update, None)
        except HTTPException:
            self._channel.forget_press(press_id)
            raise
        return await self._channel.toast_of(press_id, seconds=TOAST_SECONDS)

    def _who(self, chat_id: str, sender_id: str) -> tuple[Chat, Sender]:
        chat = chat_for(self._region, chat_id)
        sender = sender_in(chat, sender_id) if chat else None
        if chat is None or sender is None:
            raise HTTPException(404, "chat")
        return chat, sender

    async def _write(self, work: Callable[[SqlUnitOfWork], T]) -> T:
        try:
            result = await self._store.write(work)
        except StoreUnavailable as error:
            raise HTTPException(503, "database") from error
        self._channel.bell.ring()
        return result

    async def _hand_in(self, update: RawUpdate, line: Line | None) -> None:
        """Commit the update; where that fails the page must not claim that the message went out."""
        try:
            await self._keep([update])
        except StoreUnavailable as error:
            if line:
                body = {**line.body, "failed": True}
                await self._write(lambda uow: _mark(uow, line, body))
            raise HTTPException(503, "database") from error


def _add(
    uow: SqlUnitOfWork, chat: Chat, sender: Sender, body: dict[str, object], now: float, reply_to: str | None
) -> tuple[Line, Line | None]:
    """The new line, and the one that it replies to."""
    author = "warga" if chat.private else "petugas"
    body = {**body, "from": sender.id}
    coba = Coba(uow.connection)
    to = coba.get(chat.id, reply_to) if reply_to else None
    return coba.add(chat.id, body, at=now, author=author, name=sender.name, reply_to=reply_to), to


def _ours(line: Line) -> str:
    """What a line of Wadul's says that names its case: a card's title, or its words."""
    return str(line.body.get("title") or line.body.get("text") or "") if line.author == "bot" else ""


def _mark(uow: SqlUnitOfWork, line: Line, body: dict[str, object]) -> Line:
    Coba(uow.connection).change(line.chat_id, str(line.id), body)
    return line


def _point(sender: Sender) -> Point | None:
    """Where a citizen stands; officers show no place."""
    citizen = next((c for c in CITIZENS if c.id == sender.id), None)
    return Point(citizen.lat, citizen.lon) if citizen else None
