"""Topic quality against peers trained on exactly the same rows, in one run: ``python bench/quality.py --data DIR``.

Peers: word and character n-grams with a linear SVM, and the recipe of Signalen (Amsterdam's open complaint system):
bag of words without idf, L1 logistic regression, five-fold grid search over class weights and word pairs. Its Dutch
stemmer and stop words are left off: they do not fit the language.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer, TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV, StratifiedKFold
from sklearn.multiclass import OneVsRestClassifier
from sklearn.pipeline import make_pipeline, make_union
from sklearn.svm import LinearSVC

from training.cli import DEVELOPMENT, training_files
from training.companion import fit_companion
from training.data import Example, read
from training.labels import TOPICS
from training.metrics import accuracy, interval, macro_f1

Texts = Sequence[str]
Predict = Callable[[Texts], list[str]]


def svm(texts: Texts, labels: Sequence[str]) -> Predict:
    """TF-IDF of words (1-2) and characters (2-5), linear SVM with balanced classes."""
    features = make_union(
        TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True),
        TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), min_df=2, sublinear_tf=True),
    )
    model = make_pipeline(features, LinearSVC(C=1.0, class_weight="balanced", random_state=0))
    return _fitted(model, texts, labels)


def signalen(texts: Texts, labels: Sequence[str]) -> Predict:
    """The grid that Signalen searches, one against the rest."""
    pipeline = make_pipeline(
        CountVectorizer(),
        TfidfTransformer(use_idf=False, norm="l2"),
        OneVsRestClassifier(LogisticRegression(l1_ratio=1.0, solver="liblinear", max_iter=300, random_state=0)),
    )
    grid = {
        "onevsrestclassifier__estimator__class_weight": (None, "balanced"),
        "countvectorizer__ngram_range": ((1, 1), (1, 2)),
    }
    folds = StratifiedKFold(5, shuffle=True, random_state=0)
    return _fitted(GridSearchCV(pipeline, grid, cv=folds), texts, labels)


def companion(rows: Sequence[Example]) -> Predict:
    """Our own n-gram half alone."""
    model = fit_companion(rows, {"topic": TOPICS}, seed=0)
    return lambda texts: [TOPICS[at] for at in model.logits(texts)["topic"].argmax(axis=1)]


def ours(folder: Path | None) -> Predict:
    """A released model, before the rule that bukan_laporan has no topic of its own."""
    from classifier import classify, load

    model = load(folder)
    return lambda texts: [verdict.topics[0].label for verdict in classify(model, texts)]


def line(name: str, predict: Predict, rows: Sequence[Example]) -> str:
    """One row of the table, with 95 % bootstrap intervals and milliseconds a message."""
    texts, true = [row.text for row in rows], [row.labels["topic"] for row in rows]
    began = time.perf_counter()
    found = predict(texts)
    cost = (time.perf_counter() - began) / len(texts) * 1000
    cells = [name]
    for score in (accuracy, macro_f1):
        low, high = interval(score, true, found)
        cells.append(f"{score(true, found):.3f} ({low:.3f}–{high:.3f})")
    return "| " + " | ".join([*cells, f"{cost:.1f}"]) + " |"


def gain(left: Predict, right: Predict, rows: Sequence[Example], *, rounds: int = 2000) -> str:
    """Paired bootstrap: how often the left one is the more accurate, and by how much."""
    texts, true = [row.text for row in rows], np.array([row.labels["topic"] for row in rows])
    one, two = np.array(left(texts)) == true, np.array(right(texts)) == true
    rng = np.random.default_rng(0)
    picks = rng.integers(0, len(true), (rounds, len(true)))
    differences = one[picks].mean(axis=1) - two[picks].mean(axis=1)
    low, high = np.percentile(differences, [2.5, 97.5])
    return (
        f"accuracy gain {one.mean() - two.mean():+.3f} ({low:+.3f} to {high:+.3f}), "
        f"better in {(differences > 0).mean():.0%} of resamples"
    )


def _fitted(model: Any, texts: Texts, labels: Sequence[str]) -> Predict:
    model.fit(list(texts), list(labels))
    return lambda new: [str(label) for label in model.predict(list(new))]


def main() -> None:
    """Train the peers, score everything, print a Markdown table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="data folder with reports/")
    parser.add_argument("--model", type=Path, help="model folder; default: the released one")
    parser.add_argument("--skip-signalen", action="store_true", help="its grid search takes minutes")
    options = parser.parse_args()
    rows = [row for row in read(training_files(options.data / "reports")) if "topic" in row.labels]
    test = read([options.data / "reports" / DEVELOPMENT])
    texts, labels = [row.text for row in rows], [row.labels["topic"] for row in rows]
    peers: dict[str, Predict] = {"word + character n-grams, linear SVM": svm(texts, labels)}
    if not options.skip_signalen:
        peers["Signalen's recipe"] = signalen(texts, labels)
    peers["our n-gram half alone"] = companion(rows)
    peers["released model"] = ours(options.model)
    print(f"{len(rows)} training rows, {len(test)} test rows ({DEVELOPMENT})\n")
    print("| | topic accuracy | topic macro-F1 | ms a message |\n|---|---|---|---|")
    for name, predict in peers.items():
        print(line(name, predict, test), flush=True)
    print("\nReleased model against the SVM: " + gain(peers["released model"], next(iter(peers.values())), test))


if __name__ == "__main__":
    main()
