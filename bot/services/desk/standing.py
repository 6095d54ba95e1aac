"""Who is in a chat: asked of the platform before a use case decides, and remembered for a minute.

Use cases run in database threads and cannot ask by themselves; so the inbox loop asks first, and what the platform said
travels along on the event's sender.
"""

import asyncio
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from functools import partial

import structlog

from bot.domain.incoming import Command, Event, MemberChanged, Pressed, Said, Sentence
from bot.domain.roles import Standing
from bot.services.channel import Channel
from bot.services.database import Database
from bot.services.ports import UnitOfWork

KEEP_SECONDS = 60.0
RETRY_SECONDS = 5.0  # after no answer: a platform in trouble is not asked at every press
LIMIT_SECONDS = 2.0
MANY = 4096
log = structlog.get_logger()

Who = tuple[str, str, str]  # channel, chat, user
Acts = Pressed | Sentence | Said | Command
_ANSWERS: dict[bool | None, Standing] = {True: "member", False: "stranger", None: ""}


class Standings:
    """What the platforms say of people in linked chats: several are asked at once, nobody twice a minute."""

    def __init__(
        self, database: Database, channels: Mapping[str, Channel], *, clock: Callable[[], float],
        limit_seconds: float = LIMIT_SECONDS, also: Collection[str] = (),
    ) -> None:  # fmt: skip
        self._database = database
        self._channels = channels
        self._clock = clock
        self._limit = limit_seconds
        self._also = {tuple(each.split(":", 1)) for each in also}  # groups that wadul.toml names: channel:id
        self._known: dict[Who, tuple[Standing, float]] = {}
        self._asking: dict[Who, asyncio.Task[Standing]] = {}

    async def ask(self, events: Sequence[Event]) -> dict[Who, Standing]:
        """What is known of everybody who acts here in a linked chat; "" for those the platform said nothing of."""
        for event in events:
            if isinstance(event, MemberChanged):
                self._forget((event.chat.channel, event.chat.id, event.member.id))
        acting = {_who(event) for event in events if isinstance(event, Acts) and _matters(event)}
        if not acting:
            return {}
        linked = await self._database.read(_linked) | self._also
        answers = {who: self._fresh(who) for who in acting if who[:2] in linked}
        asked = {who: self._ask(who) for who, known in answers.items() if known is None}
        if asked:
            await asyncio.wait(asked.values())  # not gather: another batch may wait for the same answer
        return {who: asked[who].result() if known is None else known for who, known in answers.items()}

    def _fresh(self, who: Who) -> Standing | None:
        """What was answered a short while ago."""
        if who not in self._known:
            return None
        standing, at = self._known[who]
        return standing if 0.0 <= self._clock() - at < (KEEP_SECONDS if standing else RETRY_SECONDS) else None

    def _ask(self, who: Who) -> asyncio.Task[Standing]:
        """The question to the platform; one that is under way already is shared."""
        task = self._asking.get(who)
        if task is None:
            task = self._asking[who] = asyncio.create_task(self._answer(*who))
            task.add_done_callback(partial(self._keep, who, self._clock()))
        return task

    async def _answer(self, channel: str, chat_id: str, user_id: str) -> Standing:
        try:
            async with asyncio.timeout(self._limit):
                member = await self._channels[channel].standing(chat_id, user_id)
        except TimeoutError:
            member = None
        except Exception as error:  # the edge of the channels: a slip in one may not stop the inbox
            log.exception("standing_failed", channel=channel, reason=type(error).__name__)
            member = None
        if member is None:
            log.info("standing_unknown", channel=channel)
        return _ANSWERS[member]

    def _keep(self, who: Who, asked_at: float, task: asyncio.Task[Standing]) -> None:
        """Remember an answer, unless it was made void while it was on its way."""
        if self._asking.get(who) is not task:
            return
        del self._asking[who]
        if task.cancelled():
            return
        if len(self._known) >= MANY:
            self._known = {each: known for each, known in self._known.items() if self._fresh(each) is not None}
        self._known[who] = (task.result(), asked_at)

    def _forget(self, who: Who) -> None:
        self._known.pop(who, None)
        self._asking.pop(who, None)


def told(event: Event, answers: Mapping[Who, Standing]) -> Event:
    """The event with what the platform said of its sender."""
    if not isinstance(event, Acts):
        return event
    standing = answers.get(_who(event), "")
    return replace(event, sender=replace(event.sender, standing=standing)) if standing else event


def _matters(event: Acts) -> bool:
    """Talk among colleagues, which answers nothing and stands in no thread of ours, is not our business."""
    return not event.chat.private and (not isinstance(event, Said) or bool(event.reply_to or event.chat.thread_id))


def _who(event: Acts) -> Who:
    return event.chat.channel, event.chat.id, event.sender.id


def _linked(uow: UnitOfWork) -> set[tuple[str, str]]:
    return {(link.channel, link.chat_id) for link in uow.desks.all_links()}
