"""Strict limits: what a chat and the token may send, refused with 429 as Telegram does."""

from __future__ import annotations

import math
import time
from collections import defaultdict, deque
from dataclasses import dataclass, field

from tests.standin.errors import too_many


@dataclass(frozen=True, slots=True)
class Limits:
    """The figures; windows are sliding. Scale the windows down to test without long waits.

    Private chats: messages only, `private_burst` at once, then one per `private_period` seconds.
    Groups: messages and edits, `group_count` in any `group_window` seconds; a forum is one group.
    Token: messages in any second, None for no limit.
    """

    private_period: float = 1.0
    private_burst: int = 3
    group_count: int = 20
    group_window: float = 60.0
    token_per_second: int | None = None


@dataclass(slots=True)
class Budget:
    """Counts what was let through."""

    limits: Limits
    refused: int = 0
    _private: dict[int, float] = field(default_factory=dict)  # when the chat's bucket is full again
    _groups: dict[int, deque[float]] = field(default_factory=lambda: defaultdict(deque))
    _token: deque[float] = field(default_factory=deque)

    def spend(self, chat_id: int, *, messages: int, edit: bool) -> None:
        """Let N messages (or an edit) through or raise 429; a refusal costs nothing."""
        now = time.perf_counter()
        wait = self._group_wait(chat_id, now, messages) if chat_id < 0 else 0.0
        if chat_id > 0 and not edit:
            wait = self._private_wait(chat_id, now, messages)
        if not edit and self.limits.token_per_second:
            wait = max(wait, _window_wait(self._token, now, 1.0, self.limits.token_per_second, messages))
        if wait > 0:
            self.refused += 1
            raise too_many(math.ceil(wait))
        self._note(chat_id, now, messages, edit=edit)

    def _note(self, chat_id: int, now: float, messages: int, *, edit: bool) -> None:
        if chat_id < 0:
            self._groups[chat_id].extend([now] * messages)
        elif not edit:
            full_at = max(self._private.get(chat_id, now), now)
            self._private[chat_id] = full_at + messages * self.limits.private_period
        if not edit and self.limits.token_per_second:
            self._token.extend([now] * messages)

    def _private_wait(self, chat_id: int, now: float, messages: int) -> float:
        full_at = max(self._private.get(chat_id, now), now)
        room = self.limits.private_burst * self.limits.private_period
        need = min(messages, self.limits.private_burst) * self.limits.private_period
        return full_at - now + need - room - 1e-9

    def _group_wait(self, chat_id: int, now: float, messages: int) -> float:
        return _window_wait(
            self._groups[chat_id], now, self.limits.group_window, self.limits.group_count, messages
        )


def _window_wait(stamps: deque[float], now: float, window: float, count: int, messages: int) -> float:
    while stamps and stamps[0] <= now - window:
        stamps.popleft()
    excess = len(stamps) + messages - count
    if excess <= 0:
        return 0.0
    if excess > len(stamps):  # more at once than the window ever allows: let through an empty window
        return stamps[-1] + window - now if stamps else 0.0
    return stamps[excess - 1] + window - now
