"""L-BFGS (Liu and Nocedal 1989) in numpy: the whole optimiser of the quick retrain."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Slope = Callable[[Floats], tuple[float, Floats]]
"""Where we stand → (height, slope)."""

MEMORY = 8
TRIES = 12  # halvings of a step before it is given up
SLIGHT = 1e-4  # share of the promised descent that a step must bring (Armijo)


def descend(slope: Slope, start: Floats, *, steps: int, enough: float = 1e-5) -> Floats:
    """The lowest place found in at most ``steps``; stops where a step brings less than ``enough`` of the height."""
    place = start
    height, gradient = slope(place)
    moved: list[tuple[Floats, Floats, float]] = []
    for _ in range(steps):
        direction = _direction(gradient, moved)
        promise = float(direction @ gradient)
        if promise >= 0.0:
            break
        found = _walk(slope, place, direction, height, promise, first=not moved)
        if found is None:
            break
        new_place, new_height, new_gradient = found
        step, turn = new_place - place, new_gradient - gradient
        gained = height - new_height
        place, height, gradient = new_place, new_height, new_gradient
        if gained <= enough * max(1.0, abs(height)):
            break
        if (curvature := float(step @ turn)) > 1e-10:
            moved = [*moved, (step, turn, 1.0 / curvature)][-MEMORY:]
    return place


def _direction(gradient: Floats, moved: list[tuple[Floats, Floats, float]]) -> Floats:
    """Two-loop recursion."""
    way = gradient.copy()
    shares = []
    for step, turn, inverse in reversed(moved):
        share = inverse * float(step @ way)
        shares.append(share)
        way -= np.float32(share) * turn
    if moved:
        step, turn, inverse = moved[-1]
        way *= np.float32(1.0 / (inverse * float(turn @ turn)))
    for (step, turn, inverse), share in zip(moved, reversed(shares), strict=True):
        way += np.float32(share - inverse * float(turn @ way)) * step
    return -way


def _walk(
    slope: Slope, place: Floats, direction: Floats, height: float, promise: float, *, first: bool
) -> tuple[Floats, float, Floats] | None:
    """The first of ever shorter steps that descends enough; None where none does."""
    size = min(1.0, 1.0 / max(float(np.linalg.norm(direction)), 1e-12)) if first else 1.0
    for _ in range(TRIES):
        tried = place + np.float32(size) * direction
        reached, gradient = slope(tried)
        if reached <= height + SLIGHT * size * promise:
            return tried, reached, gradient
        size /= 2
    return None
