"""Releasing a model folder: gates, copy, pointer, card."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from classifier import classify, load
from training.artefact import FILES, write_json
from training.card import card
from training.errors import ExportError
from training.score import manifest_of

LARGEST = 40 * 1024 * 1024
LEAST_SAME = 0.98  # per head, of the whole model's labels
EXTRA = ("manifest.json", "metrics.json")
PROBES = ("lampu jalan mati di depan pasar", "nuwun sewu, margi ngajeng griya kula risak", "P")


@dataclass(frozen=True, slots=True)
class Release:
    """Where a model went, and its size in bytes."""

    folder: Path
    size: int


def publish(model: Path, models: Path) -> Release:
    """Check the model, copy it to ``models/<id>``, point ``models/CURRENT`` at it; ExportError says why not."""
    manifest = manifest_of(model)
    size = _check(model, manifest)
    out = models / str(manifest["id"])
    out.mkdir(parents=True, exist_ok=True)
    for name in (*FILES, *EXTRA):
        if (model / name).is_file():
            shutil.copyfile(model / name, out / name)
    metrics = json.loads((model / "metrics.json").read_text(encoding="utf-8"))
    (out / "README.md").write_text(card(manifest, metrics, size=size), encoding="utf-8")
    classify(load(out), PROBES)
    pointer = models / "CURRENT.tmp"
    pointer.write_text(f"{manifest['id']}\n", encoding="utf-8")
    pointer.replace(models / "CURRENT")
    return Release(out, size)


def record_agreement(
    model: Path, cosines: Sequence[float], *, same: Mapping[str, float], gain: Mapping[str, float]
) -> None:
    """Keep int8 against full precision in metrics.json, where the gate reads it.

    ``same``: per head the share of rows with the same label; ``gain``: what int8 adds to the accuracy.
    """
    path = model / "metrics.json"
    known = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    known["int8"] = {
        "mean_cosine": round(sum(cosines) / len(cosines), 5),
        "lowest_cosine": round(min(cosines), 5),
        "same": {head: round(value, 4) for head, value in same.items()},
        "accuracy_gain": {head: round(value, 4) for head, value in gain.items()},
        "compared": len(cosines),
    }
    write_json(path, known)


def _check(model: Path, manifest: dict[str, Any]) -> int:
    if manifest.get("task") != "office":
        raise ExportError("only an office model can be released; this one was trained with --task single")
    if not (model / "metrics.json").is_file():
        raise ExportError("the model has no metrics.json: run `python -m training evaluate` first")
    size = sum((model / name).stat().st_size for name in (*FILES, *EXTRA) if (model / name).is_file())
    if size > LARGEST:
        raise ExportError(f"the model takes {size / 2**20:.1f} MB; at most {LARGEST // 2**20} MB may be released")
    int8 = json.loads((model / "metrics.json").read_text(encoding="utf-8")).get("int8")
    if manifest["encoder"] and (int8 is None or min(int8["same"].values()) < LEAST_SAME):
        raise ExportError(f"int8 gives the label of full precision too seldom: {int8}")
    return size
