"""What of a case's audit trail its reporter may read: dated steps, no names."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.domain.records import Noted
from bot.domain.region import DESK

OPENED, FOLLOWED = "opened", "ikut"
MOVED = ("unit", "route", FOLLOWED)
AT_DESK, SENT = "desk", "sent"
UNTOLD = frozenset({"verifikasi", "teruskan", "alihkan", "ragukan"})
"""Moves that the change of the unit tells already."""
MERGED = "gabung"


@dataclass(frozen=True)
class PublicStep:
    """A step in the life of a case, the unit that had it then, and the key of its words (`history.<key>`)."""

    at: float
    key: str
    unit: str


def public_steps(lines: Iterable[Noted], moves: Iterable[str]) -> Iterator[PublicStep]:
    """The steps that an audit trail, oldest first, holds; `moves` are those of the status table."""
    told = frozenset(moves) - UNTOLD
    unit = DESK
    for line in lines:
        if line.what == OPENED or (line.what in MOVED and line.after != line.before):
            unit = line.after
            yield PublicStep(line.at, AT_DESK if unit == DESK else SENT, unit)
        elif line.what in told:
            yield PublicStep(line.at, line.what, unit)


def with_root(own: list[PublicStep], root: Iterable[PublicStep]) -> list[PublicStep]:
    """A merged case's own steps, and those of the case it goes on in since then."""
    merged_at = max((step.at for step in own if step.key == MERGED), default=None)
    return own if merged_at is None else [*own, *(step for step in root if step.at > merged_at)]
