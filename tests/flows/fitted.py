"""Trainings that several towns share, so that each is done once in a test run."""

from dataclasses import dataclass
from pathlib import Path

from bot.bootstrap import App
from bot.domain.training import Job
from bot.services.learning.workshop import Workshop


@dataclass(frozen=True)
class SharedWorkshop(Workshop):
    """A workshop whose steps another town may have done already."""

    cache: Path = Path()

    def command(self, job: Job, champion: Path) -> list[str]:
        """The step, by way of the cache."""
        return ["tests.flows.fitted_step", str(self.cache), *super().command(job, champion)]


def share(app: App, cache: Path) -> None:
    """Let a Wadul's training take what was made for others."""
    trainer = app.learning.trainer
    trainer._workshop = SharedWorkshop(**vars(trainer._workshop), cache=cache)
