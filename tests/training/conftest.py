"""Rows and a tiny prepared encoder for the pipeline's tests."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

TOPICS = {
    "jalan": "dalan rusak bolong aspal",
    "sampah": "sampah numpuk bau busuk",
    "listrik": "listrik mati padam kabel",
}
URGENCIES = ("sedang", "tinggi", "rendah", "darurat")


def office_rows(count: int) -> list[dict[str, object]]:
    """Toy messages whose words tell the topic, with every head labelled."""
    rng = random.Random(3)  # every place is its own word salad, or the rows would be twins
    rows: list[dict[str, object]] = []
    names = list(TOPICS)
    for at in range(count):
        topic = names[at % 3]
        words = TOPICS[topic].split()
        place = " ".join("".join(rng.choices("abcdefghijklmnopqrstuvwxyz", k=7)) for _ in range(6))
        rows.append(
            {
                "id": f"t-{at}", "text": f"pak {words[at % 4]} {words[(at + 1) % 4]} ing dusun {place}",
                "kind": "pengaduan", "topic": topic,
                "topics2": ["lingkungan"] if at % 5 == 0 else [], "urgency": URGENCIES[at % 4],
                "language": "jv_ngoko" if at % 2 else "id", "location": f"dusun {place}", "group": f"g{at // 2}",
            }
        )  # fmt: skip
    return rows


def write_rows(path: Path, rows: list[dict[str, object]]) -> Path:
    """JSON lines."""
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return path


@pytest.fixture
def office_file(tmp_path: Path) -> Path:
    """Sixty toy rows."""
    return write_rows(tmp_path / "toy.jsonl", office_rows(60))
