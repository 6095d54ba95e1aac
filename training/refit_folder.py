"""The folder that the quick retrain makes: the champion's encoder, new heads and n-grams, stored vectors."""

from __future__ import annotations

import os
import shutil
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
import numpy.typing as npt
from safetensors.numpy import save_file

from classifier.artefact import Linear
from classifier.decide import MULTI
from training.artefact import commit, seal, write_json
from training.carrying import Carrying
from training.champion import Champion, Stored
from training.corrections import Correction
from training.errors import DataError
from training.progress import Progress
from training.refit_heads import Heads, Strength
from training.vectors import FILE, FURTHER, UNKNOWN

Floats = npt.NDArray[np.float32]
MOST_ROWS = 10_000  # of vectors: with the rest of the model this stays under the 40 MB that it may take
MOST_OWN = 5_000  # of them the office's own, newest first
SHARED = ("encoder.onnx", "tokenizer.json")


@dataclass(frozen=True, slots=True)
class Learnt:
    """What a fit gives."""

    heads: Heads
    ngrams: Mapping[str, Linear]
    stored: Stored | None


def begin(out: Path) -> Path:
    """An empty folder beside ``out`` to work in, which `finish` names: no half of a model bears the name."""
    if out.exists():
        raise DataError(f"{out} stands already: name a new folder")
    part = out.with_name(f"{out.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    return part


def write(
    part: Path, champion: Champion, learnt: Learnt, carrying: Carrying, *, name: str, notes: Mapping[str, Any],
    encoder: Path | None = None,
) -> dict[str, Any]:  # fmt: skip
    """All files but the card; the manifest that seals them. ``encoder``: folder of another encoder than the
    champion's."""
    for file in SHARED:
        source = (encoder or champion.path) / file
        if source.is_file():
            _link(source, part / file)
    if learnt.heads:
        save_file(
            {f"{head}.{half}": np.ascontiguousarray(values, np.float32)
             for head, both in learnt.heads.items()
             for half, values in zip(("weight", "bias"), both, strict=True)},
            part / "heads.safetensors",
        )  # fmt: skip
    if learnt.ngrams:
        _save_ngrams(learnt.ngrams, champion.parts.idf, part / "ngrams.safetensors")
    if learnt.stored is not None:
        _save_stored(learnt.stored, part / FILE)
    labels = {**champion.parts.labels, "topic": carrying.new}
    write_json(part / "labels.json", {head: list(names) for head, names in labels.items()})
    manifest = {
        **champion.manifest,
        "name": name,
        "created": datetime.now(UTC).isoformat(timespec="seconds"),
        "parent": champion.parts.id,
        "commit": commit(),
        "thresholds": _thresholds(champion.manifest.get("thresholds", {}), carrying),
        "calibration": _calibration(champion.manifest.get("calibration", {}), carrying),
        **notes,
    }
    return seal(part, manifest)


def told(
    rows: Sequence[Correction], learnt: Learnt, carrying: Carrying, strength: Strength, progress: Progress, *,
    way: str, apart: int = 0,
) -> dict[str, Any]:  # fmt: skip
    """What the manifest says of a retrain; ``apart``: corrections that were left out for the gate."""
    data: dict[str, Any] = {"corrections": len(rows), "left_out_for_the_gate": apart}
    data["by_source"] = dict(Counter(row.source or "-" for row in rows))
    if learnt.stored is not None:
        data |= {"stored_rows": len(learnt.stored.keys), "stored_own": int((learnt.stored.keys != 0).sum())}
    topics = {
        "added": [topic for topic in carrying.new if topic not in carrying.old],
        "retired": dict(carrying.labels.retired),
        "split": {old: list(new) for old, new in carrying.labels.split.items()},
    }
    return {"way": way, "data": data, "topics": topics, "strength": asdict(strength), "seconds": progress.seconds}


def finish(part: Path, out: Path) -> None:
    """Give the folder its name."""
    part.rename(out)


def grown(
    stored: Stored, rows: Sequence[Correction], vectors: Floats, carrying: Carrying, sets: Mapping[str, Sequence[str]]
) -> Stored:
    """The stored rows in the new order of labels, with the corrections at the end.

    Too many are thinned: the office's own keep the newest, those of the release are thinned evenly.
    """
    labels = {
        head: np.concatenate([carrying.index(old) if head == "topic" else old, _indices(head, rows, sets[head])])
        for head, old in stored.labels.items()
    }
    further = np.full((len(rows), FURTHER), UNKNOWN, np.int8)
    for at, row in enumerate(rows):
        named = [sets["topic"].index(topic) for topic in row.further[:FURTHER]]
        further[at, : len(named)] = named
    keys = np.concatenate([stored.keys, np.array([row.key for row in rows], np.int64)])
    own = np.flatnonzero(keys)[-MOST_OWN:]
    base = np.flatnonzero(keys == 0)
    room = MOST_ROWS - len(own)
    base = base[np.linspace(0, len(base) - 1, min(len(base), room)).round().astype(int)]
    kept = np.concatenate([base, own])
    return Stored(
        np.concatenate([stored.vectors, vectors.astype(np.float16)])[kept],
        {head: values[kept] for head, values in labels.items()},
        np.concatenate([carrying.index(stored.further), further])[kept],
        keys[kept],
    )


def without(stored: Stored, gone: npt.NDArray[np.bool_]) -> Stored:
    """The rows that are not marked."""
    kept = ~gone
    labels = {head: values[kept] for head, values in stored.labels.items()}
    return Stored(stored.vectors[kept], labels, stored.further[kept], stored.keys[kept])


def _indices(head: str, rows: Sequence[Correction], names: Sequence[str]) -> npt.NDArray[np.int8]:
    return np.array([names.index(row.labels[head]) if head in row.labels else UNKNOWN for row in rows], np.int8)


def _link(source: Path, target: Path) -> None:
    try:
        os.link(source.resolve(), target)
    except OSError:  # another disk, or a file system without links
        shutil.copyfile(source, target)


def _save_ngrams(heads: Mapping[str, Linear], idf: Floats | None, path: Path) -> None:
    tensors: dict[str, npt.NDArray[np.generic]] = {} if idf is None else {"idf": idf.astype(np.float16)}
    for head, linear in heads.items():
        tensors[f"{head}.weight"] = np.ascontiguousarray(linear.weight)
        tensors[f"{head}.bias"] = linear.bias
        if linear.scale is not None:
            tensors[f"{head}.scale"] = np.ascontiguousarray(linear.scale, np.float32)
    save_file(tensors, path)


def _save_stored(stored: Stored, path: Path) -> None:
    save_file({"vectors": stored.vectors, **stored.labels, "further": stored.further, "key": stored.keys}, path)


def _thresholds(given: Mapping[str, Any], carrying: Carrying) -> dict[str, Any]:
    """The champion's; a new topic is named as a further one where the middle one of the known topics is."""
    topics = given.get("topics")
    if not isinstance(topics, Mapping) or not topics:
        return dict(given)
    usual = median(topics.values())
    return {**given, "topics": {topic: topics.get(topic, usual) for topic in carrying.new}}


def _calibration(given: Mapping[str, Any], carrying: Carrying) -> dict[str, Any]:
    """The champion's; a bias that it has per topic stands in the new order, 0 for new ones."""
    out = dict(given)
    for head in ("topic", MULTI):
        if isinstance(given.get(head), Mapping) and given[head].get("bias") is not None:
            known = dict(zip(carrying.old, given[head]["bias"], strict=True))
            out[head] = {**given[head], "bias": [known.get(topic, 0.0) for topic in carrying.new]}
    return out
