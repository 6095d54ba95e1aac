"""The whole way with the released model, on every channel: an office's habit is learnt and used, poison is stopped.

The processes of training run at the lowest priority; on a busy machine a test here takes minutes.
"""

import asyncio
import json
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.domain.case import Case
from tests.contract.channels import PLACES
from tests.contract.people import Person, Screen
from tests.contract.place import Place
from tests.contract.seen import Seen
from tests.flows.fitted import share
from tests.flows.taught import habit, teach, with_mbg
from tests.flows.test_training import LONG
from tests.flows.wadul import REGION

ROOT = Path(__file__).parents[2]
CORPUS = ROOT / "training" / "corpus"
pytestmark = pytest.mark.skipif(not (ROOT / "models" / "CURRENT").exists(), reason="no model is released")


@pytest.fixture(scope="session")
def fitted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the workers of this run keep the trainings that they share."""
    base = tmp_path_factory.getbasetemp()
    return (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "fitted"


@asynccontextmanager
async def office(channel: str, folder: Path, fitted: Path, region: Path = REGION) -> AsyncIterator[Place]:
    """A town on a channel with the released model. A training is done once and shared between the channels."""
    settings = {"config" if channel == "telegram" else "region": region}
    async with PLACES[channel](folder, model=True, **settings) as place:
        share(place.app, fitted)
        yield place


async def reported(place: Place, number: int, text: str) -> Case:
    """Somebody complains; their case."""
    citizen = place.citizen(number)
    await citizen.says(text)
    code = (await citizen.screen.reads("PML-")).code
    await place.idle()
    return place.case(code)


async def trained(place: Place) -> tuple[Person, Screen, Seen]:
    """/latih at the desk: the admin, the desk, and the one message that comes of it: picture, words, buttons."""
    desk = await place.group("meja")
    wati = place.admin(desk)
    await wati.uses("latih")
    async with asyncio.timeout(LONG):
        while not (found := [each for each in await place.look(desk) if each.files]):
            await asyncio.sleep(0.2)
    (picture,) = found
    assert picture.has("Model baru", "Pakai model ini?")
    assert picture.buttons == ["Pakai", "Jangan", "Uji diam-diam"]
    return wati, desk, picture


async def answering(place: Place, model: str) -> None:
    """Wait until this process answers with a model."""
    keeper = place.app.learning.models
    assert keeper is not None

    async def swapped() -> bool | None:
        return (keeper.current is not None and keeper.current.name == model) or None

    await place.until(swapped, f"{model} is in use")


def chosen(place: Place) -> list[str]:
    """The models that somebody chose."""
    return place.app.store.read_now(lambda uow: [use.model for use in uow.models.history()])


@pytest.mark.parametrize("channel", list(PLACES))
async def test_an_office_corrects_sixty_cases_trains_and_the_next_complaints_go_its_way(
    channel: str, tmp_path: Path, fitted: Path
) -> None:
    trees, meals = habit("pohon_tumbang"), habit("mbg")
    async with office(channel, tmp_path, fitted, with_mbg(tmp_path)) as place:
        first = await reported(place, 0, trees[62])
        assert (first.tags.topic, first.unit) == ("bencana", "bpbd")
        teach(place.app, trees[:40], before="bencana", topic="lingkungan")
        teach(place.app, meals[:20], before="pendidikan", topic="mbg")
        wati, desk, picture = await trained(place)
        assert picture.has("Belajar dari 60 laporan: 60 dikoreksi petugas.", "Lolos")
        await wati.presses(picture, "Pakai")
        await desk.shows(picture, f"✓ Dipakai, dipilih oleh {wati.name}")
        (model,) = chosen(place)
        await answering(place, model)
        second = await reported(place, 1, trees[61])
        assert (second.tags.topic, second.unit, second.tags.model) == ("lingkungan", "dlh", model)
        third = await reported(place, 2, meals[31])
        assert (third.tags.topic, third.unit, third.tags.model) == ("mbg", "dindikbud", model)


@pytest.mark.parametrize("channel", list(PLACES))
async def test_a_poisoned_batch_is_stopped_and_the_model_in_use_goes_on(
    channel: str, tmp_path: Path, fitted: Path
) -> None:
    rows = [json.loads(line) for line in (CORPUS / "darurat.jsonl").read_text(encoding="utf-8").splitlines()]
    calls = [row["text"] for row in rows if row["urgency"] == "darurat"][:120]
    async with office(channel, tmp_path, fitted) as place:
        teach(place.app, calls, before="darurat", urgency="rendah", kind="bukan_laporan")
        wati, desk, picture = await trained(place)
        assert picture.has("Tertahan")
        await wati.presses(picture, "Pakai")
        asked = await desk.shows(picture, "Tetap pakai, meski", offers="Tetap pakai")
        await wati.presses(asked, "Jangan")
        await desk.shows(picture, f"Tidak dipakai, diputuskan oleh {wati.name}")
        assert chosen(place) == []
