"""Choosing on held-back rows how encoder and n-grams are mixed, how certain they are, and where decisions turn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from classifier.decide import MULTI, mix, sigmoid, softmax
from training.data import Example

Floats = npt.NDArray[np.float32]
WEIGHTS = tuple(round(0.05 * step, 2) for step in range(21))
TEMPERATURES = tuple(float(value) for value in np.geomspace(0.2, 5.0, 49).round(4))


@dataclass(frozen=True, slots=True)
class Mixing:
    """Per head: the n-grams' share and the temperature of the mixed logits."""

    weights: dict[str, float] = field(default_factory=dict)
    temperatures: dict[str, float] = field(default_factory=dict)

    def probabilities(self, deep: Mapping[str, Floats], wide: Mapping[str, Floats]) -> dict[str, Floats]:
        """Mixed and calibrated, per head (N, labels)."""
        out = {}
        for head in wide:
            logits = mix(deep.get(head), wide[head], self.weights[head]) / np.float32(self.temperatures[head])
            out[head] = sigmoid(logits) if head == MULTI else softmax(logits)
        return out


def truths(rows: Sequence[Example], sets: Mapping[str, Sequence[str]]) -> dict[str, npt.NDArray[np.int64]]:
    """Per head the label's index, -1 where unknown."""
    return {
        head: np.array([labels.index(row.labels[head]) if head in row.labels else -1 for row in rows])
        for head, labels in sets.items()
    }


def marks(rows: Sequence[Example], topics: Sequence[str]) -> Floats:
    """(N, topics): 1 for primary and secondary topics."""
    out = np.zeros((len(rows), len(topics)), dtype=np.float32)
    for at, row in enumerate(rows):
        for topic in (*filter(None, [row.labels.get("topic")]), *row.further):
            out[at, topics.index(topic)] = 1.0
    return out


def log_loss(logits: Floats, true: npt.NDArray[np.int64], *, temperature: float) -> float:
    """Mean negative log-likelihood of known labels."""
    known = true >= 0
    p = softmax(logits[known] / np.float32(temperature))
    return float(-np.log(np.maximum(p[np.arange(known.sum()), true[known]], 1e-9)).mean())


def binary_loss(logits: Floats, true: Floats, *, temperature: float) -> float:
    """Mean binary cross entropy over rows and labels."""
    p = np.clip(sigmoid(logits / np.float32(temperature)), 1e-7, 1 - 1e-7)
    return float(-(true * np.log(p) + (1 - true) * np.log(1 - p)).mean())


def best_temperature(logits: Floats, true: npt.NDArray[np.generic], *, multi: bool) -> tuple[float, float]:
    """(temperature, loss) with the least loss."""
    losses = [
        binary_loss(logits, true.astype(np.float32), temperature=value)
        if multi
        else log_loss(logits, true.astype(np.int64), temperature=value)
        for value in TEMPERATURES
    ]
    best = int(np.argmin(losses))
    return TEMPERATURES[best], losses[best]


def choose_mixing(
    deep: Mapping[str, Floats], wide: Mapping[str, Floats], true: Mapping[str, npt.NDArray[np.generic]]
) -> Mixing:
    """The weight and temperature with the least loss, per head; without encoder logits the n-grams alone."""
    chosen = Mixing()
    for head, margins in wide.items():
        weights = WEIGHTS if head in deep else (1.0,)
        tried = [
            (*best_temperature(mix(deep.get(head), margins, weight), true[head], multi=head == MULTI), weight)
            for weight in weights
        ]
        temperature, _loss, weight = min(tried, key=lambda item: item[1])
        chosen.weights[head] = weight
        chosen.temperatures[head] = temperature
    return chosen
