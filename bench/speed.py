"""Speed, start and memory of the released classifier beside what a user would take instead, in one run.

    python -m bench.speed [--model DIR] [--rows 200]

Every model works in a process of its own with one thread, on the same messages: first one at a time, then all at
once. The BERT-base pipeline has random weights: they are as fast as trained ones, and no figure here is about quality.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from bench.memory import memory_mb
from training.cli import corpus_files
from training.data import read

ROOT = Path(__file__).resolve().parent.parent
WORDS = 45  # of the message that latency is told for
WARM = 5
ROUNDS = 60
Texts = Sequence[str]
Classify = Callable[[Texts], object]
NAMES = {
    "ours": "released model",
    "bert": "BERT-base, transformers pipeline",
    "fasttext": "fastText",
    "svm": "word + character n-grams, linear SVM",
    "signalen": "Signalen's recipe",
}


def messages(rows: int) -> list[str]:
    """Corpus messages, evenly spread."""
    texts = [row.text for row in read(corpus_files())]
    return texts[:: max(1, len(texts) // rows)][:rows]


def measured(texts: Texts) -> list[str]:
    """Messages of exactly ``WORDS`` words, put together from the given ones."""
    words = " ".join(texts).split()
    return [" ".join(words[at : at + WORDS]) for at in range(0, len(words) - WORDS, WORDS)][:ROUNDS]


def ours(folder: Path) -> Classify:
    """Through the public names, as the bot does."""
    from classifier import classify, load

    named = (folder / "ours").read_text().strip()
    model = load(named or None)
    return lambda texts: classify(model, texts)


def bert(folder: Path) -> Classify:
    """A text-classification pipeline over BERT-base with 30 labels, our vocabulary and random weights."""
    import torch
    from transformers import BertConfig, BertForSequenceClassification, PreTrainedTokenizerFast, pipeline

    torch.set_num_threads(1)
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_file=str(folder / "tokenizer.json"), pad_token="<pad>", model_max_length=128
    )
    network = BertForSequenceClassification(BertConfig(vocab_size=len(tokenizer), num_labels=30)).eval()
    run = pipeline("text-classification", model=network, tokenizer=tokenizer, device="cpu")
    return lambda texts: run(list(texts), truncation=True, batch_size=8)


def fasttext(folder: Path) -> Classify:
    """A saved fastText model."""
    import fasttext as library

    model = library.load_model(str(folder / "fasttext.bin"))
    return lambda texts: [model.f.predict(text.replace("\n", " "), 1, 0.0, "strict") for text in texts]


def saved(folder: Path, name: str) -> Classify:
    """A scikit-learn pipeline that this run has trained and saved."""
    import joblib

    model = joblib.load(folder / f"{name}.joblib")
    return lambda texts: model.predict(list(texts))


def child(name: str, folder: Path) -> None:
    """Load one model, time it, print the figures as JSON."""
    texts: list[str] = json.loads((folder / "texts.json").read_text(encoding="utf-8"))
    began = time.perf_counter()
    makers: dict[str, Callable[[Path], Classify]] = {"ours": ours, "bert": bert, "fasttext": fasttext}
    run = makers[name](folder) if name in makers else saved(folder, name)
    run(texts[:1])
    ready = time.perf_counter() - began
    alike = measured(texts)
    run(alike[:WARM])
    single = []
    for text in alike:
        began = time.perf_counter()
        run([text])
        single.append((time.perf_counter() - began) * 1000)
    began = time.perf_counter()
    run(texts)
    # Not ru_maxrss: it would count what the parent held when it forked.
    _now, most = memory_mb(Path("/proc/self/status").read_text(encoding="utf-8"))
    figures = {
        "start_s": ready,
        "cpu_s": sum(resource.getrusage(resource.RUSAGE_SELF)[:2]),
        "median_ms": median(single),
        "p95_ms": quantiles(single, n=20)[-1],
        "per_s": len(texts) / (time.perf_counter() - began),
        "peak_mb": most,
    }
    print(json.dumps(figures))


def make_peers(folder: Path, model: Path | None, texts: Texts) -> None:
    """Train and save what the children open."""
    import joblib

    from bench.peers import fasttext_model, signalen_pipeline, svm_pipeline
    from classifier.manifest import resolve

    (folder / "texts.json").write_text(json.dumps(list(texts), ensure_ascii=False), encoding="utf-8")
    (folder / "ours").write_text(str(model or ""), encoding="utf-8")
    (folder / "tokenizer.json").write_bytes((resolve(model) / "tokenizer.json").read_bytes())
    rows = [row for row in read(corpus_files()) if "topic" in row.labels]
    known, labels = [row.text for row in rows], [row.labels["topic"] for row in rows]
    joblib.dump(svm_pipeline().fit(known, labels), folder / "svm.joblib")
    joblib.dump(signalen_pipeline(search=False).fit(known, labels), folder / "signalen.joblib")
    fasttext_model(known, labels).save_model(str(folder / "fasttext.bin"))


def table(found: dict[str, dict[str, Any]]) -> str:
    """Markdown, with each peer's latency as a multiple of ours."""
    lines = [
        f"| | median ms, {WORDS} words | × ours | p95 ms | messages/s | ready after s | CPU s in all | peak MB |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for name, one in found.items():
        lines.append(
            f"| {NAMES[name]} | {one['median_ms']:.1f} | {one['median_ms'] / found['ours']['median_ms']:.1f} "
            f"| {one['p95_ms']:.1f} | {one['per_s']:.0f} | {one['start_s']:.1f} | {one['cpu_s']:.1f} "
            f"| {one['peak_mb']:.0f} |"
        )
    return "\n".join(lines)


def main() -> None:
    """Make the peers, time everything, print a Markdown table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--model", type=Path, help="model folder; default: the released one")
    parser.add_argument("--rows", type=int, default=200, help="messages for the throughput")
    parser.add_argument("--child", choices=NAMES, help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        child(options.child, options.folder)
        return
    alone = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    with tempfile.TemporaryDirectory() as name:
        make_peers(Path(name), options.model, messages(options.rows))
        found = {}
        for peer in NAMES:
            command = [sys.executable, "-m", "bench.speed", "--child", peer, "--folder", name]
            done = subprocess.run(command, cwd=ROOT, env=alone, capture_output=True, text=True, check=True)
            found[peer] = json.loads(done.stdout.splitlines()[-1])
    print(f"load of the last minute {os.getloadavg()[0]:.1f}, {os.cpu_count()} cores\n")
    print(table(found))


if __name__ == "__main__":
    main()
