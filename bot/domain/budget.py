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

    def room(self, sent_at: Sequence[float], now: float, priority: int) -> int:
        """How many messages may go now."""
        return max(0, self._limit(priority) - len(self.recent(sent_at, now)))

    def wait(self, sent_at: Sequence[float], now: float, priority: int) -> float:
        """Seconds until one more message may go; 0 where it may go now."""
        recent = self.recent(sent_at, now)
        over = len(recent) - self._limit(priority)
        return max(0.0, recent[over] + self.seconds - now) if over >= 0 else 0.0

    def recent(self, sent_at: Sequence[float], now: float) -> list[float]:
        """The sends that still count, oldest first."""
        return sorted(at for at in sent_at if now - at < self.seconds)

    def _limit(self, priority: int) -> int:
        return self.limit if priority <= Priority.ANSWER else self.limit - self.reserve
