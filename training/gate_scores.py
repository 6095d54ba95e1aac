"""Champion and challenger on the same rows: figures of slices, and what may be chance (paired bootstrap)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace

import numpy as np
import numpy.typing as npt

from training.metrics import calibration_error

ROUNDS = 1000
Flags = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Margins:
    """Losses that the gate lets pass, as shares."""

    topic: float = 0.01
    language: float = 0.025
    one_topic: float = 0.10
    kind: float = 0.015
    emergencies: float = 0.02
    false_alarms: float = 0.05
    calibration: float = 0.03
    own: float = 0.05
    new_topics: float = 0.03
    """Share of the old messages that may go to topics which only the challenger knows."""
    fewest: int = 15
    """Rows from which a language or topic is guarded."""
    learnt: float = 0.15
    """Share of the newest corrections that the older ones must make right, or raise by `raised`; below both, they
    contradict each other."""
    raised: float = 0.05
    fewest_own: int = 30
    """Newest corrections from which this is asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slice:
    """One figure before and after."""

    name: str
    """What is measured: topic, language, one_topic, kind, emergencies, false_alarms, calibration, own, …"""
    label: str = ""
    """Of which topic or language."""
    rows: int
    before: float
    after: float
    change: float
    low: float
    """The middle 95 % of the change over resampled rows."""
    high: float
    less_is_better: bool = False
    margin: float | None = None
    """Loss that is let pass; None for what is only shown."""
    blocked: bool = False

    @property
    def gain(self) -> float:
        """The change, positive where it is for the better."""
        return -self.change if self.less_is_better else self.change

    @property
    def best_gain(self) -> float:
        """The upper end of the gain."""
        return -self.low if self.less_is_better else self.high

    def plain(self) -> dict[str, object]:
        """For the report."""
        return {key: round(value, 4) if isinstance(value, float) else value for key, value in asdict(self).items()}


def compared(
    name: str, before: Sequence[bool], after: Sequence[bool], *, label: str = "", margin: float | None = None,
    less_is_better: bool = False, certain: bool = False,
) -> Slice | None:  # fmt: skip
    """Shares of set flags, row by row of the same messages; None without rows. ``certain``: a loss blocks only where
    chance cannot explain it, for slices of few rows."""
    if not before:
        return None
    old, new = np.array(before, np.float64), np.array(after, np.float64)
    picked = _resampled(len(old))
    low, high = np.percentile((new - old)[picked].mean(axis=1), [2.5, 97.5])
    found = Slice(
        name=name, label=label, rows=len(old), before=float(old.mean()), after=float(new.mean()),
        change=float((new - old).mean()), low=float(low), high=float(high), less_is_better=less_is_better,
        margin=margin,
    )  # fmt: skip
    return _judged(found, certain=certain)


def calibrated(before: tuple[Flags, Flags], after: tuple[Flags, Flags], *, margin: float) -> Slice | None:
    """Calibration error of (certainty, right) of both models."""
    if not len(before[0]):
        return None
    error: Callable[[tuple[Flags, Flags], npt.NDArray[np.int64]], float] = lambda both, rows: calibration_error(  # noqa: E731
        both[0][rows], both[1][rows] > 0
    )
    every = np.arange(len(before[0]))
    old, new = error(before, every), error(after, every)
    changes = [error(after, rows) - error(before, rows) for rows in _resampled(len(every))]
    low, high = np.percentile(changes, [2.5, 97.5])
    found = Slice(
        name="calibration", rows=len(every), before=old, after=new, change=new - old, low=float(low), high=float(high),
        less_is_better=True, margin=margin,
    )  # fmt: skip
    return _judged(found, certain=False)


def grouped(
    name: str, groups: Mapping[str, Sequence[int]], before: Sequence[bool], after: Sequence[bool], *, margin: float,
    fewest: int,
) -> list[Slice]:  # fmt: skip
    """A slice for each group of rows; those of few rows are shown and not guarded."""
    found = [
        compared(
            name, [before[at] for at in rows], [after[at] for at in rows], label=label,
            margin=margin if len(rows) >= fewest else None, certain=True,
        )
        for label, rows in groups.items()
    ]  # fmt: skip
    return [item for item in found if item is not None]


def contradicted(found: Slice, margins: Margins) -> Slice:
    """The slice of the newest corrections, blocked where the older ones teach nothing of them, not even by chance."""
    nothing = found.after < margins.learnt and found.best_gain < margins.raised and found.rows >= margins.fewest_own
    return replace(found, blocked=found.blocked or nothing)


def _judged(found: Slice, *, certain: bool) -> Slice:
    if found.margin is None:
        return found
    lost = -found.gain > found.margin + 1e-9 and (not certain or found.best_gain < 0.0)
    return Slice(**{**asdict(found), "blocked": lost})


def _resampled(count: int) -> npt.NDArray[np.int64]:
    return np.random.default_rng(0).integers(0, count, (ROUNDS, count))
