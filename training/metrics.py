"""Scores with bootstrap intervals: accuracy, F1, calibration, certainty, emergencies. Pure numpy."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

ROUNDS = 1000
Labels = Sequence[str]


def accuracy(true: Labels, found: Labels) -> float:
    """Share of equal pairs; nan for none."""
    return float(np.mean([left == right for left, right in zip(true, found, strict=True)])) if true else float("nan")


def macro_f1(true: Labels, found: Labels) -> float:
    """Mean F1 over the labels that occur in ``true``."""
    scores = [f1(true, found, label) for label in sorted(set(true))]
    return float(np.mean(scores)) if scores else float("nan")


def f1(true: Labels, found: Labels, label: str) -> float:
    """Harmonic mean of precision and recall of one label; 0 where it is never found."""
    hits = sum(left == right == label for left, right in zip(true, found, strict=True))
    return 2 * hits / max(1, sum(item == label for item in true) + sum(item == label for item in found))


def recall(true: Labels, found: Labels, label: str) -> float:
    """Share of the label's rows that are found; nan where there are none."""
    rows = [right for left, right in zip(true, found, strict=True) if left == label]
    return float(np.mean([item == label for item in rows])) if rows else float("nan")


def precision(true: Labels, found: Labels, label: str) -> float:
    """Share of the rows called ``label`` that are; nan where none is called so."""
    rows = [left for left, right in zip(true, found, strict=True) if right == label]
    return float(np.mean([item == label for item in rows])) if rows else float("nan")


def calibration_error(sure: npt.NDArray[np.float64], right: npt.NDArray[np.bool_], *, bins: int = 10) -> float:
    """Expected calibration error: how far the stated certainty lies from the share that is right."""
    edges = np.clip((sure * bins).astype(int), 0, bins - 1)
    gaps = [
        (edges == at).mean() * abs(sure[edges == at].mean() - right[edges == at].mean())
        for at in range(bins)
        if (edges == at).any()
    ]
    return float(sum(gaps))


def interval(
    score: Callable[[Labels, Labels], float], true: Labels, found: Labels, *, seed: int = 0
) -> tuple[float, float]:
    """The middle 95 % of the score over resampled rows."""
    left, right = np.array(true, dtype=object), np.array(found, dtype=object)
    return _middle(
        [score(left[rows].tolist(), right[rows].tolist()) for rows in _resampled(len(left), seed=seed)]
    )


def share_interval(flags: Sequence[bool], *, seed: int = 0) -> tuple[float, float]:
    """The same for the share of flags that are set."""
    values = np.array(flags, dtype=float)
    return _middle(values[_resampled(len(values), seed=seed)].mean(axis=1))


def calibration_interval(
    sure: npt.NDArray[np.float64], right: npt.NDArray[np.bool_], *, seed: int = 0
) -> tuple[float, float]:
    """The same for `calibration_error`."""
    return _middle([calibration_error(sure[rows], right[rows]) for rows in _resampled(len(sure), seed=seed)])


def _resampled(count: int, *, seed: int) -> npt.NDArray[np.int64]:
    return np.random.default_rng(seed).integers(0, count, (ROUNDS, count))


def _middle(scores: Sequence[float] | npt.NDArray[np.float64]) -> tuple[float, float]:
    low, high = np.nanpercentile(scores, [2.5, 97.5])
    return float(low), float(high)
