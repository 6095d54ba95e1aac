"""The office's corrections as rows, and the map of its labels: read, checked, cut by time. Nothing heavy here."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from classifier.text import clean, fold
from classifier.verdict import HEADS, OTHER_TOPIC
from training.errors import DataError

ID = re.compile(r"[a-z_]{2,24}")
APART = 0.2  # share of the newest corrections that the gate judges by
FEWEST = 10  # corrections below which none are kept apart: there would be nothing left to learn from
HEAVIEST = 10.0
EXAMPLES = "contoh"  # source of the rows made of a new topic's examples
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Correction:
    """One message as the office labelled it; only the labels that are known."""

    text: str
    labels: Mapping[str, str]
    further: tuple[str, ...] = ()
    at: datetime = _LONG_AGO
    weight: float = 1.0
    group: str = ""
    source: str = ""
    id: str = ""

    @property
    def key(self) -> int:
        """What the same words have in common, never 0."""
        digest = hashlib.sha256(fold(clean(self.text)).encode()).digest()
        return int.from_bytes(digest[:8], "big", signed=True) or 1


@dataclass(frozen=True, slots=True)
class LabelMap:
    """How the office's topics differ from the model's."""

    added: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """New topic → a few messages as people would write them."""
    retired: Mapping[str, str | None] = field(default_factory=dict)
    """Topic → what it became, or None."""
    split: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def topics(self, known: Sequence[str]) -> tuple[str, ...]:
        """The topics of the new model: those that stay, in order, then the new ones."""
        gone = {*self.retired, *self.split}
        parts = [part for old, parts in self.split.items() if old in known for part in parts]
        new = [topic for topic in dict.fromkeys([*self.added, *parts]) if topic not in known]
        return (*(topic for topic in known if topic not in gone), *new)

    def now(self, topic: str) -> str | None:
        """What a topic is called today; None for one that is gone or was split."""
        for _ in range(len(self.retired) + 1):
            today = self.retired.get(topic, topic)
            if today is None or today == topic:
                return None if topic in self.split else today
            topic = today
        return None  # the map goes in a circle


def read_labels(path: Path | None, *, known: Sequence[str]) -> LabelMap:
    """The map of a JSON file ``{"added": [{"id", "examples"}], "retired": {old: new}, "split": {old: [new]}}``."""
    if path is None:
        return LabelMap()
    try:
        raw = json.loads(path.read_bytes())
        found = LabelMap(
            {str(item["id"]): tuple(map(str, item.get("examples", ()))) for item in raw.get("added", ())},
            {str(old): None if new is None else str(new) for old, new in raw.get("retired", {}).items()},
            {str(old): tuple(map(str, parts)) for old, parts in raw.get("split", {}).items()},
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise DataError(f"{path.name} is no map of labels: {error!r}") from error
    _check(found, known, where=path.name)
    return found


def _check(found: LabelMap, known: Sequence[str], *, where: str) -> None:
    topics = found.topics(known)
    for topic in topics:
        if not ID.fullmatch(topic):
            raise DataError(f"{where}: {topic!r} is no id of a topic: 2 to 24 small letters or _")
    if OTHER_TOPIC not in topics:
        raise DataError(f"{where}: {OTHER_TOPIC} cannot be retired or split")
    targets = [new for new in found.retired.values() if new is not None and new not in found.retired]
    for part in (*targets, *(part for parts in found.split.values() for part in parts)):
        if part not in topics and part not in found.split:
            raise DataError(f"{where}: {part!r} is neither a topic of the model nor an added one")


def read_corrections(
    paths: Iterable[Path], *, sets: Mapping[str, Sequence[str]], labels: LabelMap | None = None
) -> list[Correction]:
    """The rows, oldest first; of the same words said twice the last. DataError names file and line of the first bad
    row. A topic that was retired is read by the map; the examples of new topics are rows, too."""
    labels = labels or LabelMap()
    rows = [
        Correction(text, {"topic": topic}, group=f"{EXAMPLES}:{topic}", source=EXAMPLES)
        for topic, texts in labels.added.items()
        for text in texts
        if topic in sets["topic"] and clean(text)
    ]
    for path in paths:
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise DataError(f"{path.name} cannot be read: {error}") from error
        for number, line in enumerate(lines, start=1):
            if line.strip():
                rows.append(_parse(line, f"{path.name}:{number}", sets, labels))
    rows.sort(key=lambda row: row.at)
    return list({row.key: row for row in rows}.values())


def by_time(rows: Sequence[Correction], *, share: float = APART) -> tuple[list[Correction], list[Correction]]:
    """(older, newest): no story stands on both sides; of few rows none are kept apart."""
    told = [row for row in rows if row.source != EXAMPLES]
    if len(told) < FEWEST:
        return list(rows), []
    newest = sorted(told, key=lambda row: row.at)[-max(1, round(share * len(told))) :]
    groups, keys = {row.group for row in newest if row.group}, {row.key for row in newest}
    return [row for row in rows if row.key not in keys and row.group not in groups], newest


def _parse(line: str, where: str, sets: Mapping[str, Sequence[str]], labels: LabelMap) -> Correction:
    try:
        raw = json.loads(line)
    except ValueError as error:
        raise DataError(f"{where} is not JSON: {error}") from error
    if not isinstance(raw, dict) or not isinstance(raw.get("text"), str) or not clean(raw["text"]):
        raise DataError(f"{where} has no text")
    row = Correction(
        raw["text"], {head: str(raw[head]) for head in HEADS if raw.get(head) is not None},
        tuple(map(str, raw.get("topics2") or ())), _when(raw.get("at"), where), _weight(raw.get("weight"), where),
        str(raw.get("group") or ""), str(raw.get("source") or ""), str(raw.get("id") or where),
    )  # fmt: skip
    return _named_anew(row, where, sets, labels)


def _named_anew(row: Correction, where: str, sets: Mapping[str, Sequence[str]], labels: LabelMap) -> Correction:
    """The row with today's topics; what was dropped or split is no longer said of it."""
    known = dict(row.labels)
    if (topic := known.pop("topic", None)) is not None and (today := labels.now(topic)) is not None:
        known["topic"] = today
    further = tuple(today for topic in row.further if (today := labels.now(topic)) is not None)
    for head, label in [*known.items(), *(("topic", topic) for topic in further)]:
        if label not in sets[head]:
            raise DataError(f"{where}: {label!r} is no {head} of this model; a new topic must stand in --labels")
    return replace(row, labels=known, further=further)


def _when(value: Any, where: str) -> datetime:
    if value is None:
        return _LONG_AGO
    try:
        found = datetime.fromisoformat(str(value))
    except ValueError as error:
        raise DataError(f"{where}: {value!r} is no ISO time") from error
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _weight(value: Any, where: str) -> float:
    if value is None:
        return 1.0
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= HEAVIEST:
        raise DataError(f"{where}: a weight lies between 0 and {HEAVIEST:g}, not {value!r}")
    return float(value)
