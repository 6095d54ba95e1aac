"""How good a saved model is on labelled rows: through `classifier` itself, so that the rules count too."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from classifier import classify, load
from classifier.verdict import Label
from training.artefact import write_json
from training.data import Example, read
from training.labels import HEADS, TOPICS
from training.metrics import accuracy, calibration_error, f1, interval, macro_f1, precision, recall
from training.mixing import truths
from training.score import labels_of, logits, manifest_of, probabilities

EMERGENCY = "darurat"
Scores = dict[str, Any]
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


def evaluate(folder: Path, file: Path) -> Scores:
    """All scores of the model on the file, also written into the folder's metrics.json under the file's name."""
    task = manifest_of(folder).get("task", "office")
    rows = read([file], task=task)
    scores = office_scores(folder, rows) if task == "office" else single_scores(folder, rows)
    note(folder, file.stem, scores)
    return scores


def score_held(folder: Path, rows: Sequence[Example], *, task: str) -> None:
    """Note the scores on the held-back rows of the training data: the only ones with many emergencies."""
    note(folder, "held_back", office_scores(folder, rows) if task == "office" else single_scores(folder, rows))


def note(folder: Path, name: str, scores: Scores) -> None:
    """Keep scores in the folder's metrics.json."""
    path = folder / "metrics.json"
    known = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    write_json(path, known | {name: scores})


def single_scores(folder: Path, rows: Sequence[Example]) -> Scores:
    """Accuracy, macro-F1 and calibration of a single-label model, with what each half alone would reach."""
    labels = labels_of(folder)["label"]
    found = logits(folder, [row.text for row in rows])
    p = probabilities(folder, found)["label"]
    true = [row.labels["label"] for row in rows]
    guess = [labels[at] for at in p.argmax(axis=1)]
    scores: Scores = {"rows": len(rows), **_pair("label", true, guess)}
    scores["label_ece"] = _round(calibration_error(p.max(axis=1), np.array(true) == np.array(guess)))
    for name, half in (("encoder", found.deep), ("ngrams", found.wide)):
        if "label" in half:
            alone = [labels[at] for at in half["label"].argmax(axis=1)]
            scores[f"label_macro_f1_{name}_alone"] = _round(macro_f1(true, alone))
    return scores


def office_scores(folder: Path, rows: Sequence[Example]) -> Scores:
    """Everything the office cares for, judged through the served model, and what each half would reach alone."""
    return report(rows, classify(load(folder), [row.text for row in rows])) | _halves(folder, rows)


def report(rows: Sequence[Example], verdicts: Sequence[Tags]) -> Scores:
    """Scores of tags given to rows, in one order; each head only on rows that know its label."""
    scores: Scores = {"rows": len(rows)}
    for head, found in (("topic", _topic), ("kind", _kind), ("urgency", _urgency), ("language", _language)):
        known = [
            (row.labels[head], found(seen)) for row, seen in zip(rows, verdicts, strict=True) if head in row.labels
        ]
        if known:
            scores |= _pair(head, [true for true, _ in known], [guess for _, guess in known])
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


def _pair(head: str, true: Sequence[str], found: Sequence[str]) -> Scores:
    scores: Scores = {}
    measures: tuple[tuple[str, Callable[[Sequence[str], Sequence[str]], float]], ...] = (
        ("accuracy", accuracy),
        ("macro_f1", macro_f1),
    )
    for name, measure in measures:
        scores[f"{head}_{name}"] = _round(measure(true, found))
        scores[f"{head}_{name}_95"] = [_round(value) for value in interval(measure, true, found)]
    return scores


def _topics(rows: Sequence[Example], verdicts: Sequence[Tags]) -> Scores:
    pairs = [(row, seen) for row, seen in zip(rows, verdicts, strict=True) if "topic" in row.labels]
    if not pairs:
        return {}
    true, found = [row.labels["topic"] for row, _ in pairs], [_topic(seen) for _, seen in pairs]
    further = [({*row.further}, {label.label for label in seen.topics[1:]}) for row, seen in pairs]
    hits = sum(len(want & got) for want, got in further)
    return {
        "topic_top2": _round(
            np.mean([row.labels["topic"] in {label.label for label in seen.guesses[:2]} for row, seen in pairs])
        ),
        "topic_primary_or_second": _round(
            np.mean([_topic(seen) in {row.labels["topic"], *row.further} for row, seen in pairs])
        ),
        "topic_macro_f1_enough": _round(_macro_f1_enough(true, found)),
        "topic_f1": {topic: _round(f1(true, found, topic)) for topic in TOPICS if topic in true},
        "further_f1": _round(2 * hits / max(1, sum(len(want) + len(got) for want, got in further))),
        "topic_ece": _round(
            calibration_error(np.array([seen.topics[0].p for _, seen in pairs]), np.array(true) == np.array(found))
        ),
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
    return {"kind_ece": _round(calibration_error(np.array([seen.p for _, seen in pairs]), right))}


def _emergencies(rows: Sequence[Example], verdicts: Sequence[Tags]) -> Scores:
    pairs = [(row, seen) for row, seen in zip(rows, verdicts, strict=True) if "urgency" in row.labels]
    true, found = [row.labels["urgency"] for row, _ in pairs], [_urgency(seen) for _, seen in pairs]
    trapped = [_urgency(seen) == EMERGENCY for row, seen in pairs if row.trap]
    calm = [guess == EMERGENCY for right, guess in zip(true, found, strict=True) if right != EMERGENCY]
    return {
        "darurat_rows": true.count(EMERGENCY),
        "darurat_recall": _round(recall(true, found, EMERGENCY)),
        "darurat_precision": _round(precision(true, found, EMERGENCY)),
        "darurat_false_alarms": sum(calm),
        "darurat_false_alarm_share": _round(np.mean(calm)) if calm else None,
        "trap_rows": len(trapped),
        "trap_false_alarms": sum(trapped),
    }


def _certainty(rows: Sequence[Example], verdicts: Sequence[Tags]) -> Scores:
    """``sure_right``: kind and topic both right, among what is not unsure."""
    sure = [(row, seen) for row, seen in zip(rows, verdicts, strict=True) if not seen.unsure and "topic" in row.labels]
    topic = np.array([row.labels["topic"] == _topic(seen) for row, seen in sure])
    kind = np.array([row.labels.get("kind", _kind(seen)) == _kind(seen) for row, seen in sure])
    return {
        "unsure_share": _round(np.mean([seen.unsure for seen in verdicts])),
        "sure_topic_accuracy": _round(topic.mean()) if sure else None,
        "sure_right": _round((topic & kind).mean()) if sure else None,
    }


def _halves(folder: Path, rows: Sequence[Example]) -> Scores:
    """Topic scores of encoder, n-grams and their mixture before any rule."""
    known = [row for row in rows if "topic" in row.labels]
    if not known:
        return {}
    found = logits(folder, [row.text for row in known])
    sides: dict[str, Mapping[str, Any]] = {
        "encoder": found.deep, "ngrams": found.wide, "mixed": probabilities(folder, found)
    }  # fmt: skip
    true = [TOPICS[at] for at in truths(known, HEADS)["topic"]]
    scores = {}
    for name, side in sides.items():
        if "topic" in side:
            guess = [TOPICS[at] for at in side["topic"].argmax(axis=1)]
            scores[name] = {"accuracy": _round(accuracy(true, guess)), "macro_f1": _round(macro_f1(true, guess))}
    return {"topic_by_half": scores}


def _round(value: float | np.floating[Any]) -> float | None:
    return None if math.isnan(float(value)) else round(float(value), 4)
