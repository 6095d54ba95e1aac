"""The quick retrain: corrections → a new model folder with the same encoder, in a minute, with numpy alone.

Both halves of every head are moved towards the corrections and held where the champion stands (`training.anchored`):
the encoder's on the stored vectors of the rows that it learnt from (`training.refit_heads`), the n-grams' on hashed
buckets (`training.refit_ngrams`). Mixing, temperatures and thresholds stay: heads that are held to the champion's
logits keep their certainty, and a few corrections say nothing about it.

Two fits are made. The one that is kept learns every correction. The other, in the folder ``apart``, does not know the
newest fifth of them; it stands in for the first where the gate asks what the model makes of corrections it never saw.
Sets that neither has seen judge the model that would be used.

Memory: about 400 MB for 5,000 corrections, most of it the dense matrix of `refit_ngrams` and its step.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from classifier.encoder import Encoder
from classifier.text import clean
from training.artefact import write_json
from training.champion import Champion
from training.corrections import Correction, by_time
from training.data import read
from training.errors import DataError
from training.opening import Opening, read_opening
from training.progress import Progress
from training.refit_card import card
from training.refit_folder import Learnt, begin, finish, grown, told, without, write
from training.refit_heads import Strength, fit_heads
from training.refit_ngrams import fit_ngrams

Floats = npt.NDArray[np.float32]
CORPUS = Path(__file__).resolve().parent / "corpus"
REPLAY = 1500  # rows of the written corpus on which the n-grams must stay as they were
CHUNK = 256  # texts encoded between two lines of progress
NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
OWN, JUDGED = "own.jsonl", "model"
NOTHING = "no corrections: the same model"


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """Inputs of one quick retrain."""

    model: Path
    data: Sequence[Path]
    out: Path
    labels: Path | None = None
    apart: Path | None = None
    """Where ``model/`` (the fit without the newest corrections) and ``own.jsonl`` (those) go, if there are enough."""
    progress: Path | None = None
    name: str = "office"
    """First part of the new model's id: the region's or the office's."""
    threads: int = 2
    whole: bool = False
    """The data are all corrections there are: stored ones that are not among them (erased people) are forgotten."""
    strength: Strength = field(default_factory=Strength)
    corpus: Path = CORPUS


@dataclass(frozen=True, slots=True)
class _Task:
    """What every fit of one run shares."""

    order: Order
    opening: Opening
    replay: Sequence[Correction]
    vectors: Mapping[int, Floats]
    progress: Progress


def refit(order: Order) -> dict[str, Any]:
    """Make ``order.out``; what was done, as the command prints it."""
    if not NAME.fullmatch(order.name):
        raise DataError(f"{order.name!r} cannot begin an id: small letters, digits, - and _ can, at most 40")
    progress = Progress(order.progress)
    progress.tell("reading", 0.0)
    opening = read_opening(order.model, order.data, order.labels)
    champion, rows = opening.champion, opening.corrections
    vectors = _vectors(champion, rows, threads=order.threads, progress=progress)
    task = _Task(order, opening, replay_rows(order.corpus), vectors, progress)
    older, newest = by_time(rows)
    if order.apart is not None and newest:
        _make(order.apart / JUDGED, task, older, share=0.5, apart=len(newest))
        write_own(order.apart / OWN, newest)
    manifest = _make(order.out, task, rows, share=0.75, apart=0)
    progress.tell("done", 1.0)
    changed = bool(rows) or opening.carrying.new != opening.carrying.old
    return {
        "id": manifest["id"], "parent": champion.parts.id, "out": str(order.out), "corrections": len(rows),
        "kept_apart": len(newest), "changed": changed, "note": "" if changed else NOTHING, "seconds": progress.seconds,
    }  # fmt: skip


def replay_rows(corpus: Path, *, most: int = REPLAY) -> list[Correction]:
    """An even sample of the written corpus, always the same one; none where it is not shipped."""
    files = sorted(corpus.glob("*.jsonl"))
    rows = [row for row in read(files) if "topic" in row.labels] if files else []
    kept = np.linspace(0, len(rows) - 1, min(len(rows), most)).round().astype(int)
    return [Correction(rows[at].text, rows[at].labels) for at in kept]


def _vectors(
    champion: Champion, rows: Sequence[Correction], *, threads: int, progress: Progress
) -> dict[int, Floats]:
    """Key → pooled vector; those that an earlier retrain stored are not computed again."""
    if champion.stored is None or champion.parts.encoder is None:
        return {}
    known = dict(zip(champion.stored.keys.tolist(), champion.stored.vectors.astype(np.float32), strict=True))
    found = {row.key: known[row.key] for row in rows if row.key in known}
    missing = [row for row in rows if row.key not in found]
    encoder = Encoder(champion.path, champion.parts.encoder, threads=threads)
    for at in range(0, len(missing), CHUNK):
        progress.tell("vectors", 0.05 + 0.45 * at / len(missing))
        part = missing[at : at + CHUNK]
        found |= dict(zip([row.key for row in part], encoder.encode([clean(row.text) for row in part]), strict=True))
    return found


def _make(out: Path, task: _Task, rows: Sequence[Correction], *, share: float, apart: int) -> dict[str, Any]:
    part = begin(out)
    task.progress.tell("heads", share)
    learnt = _learn(task, rows, share=share)
    task.progress.tell("writing", share + 0.24)
    champion, carrying = task.opening.champion, task.opening.carrying
    notes = told(rows, learnt, carrying, task.order.strength, task.progress, way="refit", apart=apart)
    manifest = write(part, champion, learnt, carrying, name=task.order.name, notes=notes)
    write_json(part / "metrics.json", _metrics(champion))
    (part / "README.md").write_text(card(manifest, labels=carrying.new), encoding="utf-8")
    finish(part, out)
    return manifest


def _learn(task: _Task, rows: Sequence[Correction], *, share: float) -> Learnt:
    champion, carrying, strength = task.opening.champion, task.opening.carrying, task.order.strength
    heads, stored = {}, None
    if champion.stored is not None:
        keys = champion.stored.keys
        again = np.isin(keys, [row.key for row in rows])
        rest = without(champion.stored, (keys != 0) if task.order.whole else again)
        vectors = np.zeros((len(rows), rest.vectors.shape[1]), np.float32)
        for at, row in enumerate(rows):
            vectors[at] = task.vectors[row.key]
        heads = fit_heads(champion, rest, rows, vectors, carrying, strength)
        stored = grown(rest, rows, vectors, carrying, task.opening.sets)
    task.progress.tell("ngrams", share + 0.1)
    return Learnt(heads, fit_ngrams(champion, rows, task.replay, carrying, strength), stored)


def _metrics(champion: Champion) -> dict[str, Any]:
    """What is known of the new model before the gate has judged it: how its encoder came out in int8."""
    path = champion.path / "metrics.json"
    known = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    return {"int8": {"measured_on": champion.parts.id, **known["int8"]}} if "int8" in known else {}


def write_own(path: Path, rows: Sequence[Correction]) -> None:
    """The newest corrections as rows for the gate; people's words, if masked: nobody else may read them."""
    lines = [
        json.dumps(
            {"id": row.id, "text": row.text, **row.labels, "topics2": list(row.further), "at": row.at.isoformat(),
             "group": row.group, "weight": row.weight, "source": row.source}, ensure_ascii=False,
        ) for row in rows
    ]  # fmt: skip
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600, exist_ok=False)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
