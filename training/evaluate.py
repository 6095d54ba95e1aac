"""How good a saved model is on labelled rows: through `classifier` itself, so that the rules count too."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from classifier import classify, load
from training.artefact import write_json
from training.data import Example, read
from training.labels import HEADS, TOPICS
from training.metrics import accuracy, calibration_error, macro_f1
from training.mixing import truths
from training.report import Scores, pair, report, rounded
from training.score import labels_of, logits, manifest_of, probabilities


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
    scores: Scores = {"rows": len(rows), **pair("label", true, guess)}
    scores["label_ece"] = rounded(calibration_error(p.max(axis=1), np.array(true) == np.array(guess)))
    for name, half in (("encoder", found.deep), ("ngrams", found.wide)):
        if "label" in half:
            alone = [labels[at] for at in half["label"].argmax(axis=1)]
            scores[f"label_macro_f1_{name}_alone"] = rounded(macro_f1(true, alone))
    return scores


def office_scores(folder: Path, rows: Sequence[Example]) -> Scores:
    """Everything the office cares for, judged through the served model, and what each half would reach alone."""
    return report(rows, classify(load(folder), [row.text for row in rows])) | _halves(folder, rows)


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
            scores[name] = {"accuracy": rounded(accuracy(true, guess)), "macro_f1": rounded(macro_f1(true, guess))}
    return {"topic_by_half": scores}
