"""One run: a stand-in for Telegram and a real Wadul, each a process of its own; groups linked, messages sent."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

import sqlalchemy as sa

from bench.replaying.rows import ReplayError, Row
from bot.domain.region import DESK, DUTY, Region
from bot.region_file import load_region
from bot.store.engine import Store
from bot.store.tables import outbox, unit_chat
from tests.flows.process import ROOT, WadulProcess, database_of, wadul_process
from tests.standin.remote import RemoteStandin, spawned

REGION = ROOT / "wadul.toml"
ADMIN = 9001  # as wadul_process sets WADUL_ADMINS
FIRST_GROUP = -1_001_000_000_000
FIRST_CITIZEN = 1_000_000
LINK_SECONDS = 30.0
ANSWER_SECONDS = 120.0  # without one more answer, after which the rest counts as lost
SETTLE_SECONDS = 0.5  # in which a second answer, or a second card, would show


@dataclass(frozen=True)
class Plan:
    """How to run. `rate` is messages a second (None: all at once), `model` a folder (None: the released one)."""

    rate: float | None = 20.0
    model: Path | None = None
    latency: float = 0.05
    cards_seconds: float = 90.0
    strict: bool = True


@dataclass(frozen=True)
class Office:
    """A Wadul with all its groups, ready for citizens."""

    standin: RemoteStandin
    wadul: WadulProcess
    database: str
    region: Region
    groups: dict[int, str]  # chat id → unit id
    start_seconds: float


@dataclass(frozen=True)
class Run:
    """What a run leaves to read: the database's URL, the bot's sends, the stand-in's figures."""

    database: str
    region: Region
    groups: dict[int, str]
    sends: list[dict[str, Any]]
    stats: dict[str, Any]
    waiting_sends: int
    exit_code: int
    start_seconds: float
    seconds: float


@asynccontextmanager
async def open_office(folder: Path, plan: Plan) -> AsyncIterator[Office]:
    """Start both processes and link every department, the desk and the duty chat to a group of its own."""
    options = ["--latency", str(plan.latency), *(["--strict"] if plan.strict else [])]
    settings = {"WADUL_MODEL_DIR": str(plan.model.resolve())} if plan.model else {}
    async with (
        spawned(*options) as standin,
        wadul_process(folder, standin, database_url=None, **settings) as wadul,
    ):
        seconds = await wadul.start()
        region = load_region(REGION)
        units = [*(department.id for department in region.departments), DESK, DUTY]
        groups = {FIRST_GROUP - index: unit for index, unit in enumerate(units)}
        database = database_of(folder, None)
        await _link(standin, database, groups)
        yield Office(standin, wadul, database, region, groups, seconds)


async def replay(rows: Sequence[Row], plan: Plan, folder: Path) -> Run:
    """Send every row as a citizen of its own; wait for the answers, then for cards as long as the plan allows."""
    async with open_office(folder, plan) as office:
        await office.standin.mark()
        begun = perf_counter()
        await office.standin.burst(
            chats=len(rows), first_id=FIRST_CITIZEN, per_chat=1, texts=[row.text for row in rows], rate=plan.rate
        )
        await answered(office.standin, len(rows))
        await _cards(office.database, plan.cards_seconds)
        await asyncio.sleep(SETTLE_SECONDS)
        seconds = perf_counter() - begun
        exit_code = await office.wadul.stop()  # what was on its way is still sent
        stats = await office.standin.stats()
        sends = await office.standin.calls(method="sendMessage")
        return Run(
            office.database, office.region, office.groups, sends, stats, waiting_sends(office.database), exit_code,
            office.start_seconds, seconds,
        )  # fmt: skip


async def answered(standin: RemoteStandin, chats: int) -> bool:
    """Wait until so many private chats were answered; False where nothing came any more."""
    seen, since = 0, perf_counter()
    while perf_counter() - since < ANSWER_SECONDS:
        asked = perf_counter()
        now = int((await standin.stats())["answers"]["chats"])
        if now >= chats:
            return True
        if now > seen:
            seen, since = now, perf_counter()
        # With thousands of chats the figures cost the stand-in time that its answers need.
        await asyncio.sleep(max(0.2, 5 * (perf_counter() - asked)))
    return False


def waiting_sends(database: str) -> int:
    """Sends that the outbox still holds."""
    return count(database, sa.select(sa.func.count()).select_from(outbox).where(outbox.c.done_at.is_(None)))


def count(database: str, query: sa.Select[int]) -> int:
    """One number from a run's database."""
    store = Store(database)
    try:
        with store.engine.connect() as connection:
            return int(connection.execute(query).scalar_one())
    finally:
        store.close()


async def _link(standin: RemoteStandin, database: str, groups: dict[int, str]) -> None:
    await standin.do(*({"do": "group", "chat": chat, "title": unit} for chat, unit in groups.items()))
    await standin.do(
        *(
            {"do": "say", "who": ADMIN, "name": "Wati", "chat": chat, "text": f"/hubungkan {unit}"}
            for chat, unit in groups.items()
        )
    )
    deadline = perf_counter() + LINK_SECONDS
    while count(database, sa.select(sa.func.count()).select_from(unit_chat)) < len(groups):
        if perf_counter() > deadline:
            raise ReplayError(f"the groups were not linked within {LINK_SECONDS:.0f} s: read the bot's log")
        await asyncio.sleep(0.1)


async def _cards(database: str, seconds: float) -> None:
    """Cards wait for their group's budget by design: give them this long, less where all are sent."""
    deadline = perf_counter() + seconds
    while waiting_sends(database) and perf_counter() < deadline:
        await asyncio.sleep(0.3)
