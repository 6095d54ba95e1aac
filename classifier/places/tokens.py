"""Cuts a message into words and marks, each knowing where it stands and what part it may play in a place."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Final

_TOKEN: Final = re.compile(
    # "didesa", "dijln": the preposition is cut off where a place's marker follows at once.
    r"(?:di|ning|neng|nang)(?=(?:jalan|jln|jl|desa|ds|dusun|dukuh|kec|kecamatan|kab|depan|dpn|daerah|sepanjang|sekitar"
    r"|pasar|perempatan|pertigaan|komplek|perum|rt)\b)"
    # "jl.Hasan", "rt02", "RT.006/02": letters and digits part, unless the digit closes a word ("alun2").
    r"|(?:rt|rw)(?=\d)|[^\W\d_]+(?:['’`-][^\W\d_]+)*2?\b|[^\W\d_]+|\d+|[^\w\s]",
    re.IGNORECASE,
)
_SECTION: Final = re.compile(r"\[(\w+)\]")


@dataclass(frozen=True, slots=True)
class Token:
    """One word, number or mark: text[start:end]."""

    text: str
    low: str
    start: int
    end: int

    @property
    def is_word(self) -> bool:
        """Whether it holds letters."""
        return self.low[0].isalpha()

    @property
    def is_number(self) -> bool:
        """Whether it is digits only."""
        return self.low.isdigit()

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital."""
        return self.text[0].isupper()


def split(text: str) -> list[Token]:
    """All tokens of `text`, in order."""
    return [Token(m[0], m[0].lower(), m.start(), m.end()) for m in _TOKEN.finditer(text)]


@lru_cache(maxsize=1)
def kinds() -> Mapping[str, Mapping[str, tuple[tuple[str, ...], ...]]]:
    """data/kinds.txt: first word → kind → the further words of each expression, longest first."""
    table: dict[str, dict[str, list[tuple[str, ...]]]] = {}
    section = ""
    for line in _lines("kinds.txt"):
        if header := _SECTION.fullmatch(line):
            section = header[1]
            continue
        for first, *rest in (expression.split(">") for expression in line.split()):
            table.setdefault(first, {}).setdefault(section, []).append(tuple(rest))
    return {
        first: {kind: tuple(sorted(set(rests), key=len, reverse=True)) for kind, rests in found.items()}
        for first, found in table.items()
    }


@lru_cache(maxsize=1)
def common() -> Mapping[str, bool]:
    """data/common.txt: frequent word → whether it may still be part of a name, with a capital or a marker."""
    table: dict[str, bool] = {}
    may = False
    for line in _lines("common.txt"):
        if header := _SECTION.fullmatch(line):
            may = header[1] == "rarely"
        else:
            table.update(dict.fromkeys(line.split(), may))
    return table


def _lines(name: str) -> list[str]:
    text = resources.files("classifier.places").joinpath("data", name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]
