"""The pooled vectors of the training rows, shipped with a model so that its heads can be fitted anew without texts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from safetensors.numpy import save_file

from classifier.encoder import Encoder
from classifier.text import clean
from training.data import Example

FILE = "vectors.safetensors"
MOST_ROWS = 10_000  # 384 fp16 numbers each: 7.7 MB of the 40 that a model may take
UNKNOWN = -1
FURTHER = 2


def save_vectors(encoder: Encoder, rows: Sequence[Example], sets: Mapping[str, Sequence[str]], path: Path) -> int:
    """Write ``vectors`` fp16 (N, hidden), per head its label's index int8 (N,), -1 unknown, and for the office task
    ``further`` int8 (N, 2); how many rows. Where there are too many, an even share of them."""
    kept = [rows[at] for at in np.linspace(0, len(rows) - 1, min(len(rows), MOST_ROWS)).round().astype(int)]
    tensors: dict[str, npt.NDArray[np.generic]] = {
        "vectors": encoder.encode([clean(row.text) for row in kept]).astype(np.float16)
    }
    for head, labels in sets.items():
        tensors[head] = np.array(
            [labels.index(row.labels[head]) if head in row.labels else UNKNOWN for row in kept], dtype=np.int8
        )
    if "topic" in sets:
        topics = sets["topic"]
        further = np.full((len(kept), FURTHER), UNKNOWN, dtype=np.int8)
        for at, row in enumerate(kept):
            further[at, : len(row.further[:FURTHER])] = [topics.index(topic) for topic in row.further[:FURTHER]]
        tensors["further"] = further
    save_file(tensors, path)
    return len(kept)
