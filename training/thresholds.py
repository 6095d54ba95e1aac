"""Where decisions turn: certainty, emergencies, further topics."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from classifier.decide import MULTI
from classifier.verdict import EMERGENCY, NO_REPORT
from training.data import Example
from training.mixing import marks

Floats = npt.NDArray[np.float32]
KIND_LIMITS = (0.0, 0.4, 0.5, 0.6)
NO_REPORT_LIMIT = 0.6
FEWEST = 10  # positives below which a threshold is not worth choosing
DEFAULT_TOPICS, DEFAULT_EMERGENCY, DEFAULT_FLOOR = 0.4, 0.4, 0.1


def choose_thresholds(
    p: Mapping[str, Floats],
    rows: Sequence[Example],
    sets: Mapping[str, Sequence[str]],
    *,
    certain_p: Mapping[str, Floats],
    certain_rows: Sequence[Example],
    unsure_share: float,
) -> dict[str, object]:
    """The manifest's thresholds. Certainty is chosen on ``certain_rows``, whose traffic is like the office's."""
    return {
        "topics": further_threshold(p[MULTI], rows, sets["topic"]),
        "darurat": emergency_threshold(p["urgency"][:, sets["urgency"].index(EMERGENCY)], rows),
        "darurat_floor": DEFAULT_FLOOR,
        "unsure": unsure_limits(certain_p, certain_rows, sets, share=unsure_share),
    }


def further_threshold(p: Floats, rows: Sequence[Example], topics: Sequence[str]) -> float:
    """Where a secondary topic is found with the best F1."""
    wanted = marks(rows, topics) > 0
    for at, row in enumerate(rows):
        primary = row.labels.get("topic")
        if primary is not None:
            wanted[at, topics.index(primary)] = False
            p = np.where((np.arange(len(rows)) == at)[:, None] & (np.array(topics) == primary), 0.0, p)
    if wanted.sum() < FEWEST:
        return DEFAULT_TOPICS
    grid = np.arange(0.1, 0.75, 0.025)
    scores = [2 * (wanted & (p >= limit)).sum() / max(1, wanted.sum() + (p >= limit).sum()) for limit in grid]
    return round(float(grid[int(np.argmax(scores))]), 3)


def emergency_threshold(p: Floats, rows: Sequence[Example]) -> float:
    """Where F2 is best: a missed emergency costs more than a false alarm."""
    known = np.array(["urgency" in row.labels for row in rows])
    true = np.array([row.labels.get("urgency") == EMERGENCY for row in rows])[known]
    if true.sum() < FEWEST:
        return DEFAULT_EMERGENCY
    grid = np.arange(0.2, 0.65, 0.025)
    scores = []
    for limit in grid:
        found = p[known] >= limit
        hits = (true & found).sum()
        scores.append(5 * hits / max(1, 4 * true.sum() + found.sum()))
    best = np.flatnonzero(np.array(scores) >= max(scores) - 1e-9)
    return round(float(grid[int(best[len(best) // 2])]), 3)


def unsure_limits(
    p: Mapping[str, Floats], rows: Sequence[Example], sets: Mapping[str, Sequence[str]], *, share: float
) -> dict[str, float]:
    """Limits that call ``share`` of the rows unsure and leave as few wrong ones as possible among the sure."""
    kinds, topics = sets["kind"], sets["topic"]
    kind_p, topic_p = p["kind"].max(axis=1), p["topic"].max(axis=1)
    no_report = p["kind"].argmax(axis=1) == kinds.index(NO_REPORT)
    right = np.array(
        [
            kinds[kind] == row.labels.get("kind") and (topics[topic] == row.labels.get("topic") or nothing)
            for kind, topic, nothing, row in zip(
                p["kind"].argmax(axis=1), p["topic"].argmax(axis=1), no_report, rows, strict=True
            )
        ]
    )
    best: tuple[float, dict[str, float]] = (-1.0, {})
    for kind_limit in KIND_LIMITS:
        doubtful = np.where(no_report, kind_p < NO_REPORT_LIMIT, kind_p < kind_limit)
        topic_limit = _quantile(topic_p, doubtful, no_report, share=share)
        sure = ~(doubtful | (~no_report & (topic_p < topic_limit)))
        score = float(right[sure].mean()) if sure.any() else 0.0
        if score > best[0]:
            best = (score, {"kind": kind_limit, "topic": round(topic_limit, 4), NO_REPORT: NO_REPORT_LIMIT})
    return best[1]


def _quantile(
    topic_p: Floats, doubtful: npt.NDArray[np.bool_], no_report: npt.NDArray[np.bool_], *, share: float
) -> float:
    """The topic limit that brings the unsure rows up to ``share``."""
    missing = share * len(topic_p) - doubtful.sum()
    open_rows = np.sort(topic_p[~doubtful & ~no_report])
    return float(open_rows[int(np.clip(missing, 0, len(open_rows) - 1))]) if len(open_rows) else 0.0
