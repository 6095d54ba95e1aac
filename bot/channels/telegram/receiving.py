"""How updates arrive: long polling or webhook. Raw first, understood later."""

import asyncio
import hashlib
import hmac
import json
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from time import time
from typing import Any

import structlog
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import Receive, Scope, Send
from telegram import Bot
from telegram.error import Conflict, RetryAfter, TelegramError
from telegram.request import BaseRequest, RequestData
from telegram.request._requestparameter import RequestParameter

from bot.channels.telegram.translating import NAME, raw_update
from bot.domain.errors import StoreUnavailable
from bot.domain.incoming import RawUpdate

Keep = Callable[[Sequence[RawUpdate]], Awaitable[None]]

ALLOWED = ["message", "edited_message", "callback_query", "my_chat_member", "chat_member"]
POLL_SECONDS = 25
RETRY_SECONDS = 1.0
LONGEST_RETRY = 30.0
LARGEST_UPDATE = 1_000_000
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header
log = structlog.get_logger()


class Poller:
    """Long polling: the offset moves only after the updates are committed."""

    def __init__(self, bot: Bot, request: BaseRequest, keep: Keep, *, poll_seconds: int = POLL_SECONDS) -> None:
        self._url = f"{bot.base_url}/getUpdates"
        self._request = request
        self._keep = keep
        self._poll_seconds = poll_seconds
        self.trouble: str | None = "not polled yet"

    async def run(self) -> None:
        """Poll until cancelled."""
        offset = 0
        wait = RETRY_SECONDS
        first = True
        while True:
            try:
                updates = await self._poll(offset, wait_seconds=0 if first else self._poll_seconds)
                if updates:
                    await self._keep([_read(json.dumps(data).encode()) for data in updates])
                    offset = max(int(data["update_id"]) for data in updates) + 1
                self.trouble, wait, first = None, RETRY_SECONDS, False
            except Conflict:
                await self._rest("another process polls with this token, or a webhook is set", LONGEST_RETRY / 6)
            except RetryAfter as error:
                await self._rest("too many requests", retry_seconds(error))
            except StoreUnavailable:
                await self._rest("database unavailable", wait)
            except TelegramError as error:
                await self._rest(type(error).__name__, wait)
                wait = min(wait * 2, LONGEST_RETRY)
            except Exception as error:  # the edge of the channel: whatever came, polling goes on
                log.exception("telegram_poll_broken", reason=type(error).__name__)
                await self._rest(type(error).__name__, LONGEST_RETRY)

    async def _poll(self, offset: int, *, wait_seconds: int) -> list[dict[str, Any]]:
        fields = {"offset": offset, "timeout": wait_seconds, "allowed_updates": ALLOWED}
        parameters = [RequestParameter.from_input(key, value) for key, value in fields.items()]
        result = await self._request.post(
            self._url, RequestData(parameters), read_timeout=wait_seconds + 10.0
        )
        return [data for data in result if isinstance(data, dict)] if isinstance(result, list) else []

    async def _rest(self, reason: str, seconds: float) -> None:
        self.trouble = reason
        log.warning("telegram_poll_failed", reason=reason, seconds=seconds)
        await asyncio.sleep(seconds)


def retry_seconds(error: RetryAfter) -> float:
    """How long Telegram wants to be left alone."""
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)


class Hook:
    """The webhook: secret verified in constant time, the update committed before the 200."""

    def __init__(self, keep: Keep, *, secret: str) -> None:
        self._keep = keep
        self._secret = secret.encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve as an ASGI application of its own, apart from the framework's layers: this is the hot path."""
        response = await self.take(Request(scope, receive))
        await response(scope, receive, send)

    async def take(self, request: Request) -> Response:
        """Take one update."""
        given = request.headers.get(SECRET_HEADER, "").encode("utf-8", "replace")
        if not hmac.compare_digest(given, self._secret):
            return PlainTextResponse("wrong secret", status_code=403)
        body = await request.body()
        if len(body) > LARGEST_UPDATE:
            return PlainTextResponse("too large", status_code=413)
        try:
            await self._keep([_read(body)])
        except StoreUnavailable:
            return PlainTextResponse("try again", status_code=503)
        return Response(status_code=200)


def _read(body: bytes) -> RawUpdate:
    """The update; what is no update is kept too, so that it is set aside by id and blocks nobody."""
    now = time()
    try:
        data = json.loads(body)
        return raw_update(data, now=now)
    except (ValueError, KeyError, TypeError, AttributeError, UnicodeDecodeError):
        digest = hashlib.sha256(body).hexdigest()[:32]
        text = body.decode("utf-8", "replace").replace("\x00", "")
        return RawUpdate(NAME, f"bad:{digest}", "none", text, received_at=now)
