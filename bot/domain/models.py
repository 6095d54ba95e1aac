"""The models of an office: the versions there are, the history of their use, and what may be forgotten."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

KEPT = 5
KEPT_DAYS = 90.0
RELEASED = "rilis"  # the origin of a version that came with Wadul; others are a `training.Kind`


class Why(StrEnum):
    """Why a model came into use."""

    CHOSEN = "pakai"
    BACK = "kembali"


@dataclass(frozen=True)
class Version:
    """A model there is, or was: `learnt` counts rows by source, `report` is the gate's."""

    id: int
    name: str
    origin: str
    at: float
    parent: str | None = None
    learnt: dict[str, int] = field(default_factory=dict)
    report: dict[str, Any] = field(default_factory=dict)
    removed_at: float | None = None


@dataclass(frozen=True)
class Use:
    """From when on a model was in use, by whose word. `failed_at`: it could not be loaded."""

    id: int
    model: str
    at: float
    by: str
    why: Why
    failed_at: float | None = None


def before(history: Sequence[Use], released: str) -> str | None:
    """The model that `Kembali` leads to: the one before the present one, the released one first of all.

    Going back is no step forward: twice back leads to the second last.
    """
    path = [released]
    for use in history:
        if use.why is Why.BACK and use.model in path:
            path = path[: path.index(use.model) + 1]
        elif use.model != path[-1]:
            path.append(use.model)
    return path[-2] if len(path) > 1 else None


def superfluous(
    versions: Sequence[Version], history: Sequence[Use], *, held: Collection[str], now: float
) -> list[Version]:
    """Versions whose folders may go: neither among the newest, nor in use in the last months, nor `held` otherwise."""
    own = sorted((v for v in versions if v.origin != RELEASED and v.removed_at is None), key=lambda v: v.at)
    since = now - KEPT_DAYS * 86400
    ends = [use.at for use in history[1:]] + [now]
    used = {use.model for use, end in zip(history, ends, strict=False) if end >= since}
    kept = {version.name for version in own[-KEPT:]} | used | set(held)
    return [version for version in own if version.name not in kept]
