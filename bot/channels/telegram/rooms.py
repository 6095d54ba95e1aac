"""Forum topics on Telegram: where they may be opened, and how. Needs a forum and the right `can_manage_topics` in it.

With that right the bot is an administrator and hears every message, so that plain words in a topic reach it.
"""

from collections.abc import Awaitable, Callable
from enum import Enum
from time import monotonic

from telegram import Bot, ChatMemberAdministrator

from bot.channels.telegram.errors import Unchanged, own_words
from bot.domain.errors import Refused, RightMissing
from bot.domain.lengths import cut
from bot.services.channel import Target

NAME_UNITS = 128
KEEP_SECONDS = 60.0  # how long an answer about a chat holds: whoever makes it a forum need not wait long
SUPERGROUPS = -1_000_000_000_000  # ids of supergroups, which alone can be forums, begin here and go down
_NO_FORUM = ("not a forum", "channel_forum_missing")
_NO_RIGHT = ("not enough rights", "have no rights", "need administrator rights", "chat_admin_required")


class _Chat(Enum):
    PLAIN = "no forum"
    BARRED = "a forum that does not let us manage topics"
    FORUM = "a forum that does"


class TelegramRooms:
    """The port's forum topics. What a chat allows is asked before a topic is opened, at most once a minute."""

    def __init__(self, bot: Bot, *, clock: Callable[[], float] = monotonic) -> None:
        self._bot = bot
        self._clock = clock
        self._known: dict[str, tuple[_Chat, float]] = {}

    async def open(self, chat_id: str, name: str) -> str | None:
        """Open a topic; None where the chat is no forum."""
        chat = await self._look(chat_id)
        if chat is _Chat.PLAIN:
            return None
        if chat is _Chat.BARRED:
            raise RightMissing("can_manage_topics")
        try:
            with own_words():
                topic = await self._bot.create_forum_topic(int(chat_id), cut(name, NAME_UNITS))
        except Refused as refused:
            del self._known[chat_id]  # it has changed since we asked
            if _says(refused, _NO_FORUM):
                return None
            if _says(refused, _NO_RIGHT):
                raise RightMissing(str(refused)) from None
            raise
        return str(topic.message_thread_id)

    async def barred(self, chat_id: str) -> bool:
        """Whether a chat is a forum that does not let us open topics."""
        return await self._look(chat_id) is _Chat.BARRED

    async def close(self, room: Target) -> None:
        """Close a topic. Whoever opened it may, also without the right."""
        await self._turn(self._bot.close_forum_topic, room)

    async def reopen(self, room: Target) -> None:
        """Open a closed topic again."""
        await self._turn(self._bot.reopen_forum_topic, room)

    async def rename(self, room: Target, name: str) -> None:
        """Give a topic another name."""
        await self._turn(self._bot.edit_forum_topic, room, name=cut(name, NAME_UNITS))

    async def _turn(self, method: Callable[..., Awaitable[bool]], room: Target, **more: str) -> None:
        try:
            with own_words():
                await method(int(room.chat_id), int(room.thread_id or 0), **more)
        except Unchanged:
            return
        except Refused as refused:
            if _says(refused, _NO_RIGHT):
                raise RightMissing(str(refused)) from None
            raise

    async def _look(self, chat_id: str) -> _Chat:
        if int(chat_id) > SUPERGROUPS:
            return _Chat.PLAIN
        chat, until = self._known.get(chat_id, (_Chat.PLAIN, 0.0))
        if self._clock() >= until:
            chat = await self._ask(int(chat_id))
            self._known[chat_id] = chat, self._clock() + KEEP_SECONDS
        return chat

    async def _ask(self, chat_id: int) -> _Chat:
        with own_words():
            if not (await self._bot.get_chat(chat_id)).is_forum:
                return _Chat.PLAIN
            me = await self._bot.get_chat_member(chat_id, int(self._bot.token.partition(":")[0]))
        return _Chat.FORUM if isinstance(me, ChatMemberAdministrator) and me.can_manage_topics else _Chat.BARRED


def _says(refused: Refused, known: tuple[str, ...]) -> bool:
    words = str(refused).casefold()
    return any(each in words for each in known)
