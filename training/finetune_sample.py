"""What a full retrain reads: an even sample of the corpus, and the office's corrections more than once."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from training.corrections import Correction, LabelMap
from training.data import Example, read

OFTEN = 3  # times that a correction of full weight is read where the corpus is read once
SEED = 17


def examples(files: Sequence[Path], labels: LabelMap, sets: Mapping[str, Sequence[str]]) -> list[Example]:
    """The rows of labelled files under the office's map of topics; what has no topic today is left out."""
    out = []
    for row in read(files) if files else []:
        topic = labels.now(row.labels.get("topic", ""))
        if topic is not None and topic in sets["topic"]:
            further = tuple(today for old in row.further if (today := labels.now(old)) is not None)
            out.append(replace(row, labels={**row.labels, "topic": topic}, further=further))
    return out


def sample(rows: Sequence[Example], count: int) -> list[Example]:
    """So many rows, topics in turn: as even as the corpus allows."""
    order = list(rows)
    random.Random(SEED).shuffle(order)  # noqa: S311 - a sample, no secret
    seen: dict[str, int] = {}
    turns = []
    for at, row in enumerate(order):
        turn = seen.get(row.labels["topic"], 0)
        seen[row.labels["topic"]] = turn + 1
        turns.append((turn, at))
    return [order[at] for _turn, at in sorted(turns)[: max(0, count)]]


def repeated(rows: Sequence[Correction], *, most: int) -> list[Example]:
    """The corrections as rows, by their weight up to `OFTEN` times, in all at most ``most``, the newest first."""
    out: list[Example] = []
    for row in reversed(rows):
        times = max(1, round(OFTEN * min(row.weight, 1.0))) if row.weight else 0
        out += [Example(row.text, row.labels, row.further, row.group or row.id, "corrections", id=row.id)] * times
    return out[:most]
