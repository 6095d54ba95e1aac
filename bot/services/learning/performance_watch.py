"""Watching the model: figures for /metrics, and a word to the desk when what people write about has moved."""

from collections.abc import Callable
from typing import Protocol

from bot.domain.performance import WEEK, Performance
from bot.services.database import Database
from bot.services.learning.performance import drifting, performance
from bot.services.office import Office
from bot.services.ports import UnitOfWork

WATCH_SECONDS = 3600.0
ALARM = "kinerja"  # the mark of the last alarm, among those of the digests


class Figures(Protocol):
    """Whoever reports how the model does."""

    def performed(self, found: Performance) -> None: ...


class Watch:
    """The step to be repeated."""

    def __init__(self, database: Database, office: Office, *, figures: Figures, woken: Callable[[], None]) -> None:
        self._database = database
        self._office = office
        self._figures = figures
        self._woken = woken

    async def step(self) -> None:
        """Count, report, and tell the desk what moved, once a week at most."""
        found = await self._database.read(lambda uow: performance(uow, self._office))
        self._figures.performed(found)
        if lines := drifting(self._office, found):
            await self._database.write(lambda uow: self._tell(uow, lines))
            self._woken()

    def _tell(self, uow: UnitOfWork, lines: list[str]) -> None:
        now = self._office.clock()
        if uow.clock.begin_digest(ALARM, opened=now - WEEK, now=now):
            self._office.desk(uow, "desk.drift", lines="\n".join(lines))
