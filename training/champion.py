"""A released model opened for the quick retrain: its weights, and the stored vectors of what it learnt from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import safetensors
import safetensors.numpy

from classifier import artefact
from classifier.artefact import Artefact
from classifier.errors import ArtefactError
from classifier.manifest import checked_files, read_manifest
from training.vectors import FILE, FURTHER, UNKNOWN

OFFICE = "office"


@dataclass(frozen=True, slots=True, eq=False)
class Stored:
    """Rows that the model learnt from, without their texts; in one order."""

    vectors: npt.NDArray[np.float16]
    """(N, hidden)"""
    labels: Mapping[str, npt.NDArray[np.int8]]
    """Head → (N,) index of the label, `UNKNOWN` where none is known."""
    further: npt.NDArray[np.int8]
    """(N, 2) indices of further topics."""
    keys: npt.NDArray[np.int64]
    """(N,) `Correction.key` of rows that an office corrected, 0 of those that the release came with."""


@dataclass(frozen=True, slots=True, eq=False)
class Champion:
    """The model in use. ``stored`` is None for one of n-grams alone."""

    parts: Artefact
    manifest: Mapping[str, Any]
    stored: Stored | None

    @property
    def path(self) -> Path:
        """Its folder."""
        return self.parts.path


def open_champion(folder: Path) -> Champion:
    """Read and check a model folder; ArtefactError says why it cannot be retrained."""
    parts = artefact.read(folder)
    manifest = read_manifest(folder)
    if manifest.get("task", OFFICE) != OFFICE:
        raise ArtefactError(f"model {folder.name} was made for the task {manifest['task']!r}, not for an office")
    if parts.encoder is None:
        return Champion(parts, manifest, None)
    if FILE not in checked_files(folder, manifest):
        raise ArtefactError(f"model {folder.name} has no {FILE}: its heads can only be trained anew in full")
    return Champion(parts, manifest, _stored(folder, parts, hidden=parts.encoder.hidden))


def _stored(folder: Path, parts: Artefact, *, hidden: int) -> Stored:
    try:
        tensors = safetensors.numpy.load_file(folder / FILE)
        vectors, further = tensors["vectors"], tensors["further"]
        labels = {head: tensors[head] for head in parts.labels if head in tensors}
    except (safetensors.SafetensorError, OSError, ValueError, KeyError) as error:
        raise ArtefactError(f"model {folder.name}: {FILE} cannot be read ({error!r})") from error
    keys = tensors.get("key", np.zeros(len(vectors), np.int64))
    found = Stored(vectors, labels, further, keys)
    if reason := _misfit(found, parts, hidden):
        raise ArtefactError(f"model {folder.name}: {FILE} does not fit: {reason}")
    return found


def _misfit(found: Stored, parts: Artefact, hidden: int) -> str:
    rows = len(found.vectors)
    if found.vectors.shape != (rows, hidden) or found.vectors.dtype != np.float16:
        return f"vectors are {found.vectors.dtype} {found.vectors.shape}, not float16 (rows, {hidden})"
    if not np.isfinite(found.vectors).all():
        return "a vector is not finite"
    if found.further.shape != (rows, FURTHER) or found.keys.shape != (rows,):
        return "its parts have different lengths"
    for head, values in {**found.labels, "further": found.further}.items():
        most = len(parts.labels["topic" if head == "further" else head])
        if len(values) != rows or values.min(initial=0) < UNKNOWN or values.max(initial=-1) >= most:
            return f"{head} has labels that the model does not know"
    return ""
