"""What the corpus check finds."""

from pathlib import Path

import pytest

pytest.importorskip("scipy", reason="the corpus check needs scipy: pip install -r requirements.txt")

from tests.training.conftest import office_rows, write_rows
from training.audit import audit

CORPUS = Path(__file__).resolve().parents[2] / "training" / "corpus"


def _rows() -> list[dict[str, object]]:
    return [row | {"urgency": "sedang", "topics2": []} for row in office_rows(6)]


def test_good_rows_are_counted_and_not_blamed(tmp_path: Path) -> None:
    found = audit([write_rows(tmp_path / "a.jsonl", _rows())])
    assert found.errors == []
    assert found.rows == 6
    assert found.counts["topic"] == {"jalan": 2, "sampah": 2, "listrik": 2}


@pytest.mark.parametrize(
    ("change", "blame"),
    [
        ({"id": "t-1"}, "stands 2 times"),
        ({"location": "dusun lain"}, "location does not stand"),
        ({"trap": "dream"}, "trap"),
        ({"trap": "past", "urgency": "darurat"}, "trap"),
        ({"kind": "bukan_laporan"}, "always lainnya and rendah"),
        ({"topics2": ["jalan"]}, "repeats a topic"),
        ({"language": None}, "lacks language"),
    ],
)
def test_a_fault_is_an_error(tmp_path: Path, change: dict[str, object], blame: str) -> None:
    rows = _rows()
    rows[0] |= change
    found = audit([write_rows(tmp_path / "a.jsonl", rows)])
    assert any(blame in error for error in found.errors)


def test_a_text_that_differs_in_digits_only_is_a_repetition(tmp_path: Path) -> None:
    rows = _rows()
    rows.append(
        rows[0] | {"id": "t-99", "text": str(rows[0]["text"]).replace("0", "7"), "location": None, "group": "z"}
    )
    assert any("repeats t-0" in error for error in audit([write_rows(tmp_path / "a.jsonl", rows)]).errors)


def test_shared_openings_and_frames_are_warned_of(tmp_path: Path) -> None:
    rows = [
        row | {"text": f"mohon segera diperbaiki jalan di dusun {place} ya pak", "location": None, "group": place}
        for row, place in zip(
            office_rows(7), ["Abang", "Biru", "Cokro", "Dadap", "Emas", "Gading", "Hijau"], strict=True
        )
    ]
    warnings = audit([write_rows(tmp_path / "a.jsonl", rows)]).warnings
    assert any('open with "mohon segera diperbaiki jalan"' in text for text in warnings)
    assert any(text.startswith("7 stories share") for text in warnings)


def test_the_written_corpus_has_no_invalid_row() -> None:
    faults = [error for error in audit(sorted(CORPUS.glob("*.jsonl"))).errors if "repeats" not in error]
    assert faults == []
