"""Whether Wadul can do its work, and if not, why."""

from collections.abc import Callable
from dataclasses import dataclass, field

from bot.domain.errors import StoreUnavailable
from bot.services.database import Database


@dataclass
class Readiness:
    """What must be true before work comes: database, channels; the model may be given up."""

    store: Database
    degraded: list[str] = field(default_factory=list)
    waiting: dict[str, str] = field(default_factory=dict)
    troubles: dict[str, Callable[[], str | None]] = field(default_factory=dict)
    broken: str | None = None

    async def reasons(self) -> list[str]:
        """Why it is not ready; empty where it is."""
        found = [self.broken] if self.broken else []
        found += [f"{channel}: {reason}" for channel, reason in self.waiting.items()]
        found += [f"{channel}: {reason}" for channel, ask in self.troubles.items() if (reason := ask())]
        try:
            await self.store.read(lambda uow: uow.people.has_admins())
        except StoreUnavailable as error:
            found.append(f"database: {error}")
        return found
