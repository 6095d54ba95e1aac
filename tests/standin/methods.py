"""Which methods exist and how their parameters are read (`methods.json` names its source)."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.standin.errors import bad_request


@dataclass(frozen=True, slots=True)
class Method:
    """One method: parameter name to kind (int, float, bool, str, chat, file, json)."""

    name: str
    required: Mapping[str, str]
    optional: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Upload:
    """One file of a multipart request."""

    name: str
    content: bytes
    mime: str


def load_methods() -> dict[str, Method]:
    """Lower-cased name to method: the real server ignores the case."""
    table = json.loads((Path(__file__).parent / "methods.json").read_text("utf-8"))["methods"]
    return {name.lower(): Method(name, rule["required"], rule["optional"]) for name, rule in table.items()}


def decode(method: Method, raw: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """Parameters as Python values, and the names the method does not know."""
    params: dict[str, Any] = {}
    unknown: list[str] = []
    for name, value in raw.items():
        kind = method.required.get(name) or method.optional.get(name)
        if kind is None:
            unknown.append(name)
        else:
            params[name] = _read(name, kind, value)
    return params, unknown


def missing(method: Method, given: set[str]) -> str | None:
    """The first required parameter that was not sent."""
    return next((name for name in method.required if name not in given), None)


def _read(name: str, kind: str, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    reader = _READERS.get(kind)
    if reader is None:
        return value
    try:
        return reader(value)
    except ValueError as error:
        raise bad_request(f"can't parse {name.replace('_', ' ')}") from error


def _chat(value: str) -> int | str:
    return value if value.startswith("@") else int(value)


_READERS: dict[str, Callable[[str], Any]] = {
    "int": int,
    "float": float,
    "bool": lambda value: value.lower() in {"true", "1", "yes"},
    "json": json.loads,
    "chat": _chat,
}
