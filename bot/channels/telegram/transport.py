"""HTTP for python-telegram-bot over one aiohttp session.

Every error is one of telegram.error's, without a cause, because an aiohttp error may hold the URL and
the URL holds the token:

NetworkError            dropped connection, 5xx, an answer that is no JSON
├── NotSent             no connection was made: sending again repeats nothing
│   └── NotSentInTime   … because pool or connection took too long (also a TimedOut)
└── TimedOut            sent, but no answer in time: it may have had its effect
"""

from __future__ import annotations

import errno
import io
import json
import re
from typing import Any, Final

import aiohttp
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

_TOKEN = re.compile(r"/bot([^/]+)/")
_FORM: Final = {"Content-Type": "application/x-www-form-urlencoded"}
_IDLE_SECONDS: Final = 30.0  # shorter than servers keep idle connections, so few die under our hands
_DNS_SECONDS: Final = 60


class NotSent(NetworkError):
    """The request did not reach the server."""


class NotSentInTime(NotSent, TimedOut):
    """No connection in time; the request did not reach the server."""

    def __init__(self) -> None:
        TimedOut.__init__(self, "No connection in time, nothing was sent")


class AiohttpRequest(BaseRequest):
    """A `BaseRequest` several times faster than HTTPXRequest under concurrency.

    `connections` caps what is open at once; more requests wait, at most `pool_timeout` seconds. All
    timeouts are seconds, and None waits for ever. The session belongs to the loop that uses it first.
    """

    __slots__ = (
        "_closed", "_connect", "_connections", "_media_write", "_pool", "_proxy", "_read", "_session",
        "_write",
    )  # fmt: skip

    def __init__(
        self,
        *,
        connections: int = 64,
        read_timeout: float | None = 10.0,
        write_timeout: float | None = 10.0,
        media_write_timeout: float | None = 60.0,
        connect_timeout: float | None = 5.0,
        pool_timeout: float | None = 10.0,
        proxy: str | None = None,
    ) -> None:
        self._connections = connections
        self._read, self._write, self._media_write = read_timeout, write_timeout, media_write_timeout
        self._connect, self._pool = connect_timeout, pool_timeout
        self._proxy = proxy
        self._session: aiohttp.ClientSession | None = None
        self._closed = False

    @property
    def read_timeout(self) -> float | None:
        """Seconds to wait for an answer when a call names none."""
        return self._read

    async def initialize(self) -> None:
        """Build the session; also after a shutdown."""
        self._closed = False
        self._open()

    async def shutdown(self) -> None:
        """Close all connections."""
        self._closed = True
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Status and body of one request."""
        if self._closed:
            raise NotSent("The transport is shut down")
        files = request_data is not None and request_data.contains_files
        timeout = _timeout(
            read=_given(read_timeout, self._read),
            write=_given(write_timeout, self._media_write if files else self._write),
            connect=_given(connect_timeout, self._connect),
            pool=_given(pool_timeout, self._pool),
            bounded=method == "POST",
        )
        status, body, error = await self._send(url, method, request_data, timeout)
        if error is not None:  # raised out here: inside `except` it would carry the aiohttp error along
            raise error
        if method == "POST" or status >= 300:
            body = _checked(url, status, body, wants_result=method == "POST")
        return status, body

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """The answer as an object; unlike the base's, it logs no body when it is none."""
        parsed = _parsed(payload)
        if parsed is None:
            raise NetworkError("The answer is not JSON")
        return parsed

    async def _send(
        self, url: str, method: str, request_data: RequestData | None, timeout: aiohttp.ClientTimeout
    ) -> tuple[int, bytes, NetworkError | None]:
        data, headers = _encoded(request_data)
        try:
            async with self._open().request(
                method,
                url,
                data=data,
                headers=headers,
                timeout=timeout,
                proxy=self._proxy,
                allow_redirects=False,
            ) as response:
                return response.status, await response.read(), None
        except (aiohttp.ClientError, TimeoutError, OSError) as caught:
            return 0, b"", _translated(caught)

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            connector = aiohttp.TCPConnector(
                limit=self._connections, keepalive_timeout=_IDLE_SECONDS, ttl_dns_cache=_DNS_SECONDS
            )
            self._session = aiohttp.ClientSession(
                connector=connector,
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": self.USER_AGENT},
            )
        return self._session


def _given(value: Any, default: float | None) -> float | None:
    if value is BaseRequest.DEFAULT_NONE:
        return default
    return None if value is None else float(value)


def _timeout(
    *, read: float | None, write: float | None, connect: float | None, pool: float | None, bounded: bool
) -> aiohttp.ClientTimeout:
    """aiohttp knows no write timeout, so a POST is bounded as a whole; a download may take its time."""
    parts = (read, write, connect, pool)
    total = sum(part for part in parts if part is not None) if bounded and None not in parts else None
    waiting = None if connect is None or pool is None else connect + pool
    return aiohttp.ClientTimeout(total=total, connect=waiting, sock_connect=connect, sock_read=read)


def _encoded(
    request_data: RequestData | None,
) -> tuple[aiohttp.FormData | bytes | None, dict[str, str] | None]:
    """Body and headers. A lone surrogate becomes "?": a reader is better served than by no message."""
    if request_data is None:
        return None, None
    if not request_data.contains_files:
        return request_data.url_encoded_parameters({"errors": "replace"}).encode(), _FORM
    form = aiohttp.FormData(quote_fields=False)
    for name, value in request_data.json_parameters.items():
        form.add_field(name, value.encode("utf-8", "replace").decode())
    for name, (filename, content, mime) in request_data.multipart_data.items():
        stream = io.BytesIO(content) if isinstance(content, bytes) else content  # streams go out in pieces
        form.add_field(name, stream, filename=_safe_filename(filename), content_type=mime)
    return form, None


def _safe_filename(name: str) -> str:
    """A file name may not end the header it stands in."""
    return "".join(" " if ord(sign) < 32 else sign for sign in name).encode("utf-8", "replace").decode()


def _translated(caught: BaseException) -> NetworkError:
    """Only class names and errno words: the text of an aiohttp error may contain the URL."""
    if isinstance(caught, aiohttp.ConnectionTimeoutError):
        return NotSentInTime()
    if isinstance(caught, TimeoutError):
        return TimedOut()
    name = type(caught).__name__
    if isinstance(caught, OSError) and caught.errno:
        name = f"{name}, {errno.errorcode.get(caught.errno, caught.errno)}"
    if isinstance(caught, aiohttp.ClientConnectorError | aiohttp.InvalidURL | aiohttp.NonHttpUrlClientError):
        return NotSent(f"No connection ({name})")
    return NetworkError(f"Connection lost ({name})")


def _checked(url: str, status: int, body: bytes, *, wants_result: bool) -> bytes:
    """A Bot API answer, or NetworkError: proxies and broken servers answer HTML, even with 200 or 404."""
    if 200 <= status < 300:
        if wants_result and b'"result"' not in body:
            raise NetworkError(f"HTTP {status} without a result")
        return body
    parsed = _parsed(body)
    if parsed is None or "description" not in parsed:
        raise NetworkError(f"HTTP {status} without a Bot API answer")
    token = _TOKEN.search(url)
    return body.replace(token[1].encode(), b"<token>") if token else body


def _parsed(payload: bytes) -> dict[str, Any] | None:
    try:
        parsed = json.loads(payload.decode("utf-8", "replace"))
    except ValueError:
        return None
    return parsed if isinstance(parsed, dict) else None
