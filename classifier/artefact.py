"""Reads a released model folder and refuses one that is damaged, foreign or incomplete. No pickle anywhere."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import safetensors
import safetensors.numpy
from numpy.typing import NDArray

from classifier import ngrams
from classifier.decide import MULTI, Calibration, Thresholds
from classifier.errors import ArtefactError
from classifier.manifest import MANIFEST, checked_files, read_manifest, resolve
from classifier.verdict import CALM, EMERGENCY, HEADS, NO_REPORT, OTHER_LANGUAGE, OTHER_TOPIC, REPORT, Floats

_ENCODER_FILES: Final = ("encoder.onnx", "tokenizer.json", "heads.safetensors")
_SHARED: Final = ("encoder.onnx", "tokenizer.json")
_NEEDED_LABELS: Final = {
    "kind": {REPORT, NO_REPORT},
    "topic": {OTHER_TOPIC},
    "urgency": {EMERGENCY, CALM},
    "language": {OTHER_LANGUAGE},
}


@dataclass(frozen=True, slots=True, eq=False)
class Linear:
    """One head on n-grams: weight (buckets, labels) in a small type, times scale (labels,), plus bias (labels,)."""

    weight: NDArray[np.generic]
    scale: Floats | None
    bias: Floats

    def logits(self, row: ngrams.Row) -> Floats:
        """Logits (labels,) of one message's features."""
        raw = ngrams.dot(row, self.weight)
        return (raw if self.scale is None else raw * self.scale) + self.bias


@dataclass(frozen=True, slots=True)
class EncoderSpec:
    """What the manifest says of the encoder."""

    hidden: int
    max_tokens: int
    prefix: str
    """Put before every text, as the base encoder was trained with ("query: "); empty for none."""


@dataclass(frozen=True, slots=True, eq=False)
class Artefact:
    """A checked model folder in memory; the encoder itself stays on disk until it is opened."""

    id: str
    path: Path
    labels: Mapping[str, tuple[str, ...]]
    encoder: EncoderSpec | None
    seal: tuple[str, ...]
    """The sha256 of the encoder's own files; equal ones are the same encoder."""
    heads: Mapping[str, tuple[Floats, Floats]]
    """Per head (weight (labels, hidden), bias (labels,)); empty without an encoder."""
    ngrams: Mapping[str, Linear]
    idf: Floats | None
    buckets: int
    mix: Mapping[str, float]
    calibration: Mapping[str, Calibration]
    thresholds: Thresholds


def read(path: str | Path | None = None) -> Artefact:
    """Read and check a model folder; raises ArtefactError with the reason."""
    folder = resolve(path)
    manifest = read_manifest(folder)
    files = checked_files(folder, manifest)
    try:
        return _assemble(folder, manifest, files)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ArtefactError(f"model {folder.name}: {MANIFEST} is not as expected ({error!r})") from error


def _assemble(folder: Path, manifest: dict[str, Any], files: set[str]) -> Artefact:
    labels = _labels(folder, files)
    spec = _encoder_spec(folder, manifest, files)
    heads = _heads(folder, labels, spec) if spec else {}
    linear, idf, buckets = _ngrams(folder, manifest, labels) if "ngrams.safetensors" in files else ({}, None, 0)
    missing = [head for head in HEADS if head not in heads and head not in linear]
    if missing:
        raise ArtefactError(f"model {folder.name}: no weights for {', '.join(missing)}")
    return Artefact(
        id=str(manifest["id"]),
        path=folder,
        labels=labels,
        encoder=spec,
        seal=tuple(str(manifest["files"][name]) for name in _SHARED) if spec else (),
        heads=heads,
        ngrams=linear,
        idf=idf,
        buckets=buckets,
        mix={head: float(weight) for head, weight in manifest.get("mix", {}).items()},
        calibration=_calibration(folder, manifest.get("calibration", {}), labels),
        thresholds=Thresholds(**manifest.get("thresholds", {})),
    )


def _labels(folder: Path, files: set[str]) -> dict[str, tuple[str, ...]]:
    found = json.loads((folder / "labels.json").read_bytes())
    labels = {head: tuple(str(label) for label in found[head]) for head in HEADS}
    for head, needed in _NEEDED_LABELS.items():
        if not needed <= set(labels[head]) or len(set(labels[head])) != len(labels[head]):
            raise ArtefactError(f"model {folder.name}: labels.json lacks {sorted(needed)} for {head} or repeats one")
    return labels


def _encoder_spec(folder: Path, manifest: dict[str, Any], files: set[str]) -> EncoderSpec | None:
    spec = manifest.get("encoder")
    if spec is None:
        return None
    absent = [name for name in _ENCODER_FILES if name not in files]
    if absent:
        raise ArtefactError(f"model {folder.name}: an encoder needs {', '.join(absent)}")
    return EncoderSpec(int(spec["hidden"]), int(spec["max_tokens"]), str(spec.get("prefix", "")))


def _tensors(folder: Path, name: str) -> dict[str, NDArray[Any]]:
    try:
        return safetensors.numpy.load_file(folder / name)
    except (safetensors.SafetensorError, OSError, ValueError) as error:
        raise ArtefactError(f"model {folder.name}: {name} cannot be read ({error})") from error


def _heads(folder: Path, labels: Mapping[str, tuple[str, ...]], spec: EncoderSpec) -> dict[str, tuple[Floats, Floats]]:
    tensors = _tensors(folder, "heads.safetensors")
    return {
        head: (
            _shaped(folder, tensors, f"{head}.weight", (count, spec.hidden)).astype(np.float32),
            _shaped(folder, tensors, f"{head}.bias", (count,)).astype(np.float32),
        )
        for head, count in _sizes(labels).items()
        if f"{head}.weight" in tensors
    }


def _ngrams(
    folder: Path, manifest: dict[str, Any], labels: Mapping[str, tuple[str, ...]]
) -> tuple[dict[str, Linear], Floats | None, int]:
    version = manifest.get("ngrams", {}).get("version", ngrams.VERSION)
    if version != ngrams.VERSION:
        raise ArtefactError(f"model {folder.name}: n-gram features {version}; this version has {ngrams.VERSION}")
    tensors = _tensors(folder, "ngrams.safetensors")
    buckets = int(manifest.get("ngrams", {}).get("buckets", ngrams.BUCKETS))
    linear = {
        head: Linear(
            _shaped(folder, tensors, f"{head}.weight", (buckets, count)),
            _scale(tensors.get(f"{head}.scale"), count),
            _shaped(folder, tensors, f"{head}.bias", (count,)).astype(np.float32),
        )
        for head, count in _sizes(labels).items()
        if f"{head}.weight" in tensors
    }
    if MULTI not in linear and "topic" in linear:
        linear[MULTI] = linear["topic"]  # one against the rest: the same margins answer "is it named at all?"
    idf = _shaped(folder, tensors, "idf", (buckets,)).astype(np.float32) if "idf" in tensors else None
    return linear, idf, buckets


def _sizes(labels: Mapping[str, tuple[str, ...]]) -> dict[str, int]:
    return {**{head: len(labels[head]) for head in HEADS}, MULTI: len(labels["topic"])}


def _scale(tensor: NDArray[Any] | None, count: int) -> Floats | None:
    return None if tensor is None else np.broadcast_to(tensor.astype(np.float32).reshape(-1), (count,))


def _shaped(folder: Path, tensors: Mapping[str, NDArray[Any]], name: str, shape: tuple[int, ...]) -> NDArray[Any]:
    tensor = tensors.get(name)
    if tensor is None or tensor.shape != shape:
        found = "absent" if tensor is None else str(tensor.shape)
        raise ArtefactError(f"model {folder.name}: {name} should have shape {shape}, is {found}")
    return tensor


def _calibration(
    folder: Path, given: Mapping[str, Any], labels: Mapping[str, tuple[str, ...]]
) -> dict[str, Calibration]:
    sizes = _sizes(labels)
    calibration: dict[str, Calibration] = {}
    for head, value in given.items():
        settings = value if isinstance(value, dict) else {"temperature": value}
        temperature, bias = float(settings.get("temperature", 1.0)), settings.get("bias")
        if temperature <= 0 or (bias is not None and len(bias) != sizes[head]):
            raise ArtefactError(f"model {folder.name}: calibration of {head} does not fit")
        calibration[head] = Calibration(temperature, None if bias is None else np.asarray(bias, np.float32))
    return calibration
