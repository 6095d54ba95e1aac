"""How much a chat may be sent: at most `limit` messages and edits within any `seconds`."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.outgoing import Priority


@dataclass(frozen=True)
class Budget:
    """A sliding window. `reserve` messages of it are kept free for answers to presses."""

    limit: int
    seconds: float
    reserve: int = 0

    def wait(self, sent_at: Sequence[float], now: float, priority: int, *, count: int = 1) -> float:
        """Seconds until so many more messages may go together; 0 where they may go now."""
        recent = self.recent(sent_at, now)
        limit = self._limit(priority)
        over = len(recent) + min(count, limit) - limit - 1
        return max(0.0, recent[over] + self.seconds - now) if over >= 0 else 0.0

    def recent(self, sent_at: Sequence[float], now: float) -> list[float]:
        """The sends that still count, oldest first."""
        return sorted(at for at in sent_at if now - at < self.seconds)

    def _limit(self, priority: int) -> int:
        return self.limit if priority <= Priority.ANSWER else self.limit - self.reserve
