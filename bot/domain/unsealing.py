"""Lifting secrecy where the rule hid a case by mistake: two admins, and time for the reporter to object."""

from dataclasses import dataclass
from datetime import time
from enum import StrEnum

from bot.domain.clock import NIGHT
from bot.domain.quiet import Quiet

CONFIRM_SECONDS = 86400.0  # a second admin agrees within a day, or it is off
OBJECTION_SECONDS = 3600.0
CALLED_SECONDS = 3 * 86400.0  # for who has no chat: an operator must reach them first
ADMINS_NEEDED = 2


class Outcome(StrEnum):
    """How it ended."""

    OPENED = "dibuka"
    OBJECTED = "keberatan"
    LAPSED = "lewat"
    STOPPED = "batal"


@dataclass(frozen=True)
class Unsealing:
    """An admin asks to lift it; another confirms; at `opens_at` the case is shown. `topics` made it secret."""

    id: int
    case_id: int
    asked_by: str
    asked_at: float
    reason: str
    topics: tuple[str, ...] = ()
    confirmed_by: str | None = None
    confirmed_at: float | None = None
    opens_at: float | None = None
    ended_at: float | None = None
    outcome: str | None = None

    @property
    def confirm_until(self) -> float:
        """Until when another admin may confirm."""
        return self.asked_at + CONFIRM_SECONDS


def opens_at(now: float, *, timezone: str, reachable: bool) -> float:
    """When a case that was confirmed now is shown: never while its reporter sleeps, and an hour after they woke."""
    if not reachable:
        return now + CALLED_SECONDS
    return Quiet(timezone, NIGHT, time(12)).next_open(now) + OBJECTION_SECONDS
