"""After another encoder came into use: what open cases mean is read anew, a few at a time, while nothing else waits.

Until its turn a case is not compared: vectors of two encoders say nothing about each other.
"""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import structlog

from bot.domain.borders import readings
from bot.domain.likeness import Told
from bot.domain.similar import may_have_twins
from bot.services.database import Database
from bot.services.learning.model_keeping import PROBE, Opened
from bot.services.matters.similar_ports import Kept
from bot.services.matters.vectors import pack
from bot.services.office import Office
from bot.services.ports import UnitOfWork

RENEW_SECONDS = 2.0
AT_ONCE = 4  # short enough that no answer waits for it
log = structlog.get_logger()
Old = tuple[Kept, Told]


class Renewal:
    """Steps to be repeated. `current` is the model that answers in this process."""

    def __init__(
        self, database: Database, office: Office, *, current: Callable[[], Opened | None],
        thinking: ThreadPoolExecutor, idle: Callable[[], bool],
    ) -> None:  # fmt: skip
        self._database = database
        self._office = office
        self._current = current
        self._thinking = thinking
        self._idle = idle
        self._model = ""
        self._encoder = ""
        self._after = 0  # rows up to here are of this encoder, or were found to be none of ours

    async def step(self) -> None:
        """Renew what another encoder wrote, until something else waits or nothing is left."""
        model = self._current()
        if model is None or (model.name != self._model and not await self._take_up(model)):
            return
        while self._encoder and self._idle() and self._current() is model:
            old, latest = await self._database.read(self._stale)
            if not old:
                self._after = max(self._after, latest)
                return
            verdicts = await self._verdicts(model, [told.text for _, told in old])
            if verdicts is None:
                return
            vectors = [verdict.vector if verdict.encoder == self._encoder else None for verdict in verdicts]
            await self._database.write(lambda uow, old=old, vectors=vectors: self._renew(uow, old, vectors))  # type: ignore[misc]
            self._after = old[-1][0].row_id

    async def _take_up(self, model: Opened) -> bool:
        """Learn which encoder a new model has; one without any leaves everything as it is."""
        found = await self._verdicts(model, [PROBE])
        if found is None:
            return False
        self._encoder = found[0].encoder if found[0].vector is not None else ""
        self._model, self._after = model.name, 0
        return True

    async def _verdicts(self, model: Opened, texts: Sequence[str]) -> Sequence[Any] | None:
        """What a model says of texts, in the classifier's thread; None where it throws."""
        try:
            return await asyncio.get_running_loop().run_in_executor(self._thinking, model.classify, texts)
        except Exception:  # the edge to the model: what it cannot read is tried again with the next step
            log.exception("renewing_failed", texts=len(texts))
            return None

    def _stale(self, uow: UnitOfWork) -> tuple[list[Old], int]:
        """The next rows of other encoders with what their cases tell, and the latest row there is."""
        found: list[Old] = []
        for row in uow.similar.of_others(self._encoder, after=self._after, limit=AT_ONCE):
            case = uow.cases.by_id(row.case_id)
            text, point = uow.similar.told(row.case_id)
            tags = case.tags if case and may_have_twins(case, self._office.region.similar) else None
            topics = [self._office.region.topics.read(topic) for topic in readings(tags)] if tags else []
            place = (tags and tags.location) or ""
            found.append((row, Told(text if tags else "", tuple(topics), row.at, place, point)))
        return found, uow.similar.latest()

    def _renew(self, uow: UnitOfWork, old: Sequence[Old], vectors: Sequence[object]) -> None:
        for (row, told), vector in zip(old, vectors, strict=True):
            if vector is not None and told.text:
                uow.similar.renew(row, self._encoder, pack(vector, told))  # type: ignore[arg-type]
