"""What the bot asked and what it was answered."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Call:
    """One request of the bot. `at` and `answered` are seconds of the stand-in's own clock."""

    method: str
    params: dict[str, Any]
    at: float
    chat_id: int | None = None
    number: int = 0
    answered: float | None = None
    error: tuple[int, str] | None = None
    fault: str | None = None
    message_ids: tuple[int, ...] = ()
    uploads: tuple[str, ...] = field(default=())

    @property
    def ok(self) -> bool:
        """Whether it had its effect (a connection dropped afterwards changes nothing)."""
        return self.error is None

    def json(self) -> dict[str, Any]:
        """For the control API."""
        return {
            "number": self.number, "method": self.method, "params": self.params, "chat_id": self.chat_id,
            "at": self.at, "answered": self.answered, "error": self.error, "fault": self.fault,
            "message_ids": self.message_ids, "uploads": self.uploads,
        }  # fmt: skip
