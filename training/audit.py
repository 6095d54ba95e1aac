"""Checks of the written corpus: validity, counts, near duplicates, frames used again and again."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from classifier import ngrams
from training.data import Example, read
from training.errors import DataError
from training.labels import HEADS, TRAPS
from training.twins import near

OPENING_WORDS = 4
OPENING_TIMES = 4  # rows that may share their first four words
_NAME = re.compile(r"\b[A-Z][\w']+|\d+")
_WORD = re.compile(r"\w+|_")
FRAME_WORDS = 5
FRAME_TIMES = 6


@dataclass(slots=True)
class Audit:
    """``errors`` must be mended; ``warnings`` are for the writer's eye; ``counts`` per field."""

    rows: int = 0
    errors: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    counts: dict[str, dict[str, int]] = field(default_factory=dict)


def audit(paths: Sequence[Path]) -> Audit:
    """Look at every row of the files; a file that cannot be read is one error."""
    found = Audit()
    rows: list[Example] = []
    for path in paths:
        try:
            rows.extend(read([path]))
        except DataError as error:
            found.errors.append(str(error))
    found.rows = len(rows)
    if not rows:
        return found
    found.errors.extend(_faults(rows))
    found.warnings.extend(_openings(rows))
    found.warnings.extend(_frames(rows))
    found.warnings.extend(_near(rows))
    found.counts = _counts(rows)
    return found


def report(found: Audit) -> str:
    """JSON: counts, errors and warnings."""
    return json.dumps(
        {"rows": found.rows, "counts": found.counts, "errors": found.errors, "warnings": found.warnings},
        ensure_ascii=False,
        indent=1,
    )


def _faults(rows: Sequence[Example]) -> Iterable[str]:
    ids = Counter(row.id for row in rows)
    yield from (f"id {name} stands {count} times" for name, count in ids.items() if count > 1)
    texts: dict[str, str] = {}
    for row in rows:
        if missing := [head for head in HEADS if head not in row.labels]:
            yield f"{row.id} lacks {', '.join(missing)}"
        if row.location is not None and row.location not in row.text:
            yield f"{row.id}: the location does not stand in the text"
        if row.trap is not None and (row.trap not in TRAPS or row.labels.get("urgency") == "darurat"):
            yield f"{row.id}: trap {row.trap!r} is unknown or stands on an emergency"
        yield from _conflicts(row)
        plain = " ".join(ngrams.tokens(row.text))
        if plain in texts:
            yield f"{row.id} repeats {texts[plain]}"
        texts.setdefault(plain, row.id)


def _conflicts(row: Example) -> Iterable[str]:
    kind, topic, urgency = (row.labels.get(head) for head in ("kind", "topic", "urgency"))
    if kind == "bukan_laporan" and (topic != "lainnya" or urgency != "rendah"):
        yield f"{row.id}: bukan_laporan is always lainnya and rendah"
    if topic in row.further or len(row.further) > 2 or len(set(row.further)) < len(row.further):
        yield f"{row.id}: topics2 repeats a topic or holds more than two"


def _openings(rows: Sequence[Example]) -> Iterable[str]:
    seen: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        words = _WORD.findall(row.text.lower())[:OPENING_WORDS]
        if len(words) == OPENING_WORDS:
            seen[" ".join(words)].append(row.id)
    for opening, ids in sorted(seen.items(), key=lambda item: -len(item[1])):
        if len(ids) > OPENING_TIMES:
            yield f'{len(ids)} rows open with "{opening}": {", ".join(ids[:6])}'


def _frames(rows: Sequence[Example]) -> Iterable[str]:
    """Word runs that many groups share once names and numbers are blanked out."""
    seen: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        words = [word.lower() for word in _WORD.findall(_NAME.sub("_", row.text))]
        for at in range(len(words) - FRAME_WORDS + 1):
            run = words[at : at + FRAME_WORDS]
            if run.count("_") <= 1:
                seen[" ".join(run)].add(row.group)
    for frame, groups in sorted(seen.items(), key=lambda item: -len(item[1])):
        if len(groups) >= FRAME_TIMES:
            yield f'{len(groups)} stories share "{frame}"'


def _near(rows: Sequence[Example]) -> Iterable[str]:
    for left, right, cosine in near([row.text for row in rows]):
        one, two = rows[left], rows[right]
        if one.group != two.group:
            yield f"{one.id} and {two.id} are nearly the same ({cosine:.2f})"


def _counts(rows: Sequence[Example]) -> dict[str, dict[str, int]]:
    counts = {head: dict(Counter(row.labels.get(head, "–") for row in rows).most_common()) for head in HEADS}
    counts["variety"] = dict(Counter(row.variety or "–" for row in rows).most_common())
    counts["trap"] = dict(Counter(row.trap for row in rows if row.trap).most_common())
    counts["file"] = dict(Counter(row.source for row in rows).most_common())
    counts["with"] = {
        "location": sum(row.location is not None for row in rows),
        "further topics": sum(bool(row.further) for row in rows),
        "groups": len({row.group for row in rows}),
    }
    return counts
