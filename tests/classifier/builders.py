"""Small artefacts that the tests make themselves: n-grams alone, or with the tiny encoder in data/."""

import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import safetensors.numpy
from numpy.typing import NDArray

from classifier import ngrams

DATA = Path(__file__).parent / "data"
HIDDEN = 8
LABELS = {
    "kind": ["pengaduan", "aspirasi", "informasi", "bukan_laporan"],
    "topic": ["jalan", "penerangan_jalan", "sampah", "kesehatan", "bencana", "lainnya"],
    "urgency": ["darurat", "tinggi", "sedang", "rendah"],
    "language": ["id", "jv_ngoko", "jv_krama", "jv_ngapak", "campur", "lain"],
}

# Words that push one label of one head; the rest of the weights is zero.
CUES = {
    "kind": {"rusak": 0, "bolong": 0, "mati": 0, "kobong": 0, "usul": 1, "apa": 2, "assalamualaikum": 3, "nuwun": 3},
    "topic": {"jalan": 0, "dalane": 0, "bolong": 0, "lampu": 1, "sampah": 2, "puskesmas": 3, "kobong": 4},
    "urgency": {"kobong": 0, "rusak": 2, "bolong": 2, "mati": 2, "usul": 3, "apa": 3},
    "language": {"jalan": 0, "rusak": 0, "dalane": 1, "ora": 1, "mboten": 2, "kepriwe": 3},
}


def ngram_weights() -> dict[str, NDArray[Any]]:
    """Tensors of ngrams.safetensors in which each cue word decides."""
    tensors: dict[str, NDArray[Any]] = {}
    for head, names in LABELS.items():
        weight = np.zeros((ngrams.BUCKETS, len(names)), dtype=np.float16)
        for word, label in CUES[head].items():
            indices, values = ngrams.features(word)
            weight[indices, label] += (30 * values).astype(np.float16)
        tensors[f"{head}.weight"] = weight
        tensors[f"{head}.bias"] = np.zeros(len(names), dtype=np.float32)
    return tensors


def head_weights() -> dict[str, NDArray[Any]]:
    """Tensors of heads.safetensors, at random but fixed."""
    chance = np.random.default_rng(2)
    tensors: dict[str, NDArray[Any]] = {}
    for head, names in {**LABELS, "topics": LABELS["topic"]}.items():
        tensors[f"{head}.weight"] = chance.normal(size=(len(names), HIDDEN)).astype(np.float32)
        tensors[f"{head}.bias"] = np.zeros(len(names), dtype=np.float32)
    return tensors


def ngram_folder(folder: Path, **changes: Any) -> Path:
    """An artefact without encoder; `changes` override the manifest."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "labels.json").write_text(json.dumps(LABELS), encoding="utf-8")
    safetensors.numpy.save_file(ngram_weights(), folder / "ngrams.safetensors")
    return seal(folder, **changes)


def encoder_folder(folder: Path, **changes: Any) -> Path:
    """An artefact with the tiny encoder and n-grams."""
    ngram_folder(folder)
    for name in ("encoder.onnx", "tokenizer.json"):
        shutil.copy(DATA / name, folder / name)
    safetensors.numpy.save_file(head_weights(), folder / "heads.safetensors")
    spec = {"layers": 0, "hidden": HIDDEN, "vocab": 12, "max_tokens": 16, "base": "tiny"}
    return seal(folder, **({"encoder": spec} | changes))


def seal(folder: Path, **changes: Any) -> Path:
    """Write the manifest with the present sha256 of every file; `changes` override its keys."""
    files = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.iterdir()
        if path.name != "manifest.json"
    }
    manifest = {
        "id": "test-1",
        "created": "2026-11-24T00:00:00Z",
        "format": 1,
        "seed": 1,
        "data_sha256": "0",
        "commit": "0",
        "encoder": None,
        "heads": list(LABELS),
        "thresholds": {},
        "calibration": {},
        "mix": {},
        "files": files,
    }
    (folder / "manifest.json").write_text(json.dumps(manifest | changes), encoding="utf-8")
    return folder
