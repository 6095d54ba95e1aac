"""What two models say of the same messages: vectors are computed once where they share the encoder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from classifier import artefact, floor
from classifier.artefact import Artefact
from classifier.decide import decide
from classifier.encoder import Encoder
from classifier.manifest import read_manifest
from classifier.model import Classifier
from classifier.text import clean, has_words
from classifier.verdict import EMERGENCY
from training.data import Example

Floats = npt.NDArray[np.float32]
Vectors = Sequence[Floats | None]
SHARED = ("encoder.onnx", "tokenizer.json")


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """An opened folder and what its manifest says."""

    parts: Artefact
    manifest: Mapping[str, Any]

    @property
    def id(self) -> str:
        """Its id."""
        return self.parts.id


@dataclass(frozen=True, slots=True)
class Said:
    """The tags of one message that the gate looks at."""

    kind: str
    topic: str
    sure: float
    """Of the topic."""
    emergency: bool
    unsure: bool
    new: bool = False
    """The topic was one that only this model knows; ``topic`` is the best of those that both know."""


def open_model(folder: Path) -> Model:
    """Read and check a folder; ArtefactError says why it cannot be judged."""
    return Model(artefact.read(folder), read_manifest(folder))


def encoded(model: Model, texts: Sequence[str], *, threads: int) -> Vectors:
    """Pooled vectors, None where the model has no encoder."""
    if model.parts.encoder is None or not texts:
        return [None] * len(texts)
    encoder = Encoder(model.parts.path, model.parts.encoder, threads=threads)
    return list(encoder.encode([clean(text) for text in texts]))


def same_encoder(left: Model, right: Model) -> bool:
    """Whether a vector of the one is a vector of the other."""
    if left.parts.encoder is None or left.parts.encoder != right.parts.encoder:
        return False
    files = left.manifest["files"], right.manifest["files"]
    return all(files[0][name] == files[1][name] for name in SHARED)


def said(model: Model, rows: Sequence[Example], vectors: Vectors, *, hidden: frozenset[str]) -> list[Said]:
    """What is served for each row; topics of ``hidden`` give way to the best of the others."""
    reader = Classifier(model.parts, None)
    out = []
    for row, vector in zip(rows, vectors, strict=True):
        text = clean(row.text)
        found = decide(
            reader.probabilities(text, vector), model.parts.labels, model.parts.thresholds,
            floor=floor.emergency(text), has_words=has_words(text), top=len(model.parts.labels["topic"]),
        )  # fmt: skip
        topic = found.topics[0]
        new = topic.label in hidden
        if new:
            topic = next(guess for guess in found.guesses if guess.label not in hidden)
        out.append(
            Said(found.kind.label, topic.label, topic.p, found.urgency.label == EMERGENCY, found.unsure, new)
        )
    return out
