"""A saved model's calibrated probabilities, for either task, through the serving side's own code."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from safetensors.numpy import load_file

from classifier.artefact import EncoderSpec
from classifier.encoder import Encoder
from classifier.text import clean
from training.companion import Companion
from training.mixing import Mixing

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Logits:
    """Both halves' logits per head, each (N, labels); ``deep`` is empty for a model of n-grams alone."""

    deep: dict[str, Floats]
    wide: dict[str, Floats]


def manifest_of(folder: Path) -> dict[str, Any]:
    """The folder's manifest."""
    found: dict[str, Any] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    return found


def labels_of(folder: Path) -> dict[str, tuple[str, ...]]:
    """Label ids per head, in head order."""
    found = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
    return {head: tuple(labels) for head, labels in found.items()}


def logits(folder: Path, texts: Sequence[str]) -> Logits:
    """Score the texts with both halves."""
    manifest = manifest_of(folder)
    deep: dict[str, Floats] = {}
    if spec := manifest["encoder"]:
        encoder = Encoder(folder, EncoderSpec(spec["hidden"], spec["max_tokens"], ""), threads=2)
        vectors = encoder.encode([clean(text) for text in texts])
        deep = head_logits(folder, vectors)
    return Logits(deep, _companion(folder).logits(texts))


def head_logits(folder: Path, vectors: Floats) -> dict[str, Floats]:
    """Pooled vectors (N, hidden) to the encoder's logits per head."""
    heads = load_file(folder / "heads.safetensors")
    names = [name.removesuffix(".weight") for name in heads if name.endswith(".weight")]
    return {head: vectors @ heads[f"{head}.weight"].T + heads[f"{head}.bias"] for head in names}


def probabilities(folder: Path, found: Logits) -> dict[str, Floats]:
    """Mixed and calibrated as the manifest says."""
    manifest = manifest_of(folder)
    return Mixing(manifest["mix"], manifest["calibration"]).probabilities(found.deep, found.wide)


def _companion(folder: Path) -> Companion:
    tensors = load_file(folder / "ngrams.safetensors")
    heads = [name.removesuffix(".weight") for name in tensors if name.endswith(".weight")]
    return Companion(
        tensors["idf"].astype(np.float32),
        {head: tensors[f"{head}.weight"].astype(np.float32) * tensors[f"{head}.scale"] for head in heads},
        {head: tensors[f"{head}.bias"] for head in heads},
    )
