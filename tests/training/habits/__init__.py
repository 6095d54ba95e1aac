"""An office's own habits, written as people write: fallen trees are for the environment, and school meals are new."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from classifier import classify
from classifier.model import Classifier

HERE = Path(__file__).parent
TAUGHT = {"pohon_tumbang": 60, "mbg": 20}
TOPICS = {"pohon_tumbang": "lingkungan", "mbg": "mbg"}


def lines(habit: str) -> list[str]:
    return (HERE / f"{habit}.txt").read_text(encoding="utf-8").splitlines()


def unseen(habit: str) -> list[str]:
    """Messages of the habit that nobody corrects in the story."""
    return lines(habit)[TAUGHT[habit] :]


def corrections() -> list[dict[str, object]]:
    """Sixty fallen trees and twenty school meals, as officers corrected them over three weeks."""
    return [
        {"id": f"{habit}-{at}", "text": text, "kind": "pengaduan", "topic": TOPICS[habit], "weight": 1.0,
         "at": f"2026-05-{1 + at * 20 // count:02d}T08:{at % 60:02d}:00+07:00", "source": "alihkan"}
        for habit, count in TAUGHT.items()
        for at, text in enumerate(lines(habit)[:count])
    ]  # fmt: skip


def write_jsonl(path: Path, rows: Sequence[dict[str, object]]) -> Path:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def topics_of(model: Classifier, texts: Sequence[str]) -> list[str]:
    return [verdict.topics[0].label for verdict in classify(model, texts)]
