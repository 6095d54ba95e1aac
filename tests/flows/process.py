"""Wadul in a process of its own, to be killed and started again."""

import asyncio
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from typing import Any

import aiohttp
import sqlalchemy as sa

from bot.store.engine import Store
from bot.store.tables import case, entry, inbox, outbox
from tests.standin.remote import RemoteStandin

ROOT = Path(__file__).resolve().parents[2]


def free_port() -> int:
    """A port that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class WadulProcess:
    """`python -m bot` with an environment of its own."""

    environment: dict[str, str]
    log: Path
    process: asyncio.subprocess.Process | None = None
    started: list[float] = field(default_factory=list)

    @property
    def port(self) -> int:
        return int(self.environment["WADUL_HTTP_PORT"])

    async def start(self, *, ready: bool = True) -> float:
        """Start it; the seconds until /readyz said 200."""
        begun = perf_counter()
        with self.log.open("ab") as log:
            self.process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "bot", cwd=ROOT, env=self.environment, stdout=log, stderr=log
            )
        if ready:
            await self.ready()
        return perf_counter() - begun

    async def ready(self, *, seconds: float = 30.0) -> None:
        """Wait for /readyz."""
        deadline = perf_counter() + seconds
        async with aiohttp.ClientSession() as session:
            while perf_counter() < deadline:
                if self.process is None or self.process.returncode is not None:
                    break
                try:
                    async with session.get(f"http://127.0.0.1:{self.port}/readyz") as answer:
                        if answer.status == 200:
                            return
                except aiohttp.ClientError:
                    pass
                await asyncio.sleep(0.05)
        raise AssertionError(f"not ready; its log ends: {self.log.read_text()[-2000:]}")

    async def kill(self) -> None:
        """SIGKILL: no goodbye."""
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        await self.process.wait()

    async def stop(self) -> int:
        """SIGTERM: a graceful end; the exit code."""
        assert self.process is not None
        if self.process.returncode is None:
            self.process.send_signal(signal.SIGTERM)
        return await asyncio.wait_for(self.process.wait(), 20)


@asynccontextmanager
async def wadul_process(
    folder: Path, standin: RemoteStandin, *, database_url: str | None, **settings: str
) -> AsyncIterator[WadulProcess]:
    """A Wadul that is gone at the end of the block, whatever happened in it."""
    port = str(free_port())
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "OMP_NUM_THREADS": "1",
        "WADUL_DATA_DIR": str(folder / "var"),
        "WADUL_CONFIG": str(ROOT / "wadul.toml"),
        "WADUL_ADMINS": "telegram:9001",
        "WADUL_TELEGRAM_TOKEN": standin.token,
        "WADUL_TELEGRAM_BASE_URL": standin.base_url,
        "WADUL_TELEGRAM_BASE_FILE_URL": standin.base_file_url,
        "WADUL_HTTP_PORT": port,
        **({"WADUL_DATABASE_URL": database_url} if database_url else {}),
        **settings,
    }
    if settings.get("WADUL_TELEGRAM_MODE") == "webhook":
        environment |= {"WADUL_PUBLIC_URL": f"http://127.0.0.1:{port}", "WADUL_TELEGRAM_WEBHOOK_SECRET": "rahasia-1"}
    wadul = WadulProcess(environment, folder / "wadul.log")
    try:
        yield wadul
    finally:
        if wadul.process is not None and wadul.process.returncode is None:
            wadul.process.kill()
            await wadul.process.wait()


def database_of(folder: Path, database_url: str | None) -> str:
    """The URL of a Wadul process's database."""
    return database_url or f"sqlite:///{folder / 'var' / 'wadul.db'}"


def counts(url: str) -> dict[str, Any]:
    """What a database holds: cases, the texts they were opened with, rows that still wait."""
    store = Store(url)
    try:
        with store.engine.connect() as connection:
            texts = connection.execute(sa.select(entry.c.text).where(entry.c.kind == "report")).scalars().all()
            codes = connection.execute(sa.select(case.c.code)).scalars().all()
            waiting = {
                name: connection.execute(
                    sa.select(sa.func.count()).select_from(table).where(table.c.done_at.is_(None))
                ).scalar_one()
                for name, table in (("inbox", inbox), ("outbox", outbox))
            }
            aside = connection.execute(
                sa.select(sa.func.count()).select_from(inbox).where(inbox.c.set_aside.is_not(None))
            ).scalar_one()
    finally:
        store.close()
    return {"texts": texts, "codes": codes, "set_aside": aside, **waiting}
