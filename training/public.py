"""Public reports whose words may not be passed on: the labels that this project gave them stand in the repository, by
the row's id, and meet their texts again where somebody has the data."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from training.data import table

LABELS = Path(__file__).resolve().parent / "public_labels"
LAPORGUB = "laporgub_stemmed"
COLUMNS = 5  # id, kind, topic, further topics with commas, urgency


def joined(reports: Path, out: Path, *, name: str = LAPORGUB) -> Path | None:
    """Write ``out/<name>.jsonl``: texts of ``reports/<name>.jsonl`` with our labels; None without the texts."""
    source = reports / f"{name}.jsonl"
    if not source.is_file():
        return None
    labels = dict(_labels(LABELS / f"{name}.tsv"))
    out.mkdir(parents=True, exist_ok=True)
    path = out / f"{name}.jsonl"
    lines = []
    for line in source.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["id"] in labels:
            found = {"id": row["id"], "text": row["text"], "language": "id", **labels[row["id"]]}
            lines.append(json.dumps(found, ensure_ascii=False) + "\n")
    path.write_text("".join(lines), encoding="utf-8")
    return path


def _labels(path: Path) -> Iterator[tuple[str, dict[str, object]]]:
    for _number, (name, kind, topic, further, urgency) in table(path, columns=COLUMNS):
        yield name, {
            "kind": kind, "topic": topic, "urgency": urgency,
            "topics2": [label for label in further.split(",") if label],
        }  # fmt: skip
