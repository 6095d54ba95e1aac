"""Two processes of one office on PostgreSQL: both follow the choice of a model and the way back; a restart keeps it."""

import asyncio
from pathlib import Path

import sqlalchemy as sa

from bot.domain.models import Version, Why
from bot.domain.training import Kind
from bot.store.engine import Store
from bot.store.tables import case
from tests.classifier.builders import ngram_folder
from tests.flows.process import WadulProcess, wadul_process
from tests.flows.test_training import LONG
from tests.postgres import Server
from tests.standin.remote import RemoteStandin, spawned

OLD, NEW = "kecil-1", "pml-20261124-bbbbbb"
SAMPAH = "Sampah di belakang pasar menumpuk."


def choose(url: str, model: str, why: Why) -> None:
    """What `Pakai` and `Kembali` write."""
    store = Store(url)
    try:
        store.write_now(lambda uow: uow.models.use(model, by="telegram:9001", why=why, at=1.0))
    finally:
        store.close()


def trained(url: str, models: Path) -> None:
    """A version of the office's own stands among the others."""
    ngram_folder(models / NEW, id=NEW)
    store = Store(url)
    try:
        store.write_now(lambda uow: uow.models.add(Version(0, NEW, Kind.QUICK, 1.0, OLD)))
    finally:
        store.close()


def read_by(url: str) -> list[str]:
    """The model that tagged each case, in order."""
    store = Store(url)
    try:
        with store.engine.connect() as connection:
            return list(connection.execute(sa.select(case.c.model).order_by(case.c.id)).scalars())
    finally:
        store.close()


async def follows(wadul: WadulProcess, model: str) -> None:
    """Wait until a process says that it answers with a model."""
    async with asyncio.timeout(LONG):
        while not any("model_in_use" in line and model in line for line in wadul.log.read_text().splitlines()):
            await asyncio.sleep(0.1)


async def told(standin: RemoteStandin, url: str, first: int) -> list[str]:
    """Four citizens report; the models that tagged them."""
    known = len(read_by(url))
    for who in range(first, first + 4):
        await standin.say(who, SAMPAH)

    async def opened() -> bool:
        return len(read_by(url)) == known + 4

    await standin.wait_for(opened, timeout=LONG)
    return read_by(url)[known:]


async def test_two_processes_follow_the_choice_and_the_way_back_and_a_restart_keeps_it(
    tmp_path: Path, postgresql: Server
) -> None:
    model = ngram_folder(tmp_path / OLD, id=OLD)
    hook = {"WADUL_TELEGRAM_MODE": "webhook", "WADUL_MODEL_DIR": str(model)}
    with postgresql.fresh() as url:
        async with (
            spawned() as standin,
            wadul_process(tmp_path, standin, database_url=url, **hook) as one,
            wadul_process(tmp_path, standin, database_url=url, **hook) as two,
        ):
            two.log = tmp_path / "two.log"
            for each in (one, two):
                await each.start(ready=False)
                await each.ready(seconds=LONG)
            assert await told(standin, url, 10) == [OLD] * 4
            trained(url, tmp_path / "var" / "models")
            choose(url, NEW, Why.CHOSEN)
            await asyncio.gather(follows(one, NEW), follows(two, NEW))
            assert await told(standin, url, 20) == [NEW] * 4
            await one.kill()
            await one.start(ready=False)
            await one.ready(seconds=LONG)
            assert await told(standin, url, 30) == [NEW] * 4
            choose(url, OLD, Why.BACK)
            await asyncio.gather(follows(one, OLD), follows(two, OLD))
            assert await told(standin, url, 40) == [OLD] * 4
            for each in (one, two):
                assert await each.stop() == 0
