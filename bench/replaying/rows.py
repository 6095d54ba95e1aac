"""Messages of JSONL files with the labels that people gave them."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LONGEST = 4096  # characters of one Telegram message; an app sends more as two


class ReplayError(Exception):
    """The replay cannot begin or go on; the message names the fix."""


@dataclass(frozen=True)
class Row:
    """One message; a label that the file does not give is None. `text` never leaves the process but to the bot."""

    id: str
    text: str
    kind: str | None = None
    topic: str | None = None
    topics2: tuple[str, ...] = ()
    urgency: str | None = None
    language: str | None = None
    location: str | None = None
    labelled_place: bool = False  # an empty location is a label too: no place is named

    @property
    def is_report(self) -> bool:
        """Whether people say that it wants a case; unlabelled rows are taken for reports."""
        return self.kind != "bukan_laporan"


def load_rows(files: Iterable[Path], *, limit: int | None = None) -> tuple[list[Row], int]:
    """The rows that a chat can carry, and how many were left out (empty, or longer than one message)."""
    rows: list[Row] = []
    left_out = 0
    for path in files:
        for number, line in enumerate(_lines(path), start=1):
            if limit is not None and len(rows) >= limit:
                return rows, left_out
            if not line.strip():
                continue
            row = _row(line, f"{path.name}:{number}")
            if row is None:
                left_out += 1
            else:
                rows.append(row)
    if not rows:
        raise ReplayError("the files hold no message that could be sent: each line needs a text")
    return rows, left_out


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise ReplayError(f"{path.name} cannot be read: {error.strerror}") from error


def _row(line: str, place: str) -> Row | None:
    try:
        raw = json.loads(line)
    except ValueError as error:
        raise ReplayError(f"{place} is not JSON") from error
    if not isinstance(raw, Mapping):
        raise ReplayError(f'{place} is not an object like {{"text": "…"}}')
    text = raw.get("text")
    if not isinstance(text, str) or not text.strip() or len(text) > LONGEST:
        return None
    return Row(
        id=str(raw.get("id") or place),
        text=text,
        kind=_label(raw, "kind"),
        topic=_label(raw, "topic"),
        topics2=tuple(raw.get("topics2") or ()),
        urgency=_label(raw, "urgency"),
        language=_label(raw, "language"),
        location=_label(raw, "location"),
        labelled_place="location" in raw,
    )


def _label(raw: Mapping[str, Any], name: str) -> str | None:
    value = raw.get(name)
    return value if isinstance(value, str) and value else None
