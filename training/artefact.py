"""Writing a model folder: manifest, labels, heads."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from safetensors.numpy import save_file

from classifier import ngrams
from training.mixing import Mixing
from training.settings import Settings

if TYPE_CHECKING:  # the quick retrain seals its folders with this module and knows no torch
    from training.network import Network

FORMAT = 1
BASE = "multilingual-e5-small"
FILES = (
    "encoder.onnx", "tokenizer.json", "heads.safetensors", "ngrams.safetensors", "vectors.safetensors", "labels.json",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Origin:
    """What a model was made from."""

    task: str
    sources: Mapping[str, int]
    data_sha256: str
    layers: Sequence[int]
    start: str = ""
    """The release that fine-tuning went on from; empty where it began at the prepared base encoder."""
    averaged: Sequence[int] = ()
    """The seeds of the runs whose weights were averaged; empty where one run made it."""
    before: str = ""
    """The release that counts in this mean as much as all these runs."""


def save_heads(network: Network, path: Path) -> None:
    """Every head's weight (labels, hidden) and bias (labels,), float32."""
    tensors = {}
    for head in network.heads:
        weight, bias = network.linear(head)
        tensors[f"{head}.weight"] = np.ascontiguousarray(weight.numpy().astype(np.float32))
        tensors[f"{head}.bias"] = np.ascontiguousarray(bias.numpy().astype(np.float32))
    save_file(tensors, path)


def write_manifest(
    folder: Path,
    *,
    sets: Mapping[str, Sequence[str]],
    origin: Origin,
    settings: Settings,
    mixing: Mixing,
    thresholds: Mapping[str, Any],
    encoder: Mapping[str, int] | None,
) -> dict[str, Any]:
    """labels.json and manifest.json; every other file must stand already."""
    write_json(folder / "labels.json", {head: list(labels) for head, labels in sets.items()})
    manifest: dict[str, Any] = {
        "id": "",
        "created": datetime.now(UTC).isoformat(timespec="seconds"),
        "format": FORMAT,
        "task": origin.task,
        "seed": settings.seed,
        "start": origin.start,
        "averaged": list(origin.averaged),
        "averaged_with": origin.before,
        "data_sha256": origin.data_sha256,
        "sources": dict(origin.sources),
        "commit": commit(),
        "settings": asdict(settings),
        "encoder": {**encoder, "base": BASE, "base_layers": list(origin.layers)} if encoder else None,
        "ngrams": {"version": ngrams.VERSION, "buckets": ngrams.BUCKETS},
        "heads": list(sets),
        "thresholds": dict(thresholds),
        "calibration": dict(mixing.temperatures),
        "mix": dict(mixing.weights),
        "files": {},
    }
    return seal(folder, manifest)


def seal(folder: Path, manifest: dict[str, Any]) -> dict[str, Any]:
    """Write the manifest with every file's hash and an id that follows from them and from the settings."""
    files = {name: sha256(folder / name) for name in FILES if (folder / name).is_file()}
    settings = json.dumps([manifest[name] for name in ("mix", "calibration", "thresholds")], sort_keys=True)
    mark = hashlib.sha256("".join([*files.values(), settings]).encode()).hexdigest()
    day = manifest["created"][:10].replace("-", "")
    name = manifest.get("name") or manifest["task"]
    manifest = {**manifest, "id": f"{name}-{day}-{mark[:6]}", "files": files}
    write_json(folder / "manifest.json", manifest)
    return manifest


def encoder_sizes(network: Network, *, max_tokens: int) -> dict[str, int]:
    """What the manifest says of the encoder's shape."""
    config = network.encoder.config
    return {
        "layers": config.num_hidden_layers,
        "hidden": config.hidden_size,
        "attention_heads": config.num_attention_heads,
        "vocab": config.vocab_size,
        "max_tokens": max_tokens,
    }


def write_json(path: Path, value: object) -> None:
    """Readable, ends with a newline."""
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def sha256(path: Path) -> str:
    """Hex digest of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def commit() -> str:
    """The commit that the code stands at, or "unknown" outside a checkout."""
    here = Path(__file__).resolve().parent
    git = shutil.which("git")
    if git is None:
        return "unknown"
    done = subprocess.run([git, "rev-parse", "HEAD"], cwd=here, capture_output=True, text=True, check=False)  # noqa: S603 - fixed arguments
    return done.stdout.strip() if done.returncode == 0 else "unknown"
