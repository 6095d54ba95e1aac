"""Pushes updates to the bot's webhook: in order and one at a time per chat, with back-off."""

from __future__ import annotations

import asyncio
import re
import time
from collections import deque
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from tests.standin.errors import bad_request
from tests.standin.updates import Update, UpdateQueue
from tests.standin.wire import Wire, WireError

_LOOPBACK = {"127.0.0.1", "localhost", "::1"}
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")


@dataclass(frozen=True, slots=True)
class Backoff:
    """Seconds after the first failure, doubled up to the last."""

    first: float = 0.05
    last: float = 2.0

    def after(self, failures: int) -> float:
        """The wait after so many failures in a row."""
        return min(self.last, self.first * 2.0 ** min(failures - 1, 20))


@dataclass(slots=True)
class WebhookPusher:
    """Chats take turns: each chat's head goes out, and the next only after a 2xx."""

    updates: UpdateQueue
    backoff: Backoff = field(default_factory=Backoff)
    timeout: float = 10.0
    url: str = ""
    secret: str | None = None
    max_connections: int = 40
    last_error: tuple[float, str] | None = None
    attempts: int = 0
    _queues: dict[int, deque[Update]] = field(default_factory=dict)
    _ready: asyncio.Queue[int] = field(default_factory=asyncio.Queue)
    _failures: dict[int, int] = field(default_factory=dict)
    _workers: list[asyncio.Task[None]] = field(default_factory=list)

    async def set(self, params: dict[str, Any]) -> str:
        """setWebhook."""
        url = params.get("url", "")
        if not url:
            return await self.delete(drop=bool(params.get("drop_pending_updates")))
        parts = urlsplit(url)
        if parts.scheme != "https" and parts.hostname not in _LOOPBACK:
            raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
        secret = params.get("secret_token")
        if secret is not None and not _SECRET.fullmatch(secret):
            raise bad_request("secret token contains unallowed characters")
        await self.stop()
        if params.get("drop_pending_updates"):
            self.updates.drop()
        self.url, self.secret = url, secret
        self.max_connections = max(1, min(int(params.get("max_connections", 40)), 100))
        self._start()
        return "Webhook was set"

    async def delete(self, *, drop: bool) -> str:
        """deleteWebhook; updates not yet confirmed wait for getUpdates."""
        was_set = bool(self.url)
        await self.stop()
        self.url, self.secret = "", None
        if drop:
            self.updates.drop()
        return "Webhook was deleted" if was_set else "Webhook is already deleted"

    def info(self) -> dict[str, Any]:
        """getWebhookInfo."""
        info: dict[str, Any] = {
            "url": self.url, "has_custom_certificate": False,
            "pending_update_count": len(self.updates.pending),
        }  # fmt: skip
        if self.url:
            info |= {"max_connections": self.max_connections, "ip_address": "127.0.0.1"}
        if self.updates.allowed is not None:
            info["allowed_updates"] = sorted(self.updates.allowed)
        if self.last_error:
            info |= {"last_error_date": int(self.last_error[0]), "last_error_message": self.last_error[1]}
        return info

    async def stop(self) -> None:
        """Stop pushing; also ends the stand-in cleanly."""
        self.updates.webhook_active, self.updates.listener = False, None
        for worker in self._workers:
            worker.cancel()
        for worker in self._workers:
            with suppress(asyncio.CancelledError):
                await worker
        self._workers.clear()
        self._queues.clear()
        self._failures.clear()
        self._ready = asyncio.Queue()

    def _start(self) -> None:
        self.updates.webhook_active = True
        self.updates.end_poll()
        self.updates.listener = self._enqueue
        for update in list(self.updates.pending.values()):
            self._enqueue(update)
        self._workers = [asyncio.create_task(self._work()) for _ in range(self.max_connections)]

    def _enqueue(self, update: Update) -> None:
        queue = self._queues.get(update.chat_id)
        if queue is None:
            self._queues[update.chat_id] = deque([update])
            self._ready.put_nowait(update.chat_id)
        else:
            queue.append(update)

    async def _work(self) -> None:
        wire = Wire(self.url, self.secret, self.timeout)
        try:
            while True:
                await self._push(wire, await self._ready.get())
        finally:
            wire.close()

    async def _push(self, wire: Wire, chat_id: int) -> None:
        update = self._queues[chat_id][0]
        problem = await self._post(wire, update)
        if problem is None:
            self._advance(chat_id, update)
            return
        self.last_error = (time.time(), problem)
        failures = self._failures[chat_id] = self._failures.get(chat_id, 0) + 1
        later = asyncio.get_running_loop().call_later
        later(self.backoff.after(failures), self._ready.put_nowait, chat_id)

    def _advance(self, chat_id: int, update: Update) -> None:
        self._failures.pop(chat_id, None)
        self.updates.confirm(update)
        queue = self._queues[chat_id]
        queue.popleft()
        if queue:
            self._ready.put_nowait(chat_id)
        else:
            del self._queues[chat_id]

    async def _post(self, wire: Wire, update: Update) -> str | None:
        """None when the bot answered 2xx, else the words of last_error_message."""
        update.tries += 1
        update.first_sent = update.first_sent or time.perf_counter()
        self.attempts += 1
        try:
            status, reason = await wire.post(update.body)
        except WireError as error:
            return str(error)
        if 200 <= status < 300:
            return None
        return f"Wrong response from the webhook: {status} {reason}"
