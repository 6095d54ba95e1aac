"""Carrying a head's labels over when the office's topics change: rows that stay, are split, or begin."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from training.corrections import LabelMap

Floats = npt.NDArray[np.float32]
FRESH = 4.0  # how far below the usual bias a topic begins that the model has never seen
PULL_KNOWN, PULL_FRESH = 300.0, 1.0


@dataclass(frozen=True, slots=True)
class Carrying:
    """From the champion's topics to those of the new model."""

    old: tuple[str, ...]
    new: tuple[str, ...]
    labels: LabelMap

    def rows(self, weight: Floats, bias: Floats) -> tuple[Floats, Floats]:
        """(new, width) and (new,) of (old, width) and (old,). A part of a split topic begins as its half; a fresh topic
        as nothing in particular, and seldom."""
        parents = {part: (old, len(parts)) for old, parts in self.labels.split.items() for part in parts}
        weights, biases = [], []
        for topic in self.new:
            if topic in self.old:
                at = self.old.index(topic)
                weights.append(weight[at])
                biases.append(bias[at])
            elif topic in parents and parents[topic][0] in self.old:
                at = self.old.index(parents[topic][0])
                weights.append(weight[at])
                biases.append(bias[at] - np.log(parents[topic][1]))
            else:
                weights.append(weight.mean(axis=0))
                biases.append(bias.mean() - FRESH)
        return np.stack(weights), np.array(biases, dtype=np.float32)

    def spread(self, p: Floats) -> Floats:
        """Old probabilities (N, old) told in new topics (N, new): what was retired goes to what it became."""
        shares = np.zeros((len(self.old), len(self.new)), dtype=np.float32)
        for at, topic in enumerate(self.old):
            parts = self.labels.split.get(topic) or (self.labels.now(topic),)
            for part in parts:
                if part in self.new:
                    shares[at, self.new.index(part)] = 1.0 / len(parts)
        return p @ shares

    def index(self, values: npt.NDArray[np.int8]) -> npt.NDArray[np.int8]:
        """Stored labels in the new order; -1 for what is gone, was split, or was not known."""
        today = [self.labels.now(topic) for topic in self.old]
        places = [self.new.index(topic) if topic in self.new else -1 for topic in today]
        return np.array([*places, -1], dtype=np.int8)[values]

    def pulls(self) -> Floats:
        """(new,) how strongly each bias is held."""
        return np.array([PULL_KNOWN if topic in self.old else PULL_FRESH for topic in self.new], np.float32)


def unchanged(names: Sequence[str]) -> Carrying:
    """For heads whose labels never change."""
    return Carrying(tuple(names), tuple(names), LabelMap())
