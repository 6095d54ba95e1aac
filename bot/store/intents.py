"""Intents as JSON, for the outbox."""

from dataclasses import asdict
from typing import Any

from bot.domain.outgoing import (
    Button,
    Delete,
    EditCaption,
    EditText,
    Intent,
    Picture,
    Rows,
    SendCopy,
    SendFiles,
    SendProof,
    ShowCard,
    ShowJob,
    ShowMedia,
    ShowNotice,
    ShowPair,
    ShowPerformance,
    ShowTask,
    TendRoom,
    Text,
    Toast,
)

_KINDS: dict[str, type[Intent]] = {
    "text": Text,
    "edit": EditText,
    "card": ShowCard,
    "media": ShowMedia,
    "room": TendRoom,
    "picture": Picture,
    "caption": EditCaption,
    "job": ShowJob,
    "task": ShowTask,
    "performance": ShowPerformance,
    "copy": SendCopy,
    "notice": ShowNotice,
    "proof": SendProof,
    "pair": ShowPair,
    "toast": Toast,
    "delete": Delete,
    "files": SendFiles,
}
_NAMES = {cls: name for name, cls in _KINDS.items()}


def to_json(intent: Intent) -> tuple[str, dict[str, Any]]:
    """The kind and the fields of an intent."""
    return _NAMES[type(intent)], asdict(intent)


def from_json(kind: str, payload: dict[str, Any]) -> Intent:
    """The intent again."""
    fields = dict(payload)
    if "rows" in fields:
        fields["rows"] = _rows(fields["rows"])
    for name in ("media_ids", "quotes"):
        if name in fields:
            fields[name] = tuple(fields[name])
    return _KINDS[kind](**fields)


def _rows(rows: list[list[dict[str, str]]]) -> Rows:
    return tuple(tuple(Button(**button) for button in row) for row in rows)
