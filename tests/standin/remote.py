"""Drives a stand-in that runs in its own process, for kill tests and benchmarks."""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import aiohttp

from tests.standin.server import TOKEN

T = TypeVar("T")
_ROOT = Path(__file__).resolve().parents[2]
_START_SECONDS = 20.0


@dataclass(frozen=True, slots=True)
class RemoteStandin:
    """The control API as methods; see `control` for what each accepts."""

    base_url: str
    base_file_url: str
    control_url: str
    token: str
    pid: int
    session: aiohttp.ClientSession

    async def do(self, *actions: dict[str, Any]) -> list[Any]:
        """Perform actions of people and groups, in order, in one request."""
        answer = await self._post("do", {"actions": list(actions)})
        results: list[Any] = answer["results"]
        return results

    async def say(self, who: int, text: str, **options: Any) -> dict[str, Any]:
        """One person writes; `chat` and `reply_to` are ids."""
        result: dict[str, Any] = (await self.do({"do": "say", "who": who, "text": text, **options}))[0]
        return result

    async def burst(self, **plan: Any) -> int:
        """Start pushing `per_chat` messages of each of `chats`; returns how many it will be."""
        return int((await self._post("burst", plan))["updates"])

    async def fault(self, kind: str, **options: Any) -> None:
        """Order a fault."""
        await self._post("faults", {"kind": kind, **options})

    async def settings(self, **values: Any) -> None:
        """Change latency, limits or privacy."""
        await self._post("settings", values)

    async def mark(self) -> None:
        """Figures count from now on."""
        await self._post("mark", {})

    async def stats(self, *, per_chat: bool = False) -> dict[str, Any]:
        """All figures since the mark."""
        figures: dict[str, Any] = await self._get("stats", {"per_chat": "1"} if per_chat else {})
        return figures

    async def calls(self, **filters: Any) -> list[dict[str, Any]]:
        """The bot's calls: since, method, chat."""
        calls: list[dict[str, Any]] = await self._get(
            "calls", {key: str(value) for key, value in filters.items()}
        )
        return calls

    async def chat(self, chat_id: int) -> dict[str, Any]:
        """A chat with its messages as they stand."""
        chat: dict[str, Any] = await self._get(f"chats/{chat_id}", {})
        return chat

    async def presses(self) -> list[dict[str, Any]]:
        """All presses with their toasts."""
        presses: list[dict[str, Any]] = await self._get("presses", {})
        return presses

    async def wait_for(
        self, probe: Callable[[], Awaitable[T]], *, timeout: float = 10.0, every: float = 0.05
    ) -> T:
        """The first true value of an async probe."""
        deadline = time.perf_counter() + timeout
        while not (value := await probe()):
            if time.perf_counter() > deadline:
                raise AssertionError(f"not true within {timeout} s; figures: {await self.stats()}")
            await asyncio.sleep(every)
        return value

    async def _post(self, name: str, body: dict[str, Any]) -> dict[str, Any]:
        async with self.session.post(f"{self.control_url}/{name}", json=body) as response:
            answer: dict[str, Any] = _good(await response.json())
            return answer

    async def _get(self, name: str, query: dict[str, str]) -> Any:
        async with self.session.get(f"{self.control_url}/{name}", params=query) as response:
            return _good(await response.json())


@asynccontextmanager
async def spawned(*options: str, token: str = TOKEN) -> AsyncIterator[RemoteStandin]:
    """A stand-in process for the time of a block. `options` as on its command line."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.standin", "--token", token, *options,
        cwd=_ROOT, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    try:
        if process.stdout is None:
            raise AssertionError("the stand-in has no standard output")
        line = await asyncio.wait_for(process.stdout.readline(), _START_SECONDS)
        if not line:
            raise AssertionError("the stand-in did not start")
        addresses = json.loads(line)
        addresses.pop("port")
        async with aiohttp.ClientSession() as session:
            yield RemoteStandin(token=token, pid=process.pid, session=session, **addresses)
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


def _good(answer: Any) -> Any:
    if isinstance(answer, dict) and "error" in answer:
        raise AssertionError(answer["error"])
    return answer
