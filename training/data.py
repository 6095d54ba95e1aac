"""Training rows: reading, checking, splitting by writer or story."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import numpy as np

from training.errors import DataError
from training.labels import HEADS, TOPICS

Task = Literal["office", "single"]


@dataclass(frozen=True, slots=True)
class Example:
    """One message with the labels that are known; ``further`` are secondary topics."""

    text: str
    labels: Mapping[str, str]
    further: tuple[str, ...] = ()
    group: str = ""
    source: str = ""
    trap: str | None = None
    variety: str | None = None
    id: str = ""
    location: str | None = None


@dataclass(frozen=True, slots=True)
class Split:
    """Rows to learn from and rows to choose mixing weights on; no group stands on both sides."""

    train: list[Example] = field(default_factory=list)
    held: list[Example] = field(default_factory=list)


def read(paths: Iterable[Path], *, task: Task = "office") -> list[Example]:
    """All rows of the files, in order; DataError names file and line of the first bad one."""
    rows: list[Example] = []
    for path in paths:
        if not path.is_file():
            raise DataError(f"no such data file: {path}")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            if line.strip():
                rows.append(_parse(line, where=f"{path.name}:{number}", source=path.stem, task=task))
    if not rows:
        raise DataError("the data files hold no rows")
    return rows


def table(path: Path, *, columns: int) -> Iterator[tuple[int, list[str]]]:
    """(line number, cells) of a file of tab-separated lines; DataError names the first of another width."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        cells = line.split("\t")
        if len(cells) != columns:
            raise DataError(f"{path.name}:{number} has {len(cells)} columns, not {columns}")
        yield number, cells


def label_sets(rows: Sequence[Example], *, task: Task = "office") -> dict[str, tuple[str, ...]]:
    """Head → label ids in head order: fixed for the office task, sorted as found for a single-label task."""
    if task == "office":
        return dict(HEADS)
    found = sorted({row.labels["label"] for row in rows})
    if len(found) < 2:
        raise DataError("a single-label task needs at least two labels")
    return {"label": tuple(found)}


def digest(paths: Iterable[Path]) -> str:
    """SHA-256 over the files' contents, in the order given."""
    total = hashlib.sha256()
    for path in paths:
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def split(rows: Sequence[Example], *, share: float, seed: int) -> Split:
    """Hold back about ``share`` of every source, by whole groups; a group may span sources (`twins.grouped`)."""
    rng = np.random.default_rng(seed)
    sizes = Counter(row.source for row in rows)
    members: dict[str, Counter[str]] = {}
    for row in rows:
        members.setdefault(row.group, Counter())[row.source] += 1
    names = list(members)
    taken: Counter[str] = Counter()
    chosen: set[str] = set()
    for index in rng.permutation(len(names)):
        group = members[names[index]]
        if all(taken[source] + count <= round(share * sizes[source]) for source, count in group.items()):
            chosen.add(names[index])
            taken.update(group)
    out = Split()
    for row in rows:
        (out.held if row.group in chosen else out.train).append(row)
    return out


def _parse(line: str, *, where: str, source: str, task: Task) -> Example:
    try:
        raw = json.loads(line)
    except json.JSONDecodeError as error:
        raise DataError(f"{where} is not JSON: {error.msg}") from error
    if not isinstance(raw, dict) or not isinstance(raw.get("text"), str) or not raw["text"].strip():
        raise DataError(f"{where} has no text")
    if task == "single":
        if "label" not in raw:
            raise DataError(f"{where} has no label")
        return Example(raw["text"], {"label": str(raw["label"])}, group=where, source=source, id=where)
    return _office(raw, where=where, source=source)


def _office(raw: dict[str, Any], *, where: str, source: str) -> Example:
    labels = {head: raw[head] for head in HEADS if raw.get(head) is not None}
    for head, label in labels.items():
        if label not in HEADS[head]:
            raise DataError(f"{where}: {label!r} is no {head} of the label guide")
    further = tuple(raw.get("topics2") or ())
    if unknown := [topic for topic in further if topic not in TOPICS]:
        raise DataError(f"{where}: {unknown[0]!r} is no topic of the label guide")
    identity = str(raw.get("id") or where)
    return Example(
        raw["text"], labels, further, group=str(raw.get("group") or identity), source=source,
        trap=raw.get("trap"), variety=raw.get("variety"), id=identity, location=raw.get("location"),
    )  # fmt: skip
