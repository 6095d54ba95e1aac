"""How much a chat may be sent: at most `limit` messages and edits within any `seconds`."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.outgoing import Priority


@dataclass(frozen=True)
class Budget:
    """A sliding window. `reserve` messages of it are kept free for answers to presses; where people press a lot, as
    many more as were answered within the window, up to half of it."""

    limit: int
    seconds: float
    reserve: int = 0

    def wait(self, sent_at: Sequence[float], now: float, priority: int, *, count: int = 1, answered: int = 0) -> float:
        """Seconds until so many more messages may go together; 0 where they may go now. `answered`: how many of the
        recent ones were answers."""
        recent = self.recent(sent_at, now)
        limit = self._limit(priority, answered)
        over = len(recent) + min(count, limit) - limit - 1
        return max(0.0, recent[over] + self.seconds - now) if over >= 0 else 0.0

    def recent(self, sent_at: Sequence[float], now: float) -> list[float]:
        """The sends that still count, oldest first."""
        return sorted(at for at in sent_at if now - at < self.seconds)

    def _limit(self, priority: int, answered: int) -> int:
        if priority <= Priority.ANSWER or not self.reserve:
            return self.limit
        return self.limit - min(max(self.reserve, self.limit // 2), self.reserve + answered)
