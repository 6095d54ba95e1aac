"""A kill in the middle of a training harms nothing: the model in use serves on, the job goes on, and tells once.

On Telegram and on the coba page. The Discord of these tests lives in the test's own process, which a kill would end.
The processes of training run at the lowest priority; on a busy machine a test here takes minutes.
"""

import asyncio
import os
import re
import signal
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import aiohttp
import pytest

from bot.store.engine import Store
from bot.store.tables import training_job
from tests.classifier.builders import ngram_folder
from tests.flows.process import WadulProcess, wadul_process
from tests.flows.test_training import LONG
from tests.standin.remote import RemoteStandin, spawned

DESK, ADMIN, CITIZEN = -1001, 9001, 5
SAMPAH = "Sampah di belakang pasar menumpuk."
ASKS, CODE = "Pakai model ini?", "PML-"


class Chats(ABC):
    """The desk's chat and a citizen's, from outside the process; `database` is the file that it keeps."""

    database = "wadul.db"

    @abstractmethod
    async def begin(self) -> None:
        """/latih at the desk, by an admin."""

    @abstractmethod
    async def report(self) -> None:
        """A citizen complains."""

    @abstractmethod
    async def desk(self) -> list[str]:
        """What Wadul wrote at the desk."""

    @abstractmethod
    async def phone(self) -> list[str]:
        """What Wadul wrote to the citizen."""


class OnTelegram(Chats):
    """Over the stand-in, in a process of its own."""

    def __init__(self, standin: RemoteStandin) -> None:
        self._standin = standin

    async def begin(self) -> None:
        await self._standin.do({"do": "group", "chat": DESK, "title": "Meja"})
        await self._standin.say(ADMIN, "/hubungkan meja", chat=DESK)
        await self._standin.say(ADMIN, "/latih", chat=DESK)

    async def report(self) -> None:
        await self._standin.say(CITIZEN, SAMPAH)

    async def desk(self) -> list[str]:
        return await self._texts(DESK)

    async def phone(self) -> list[str]:
        return await self._texts(CITIZEN)

    async def _texts(self, chat: int) -> list[str]:
        every = (await self._standin.chat(chat))["messages"]
        return [str(m.get("text") or m.get("caption")) for m in every if m.get("by_bot")]


class OnCoba(Chats):
    """Over the page's own calls; each start of the process gives the page another token."""

    database = "coba.db"

    def __init__(self, wadul: WadulProcess) -> None:
        self._wadul = wadul

    async def begin(self) -> None:
        await self._say("meja", "petugas:1", "/latih")

    async def report(self) -> None:
        await self._say("warga:1", "warga:1", SAMPAH)

    async def desk(self) -> list[str]:
        return await self._texts("meja")

    async def phone(self) -> list[str]:
        return await self._texts("warga:1")

    async def _say(self, chat: str, sender: str, text: str) -> None:
        form = {"chat": chat, "sender": sender, "text": text}
        async with self._page() as http, http.post("/coba/pesan", json=form) as answer:
            assert answer.status == 200, await answer.text()

    async def _texts(self, chat: str) -> list[str]:
        async with self._page() as http, http.get("/coba/kabar", params={"after": -1}) as answer:
            lines = (await answer.json())["lines"]
        return [str(line["body"].get("text")) for line in lines if (line["chat_id"], line["author"]) == (chat, "bot")]

    @asynccontextmanager
    async def _page(self) -> AsyncIterator[aiohttp.ClientSession]:
        async with aiohttp.ClientSession(f"http://127.0.0.1:{self._wadul.port}") as http:
            async with http.get("/") as page:
                found = re.search(r'name="coba-token" content="([^"]+)"', await page.text())
            assert found
            http.headers["X-Coba-Token"] = found[1]
            yield http


@asynccontextmanager
async def on_telegram(folder: Path, **settings: str) -> AsyncIterator[tuple[WadulProcess, Chats]]:
    async with spawned() as standin, wadul_process(folder, standin, database_url=None, **settings) as wadul:
        yield wadul, OnTelegram(standin)


@asynccontextmanager
async def on_coba(folder: Path, **settings: str) -> AsyncIterator[tuple[WadulProcess, Chats]]:
    nobody = cast(RemoteStandin, SimpleNamespace(token="", base_url="", base_file_url=""))
    settings |= {"WADUL_ADMINS": "coba:petugas:1"}
    async with wadul_process(folder, nobody, database_url=None, **settings) as wadul:
        yield wadul, OnCoba(wadul)


def job_of(database: Path) -> dict[str, Any]:
    """The only job, as the database holds it; empty while there is none."""
    store = Store(f"sqlite:///{database}")
    try:
        with store.engine.connect() as connection:
            found = connection.execute(training_job.select()).mappings().one_or_none()
            return dict(found) if found else {}
    finally:
        store.close()


async def until(look: Any) -> None:
    """Wait, longer than elsewhere: what trains leaves little of a small machine."""
    async with asyncio.timeout(LONG):
        while not await look():
            await asyncio.sleep(0.2)


async def start(wadul: WadulProcess) -> None:
    await wadul.start(ready=False)
    await wadul.ready(seconds=LONG)


@pytest.mark.parametrize(
    ("place", "also"), [(on_telegram, "bot"), (on_telegram, "both"), (on_coba, "both")],
    ids=["telegram-bot", "telegram-both", "coba-both"],
)  # fmt: skip
async def test_a_kill_in_the_middle_leaves_the_champion_serving_and_the_job_goes_on(
    tmp_path: Path, place: Any, also: str
) -> None:
    model = ngram_folder(tmp_path / "kecil-1", id="kecil-1")
    async with place(tmp_path, WADUL_MODEL_DIR=str(model)) as (wadul, chats):
        database = tmp_path / "var" / chats.database
        await start(wadul)
        await chats.begin()

        async def fitting() -> bool:
            job = job_of(database)
            return bool(job) and job["status"] == "fitting" and bool(job["pid"])

        await until(fitting)
        pid = int(job_of(database)["pid"])
        await wadul.kill()
        if also == "both":
            os.killpg(pid, signal.SIGKILL)
        await start(wadul)
        await chats.report()

        async def answered() -> bool:
            return any(CODE in text for text in await chats.phone())

        async def asked() -> bool:
            return any(ASKS in text for text in await chats.desk())

        await until(answered)
        await until(asked)
        job = job_of(database)
        assert (job["status"], job["champion"]) == ("ready", "kecil-1")
        assert sum(ASKS in text for text in await chats.desk()) == 1
        await wadul.stop()
