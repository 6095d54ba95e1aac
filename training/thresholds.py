"""Where decisions turn: certainty, emergencies, further topics."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from classifier import floor
from classifier.decide import BOTH, MULTI, empty
from classifier.text import clean
from classifier.verdict import EMERGENCY, NO_REPORT
from training.data import Example
from training.mixing import marks

Floats = npt.NDArray[np.float32]
Flags = npt.NDArray[np.bool_]
NO_REPORT_LIMITS = (0.5, 0.6, 0.7, 0.8, 0.9)
FEWEST = 10  # positives below which a threshold is not worth choosing
DEFAULT_TOPICS, DEFAULT_EMERGENCY, DEFAULT_FLOOR = 0.4, 0.4, 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What the thresholds must keep."""

    sure_right: float = 0.96  # of what is not unsure, kind and topic right; a point more than promised
    most_unsure: float = 0.245  # share of all; half a point less than promised
    emergency_recall: float = 0.97


def choose_thresholds(
    p: Mapping[str, Floats], rows: Sequence[Example], sets: Mapping[str, Sequence[str]], *, limits: Limits
) -> dict[str, Any]:
    """The manifest's thresholds, chosen on rows whose probabilities ``p`` come from a model that never saw them."""
    emergency, with_floor = emergency_thresholds(
        p["urgency"][:, sets["urgency"].index(EMERGENCY)], rows, recall=limits.emergency_recall
    )
    return {
        "topics": further_thresholds(p[MULTI], rows, sets["topic"]),
        "darurat": emergency,
        "darurat_floor": with_floor,
        "unsure": unsure_limits(p, rows, sets, limits=limits),
    }


def further_thresholds(p: Floats, rows: Sequence[Example], topics: Sequence[str]) -> dict[str, float]:
    """Per topic where secondary topics are found with the best F1; topics with few of them share one threshold."""
    wanted = marks(rows, topics) > 0
    p = p.copy()
    for at, row in enumerate(rows):
        primary = row.labels.get("topic")
        if primary is not None:
            wanted[at, topics.index(primary)] = False
            p[at, topics.index(primary)] = 0.0
    shared = _best_f1(p, wanted) if wanted.sum() >= FEWEST else DEFAULT_TOPICS
    return {
        topic: _best_f1(p[:, at], wanted[:, at]) if wanted[:, at].sum() >= FEWEST else shared
        for at, topic in enumerate(topics)
    }


def _best_f1(p: Floats, wanted: Flags) -> float:
    grid = np.arange(0.1, 0.8, 0.025)
    scores = [2 * (wanted & (p >= limit)).sum() / max(1, wanted.sum() + (p >= limit).sum()) for limit in grid]
    return round(float(grid[int(np.argmax(scores))]), 3)


def emergency_thresholds(p: Floats, rows: Sequence[Example], *, recall: float) -> tuple[float, float]:
    """(without, with the word-and-pattern floor's consent): the fewest false alarms that keep the recall."""
    known = np.array(["urgency" in row.labels for row in rows])
    true = np.array([row.labels.get("urgency") == EMERGENCY for row in rows])[known]
    if true.sum() < FEWEST:
        return DEFAULT_EMERGENCY, DEFAULT_FLOOR
    p = p[known]
    alarming = np.array([floor.emergency(clean(row.text)) for row, keep in zip(rows, known, strict=True) if keep])
    best = (float("inf"), DEFAULT_EMERGENCY, DEFAULT_FLOOR)
    for alone in np.arange(0.04, 0.62, 0.02):
        for agreed in np.arange(0.01, alone + 0.001, 0.01):
            found = p >= np.where(alarming, agreed, alone)
            missed = max(0.0, recall - float(found[true].mean()))
            cost = 20 * missed + float(found[~true].mean())
            if cost < best[0] - 1e-12:
                best = (cost, float(alone), float(agreed))
    return round(best[1], 3), round(best[2], 3)


def unsure_limits(
    p: Mapping[str, Floats], rows: Sequence[Example], sets: Mapping[str, Sequence[str]], *, limits: Limits
) -> dict[str, float]:
    """The fewest unsure rows that keep the sure ones right; where that cannot be had, the most right within the
    share of unsure rows that is allowed.

    A report is ranked by p(kind) · p(topic), the chance that both are right: at the same share unsure it finds more
    wrong ones than a limit on each.
    """
    kinds = sets["kind"]
    at = kinds.index(NO_REPORT)
    no_report = empty(p, sets)
    certain = p["kind"][:, at]
    reports = np.where(np.arange(len(kinds)) == at, 0.0, p["kind"])
    kind = np.where(no_report, at, reports.argmax(axis=1))
    right = _right(kind, p["topic"].argmax(axis=1), rows, sets)
    both = np.where(no_report, 0.0, reports.max(axis=1) * p["topic"].max(axis=1))
    best: tuple[tuple[float, float], dict[str, float]] = ((-1.0, -1.0), {})
    for empty_limit in NO_REPORT_LIMITS:
        limit, share, score = _walk(
            both, no_report & (certain >= empty_limit), right, sure_right=limits.sure_right, most=limits.most_unsure
        )
        rank = (1.0, 1 - share) if score >= limits.sure_right else (score, 1 - share)
        if rank > best[0]:
            best = (rank, {BOTH: round(limit, 4), NO_REPORT: empty_limit})
    return best[1]


def _walk(
    both: Floats, fixed: Flags, right: Flags, *, sure_right: float, most: float
) -> tuple[float, float, float]:
    """(limit, share unsure, share right among the sure): walk down the reports' certainty while it is kept; ``fixed``
    are sure whatever the limit."""
    total = len(both)
    sure, good = int(fixed.sum()), int((fixed & right).sum())
    best, within = (1.0, 1.0, 0.0), (1.0, 1.0, -1.0)
    for at in np.argsort(-both):
        if both[at] <= 0.0:  # no report
            break
        sure, good = sure + 1, good + int(right[at])
        step = (float(both[at]), 1 - sure / total, good / sure)
        if step[2] >= sure_right:
            best = step
        if step[1] <= most and step[2] > within[2]:
            within = step
    return best if best[2] >= sure_right and best[1] <= most else (within if within[2] >= 0 else best)


def _right(
    kind: npt.NDArray[np.int64], topic: npt.NDArray[np.int64], rows: Sequence[Example],
    sets: Mapping[str, Sequence[str]],
) -> Flags:  # fmt: skip
    """Where kind and topic are; no report has no topic to be wrong about."""
    found = ((sets["kind"][one], sets["topic"][other]) for one, other in zip(kind, topic, strict=True))
    return np.array(
        [
            one == row.labels.get("kind") and (one == NO_REPORT or other == row.labels.get("topic"))
            for (one, other), row in zip(found, rows, strict=True)
        ]
    )
