"""Only a whole, undamaged model folder of our format is loaded; the reason is told otherwise."""

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import safetensors.numpy

from classifier import artefact, manifest
from classifier.errors import ArtefactError, ClassifierError
from classifier.model import load
from tests.classifier.builders import LABELS, encoder_folder, ngram_folder, ngram_weights, seal


def test_a_whole_folder_is_read(ngram_model: Path) -> None:
    parts = artefact.read(ngram_model)
    assert parts.id == "test-1"
    assert parts.encoder is None
    assert parts.labels["kind"] == tuple(LABELS["kind"])


def test_settings_of_the_manifest_are_taken(tmp_path: Path) -> None:
    calibration = {"kind": 2.0, "topic": {"temperature": 1.5, "bias": [0.0] * 6}}
    folder = ngram_folder(tmp_path / "m", thresholds={"darurat": 0.3}, calibration=calibration, mix={"kind": 0.7})
    parts = artefact.read(folder)
    assert parts.thresholds.darurat == 0.3
    assert parts.calibration["topic"].temperature == 1.5
    assert parts.mix["kind"] == 0.7


def drop_manifest(folder: Path) -> None:
    (folder / "manifest.json").unlink()


def garble_manifest(folder: Path) -> None:
    (folder / "manifest.json").write_text("{", encoding="utf-8")


def list_manifest(folder: Path) -> None:
    (folder / "manifest.json").write_text("[]", encoding="utf-8")


def other_format(folder: Path) -> None:
    seal(folder, format=2)


def no_files(folder: Path) -> None:
    seal(folder, files={})


def file_outside(folder: Path) -> None:
    seal(folder, files={"labels.json": "0", "../secret": "0"})


def lost_file(folder: Path) -> None:
    (folder / "ngrams.safetensors").unlink()


def flipped_bit(folder: Path) -> None:
    raw = bytearray((folder / "ngrams.safetensors").read_bytes())
    raw[-1] ^= 1
    (folder / "ngrams.safetensors").write_bytes(raw)


def torn_weights(folder: Path) -> None:
    (folder / "ngrams.safetensors").write_bytes(b"\x08")
    seal(folder)


def wrong_shape(folder: Path) -> None:
    tensors = ngram_weights() | {"kind.weight": np.zeros((10, 4), np.float16)}
    safetensors.numpy.save_file(tensors, folder / "ngrams.safetensors")
    seal(folder)


def no_head(folder: Path) -> None:
    tensors = {name: tensor for name, tensor in ngram_weights().items() if not name.startswith("urgency")}
    safetensors.numpy.save_file(tensors, folder / "ngrams.safetensors")
    seal(folder)


def foreign_labels(folder: Path) -> None:
    (folder / "labels.json").write_text(json.dumps(LABELS | {"kind": ["a", "b", "c", "d"]}), encoding="utf-8")
    seal(folder)


def other_features(folder: Path) -> None:
    seal(folder, ngrams={"version": 99})


def strange_threshold(folder: Path) -> None:
    seal(folder, thresholds={"wrong": 1})


def cold_calibration(folder: Path) -> None:
    seal(folder, calibration={"kind": 0})


def encoder_without_files(folder: Path) -> None:
    seal(folder, encoder={"hidden": 8, "max_tokens": 16})


@pytest.mark.parametrize(
    ("damage", "reason"),
    [
        (drop_manifest, "not a model folder"),
        (garble_manifest, "not JSON"),
        (list_manifest, "format None"),
        (other_format, "reads format 1"),
        (no_files, "lists no files"),
        (file_outside, "leaves the folder|damaged"),
        (lost_file, "is missing"),
        (flipped_bit, "damaged"),
        (torn_weights, "cannot be read"),
        (wrong_shape, "kind.weight should have shape"),
        (no_head, "no weights for urgency"),
        (foreign_labels, "labels.json lacks"),
        (other_features, "n-gram features 99"),
        (strange_threshold, "not as expected"),
        (cold_calibration, "calibration of kind"),
        (encoder_without_files, "an encoder needs"),
    ],
)
def test_a_damaged_or_foreign_folder_is_refused(damage: Callable[[Path], None], reason: str, tmp_path: Path) -> None:
    folder = ngram_folder(tmp_path / "m")
    damage(folder)
    with pytest.raises(ArtefactError, match=reason):
        load(folder)


@pytest.mark.parametrize("name", ["encoder.onnx", "tokenizer.json"])
def test_a_broken_encoder_is_refused(name: str, tmp_path: Path) -> None:
    folder = encoder_folder(tmp_path / "m")
    (folder / name).write_bytes(b"nonsense")
    spec = json.loads((folder / "manifest.json").read_text())["encoder"]
    seal(folder, encoder=spec)
    with pytest.raises(ArtefactError, match=name):
        load(folder)


def test_an_encoder_of_another_width_is_refused(tmp_path: Path) -> None:
    folder = encoder_folder(tmp_path / "m", encoder={"hidden": 9, "max_tokens": 16})
    with pytest.raises(ArtefactError, match="should have shape"):
        load(folder)


def test_current_names_the_released_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(manifest, "RELEASED", tmp_path)
    with pytest.raises(ArtefactError, match="no model is released"):
        manifest.resolve(None)
    (tmp_path / "CURRENT").write_text("model-7\n", encoding="utf-8")
    assert manifest.resolve(None) == tmp_path / "model-7"
    (tmp_path / "CURRENT").write_text("../elsewhere", encoding="utf-8")
    with pytest.raises(ArtefactError, match="does not name a folder"):
        manifest.resolve(None)


def test_every_error_has_one_root() -> None:
    assert issubclass(ArtefactError, ClassifierError)
