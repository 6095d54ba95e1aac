"""The n-grams' half of the quick retrain: a change of those buckets that the corrections ask for most.

The texts that the champion learnt from are not in the artefact. In their place stands a fixed sample of the written
corpus, where it is shipped, on which the new half must say what the champion says. Of the buckets that corrections
touch only those are changed whose slope is steepest at the champion (grafting: Perkins, Lacker and Theiler 2003), as
many as fit a small dense matrix: so numpy alone is fast enough, and words that decide nothing keep their weight to the
byte.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from classifier import ngrams
from classifier.artefact import Linear
from classifier.decide import MULTI, sigmoid, softmax
from training.anchored import Problem, solve
from training.carrying import Carrying, unchanged
from training.champion import Champion
from training.corrections import Correction
from training.refit_heads import Strength, held, nothing_said, wanted

Floats = npt.NDArray[np.float32]
STEPS = 40
CELLS = 20_000_000  # of the dense matrix: 80 MB
MOST_BUCKETS = 4096


def fit_ngrams(
    champion: Champion, rows: Sequence[Correction], replay: Sequence[Correction], carrying: Carrying, strength: Strength
) -> dict[str, Linear]:
    """Head → the n-grams' weights after the corrections; ``replay`` are rows that must stay as they are said."""
    parts = champion.parts
    seen = [ngrams.features(row.text, buckets=parts.buckets, idf=parts.idf) for row in (*replay, *rows)]
    out = {}
    for head, linear in parts.ngrams.items():
        if head == MULTI and linear is parts.ngrams.get("topic"):  # one set of weights answers both
            continue
        way = carrying if head in ("topic", MULTI) else unchanged(parts.labels[head])
        if nothing_said(head, rows, way):
            out[head] = linear
            continue
        weight, bias = carried(linear, way)
        old = _stacked([linear.logits(row) for row in seen[: len(replay)]], len(way.old))
        logits = _stacked([ngrams.dot(row, weight) + bias for row in seen], len(way.new))
        targets, weights = wanted(head, rows, way, old, strength)
        if way is carrying:
            weights[: len(replay)][[way.labels.now(row.labels["topic"]) not in way.new for row in replay]] = 0.0
        squash = sigmoid if head == MULTI else softmax
        buckets = _steepest(seen, (squash(logits) - targets) * weights[:, None], size=parts.buckets)
        features = _dense(seen, buckets, size=parts.buckets)
        problem = Problem(
            features, logits, targets, weights, held(len(replay), len(rows), way, strength.hold), strength.pull_ngrams,
            way.pulls(), alone=head == MULTI,
        )  # fmt: skip
        change, moved = solve(problem, steps=STEPS)
        weight[buckets] += change
        out[head] = small(weight, bias + moved, linear.scale if way.new == way.old else None)
    return out


def carried(linear: Linear, way: Carrying) -> tuple[Floats, Floats]:
    """(weight (buckets, labels), bias (labels,)) in floats and in the new order of labels."""
    weight = linear.weight.astype(np.float32)
    if linear.scale is not None:
        weight *= linear.scale
    if way.new == way.old:
        return weight, linear.bias
    rows, bias = way.rows(weight.T, linear.bias)
    return np.ascontiguousarray(rows.T), bias


def small(weight: Floats, bias: Floats, scale: Floats | None) -> Linear:
    """In int8 with one scale per label: the one that it had, as long as the label's weights fit."""
    needed = np.maximum(np.abs(weight).max(axis=0, initial=0.0), 1e-9) / 127.0
    kept = needed if scale is None else np.where(needed > scale * 1.001, needed, scale)
    rounded = np.clip(np.round(weight / kept), -127, 127).astype(np.int8)
    return Linear(rounded, kept.astype(np.float32), bias.astype(np.float32))


def _stacked(logits: Sequence[Floats], labels: int) -> Floats:
    return np.stack(logits) if logits else np.zeros((0, labels), np.float32)


def _steepest(seen: Sequence[ngrams.Row], error: Floats, *, size: int) -> npt.NDArray[np.int64]:
    """The buckets, in order, whose weights the loss depends on most, as many as the dense matrix has room for."""
    slope = np.zeros((size, error.shape[1]), np.float32)
    for (indices, values), wrong in zip(seen, error, strict=True):
        slope[indices] += values[:, None] * wrong
    steep = np.linalg.norm(slope, axis=1)
    most = min(MOST_BUCKETS, CELLS // max(1, len(seen)), int((steep > 1e-6).sum()))
    return np.sort(np.argsort(-steep, kind="stable")[:most])


def _dense(seen: Sequence[ngrams.Row], buckets: npt.NDArray[np.int64], *, size: int) -> Floats:
    """(rows, buckets chosen)"""
    place = np.full(size, -1, np.int64)
    place[buckets] = np.arange(len(buckets))
    out = np.zeros((len(seen), len(buckets)), np.float32)
    for at, (indices, values) in enumerate(seen):
        columns = place[indices]
        out[at, columns[columns >= 0]] = values[columns >= 0]
    return out
