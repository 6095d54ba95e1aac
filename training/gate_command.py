"""The gate as a command: files in, report and picture out."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from training.artefact import write_json
from training.errors import DataError
from training.gate import BLOCKED, Question, judge
from training.gate_scores import Margins


def ask(
    *, champion: Path, challenger: Path, out: Path, apart: Path | None, own: Path | None, picture: Path | None,
    names: Path | None, margins: Path | None, shipped: Path, threads: int,
) -> tuple[bool, list[str]]:  # fmt: skip
    """(whether the challenger is blocked, the sentences); writes ``out`` and ``picture``."""
    report = judge(
        Question(
            champion=champion, challenger=challenger, apart=apart, own=own, shipped=shipped, threads=threads,
            margins=_margins(margins), names={key: str(value) for key, value in _object(names).items()},
        )
    )  # fmt: skip
    write_json(out, report)
    if picture is not None:
        from training.picture import draw  # matplotlib takes a second and 60 MB: only who wants a picture pays

        draw(report, picture)
    sentences: list[str] = report["sentences"]
    return report["verdict"] == BLOCKED, sentences


def _margins(path: Path | None) -> Margins:
    given = _object(path)
    known = {field.name for field in fields(Margins)}
    for name, value in given.items():
        if name not in known or isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
            raise DataError(f"{name}: {value!r} is no margin; there are {', '.join(sorted(known))}, none below 0")
    return replace(Margins(), **given)


def _object(path: Path | None) -> Mapping[str, Any]:
    if path is None:
        return {}
    try:
        found = json.loads(path.read_bytes())
    except (OSError, ValueError) as error:
        raise DataError(f"{path.name} cannot be read: {error}") from error
    if not isinstance(found, dict):
        raise DataError(f"{path.name} is no JSON object")
    return found
