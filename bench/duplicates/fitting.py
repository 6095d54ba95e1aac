"""Fits the formula of `bot/domain/likeness.py`: logistic regression in which no likeness may speak against a pair.

The pairs are written to mislead: the same told in other words, other things in almost the same words. Left free, the
weights would learn just that, and hold few common words for a sign of twins. So each weight keeps its natural sign, and
reports of one topic that nobody wrote as a pair stand for what a unit's other cases are like.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bench.duplicates.pairs import Pair

AGAINST = frozenset({"other_place", "late"})
RIDGE = 1.0
Floats = NDArray[np.float64]


def design(pairs: Sequence[Pair]) -> tuple[list[str], Floats, Floats]:
    """Names of the features, the matrix with a column of ones in front, and the truth."""
    rows = [pair.features for pair in pairs]
    names = list(rows[0])
    matrix = np.array([[1.0, *row.values()] for row in rows])
    return names, matrix, np.array([float(pair.same) for pair in pairs])


def fit(names: Sequence[str], matrix: Floats, truth: Floats, share: Floats) -> Floats:
    """Bias and weights; a weight that would have the wrong sign is 0."""
    kept = [0, *range(1, matrix.shape[1])]
    while True:
        weights = _newton(matrix[:, kept], truth, share)
        wrong = [at for at, weight in zip(kept, weights, strict=True) if at and _wrong(names[at - 1], weight)]
        if not wrong:
            found = np.zeros(matrix.shape[1])
            found[kept] = weights
            return found
        kept = [at for at in kept if at not in wrong]


def _wrong(name: str, weight: float) -> bool:
    return weight > 0 if name in AGAINST else weight < 0


def _newton(matrix: Floats, truth: Floats, share: Floats) -> Floats:
    weights = np.zeros(matrix.shape[1])
    ridge = np.eye(len(weights)) * RIDGE
    ridge[0, 0] = 1e-6
    for _ in range(30):
        p = 1 / (1 + np.exp(-matrix @ weights))
        slope = matrix.T @ ((p - truth) * share) + ridge @ weights
        curve = (matrix * (share * p * (1 - p))[:, None]).T @ matrix + ridge
        weights = weights - np.linalg.solve(curve, slope)
    return weights
