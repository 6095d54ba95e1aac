"""Topic quality against peers trained on exactly the same rows, in one run: ``python -m bench.quality --data DIR``.

Scored on the development set (real messages, never trained on) and on the held-out part of the corpus; the peers are
those of `bench.peers`. ``--public`` instead trains the pipeline on the public benchmark sets with three seeds.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from bench.peers import fasttext_labels, fasttext_model, signalen_pipeline, svm_pipeline
from training.cli import DEVELOPMENT, HELD_OUT, training_files
from training.companion import fit_companion
from training.data import Example, read
from training.labels import TOPICS
from training.metrics import accuracy, interval, macro_f1

Texts = Sequence[str]
Predict = Callable[[Texts], list[str]]


def fitted(model: Any, texts: Texts, labels: Sequence[str]) -> Predict:
    """A scikit-learn pipeline, trained."""
    model.fit(list(texts), list(labels))
    return lambda new: [str(label) for label in model.predict(list(new))]


def fasttext(texts: Texts, labels: Sequence[str]) -> Predict:
    """fastText, trained."""
    model = fasttext_model(texts, labels)
    return lambda new: fasttext_labels(model, new)


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


def score(data: Path, model: Path | None, *, skip_signalen: bool) -> None:
    """Train the peers, score everything, print Markdown tables."""
    reports = data / "reports"
    rows = [row for row in read(training_files(reports)) if "topic" in row.labels]
    texts, labels = [row.text for row in rows], [row.labels["topic"] for row in rows]
    peers: dict[str, Predict] = {"word + character n-grams, linear SVM": fitted(svm_pipeline(), texts, labels)}
    if not skip_signalen:
        peers["Signalen's recipe"] = fitted(signalen_pipeline(), texts, labels)
    peers["fastText"] = fasttext(texts, labels)
    peers["our n-gram half alone"] = companion(rows)
    peers["released model"] = ours(model)
    tests = [path for path in (reports / DEVELOPMENT, HELD_OUT) if path.is_file()]
    for path in tests:
        test = read([path])
        print(f"\n{len(rows)} training rows, {len(test)} test rows ({path.name})\n")
        print("| | topic accuracy | topic macro-F1 | ms a message |\n|---|---|---|---|")
        for name, predict in peers.items():
            print(line(name, predict, test), flush=True)
        print("\nReleased model against the SVM: " + gain(peers["released model"], next(iter(peers.values())), test))


def main() -> None:
    """Score the office task, or train and score the public sets."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="data folder with reports/ and bench/")
    parser.add_argument("--model", type=Path, help="model folder; default: the released one")
    parser.add_argument("--skip-signalen", action="store_true", help="its grid search takes minutes")
    parser.add_argument("--public", action="store_true", help="public benchmark sets instead (an hour)")
    parser.add_argument("--start", type=Path, help="prepared encoder for --public; default: the released one")
    parser.add_argument("--only", help="one public set by name")
    options = parser.parse_args()
    if options.public:
        from bench.public import run

        run(options.data / "bench", start=options.start, only=options.only)
    else:
        score(options.data, options.model, skip_signalen=options.skip_signalen)


if __name__ == "__main__":
    main()
