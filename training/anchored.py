"""A linear head moved towards new rows and held where the old rows stand.

The loss of a change D (features, labels) and d (labels) of a head whose logits are L is

    Σ weight · cross entropy(target, L + X D + d) + Σ hold/2 · (X D + d)² + pull/2 · |D|² + Σ pull_bias/2 · d²

Old rows have the head's own probabilities as their target: at D = 0 their slope is zero, so that without new rows the
head stays exactly what it was, and with new ones it moves only where they ask for it ("learning without forgetting",
Li and Hoiem 2016). Where a head is sure of a row, the cross entropy hardly feels a change of its logits, and unseen
rows near by are less sure: ``hold`` keeps the logits themselves in place. |D|² is the distance to the champion, not to
zero.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from classifier.decide import sigmoid, softmax
from training.descent import descend

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Problem:
    """One head: what it sees, what it says, what it should say."""

    features: Floats
    """(rows, features)"""
    logits: Floats
    """(rows, labels) before the change."""
    targets: Floats
    """(rows, labels): probabilities, or marks where each label is asked alone."""
    weights: Floats
    """(rows,)"""
    hold: Floats
    """(rows, labels): 0 for rows that are to move, and for a label that the head has only just been given."""
    pull: float
    pull_bias: Floats
    """(labels,): strong for labels that are known, so that a batch of corrections does not shift how common a label
    is held to be."""
    alone: bool = False
    """Each label asked alone (sigmoid) instead of one of all (softmax)."""


def solve(problem: Problem, *, steps: int) -> tuple[Floats, Floats]:
    """(change of the weights (features, labels), change of the biases (labels,))."""
    width, labels = problem.features.shape[1], problem.logits.shape[1]
    if not problem.weights.any():
        return np.zeros((width, labels), np.float32), np.zeros(labels, np.float32)
    found = descend(_slope(problem), np.zeros((width + 1) * labels, np.float32), steps=steps)
    change = found.reshape(width + 1, labels)
    return change[:-1], change[-1]


def _slope(problem: Problem) -> Callable[[Floats], tuple[float, Floats]]:
    labels = problem.logits.shape[1]
    squash = sigmoid if problem.alone else softmax

    def slope(flat: Floats) -> tuple[float, Floats]:
        change = flat.reshape(-1, labels)
        moved = problem.features @ change[:-1] + change[-1]
        p = squash(problem.logits + moved)
        error = (p - problem.targets) * problem.weights[:, None] + moved * problem.hold
        gradient = np.empty_like(change)
        np.matmul(problem.features.T, error, out=gradient[:-1])
        gradient[:-1] += np.float32(problem.pull) * change[:-1]
        gradient[-1] = error.sum(axis=0) + problem.pull_bias * change[-1]
        held = 0.5 * float((problem.hold * moved**2).sum()) + 0.5 * problem.pull * float((change[:-1] ** 2).sum())
        held += 0.5 * float((problem.pull_bias * change[-1] ** 2).sum())
        return _loss(problem, p) + held, gradient.reshape(-1)

    return slope


def _loss(problem: Problem, p: Floats) -> float:
    safe = np.clip(p, 1e-9, 1.0)
    loss = problem.targets * np.log(safe)
    if problem.alone:
        loss = loss + (1 - problem.targets) * np.log(np.clip(1 - p, 1e-9, 1.0))
    return -float((loss.sum(axis=1) * problem.weights).sum(dtype=np.float64))
