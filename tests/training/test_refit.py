"""The quick retrain: an office's habit and a new topic are learnt with the released model, and the rest stays."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from safetensors.numpy import load_file

from classifier import classify, load
from classifier.errors import ArtefactError
from classifier.manifest import resolve
from tests.training.habits import corrections, topics_of, unseen, write_jsonl
from training.artefact import seal
from training.corrections import by_time, read_corrections, read_labels
from training.data import read
from training.errors import DataError
from training.gate import HELD_OUT
from training.refit import NOTHING, Order, refit

RELEASED = resolve(None)
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def taught(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """A model that learnt sixty fallen trees and twenty school meals."""
    root = tmp_path_factory.mktemp("refit")
    data = write_jsonl(root / "c.jsonl", corrections())
    labels = root / "labels.json"
    labels.write_text(json.dumps({"added": [{"id": "mbg", "examples": []}]}), encoding="utf-8")
    done = refit(
        Order(model=RELEASED, data=[data], out=root / "new", labels=labels, progress=root / "progress", name="desa")
    )
    return root, done


def test_the_habit_and_the_new_topic_are_learnt_and_held_out_messages_stay(taught: tuple[Path, dict[str, Any]]) -> None:
    new, old = load(taught[0] / "new"), load(RELEASED)
    trees, meals = unseen("pohon_tumbang"), unseen("mbg")
    assert np.mean([topic == "lingkungan" for topic in topics_of(new, trees)]) >= 0.85
    assert np.mean([topic == "mbg" for topic in topics_of(new, meals)]) >= 0.85
    rows = [row for row in read([HELD_OUT]) if "rubuh" not in row.text and "tumbang" not in row.text]
    texts, true = [row.text for row in rows], [row.labels["topic"] for row in rows]
    before, after = (
        np.mean([topic == wanted for topic, wanted in zip(topics_of(model, texts), true, strict=True)])
        for model in (old, new)
    )
    assert after > before - 0.01


def test_the_new_folder_says_where_it_comes_from_and_shares_the_encoder(taught: tuple[Path, dict[str, Any]]) -> None:
    folder, done = taught[0] / "new", taught[1]
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["id"] == done["id"]
    assert manifest["id"].startswith("desa-")
    assert manifest["parent"] == RELEASED.name
    assert manifest["data"]["corrections"] == 80
    assert manifest["topics"]["added"] == ["mbg"]
    assert "mbg" in manifest["thresholds"]["topics"]
    parent = json.loads((RELEASED / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["files"]["encoder.onnx"] == parent["files"]["encoder.onnx"]
    assert (manifest["mix"], manifest["calibration"]) == (parent["mix"], parent["calibration"])
    assert "mbg" in (folder / "README.md").read_text(encoding="utf-8")
    assert sum(file.stat().st_size for file in folder.iterdir()) <= 40 * 2**20


def test_progress_is_told_until_the_end(taught: tuple[Path, dict[str, Any]]) -> None:
    lines = [json.loads(line) for line in (taught[0] / "progress").read_text(encoding="utf-8").splitlines()]
    shares = [line["share"] for line in lines]
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert lines[-1]["stage"] == "done"


def test_the_next_retrain_knows_the_corrections_and_may_be_told_to_forget_them(
    taught: tuple[Path, dict[str, Any]], tmp_path: Path
) -> None:
    stored = load_file(taught[0] / "new" / "vectors.safetensors")
    assert (stored["key"] != 0).sum() == 80
    assert len(stored["vectors"]) <= 10_000
    few = write_jsonl(tmp_path / "few.jsonl", corrections()[:10])
    again = Order(model=taught[0] / "new", data=[few], out=tmp_path / "kept")
    refit(again)
    assert (load_file(tmp_path / "kept" / "vectors.safetensors")["key"] != 0).sum() == 80
    refit(Order(model=taught[0] / "new", data=[few], out=tmp_path / "forgot", whole=True))
    assert (load_file(tmp_path / "forgot" / "vectors.safetensors")["key"] != 0).sum() == 10


def test_without_corrections_it_runs_to_the_end_and_is_the_same_model(tmp_path: Path) -> None:
    empty = tmp_path / "none.jsonl"
    empty.write_text("\n", encoding="utf-8")
    done = refit(Order(model=RELEASED, data=[empty], out=tmp_path / "same"))
    assert (done["changed"], done["note"]) == (False, NOTHING)
    texts = ["lampu jalan mati", "omahku kobong, tulung", "matur nuwun pak"]
    old, new = classify(load(RELEASED), texts), classify(load(tmp_path / "same"), texts)
    assert [(a.topics, a.kind, a.urgency) for a in old] == [(b.topics, b.kind, b.urgency) for b in new]


def test_a_topic_is_retired_into_another_and_one_is_split(tmp_path: Path) -> None:
    labels = tmp_path / "labels.json"
    labels.write_text(
        json.dumps({"added": [{"id": "pohon", "examples": unseen("pohon_tumbang")[:5]}],
                    "retired": {"pariwisata": "perdagangan"}, "split": {"lingkungan": ["pohon", "polusi"]}}),
        encoding="utf-8",
    )  # fmt: skip
    smoke = [{"text": f"asap pabrik {where} bikin sesak, bau menyengat", "topic": "polusi", "weight": 1.5}
             for where in ("tahu", "tekstil", "ban", "gula", "arang")]  # fmt: skip
    old = [{"text": "parkir wisata pantai mahal sekali", "topic": "pariwisata"}]
    refit(Order(model=RELEASED, data=[write_jsonl(tmp_path / "c.jsonl", [*smoke, *old])], out=tmp_path / "n",
                labels=labels))  # fmt: skip
    model = load(tmp_path / "n")
    assert {"pariwisata", "lingkungan"} & set(model.labels["topic"]) == set()
    assert topics_of(model, ["asap pabrik karet bau menyengat, bikin sesak napas"]) == ["polusi"]
    assert topics_of(model, ["pohon mahoni tumbang melintang di jalan desa"]) == ["pohon"]


def test_it_loads_neither_torch_nor_scikit_learn_nor_scipy() -> None:
    code = "import sys, training.cli, training.refit, training.gate_command, training.picture; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = {module.partition(".")[0] for module in done.stdout.split()}
    assert loaded & {"torch", "transformers", "sklearn", "scipy", "matplotlib", "onnx"} == set()


# What is refused ---------------------------------------------------------------------------------------------------


def copied(folder: Path) -> Path:
    """The released model in a folder of its own, file by file as links."""
    folder.mkdir()
    for file in RELEASED.iterdir():
        (folder / file.name).symlink_to(file)
    return folder


def replaced(folder: Path, name: str, content: bytes) -> None:
    (folder / name).unlink()
    (folder / name).write_bytes(content)


@pytest.mark.parametrize(
    ("name", "reason"),
    [("vectors.safetensors", "vectors.safetensors is damaged"), ("heads.safetensors", "heads.safetensors is damaged"),
     ("manifest.json", "is not JSON")],
)  # fmt: skip
def test_a_damaged_model_is_refused_with_its_reason(tmp_path: Path, name: str, reason: str) -> None:
    folder = copied(tmp_path / "broken")
    replaced(folder, name, b"\x80\x04not ours")
    with pytest.raises(ArtefactError, match=reason):
        refit(Order(model=folder, data=[], out=tmp_path / "out"))
    assert not (tmp_path / "out").exists()


def test_a_model_of_another_task_or_without_vectors_is_refused(tmp_path: Path) -> None:
    manifest = json.loads((RELEASED / "manifest.json").read_text(encoding="utf-8"))
    foreign, bare = copied(tmp_path / "foreign"), copied(tmp_path / "bare")
    (foreign / "manifest.json").unlink()
    seal(foreign, {**manifest, "task": "single"})
    with pytest.raises(ArtefactError, match="made for the task 'single'"):
        refit(Order(model=foreign, data=[], out=tmp_path / "out"))
    (bare / "manifest.json").unlink()
    (bare / "vectors.safetensors").unlink()
    seal(bare, manifest)
    with pytest.raises(ArtefactError, match=r"has no vectors\.safetensors"):
        refit(Order(model=bare, data=[], out=tmp_path / "out"))


@pytest.mark.parametrize(
    ("line", "reason"),
    [('{"text": "x', "c.jsonl:1 is not JSON"), ('{"text": ""}', "has no text"), ("[1]", "has no text"),
     ('{"text": "jalan rusak", "topic": "ufo"}', "'ufo' is no topic"),
     ('{"text": "jalan rusak", "weight": -1}', "a weight lies between"),
     ('{"text": "jalan rusak", "at": "kemarin"}', "is no ISO time")],
)  # fmt: skip
def test_a_bad_correction_is_named_by_its_line(tmp_path: Path, line: str, reason: str) -> None:
    (tmp_path / "c.jsonl").write_text(line, encoding="utf-8")
    with pytest.raises(DataError, match=reason):
        refit(Order(model=RELEASED, data=[tmp_path / "c.jsonl"], out=tmp_path / "out"))


@pytest.mark.parametrize(
    ("labels", "reason"),
    [({"added": [{"id": "Makan Gratis"}]}, "is no id"), ({"retired": {"lainnya": None}}, "cannot be retired"),
     ({"retired": {"pajak": "cukai"}}, "'cukai' is neither"), ([], "is no map")],
)  # fmt: skip
def test_a_map_of_labels_that_leads_nowhere_is_refused(tmp_path: Path, labels: object, reason: str) -> None:
    (tmp_path / "labels.json").write_text(json.dumps(labels), encoding="utf-8")
    with pytest.raises(DataError, match=reason):
        read_labels(tmp_path / "labels.json", known=("jalan", "pajak", "lainnya"))


# Rows --------------------------------------------------------------------------------------------------------------


def rows_of(tmp_path: Path, rows: list[dict[str, object]]) -> list[Any]:
    sets = {"kind": ("pengaduan",), "topic": ("jalan", "pajak", "lainnya"), "urgency": (), "language": ()}
    return read_corrections([write_jsonl(tmp_path / "rows.jsonl", rows)], sets=sets)


def test_of_the_same_words_the_last_label_counts(tmp_path: Path) -> None:
    rows = rows_of(tmp_path, [{"text": "Jalan rusak", "topic": "jalan", "at": "2026-03-02T08:00:00+07:00"},
                              {"text": "jalan  rusak", "topic": "pajak", "at": "2026-03-01T08:00:00"}])  # fmt: skip
    assert [row.labels["topic"] for row in rows] == ["jalan"]


def test_the_newest_fifth_stands_apart_and_no_story_on_both_sides(tmp_path: Path) -> None:
    rows = rows_of(
        tmp_path,
        [{"text": f"jalan {'abcdefghijklmnopqrst'[at]} rusak", "topic": "jalan", "at": f"2026-03-{at + 1:02d}",
          "group": "satu" if at in (2, 19) else f"g{at}"} for at in range(20)],
    )  # fmt: skip
    older, newest = by_time(rows)
    assert [row.at.day for row in newest] == [17, 18, 19, 20]
    assert [row.at.day for row in older] == [day for day in range(1, 17) if day != 3]
    assert by_time(rows[:9]) == (rows[:9], [])
