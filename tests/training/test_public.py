"""Labels by id meet their texts."""

import json
from pathlib import Path

import pytest

from training import public
from training.data import read
from training.errors import DataError


@pytest.fixture
def stems(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Three stems, two of them labelled."""
    monkeypatch.setattr(public, "LABELS", tmp_path)
    rows = [{"id": f"lg-{at}", "text": f"lampu jalan mati {at}"} for at in range(3)]
    (tmp_path / "laporgub_stemmed.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    labels = "lg-0\tpengaduan\tpenerangan_jalan\tjalan,perhubungan\tsedang\nlg-2\tinformasi\tpajak\t\trendah\n"
    (tmp_path / "laporgub_stemmed.tsv").write_text(labels, encoding="utf-8")
    return tmp_path


def test_labelled_stems_become_training_rows(stems: Path) -> None:
    path = public.joined(stems, stems / "build")
    assert path is not None
    first, second = read([path])
    assert (first.id, first.labels["topic"], first.further) == ("lg-0", "penerangan_jalan", ("jalan", "perhubungan"))
    assert (second.text, second.labels["kind"]) == ("lampu jalan mati 2", "informasi")


def test_without_the_texts_there_is_nothing_to_join(tmp_path: Path) -> None:
    assert public.joined(tmp_path, tmp_path / "build") is None


def test_a_broken_line_is_named(stems: Path) -> None:
    (stems / "laporgub_stemmed.tsv").write_text("lg-0\tpengaduan\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"laporgub_stemmed.tsv:1 has 2 columns"):
        public.joined(stems, stems / "build")


def test_the_labels_in_the_repository_are_labels_of_the_guide() -> None:
    from training.labels import HEADS

    lines = (public.LABELS / "laporgub_stemmed.tsv").read_text(encoding="utf-8").splitlines()
    assert len(lines) > 2000
    for line in lines:
        _name, kind, topic, further, urgency = line.split("\t")
        assert kind in HEADS["kind"]
        assert urgency in HEADS["urgency"]
        assert {topic, *filter(None, further.split(","))} <= set(HEADS["topic"])
