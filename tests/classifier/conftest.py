"""Small artefacts that the tests make themselves."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import safetensors.numpy

from classifier import ngrams

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

Make = Callable[..., Path]


def _weights() -> dict[str, np.ndarray[Any, Any]]:
    tensors: dict[str, np.ndarray[Any, Any]] = {}
    for head, names in LABELS.items():
        weight = np.zeros((ngrams.BUCKETS, len(names)), dtype=np.float16)
        for word, label in CUES[head].items():
            indices, values = ngrams.features(word)
            weight[indices, label] += (30 * values).astype(np.float16)
        tensors[f"{head}.weight"] = weight
        tensors[f"{head}.bias"] = np.zeros(len(names), dtype=np.float32)
    return tensors


def seal(folder: Path, **changes: Any) -> Path:
    """Write the manifest with the present sha256 of every file; `changes` override its keys."""
    files = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.iterdir()
        if path.name != "manifest.json"
    }
    manifest = {
        "id": "test-1", "created": "2026-11-24T00:00:00Z", "format": 1, "seed": 1, "data_sha256": "0", "commit": "0",
        "encoder": None, "heads": list(LABELS), "thresholds": {}, "calibration": {}, "mix": {}, "files": files,
    }  # fmt: skip
    (folder / "manifest.json").write_text(json.dumps(manifest | changes), encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def model_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An artefact with n-grams only."""
    folder = tmp_path_factory.mktemp("models") / "test-1"
    folder.mkdir()
    (folder / "labels.json").write_text(json.dumps(LABELS), encoding="utf-8")
    safetensors.numpy.save_file(_weights(), folder / "ngrams.safetensors")
    return seal(folder)
