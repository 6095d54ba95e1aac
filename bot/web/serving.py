"""uvicorn inside our own event loop."""

import asyncio
import socket

import uvicorn
from starlette.types import ASGIApp

from bot.domain.errors import WadulError

STOP_SECONDS = 3


class WebServer:
    """Serves an application until stopped; port 0 takes a free one."""

    def __init__(self, app: ASGIApp, *, host: str, port: int) -> None:
        self._host = host
        self.port = port
        config = uvicorn.Config(
            app, host=host, port=port, log_config=None, access_log=False, lifespan="off", server_header=False,
            timeout_graceful_shutdown=STOP_SECONDS,
        )  # fmt: skip
        self._server = uvicorn.Server(config)
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Listen; WadulError with the fix where the port is taken."""
        family = socket.AF_INET6 if ":" in self._host else socket.AF_INET
        listener = socket.socket(family, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((self._host, self.port))
        except OSError as error:
            listener.close()
            raise WadulError(
                f"cannot listen on {self._host}:{self.port} ({error.strerror}): set WADUL_HTTP_PORT to a free port."
            ) from None
        listener.listen(2048)
        self.port = listener.getsockname()[1]
        self._server.config.load()
        self._task = asyncio.create_task(self._server._serve(sockets=[listener]))
        while not self._server.started and not self._task.done():
            await asyncio.sleep(0.005)  # uvicorn offers no event for it

    async def stop(self) -> None:
        """Answer what is in hand, then close."""
        self._server.should_exit = True
        if self._task:
            await asyncio.wait([self._task], timeout=STOP_SECONDS + 1)
