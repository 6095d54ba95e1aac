"""The model in use, in this process: it follows the choice of the office within seconds; old folders are removed."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import structlog

from bot.domain.errors import ModelError
from bot.domain.models import superfluous
from bot.services.database import Database
from bot.services.learning.using import in_use
from bot.services.learning.workshop import Workshop
from bot.services.office import Office
from bot.services.ports import UnitOfWork
from bot.services.tagging import Classify, ModelTagger

LOOK_SECONDS = 2.0
PROBE = "Jalan di depan balai desa berlubang, mohon diperbaiki."
log = structlog.get_logger()


@dataclass(frozen=True)
class Opened:
    """A loaded model; `beside` gives verdicts from vectors that another model, which shares its encoder, has seen."""

    name: str
    classify: Classify
    explaining: Classify
    raw: Any
    beside: Callable[..., Any]


Open = Callable[[Path, Opened | None], Opened]
"""Load a folder, sharing the encoder of the one given where it is the same; raises where it cannot be loaded."""


class ModelKeeper:
    """Steps to be repeated. `current` is the model that answers in this process; None while the rules do."""

    def __init__(
        self, database: Database, office: Office, tagger: ModelTagger, workshop: Workshop, *, open_: Open,
        current: Opened | None, thinking: ThreadPoolExecutor, woken: Callable[[], None],
        loaded: Callable[[], None],
    ) -> None:  # fmt: skip
        self.current = current
        self._database = database
        self._office = office
        self._tagger = tagger
        self._workshop = workshop
        self._open = open_
        self._thinking = thinking
        self._woken = woken
        self._loaded = loaded
        self._failed = ""

    async def step(self) -> None:
        """Follow the choice: the old model answers until the new one has answered a probe."""
        wanted = await self._database.read(in_use)
        if not wanted or wanted in (self._failed, self.current.name if self.current else ""):
            return
        loop = asyncio.get_running_loop()
        try:
            self.current = await loop.run_in_executor(self._thinking, self._swap, wanted)
        except Exception as error:  # noqa: BLE001 - whatever ails a model, the one that answers goes on
            log.error("model_not_loaded", model=wanted, reason=str(error))
            self._failed = wanted
            await self._database.write(partial(self._give_up, name=wanted))
            self._woken()
            return
        self._failed = ""
        self._loaded()
        log.info("model_in_use", model=wanted)

    def _swap(self, name: str) -> Opened:
        """In the classifier's thread, between two batches."""
        new = self._open(self._workshop.folder_of(name), self.current)
        if new.name != name:
            raise ModelError(f"the folder of {name} holds {new.name}")
        new.classify([PROBE])
        self._tagger.use(new.classify, explaining=new.explaining)
        return new

    def _give_up(self, uow: UnitOfWork, *, name: str) -> None:
        use = uow.models.current()
        if use is not None and use.model == name and uow.models.failed(use.id, at=self._office.clock()):
            self._office.desk(uow, "model.not_loaded", model=name, present=in_use(uow))

    async def sweep(self) -> None:
        """Remove the folders of versions that nobody will go back to."""
        now = self._office.clock()

        def work(uow: UnitOfWork) -> list[str]:
            trial, job = uow.shadows.running(), uow.training.running()
            held = {in_use(uow), trial.model if trial else "", (job.champion or "") if job else ""}
            gone = superfluous(uow.models.all(), uow.models.history(), held=held, now=now)
            for version in gone:
                uow.models.removed(version.id, at=now)
            return [version.name for version in gone]

        for name in await self._database.write(work):
            await asyncio.to_thread(self._workshop.drop, name)
            log.info("model_removed", model=name)
