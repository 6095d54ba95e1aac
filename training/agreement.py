"""How far a reader who saw only the texts agrees with the labels that stand: shares, Cohen's kappa, what differs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from training.data import Example, read, table
from training.errors import DataError
from training.labels import HEADS

COLUMNS = 7  # id, kind, topic, further topics with commas, urgency, language, location or "-"
SHOWN = 10
ORDER = ("kind", "topic", "urgency", "language")


def agreement(files: Sequence[Path], reader: Path, *, against: Path | None = None) -> dict[str, Any]:
    """Per head the share of equal labels and kappa; `topic_either`: the reader's topic is primary or secondary.

    Compared with the labels in the files, or with those of another reader.
    """
    rows = {row.id: row for row in read([file for file in files if file.is_file()])}
    if against is not None:
        rows = {name: _as_read(rows[name], given) for name, given in _read(against) if name in rows}
    pairs = [(rows[name], given) for name, given in _read(reader) if name in rows]
    if not pairs:
        raise DataError(f"{reader.name} labels no row of the given files")
    out: dict[str, Any] = {"rows": len(pairs)}
    for head in ORDER:
        left, right = [row.labels[head] for row, _ in pairs], [given[head] for _, given in pairs]
        out[head] = {"same": round(_same(left, right), 4), "kappa": round(kappa(left, right), 4)}
        differ = Counter(f"{one} / {two}" for one, two in zip(left, right, strict=True) if one != two)
        out[head]["differ"] = dict(differ.most_common(SHOWN))
    either = [given["topic"] in {row.labels["topic"], *row.further} for row, given in pairs]
    out["topic_either"] = round(_share(either), 4)
    out["location"] = round(_share([_place(row) == given["location"] for row, given in pairs]), 4)
    return out


def kappa(left: Sequence[str], right: Sequence[str]) -> float:
    """Cohen's kappa: agreement beyond what the two readers' label frequencies give by chance; nan for one label."""
    total = len(left)
    one, two = Counter(left), Counter(right)
    chance = sum(one[label] * two[label] for label in one) / total**2
    return (_same(left, right) - chance) / (1 - chance) if chance < 1 else float("nan")


def _read(path: Path) -> Iterator[tuple[str, dict[str, str]]]:
    for number, (name, kind, topic, further, urgency, language, location) in table(path, columns=COLUMNS):
        given = {"kind": kind, "topic": topic, "urgency": urgency, "language": language}
        if wrong := [label for head, label in given.items() if label not in HEADS[head]]:
            raise DataError(f"{path.name}:{number}: {wrong[0]!r} is no label of the guide")
        yield name, {**given, "location": location, "further": further}


def _as_read(row: Example, given: dict[str, str]) -> Example:
    further = tuple(filter(None, given["further"].split(",")))
    location = None if given["location"] == "-" else given["location"]
    return replace(row, labels={head: given[head] for head in ORDER}, further=further, location=location)


def _place(row: Example) -> str:
    return " ".join((row.location or "-").split())


def _same(left: Sequence[str], right: Sequence[str]) -> float:
    return _share([one == two for one, two in zip(left, right, strict=True)])


def _share(marks: Sequence[bool]) -> float:
    return sum(marks) / len(marks)
