"""The encoder's half of the quick retrain: heads on stored vectors and on those of the corrections."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from classifier.decide import MULTI, sigmoid, softmax
from training.anchored import Problem, solve
from training.carrying import Carrying, unchanged
from training.champion import Champion, Stored
from training.corrections import Correction

Floats = npt.NDArray[np.float32]
Heads = dict[str, tuple[Floats, Floats]]
STEPS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Strength:
    """How much the new rows may move."""

    new: float = 20.0
    """Weight of a correction against a row of the release: sixty of a habit must win over 10,000 rows in their own
    region."""
    hold: float = 0.5
    """Of the logits of old rows, in both halves."""
    pull: float = 30.0
    """Of the heads on standardised vectors."""
    pull_ngrams: float = 1.0


def fit_heads(
    champion: Champion, stored: Stored, rows: Sequence[Correction], vectors: Floats, carrying: Carrying,
    strength: Strength,
) -> Heads:  # fmt: skip
    """Head → (weight (labels, hidden), bias (labels,)) after the corrections; ``stored`` without rows that stand among
    them.

    Vectors are brought to mean 0 and spread 1 first: the encoder's all point one way and differ little.
    """
    base = stored.vectors.astype(np.float32)
    centre, spread = base.mean(axis=0), np.maximum(base.std(axis=0), 1e-4)
    seen = (np.concatenate([base, vectors]) - centre) / spread
    out: Heads = {}
    for head, (weight, bias) in champion.parts.heads.items():
        topics = head in ("topic", MULTI)
        way = carrying if topics else unchanged(champion.parts.labels[head])
        told = weight * spread, bias + weight @ centre
        start, first = way.rows(*told)
        if nothing_said(head, rows, way):
            out[head] = weight, bias
            continue
        targets, weights = wanted(head, rows, way, seen[: len(base)] @ told[0].T + told[1], strength)
        if topics:
            weights[: len(base)][way.index(stored.labels["topic"]) < 0] = 0.0
        problem = Problem(
            seen, seen @ start.T + first, targets, weights, held(len(base), len(rows), way, strength.hold),
            strength.pull, way.pulls(), alone=head == MULTI,
        )  # fmt: skip
        change, moved = solve(problem, steps=STEPS)
        plain = (start + change.T) / spread
        out[head] = plain, first + moved - plain @ centre
    return out


def wanted(
    head: str, rows: Sequence[Correction], way: Carrying, old: Floats, strength: Strength
) -> tuple[Floats, Floats]:
    """(targets (N, labels), weights (N,)): of the old rows what the champion says, of the corrections what people say;
    weight 0 where they say nothing."""
    if head == MULTI:
        p = np.minimum(way.spread(sigmoid(old)), 1.0)
    else:
        p = way.spread(softmax(old))
        p /= np.maximum(p.sum(axis=1, keepdims=True), 1e-9)
    said = np.zeros((len(rows), len(way.new)), np.float32)
    weights = np.ones(len(old) + len(rows), np.float32)
    for at, row in enumerate(rows):
        named = marked(head, row)
        weights[len(old) + at] = strength.new * row.weight if named else 0.0
        for label in named:
            said[at, way.new.index(label)] = 1.0
    return np.concatenate([p, said]), weights


def held(old: int, new: int, way: Carrying, strength: float) -> Floats:
    """(rows, labels) for old rows and labels, 0 for new ones."""
    rows = np.repeat(np.array([strength, 0.0], np.float32), [old, new])
    return np.outer(rows, [topic in way.old for topic in way.new]).astype(np.float32)


def nothing_said(head: str, rows: Sequence[Correction], way: Carrying) -> bool:
    """Whether a head may stay as it is, to the byte."""
    return way.new == way.old and not any(row.weight and marked(head, row) for row in rows)


def marked(head: str, row: Correction) -> tuple[str, ...]:
    """The labels that a row names for a head; of the topics all, where each is asked alone."""
    if head != MULTI:
        return (row.labels[head],) if head in row.labels else ()
    return (row.labels["topic"], *row.further) if "topic" in row.labels else ()
