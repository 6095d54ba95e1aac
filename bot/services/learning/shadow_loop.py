"""A model on trial tags along, in the classifier's thread, after the answers and only while nothing else waits."""

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

import structlog

from bot.domain.correcting import in_region
from bot.domain.shadow import Agreement, ShadowRun, agreement
from bot.services.database import Database
from bot.services.learning.model_keeping import ModelKeeper, Open, Opened
from bot.services.learning.shadow import finish
from bot.services.learning.workshop import Workshop
from bot.services.office import Office
from bot.services.ports import UnitOfWork
from bot.services.tagging import ModelTagger, to_tags

SHADOW_SECONDS = 1.0
WAITING = 64  # texts; what comes while so many wait is left out
AT_ONCE = 4  # short enough that no answer waits for it
log = structlog.get_logger()


class Shadow:
    """Steps to be repeated."""

    def __init__(
        self, database: Database, office: Office, tagger: ModelTagger, keeper: ModelKeeper, workshop: Workshop, *,
        open_: Open, thinking: ThreadPoolExecutor, idle: Callable[[], bool], woken: Callable[[], None],
    ) -> None:  # fmt: skip
        self._database = database
        self._office = office
        self._tagger = tagger
        self._keeper = keeper
        self._workshop = workshop
        self._open = open_
        self._thinking = thinking
        self._idle = idle
        self._woken = woken
        self._texts: deque[str] = deque()
        self._run: ShadowRun | None = None
        self._model: Opened | None = None
        self._failed = 0

    def heard(self, texts: Sequence[str]) -> None:
        """Texts that were answered; under load they are left out."""
        if self._run is not None:
            self._texts.extend(texts[: max(0, WAITING - len(self._texts))])

    async def step(self) -> None:
        """Follow the trial that runs, tag a few of what waits, and end a trial whose time is over."""
        run = await self._database.read(lambda uow: uow.shadows.running())
        if run is None or run.until <= self._office.clock():
            self._run, self._model = None, None
            self._texts.clear()
            if run is not None:
                await self._database.write(lambda uow: finish(uow, self._office, run))
                self._woken()
            return
        if run.id == self._failed or (run != self._run and not await self._take_up(run)):
            return
        while self._texts and self._idle():
            some = [self._texts.popleft() for _ in range(min(AT_ONCE, len(self._texts)))]
            await self._count(run, some)

    async def _take_up(self, run: ShadowRun) -> bool:
        loop = asyncio.get_running_loop()
        folder = self._workshop.folder_of(run.model)
        try:
            self._model = await loop.run_in_executor(self._thinking, self._open, folder, self._keeper.current)
        except Exception as error:  # noqa: BLE001 - whatever ails a model, a trial of it ends and nothing else
            log.error("shadow_not_loaded", model=run.model, reason=str(error))
            self._failed = run.id
            await self._database.write(lambda uow: self._give_up(uow, run))
            return False
        self._run = run
        return True

    def _give_up(self, uow: UnitOfWork, run: ShadowRun) -> None:
        if uow.shadows.end(run.id, at=self._office.clock()):
            self._office.desk(uow, "shadow.not_loaded", model=run.model)

    async def _count(self, run: ShadowRun, texts: Sequence[str]) -> None:
        loop = asyncio.get_running_loop()
        try:
            counts = await loop.run_in_executor(self._thinking, self._compare, texts)
        except Exception:  # the edge to the model on trial: what it cannot read is left out
            log.exception("shadow_failed", texts=len(texts))
            return
        if counts:
            await self._database.write(lambda uow: uow.shadows.count(run.id, counts))

    def _compare(self, texts: Sequence[str]) -> list[Agreement]:
        """In the classifier's thread. A text that was forgotten meanwhile is left out."""
        topics, model = self._office.region.topics, self._model
        known = [(text, said) for text in texts if (said := self._tagger.recall(text)) is not None]
        if model is None or not known:
            return []
        found: dict[str, Agreement] = {}
        verdicts = model.beside(self._keeper.current, [text for text, _ in known], [vector for _, (_, vector) in known])
        for (_, (tags, _)), verdict in zip(known, verdicts, strict=True):
            one = agreement(in_region(tags, topics), in_region(to_tags(verdict), topics))
            found[one.topic] = found.get(one.topic, Agreement(one.topic)) + one
        return list(found.values())
