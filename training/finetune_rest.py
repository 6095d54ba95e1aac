"""What follows the fine-tuning: vectors of the rows by the new encoder, and mixing, certainty and thresholds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from classifier import ngrams
from classifier.decide import MULTI
from classifier.encoder import Encoder
from classifier.text import clean
from training.carrying import Carrying
from training.champion import Champion, Stored
from training.corrections import Correction
from training.data import Example
from training.mixing import choose_mixing, marks, truths
from training.refit_folder import MOST_OWN, MOST_ROWS, Learnt, grown
from training.thresholds import Limits, choose_thresholds
from training.vectors import FURTHER, UNKNOWN

Floats = npt.NDArray[np.float32]


def stored_rows(
    encoder: Encoder, base: Sequence[Example], rows: Sequence[Correction], carrying: Carrying,
    sets: Mapping[str, Sequence[str]],
) -> Stored:  # fmt: skip
    """Vectors for the next quick retrain: an even part of the corpus, then the corrections."""
    room = MOST_ROWS - min(len(rows), MOST_OWN)
    kept = [base[at] for at in np.linspace(0, len(base) - 1, min(len(base), room)).round().astype(int)]
    further = np.full((len(kept), FURTHER), UNKNOWN, np.int8)
    for at, row in enumerate(kept):
        named = [sets["topic"].index(topic) for topic in row.further[:FURTHER]]
        further[at, : len(named)] = named
    labels = {head: known.astype(np.int8) for head, known in truths(kept, sets).items()}
    vectors = encoder.encode([clean(row.text) for row in kept]).astype(np.float16)
    corpus = Stored(vectors, labels, further, np.zeros(len(kept), np.int64))
    own = encoder.encode([clean(row.text) for row in rows])
    return grown(corpus, rows, own, Carrying(carrying.new, carrying.new, carrying.labels), sets)


def calibrated(
    encoder: Encoder, champion: Champion, learnt: Learnt, rows: Sequence[Example], sets: Mapping[str, Sequence[str]]
) -> dict[str, Any]:
    """The manifest's mix, calibration and thresholds, chosen on rows that neither half has learnt."""
    parts = champion.parts
    vectors = encoder.encode([clean(row.text) for row in rows])
    seen = [ngrams.features(row.text, buckets=parts.buckets, idf=parts.idf) for row in rows]
    deep = {head: vectors @ weight.T + bias for head, (weight, bias) in learnt.heads.items()}
    wide = {head: np.stack([linear.logits(row) for row in seen]) for head, linear in learnt.ngrams.items()}
    wide.setdefault(MULTI, wide["topic"])
    true: dict[str, npt.NDArray[np.generic]] = {**truths(rows, sets), MULTI: marks(rows, sets["topic"])}
    mixing = choose_mixing(deep, wide, true)
    thresholds = choose_thresholds(mixing.probabilities(deep, wide), rows, sets, limits=Limits())
    return {"mix": mixing.weights, "calibration": mixing.temperatures, "thresholds": thresholds}
