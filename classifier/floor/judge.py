"""Adds up the cues of a message: the danger told, how pressing the call is, and what excuses it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from itertools import permutations
from typing import Final

from classifier.text import clean, fold

THRESHOLD: Final = 3
TERSE: Final = 9
"""Words of a message that counts as a cry."""
LONG: Final = 60
"""Words from which chance finds add up: one point is taken off."""
_GAP: Final = r"[^.!?\n]{0,70}?"
_NEAR: Final = r"\W+(?:\w+\W+){0,2}?"
_DOUBLED: Final = re.compile(r"([a-z])\1+")
_HEADER: Final = re.compile(r"\[(\w+)(?: (\w+) (\d))?\]")
_NEVER: Final = "(?!)"


@dataclass(frozen=True, slots=True)
class Cue:
    """One group of patterns and what it counts for."""

    name: str
    points: int
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Cues:
    """Everything in cues.txt, compiled."""

    danger: tuple[Cue, ...]
    boost: tuple[Cue, ...]
    excuse: tuple[Cue, ...]
    saying: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Judgement:
    """Which cues were found, and the sum."""

    danger: tuple[str, ...]
    boost: tuple[str, ...]
    excuse: tuple[str, ...]
    score: int

    @property
    def emergency(self) -> bool:
        """Whether the sum reaches the threshold."""
        return self.score >= THRESHOLD


def squash(text: str) -> str:
    """Level the spellings of Javanese: lower case, dh→d, th→t, doubled letters single."""
    return _level(fold(clean(text)))


def _level(text: str) -> str:
    return _DOUBLED.sub(r"\1", text.replace("dh", "d").replace("th", "t"))


def judge(text: str) -> Judgement:
    """All cues of one message."""
    cues = load_cues()
    plain = squash(text)
    danger = [cue for cue in cues.danger if cue.pattern.search(plain)]
    if danger:  # Sayings are looked for only then: most messages hold no danger, not even in words.
        plain = cues.saying.sub(" ", plain)
        danger = [cue for cue in danger if cue.pattern.search(plain)]
    if not danger:
        return Judgement((), (), (), 0)
    boost = [cue for cue in cues.boost if cue.pattern.search(plain)]
    excuse = [cue for cue in cues.excuse if cue.pattern.search(plain)]
    # Two kinds of danger in one message say more than one, but the same accident is often told twice.
    score = max(cue.points for cue in danger) + (len(danger) > 1)
    # Who is in danger writes little: "api!! toko Sinar Baru".
    words = len(plain.split())
    score += (words <= TERSE) - (words > LONG)
    score += sum(cue.points for cue in boost) - sum(cue.points for cue in excuse)
    return Judgement(_names(danger), _names(boost), _names(excuse), score)


@lru_cache(maxsize=1)
def load_cues() -> Cues:
    """Read and compile cues.txt; about 0.1 s, once."""
    text = resources.files("classifier.floor").joinpath("cues.txt").read_text(encoding="utf-8")
    sections = list(_sections(text))
    groups: Mapping[str, tuple[Cue, ...]] = {
        kind: tuple(
            Cue(name, points, re.compile("|".join(map(_pattern, lines))))
            for found, name, points, lines in sections
            if found == kind
        )
        for kind in ("danger", "boost", "excuse")
    }
    sayings = [_bounded(line) for found, _, _, lines in sections if found == "saying" for line in lines]
    return Cues(**groups, saying=re.compile("|".join(sayings) or _NEVER))


def _names(cues: list[Cue]) -> tuple[str, ...]:
    return tuple(cue.name for cue in cues)


def _sections(text: str) -> Iterator[tuple[str, str, int, list[str]]]:
    current: tuple[str, str, int, list[str]] | None = None
    for line in text.splitlines():
        if header := _HEADER.fullmatch(line):
            if current:
                yield current
            current = (header[1], header[2] or "", int(header[3] or 0), [])
        elif current and line and not line.startswith("#"):
            current[3].append(_level(line))
    if current:
        yield current


def _pattern(line: str) -> str:
    parts = [_NEAR.join(map(_words, part.split(" > "))) for part in line.split(" ~ ")]
    return "|".join(_GAP.join(order) for order in permutations(parts))


def _words(alternatives: str) -> str:
    return _bounded(re.sub(r"(?<=\w)\*", r"\\w*", alternatives.strip().replace(".", r"\.")))


def _bounded(expression: str) -> str:
    return rf"\b(?:{expression})\b".replace(" ", r"\W+")
