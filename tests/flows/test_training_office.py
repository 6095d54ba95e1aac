"""The whole way with the released model: an office's habit is learnt and used, poison is stopped, a kill harms nothing.

The processes of training run at the lowest priority; on a busy machine a test here takes minutes.
"""

import asyncio
import json
import os
import signal
from pathlib import Path

import pytest

from bot.store.engine import Store
from bot.store.tables import case, model_use, training_job
from tests.classifier.builders import ngram_folder
from tests.flows.process import WadulProcess, database_of, wadul_process
from tests.flows.taught import habit, teach, with_mbg
from tests.flows.test_training import LONG, buttons, in_use, result
from tests.flows.town import Town
from tests.flows.town import town as in_town
from tests.standin.messages import Message
from tests.standin.people import Member
from tests.standin.remote import RemoteStandin, spawned

ROOT = Path(__file__).parents[2]
CORPUS = ROOT / "training" / "corpus"
DESK, ADMIN = -1001, 9001
pytestmark = pytest.mark.skipif(not (ROOT / "models" / "CURRENT").exists(), reason="no model is released")


async def report(town: Town, who: int, text: str) -> str:
    """Somebody complains; the unit it went to."""
    known = len(town.rows(case))
    town.citizen(who, f"Warga {who}").say(text)
    await town.standin.wait_for(lambda: len(town.rows(case)) > known, 15)
    return town.cases()[-1].unit


async def trained(town: Town) -> tuple[Member, Message]:
    """/latih at the desk: the admin, and the picture that comes of it."""
    desk = town.group("meja")
    wati = town.admin(desk)
    wati.say("/latih")
    return wati, await result(town, desk)


async def test_an_office_corrects_sixty_cases_trains_and_the_next_complaints_go_its_way(tmp_path: Path) -> None:
    trees, meals = habit("pohon_tumbang"), habit("mbg")
    async with in_town(tmp_path, model=True, config=with_mbg(tmp_path)) as town:
        assert await report(town, 41, trees[60]) != "dlh"
        assert town.cases()[-1].tags.topic == "bencana"
        teach(town.app, trees[:40], before="bencana", topic="lingkungan")
        teach(town.app, meals[:20], before="pendidikan", topic="mbg")
        wati, picture = await trained(town)
        assert "Belajar dari 60 laporan: 60 dibetulkan petugas." in picture.text
        assert "Lolos" in picture.text
        await town.press(wati, picture, "Pakai")
        await town.shows(picture, "✓ Dipakai, dipilih oleh Wati")
        await in_use(town, town.rows(training_job)[0]["result"])
        assert await report(town, 42, trees[61]) == "dlh"
        assert town.cases()[-1].tags.topic == "lingkungan"
        assert await report(town, 43, meals[31]) == "dindikbud"
        assert town.cases()[-1].tags.topic == "mbg"
        assert town.cases()[-1].tags.model == town.rows(model_use)[0]["model"]


async def test_a_poisoned_batch_is_stopped_and_the_model_in_use_goes_on(tmp_path: Path) -> None:
    rows = [json.loads(line) for line in (CORPUS / "darurat.jsonl").read_text(encoding="utf-8").splitlines()]
    calls = [row["text"] for row in rows if row["urgency"] == "darurat"][:120]
    async with in_town(tmp_path, model=True) as town:
        teach(town.app, calls, before="darurat", urgency="rendah", kind="bukan_laporan")
        wati, picture = await trained(town)
        assert "Tertahan" in picture.text
        assert buttons(picture) == ["Pakai", "Jangan", "Uji diam-diam"]
        await town.press(wati, picture, "Pakai")
        await town.shows(picture, "Tetap pakai, meski")
        await town.press(wati, picture, "Jangan")
        await town.shows(picture, "Tidak dipakai")
        assert town.rows(model_use) == []


def job_of(folder: Path) -> dict[str, object]:
    """The only job, as the database holds it."""
    store = Store(database_of(folder, None))
    try:
        with store.engine.connect() as connection:
            return dict(connection.execute(training_job.select()).mappings().one())
    finally:
        store.close()


async def until_it_fits(folder: Path) -> None:
    """Wait until the process that learns was noted."""
    async with asyncio.timeout(LONG):
        while not (job_of(folder)["pid"] and job_of(folder)["status"] == "fitting"):
            await asyncio.sleep(0.1)


async def answered(standin: RemoteStandin, who: int) -> None:
    """A citizen is answered with a code."""
    await standin.say(who, "Sampah di belakang pasar menumpuk.")

    async def code() -> bool:
        return any("PML-" in m["text"] for m in (await standin.chat(who))["messages"] if m.get("by_bot"))

    await standin.wait_for(code, timeout=30)


async def shown(standin: RemoteStandin) -> list[dict[str, object]]:
    """The pictures at the desk."""
    every = (await standin.chat(DESK))["messages"]
    return [m for m in every if m.get("by_bot") and "Pakai model ini?" in str(m.get("text") or m.get("caption"))]


async def start(wadul: WadulProcess) -> None:
    """Start it and wait, longer than elsewhere: what trains beside it leaves little of a small machine."""
    await wadul.start(ready=False)
    await wadul.ready(seconds=LONG)


async def begin(folder: Path, standin: RemoteStandin, wadul: WadulProcess) -> None:
    await start(wadul)
    await standin.do({"do": "group", "chat": DESK, "title": "Meja"})
    await standin.say(ADMIN, "/hubungkan meja", chat=DESK)
    await standin.say(ADMIN, "/latih", chat=DESK)
    async with asyncio.timeout(LONG):
        while True:
            try:
                job_of(folder)
                break
            except Exception:
                await asyncio.sleep(0.2)
    await until_it_fits(folder)


@pytest.mark.parametrize("also", ["bot", "both"])
async def test_a_kill_in_the_middle_leaves_the_champion_serving_and_the_job_goes_on(tmp_path: Path, also: str) -> None:
    model = ngram_folder(tmp_path / "kecil-1", id="kecil-1")
    async with (
        spawned() as standin,
        wadul_process(tmp_path, standin, database_url=None, WADUL_MODEL_DIR=str(model)) as wadul,
    ):
        await begin(tmp_path, standin, wadul)
        pid = int(str(job_of(tmp_path)["pid"]))
        await wadul.kill()
        if also == "both":
            os.killpg(pid, signal.SIGKILL)
        await start(wadul)
        await answered(standin, 5)

        async def there() -> bool:
            return bool(await shown(standin))

        await standin.wait_for(there, timeout=LONG)
        job = job_of(tmp_path)
        assert (job["status"], job["champion"]) == ("ready", "kecil-1")
        assert len(await shown(standin)) == 1
        await wadul.stop()
