"""After a full retrain the encoder is another one: what open cases mean is read anew, and only then compared again."""

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.domain.models import Version, Why
from bot.domain.training import Kind
from bot.services.ports import UnitOfWork
from bot.store.tables import similar
from tests.classifier.builders import encoder_folder, seal
from tests.flows.town import Town
from tests.flows.town import town as in_town

FIRST = "Jalan rusak bolong di depan pasar Karangsari"
AGAIN = "Dalane bolong di depan pasar Karangsari, rusak"
MIX = {"mix": dict.fromkeys(("kind", "topic", "urgency", "language"), 1.0)}  # so that the cue words decide


@pytest.fixture
async def any_town(tmp_path: Path, database_url: str | None) -> AsyncIterator[Town]:
    """A town on each database whose model has an encoder, if a tiny one."""
    model = encoder_folder(tmp_path / "satu-1", id="satu-1", **MIX)
    async with in_town(tmp_path, model=True, model_dir=model, database_url=database_url) as here:
        yield here


def retrained(town: Town) -> str:
    """A model whose encoder is not the same: another tokenizer is enough."""
    folder = encoder_folder(town.app.settings.data_dir / "models" / "dua-2")
    with (folder / "tokenizer.json").open("a", encoding="utf-8") as file:
        file.write("\n")
    encoder = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["encoder"]
    seal(folder, id="dua-2", encoder=encoder, **MIX)
    town.app.store.write_now(lambda uow: uow.models.add(Version(0, "dua-2", Kind.FULL, town.clock(), "satu-1", {}, {})))
    return "dua-2"


async def use(town: Town, model: str, why: Why) -> None:
    """Choose a model, and wait until it answers."""

    def work(uow: UnitOfWork) -> None:
        uow.models.use(model, by="telegram:9001", why=why, at=town.clock())

    town.app.store.write_now(work)
    keeper = town.app.learning.models
    assert keeper is not None
    await town.standin.wait_for(lambda: keeper.current is not None and keeper.current.name == model, 15)


async def test_a_swap_and_kembali_renew_what_open_cases_mean_while_nothing_else_waits(any_town: Town) -> None:
    renewal = any_town.app.learning.renewal
    assert renewal is not None
    dpu = any_town.group("dputr")
    first = await any_town.report(dpu, FIRST)
    before = {row["encoder"] for row in any_town.rows(similar)}
    assert len(before) == 1

    idle, renewal._idle = renewal._idle, lambda: False
    await use(any_town, retrained(any_town), Why.CHOSEN)
    second = await any_town.report(dpu, AGAIN, by=any_town.citizen(6, "Joko"))
    assert "Mirip" not in second.text
    assert len({row["encoder"] for row in any_town.rows(similar)}) == 2

    renewal._idle = idle
    await any_town.standin.wait_for(lambda: len({row["encoder"] for row in any_town.rows(similar)}) == 1, 15)
    any_town.citizen(7, "Tuti").say(AGAIN + " banget")
    await any_town.shows(first, "+2 laporan mirip")
    assert before.isdisjoint(row["encoder"] for row in any_town.rows(similar))

    await use(any_town, "satu-1", Why.BACK)
    root = any_town.cases()[0].id
    await any_town.standin.wait_for(lambda: encoder_of(any_town, root) in before, 15)


def encoder_of(town: Town, case_id: int) -> str:
    """Whose encoder wrote what a case means."""
    return str(next(row["encoder"] for row in town.rows(similar) if row["case_id"] == case_id))
