"""The n-gram companion: linear SVMs on the serving side's hashed features, exported as int8 numpy arrays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from safetensors.numpy import save_file
from scipy.sparse import csr_matrix
from sklearn.svm import LinearSVC

from classifier import ngrams
from classifier.decide import MULTI
from training.data import Example

Floats = npt.NDArray[np.float32]
COST = 1.0
SCALES = tuple(round(0.3 + 0.1 * step, 1) for step in range(8))  # of the widest step, which cuts nothing
UNSEEN = -1.5  # margin of a label without a single example


@dataclass(frozen=True, slots=True)
class Companion:
    """Inverse document frequencies (buckets,), and per head weight (buckets, labels) and bias (labels,)."""

    idf: Floats
    weights: dict[str, Floats]
    biases: dict[str, Floats]

    def logits(self, texts: Sequence[str]) -> dict[str, Floats]:
        """Margins per head, (N, labels)."""
        rows = _matrix(texts, idf=self.idf)
        found = {head: np.asarray(rows @ weight + self.biases[head]) for head, weight in self.weights.items()}
        if "topic" in found:
            found[MULTI] = found["topic"]  # one against the rest: the same margins answer "is it named at all?"
        return found

    def scaled(self, factors: Mapping[str, float]) -> Companion:
        """The same decisions with margins multiplied per head."""
        return Companion(
            self.idf,
            {head: weight * np.float32(factors.get(head, 1.0)) for head, weight in self.weights.items()},
            {head: bias * np.float32(factors.get(head, 1.0)) for head, bias in self.biases.items()},
        )

    def save(self, path: Path) -> None:
        """int8 weights with one scale per label, the one that loses least."""
        tensors: dict[str, npt.NDArray[np.generic]] = {"idf": self.idf.astype(np.float16)}
        for head, weight in self.weights.items():
            scale = _scale(weight)
            tensors[f"{head}.weight"] = _rounded(weight, scale)
            tensors[f"{head}.scale"] = scale
            tensors[f"{head}.bias"] = self.biases[head].astype(np.float32)
        save_file(tensors, path)


def fit_companion(rows: Sequence[Example], sets: Mapping[str, Sequence[str]], *, seed: int) -> Companion:
    """One-against-rest SVMs per head."""
    texts = [row.text for row in rows]
    present = np.bincount(_matrix(texts, idf=None).indices, minlength=ngrams.BUCKETS)
    idf = (np.log((1 + len(rows)) / (1 + present)) + 1).astype(np.float32)
    features = _matrix(texts, idf=idf)
    weights: dict[str, Floats] = {}
    biases: dict[str, Floats] = {}
    for head, labels in sets.items():
        known = [at for at, row in enumerate(rows) if head in row.labels]
        marks = [rows[at].labels[head] for at in known]
        weights[head], biases[head] = _against_rest(features[known], marks, labels, seed=seed)
    return Companion(idf, weights, biases)


def _against_rest(
    features: csr_matrix, marks: Sequence[str], labels: Sequence[str], *, seed: int
) -> tuple[Floats, Floats]:
    weight = np.zeros((features.shape[1], len(labels)), dtype=np.float32)
    bias = np.full(len(labels), UNSEEN, dtype=np.float32)
    sizes = np.array([sum(label == mark for mark in marks) for label in labels])
    for at, label in enumerate(labels):
        if not 0 < sizes[at] < len(marks):
            continue
        positive = np.array([label == mark for mark in marks])
        svm = LinearSVC(C=COST, class_weight={True: _boost(sizes, at), False: 1.0}, random_state=seed)
        svm.fit(features, positive)
        weight[:, at] = svm.coef_[0]
        bias[at] = svm.intercept_[0]
    return weight, bias


def _scale(weight: Floats) -> Floats:
    """Per label, the step of int8 with the least squared error: cutting a few large weights spares all small ones."""
    widest = (np.maximum(np.abs(weight).max(axis=0), 1e-9) / 127.0).astype(np.float32)
    tried = np.stack([widest * np.float32(part) for part in SCALES])
    errors = [np.square(_rounded(weight, scale) * scale - weight).sum(axis=0) for scale in tried]
    return np.asarray(tried[np.argmin(errors, axis=0), np.arange(len(widest))], dtype=np.float32)


def _rounded(weight: Floats, scale: Floats) -> npt.NDArray[np.int8]:
    return np.clip(np.round(weight / scale), -127, 127).astype(np.int8)


def _boost(sizes: npt.NDArray[np.int64], at: int) -> float:
    """How much heavier an example of this label weighs: rare labels more, as class_weight="balanced" does."""
    seen = sizes[sizes > 0]
    return float(np.clip((seen.mean() / sizes[at]) ** 0.5, 0.5, 6.0))


def _matrix(texts: Sequence[str], *, idf: Floats | None) -> csr_matrix:
    indptr, indices, data = ngrams.matrix(texts, idf=idf)
    return csr_matrix((data, indices, indptr), shape=(len(texts), ngrams.BUCKETS))
