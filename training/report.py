"""Scores of tags that were given to labelled rows, each with the middle 95 % over resampled rows (``<name>_95``)."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from classifier.verdict import Label
from training.data import Example
from training.labels import TOPICS
from training.metrics import (
    accuracy,
    calibration_error,
    calibration_interval,
    f1,
    interval,
    macro_f1,
    precision,
    share_interval,
)

EMERGENCY = "darurat"
Scores = dict[str, Any]
Flags = npt.NDArray[np.bool_]
ENOUGH = 8  # rows of a topic from which its F1 counts


class Tags(Protocol):
    """What a verdict and a bare decision have in common."""

    @property
    def kind(self) -> Label:
        """Kind."""

    @property
    def topics(self) -> tuple[Label, ...]:
        """Primary first."""

    @property
    def guesses(self) -> tuple[Label, ...]:
        """Best topics."""

    @property
    def urgency(self) -> Label:
        """Urgency."""

    @property
    def language(self) -> Label:
        """Language."""

    @property
    def unsure(self) -> bool:
        """For a person to see first."""


def report(rows: Sequence[Example], verdicts: Sequence[Tags]) -> Scores:
    """Scores of tags given to rows, in one order; each head only on rows that know its label."""
    scores: Scores = {"rows": len(rows)}
    for head, found in (("topic", _topic), ("kind", _kind), ("urgency", _urgency), ("language", _language)):
        known = [
            (row.labels[head], found(seen)) for row, seen in zip(rows, verdicts, strict=True) if head in row.labels
        ]
        if known:
            scores |= pair(head, [true for true, _ in known], [guess for _, guess in known])
    return scores | _topics(rows, verdicts) | _kinds(rows, verdicts) | _emergencies(rows, verdicts) | _certainty(
        rows, verdicts
    )


def _topic(verdict: Tags) -> str:
    return verdict.topics[0].label


def _kind(verdict: Tags) -> str:
    return verdict.kind.label


def _urgency(verdict: Tags) -> str:
    return verdict.urgency.label


def _language(verdict: Tags) -> str:
    return verdict.language.label


def pair(head: str, true: Sequence[str], found: Sequence[str]) -> Scores:
    """Accuracy and macro-F1 of one head."""
    scores: Scores = {}
    measures: tuple[tuple[str, Callable[[Sequence[str], Sequence[str]], float]], ...] = (
        ("accuracy", accuracy),
        ("macro_f1", macro_f1),
    )
    for name, measure in measures:
        scores[f"{head}_{name}"] = rounded(measure(true, found))
        scores[f"{head}_{name}_95"] = [rounded(value) for value in interval(measure, true, found)]
    return scores


def _topics(rows: Sequence[Example], verdicts: Sequence[Tags]) -> Scores:
    pairs = [(row, seen) for row, seen in zip(rows, verdicts, strict=True) if "topic" in row.labels]
    if not pairs:
        return {}
    true, found = [row.labels["topic"] for row, _ in pairs], [_topic(seen) for _, seen in pairs]
    further = [({*row.further}, {label.label for label in seen.topics[1:]}) for row, seen in pairs]
    hits = sum(len(want & got) for want, got in further)
    among = [row.labels["topic"] in {label.label for label in seen.guesses[:2]} for row, seen in pairs]
    either = [_topic(seen) in {row.labels["topic"], *row.further} for row, seen in pairs]
    return {
        **share("topic_top2", among),
        **share("topic_primary_or_second", either),
        "topic_macro_f1_enough": rounded(_macro_f1_enough(true, found)),
        "topic_macro_f1_enough_95": [rounded(value) for value in interval(_macro_f1_enough, true, found)],
        "topic_f1": {topic: rounded(f1(true, found, topic)) for topic in TOPICS if topic in true},
        "further_f1": rounded(2 * hits / max(1, sum(len(want) + len(got) for want, got in further))),
        **_calibration("topic", [seen.topics[0].p for _, seen in pairs], np.array(true) == np.array(found)),
    }


def _macro_f1_enough(true: Sequence[str], found: Sequence[str]) -> float:
    """Over topics with at least ``ENOUGH`` rows."""
    scores = [f1(true, found, topic) for topic in sorted(set(true)) if list(true).count(topic) >= ENOUGH]
    return float(np.mean(scores)) if scores else float("nan")


def _kinds(rows: Sequence[Example], verdicts: Sequence[Tags]) -> Scores:
    pairs = [(row.labels["kind"], seen.kind) for row, seen in zip(rows, verdicts, strict=True) if "kind" in row.labels]
    if not pairs:
        return {}
    right = np.array([true == seen.label for true, seen in pairs])
    return _calibration("kind", [seen.p for _, seen in pairs], right)


def _calibration(head: str, sure: Sequence[float], right: Flags) -> Scores:
    p = np.array(sure)
    return {
        f"{head}_ece": rounded(calibration_error(p, right)),
        f"{head}_ece_95": [rounded(value) for value in calibration_interval(p, right)],
    }


def _emergencies(rows: Sequence[Example], verdicts: Sequence[Tags]) -> Scores:
    pairs = [(row, seen) for row, seen in zip(rows, verdicts, strict=True) if "urgency" in row.labels]
    true, found = [row.labels["urgency"] for row, _ in pairs], [_urgency(seen) for _, seen in pairs]
    trapped = [_urgency(seen) == EMERGENCY for row, seen in pairs if row.trap]
    caught = [guess == EMERGENCY for right, guess in zip(true, found, strict=True) if right == EMERGENCY]
    calm = [guess == EMERGENCY for right, guess in zip(true, found, strict=True) if right != EMERGENCY]
    return {
        "darurat_rows": len(caught),
        **share("darurat_recall", caught),
        "darurat_precision": rounded(precision(true, found, EMERGENCY)),
        "darurat_false_alarms": sum(calm),
        **share("darurat_false_alarm_share", calm),
        "trap_rows": len(trapped),
        "trap_false_alarms": sum(trapped),
    }


def _certainty(rows: Sequence[Example], verdicts: Sequence[Tags]) -> Scores:
    """``sure_right``: kind and topic both right, among what is not unsure."""
    sure = [(row, seen) for row, seen in zip(rows, verdicts, strict=True) if not seen.unsure and "topic" in row.labels]
    topic = [row.labels["topic"] == _topic(seen) for row, seen in sure]
    kind = [row.labels.get("kind", _kind(seen)) == _kind(seen) for row, seen in sure]
    return {
        **share("unsure_share", [seen.unsure for seen in verdicts]),
        **share("sure_topic_accuracy", topic),
        **share("sure_right", [one and two for one, two in zip(topic, kind, strict=True)]),
    }


def share(name: str, flags: Sequence[bool]) -> Scores:
    """How many of the flags are set, and between what; None where there are none."""
    if not flags:
        return {name: None}
    return {name: rounded(np.mean(flags)), f"{name}_95": [rounded(value) for value in share_interval(flags)]}


def rounded(value: float | np.floating[Any]) -> float | None:
    """Four digits; None for nan, which JSON does not know."""
    return None if math.isnan(float(value)) else round(float(value), 4)
