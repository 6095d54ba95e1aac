"""The queue of updates: ids, long polling with the real offset rules, the webhook's backlog."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.standin.errors import POLL_TERMINATED, POLL_WHILE_WEBHOOK, ApiError

FIRST_UPDATE_ID = 500_000_001
_NOT_BY_DEFAULT = {"chat_member", "message_reaction", "message_reaction_count"}


@dataclass(eq=False, slots=True)
class Update:
    """One update and its fate; times are `time.perf_counter`."""

    id: int
    kind: str
    chat_id: int
    body: bytes
    at: float
    first_sent: float | None = None
    acknowledged: float | None = None
    tries: int = 0


@dataclass(slots=True)
class UpdateQueue:
    """Updates until they are confirmed. `listener` hears of each new one (the webhook)."""

    pending: dict[int, Update] = field(default_factory=dict)
    log: list[Update] = field(default_factory=list)
    allowed: frozenset[str] | None = None
    webhook_active: bool = False
    listener: Callable[[Update], None] | None = None
    _next: int = FIRST_UPDATE_ID
    _poll: asyncio.Future[None] | None = None

    def push(self, kind: str, payload: dict[str, Any], *, chat_id: int) -> Update | None:
        """Queue an update, unless the bot does not want its kind."""
        if not self.wants(kind):
            return None
        update_id = self._next
        self._next += 1
        body = json.dumps({"update_id": update_id, kind: payload}).encode()
        update = Update(update_id, kind, chat_id, body, time.perf_counter())
        self.pending[update_id] = update
        self.log.append(update)
        if self.listener:
            self.listener(update)
        if self._poll and not self._poll.done():
            self._poll.set_result(None)
        return update

    def wants(self, kind: str) -> bool:
        """Whether allowed_updates lets this kind through."""
        return kind not in _NOT_BY_DEFAULT if self.allowed is None else kind in self.allowed

    def allow(self, kinds: list[str] | None) -> None:
        """Remember allowed_updates: absent keeps the old choice, empty means the default."""
        if kinds is not None:
            self.allowed = frozenset(kinds) or None

    def repeat(self, update_id: int) -> None:
        """Deliver an update again that was confirmed before, as a crash of the real server may."""
        update = next(update for update in self.log if update.id == update_id)
        self.pending = {update.id: update, **self.pending}
        if self.listener:
            self.listener(update)
        if self._poll and not self._poll.done():
            self._poll.set_result(None)

    def drop(self) -> None:
        """drop_pending_updates."""
        self.pending.clear()

    def confirm(self, update: Update) -> None:
        """The bot has it: it will not come again."""
        if self.pending.pop(update.id, None) and update.acknowledged is None:
            update.acknowledged = time.perf_counter()

    async def poll(self, *, offset: int, limit: int, timeout: float) -> bytes:
        """The answer of getUpdates as JSON; the earlier of two concurrent polls ends with 409."""
        if self.webhook_active:
            raise ApiError(409, POLL_WHILE_WEBHOOK)
        self._terminate_earlier()
        self._forget_before(offset)
        if not self.pending and timeout > 0:
            await self._wait(timeout)
        batch = list(self.pending.values())[: max(1, min(limit, 100))]
        now = time.perf_counter()
        for update in batch:
            update.tries += 1
            update.first_sent = update.first_sent or now
        return b'{"ok":true,"result":[' + b",".join(update.body for update in batch) + b"]}"

    def end_poll(self) -> None:
        """A webhook was set: whoever polls is sent away."""
        self._terminate_earlier()

    def _terminate_earlier(self) -> None:
        if self._poll and not self._poll.done():
            self._poll.set_exception(ApiError(409, POLL_TERMINATED))
        self._poll = None

    def _forget_before(self, offset: int) -> None:
        if offset < 0:
            keep = list(self.pending)[offset:]
            self.pending = {update_id: self.pending[update_id] for update_id in keep}
            return
        for update_id in [known for known in self.pending if known < offset]:
            self.confirm(self.pending[update_id])

    async def _wait(self, timeout: float) -> None:
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._poll = future
        try:
            await asyncio.wait_for(future, timeout)
        except TimeoutError:
            pass
        finally:
            if self._poll is future:
                self._poll = None
