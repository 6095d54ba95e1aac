"""Which words carried a verdict: each is left out once, and what the probability loses is its weight.

Leave-one-out occlusion (Li, Monroe, Jurafsky 2016), all variants in one batch. Long messages are cut into runs of
words, so that a message never costs more than `MOST` variants.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

MOST: Final = 64
"""Variants of one message."""
SHOWN: Final = 5
LEAST: Final = 0.02
"""Log-odds below which a word carried nothing worth naming."""

_WORD: Final = re.compile(r"\S+")
_EDGE: Final = re.compile(r"^\W+|\W+$")

Odds = Callable[[Sequence[str]], np.ndarray]
"""Texts → log-odds (N, questions) of the labels that are to be explained."""


@dataclass(frozen=True, slots=True)
class Weight:
    """A word or run of words as it stands in the cleaned text, [start, end), and the log-odds that it brought."""

    word: str
    start: int
    end: int
    weight: float


def occlude(text: str, odds: Odds) -> list[tuple[Weight, ...]]:
    """Per question the words that carried the answer, heaviest first, at most `SHOWN`."""
    parts = spans(text)
    variants = [text, *(text[:start] + text[end:].lstrip() for start, end in parts)]
    found = np.asarray(odds(variants), dtype=np.float64)
    return [_heaviest(text, parts, found[0, at] - found[1:, at]) for at in range(found.shape[1])]


def spans(text: str) -> list[tuple[int, int]]:
    """Where the words stand, or runs of them where there are more than `MOST`."""
    words = [match.span() for match in _WORD.finditer(text)]
    size = -(-len(words) // MOST) or 1
    return [(words[at][0], words[min(at + size, len(words)) - 1][1]) for at in range(0, len(words), size)]


def _heaviest(text: str, parts: Sequence[tuple[int, int]], weights: np.ndarray) -> tuple[Weight, ...]:
    order = [at for at in np.argsort(-weights, kind="stable") if weights[at] >= LEAST][: SHOWN * 2]
    named: list[Weight] = []
    for at in order:
        start, end = parts[at]
        word = _EDGE.sub("", text[start:end])
        if word and len(named) < SHOWN:
            begin = text.index(word, start)
            named.append(Weight(word, begin, begin + len(word), round(float(weights[at]), 3)))
    return tuple(named)
