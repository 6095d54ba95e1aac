"""A message seen as tokens that may play a part in a place phrase."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from classifier.places import gazetteer
from classifier.places.tokens import Token, common, kinds, split

_NOTHING: Final[dict[str, tuple[tuple[str, ...], ...]]] = {}
_MARKERS: Final = ("admin", "street", "landmark", "office", "rel")
_SHOUT: Final = 0.6
"""Share of capitalised words from which capitals say nothing."""


@dataclass(frozen=True, slots=True)
class Unit:
    """Tokens [start, end) that name a place; `weight`: how precise, `marked`: begins with a word of kind."""

    start: int
    end: int
    weight: float
    marked: bool


class Message:
    """A message's tokens and what is asked of them again and again."""

    def __init__(self, text: str) -> None:
        """Tokenise once."""
        self.tokens: Sequence[Token] = split(text)
        self._kinds = kinds()
        self._common = common()
        self._names = gazetteer.load()

    @cached_property
    def shouts(self) -> bool:
        """Whether capitals say nothing here: most words are in capitals."""
        words = [token for token in self.tokens if token.is_word]
        return sum(token.capital for token in words) > _SHOUT * len(words) > 0

    def low(self, at: int) -> str:
        """Token `at` in lower case; empty beyond the end."""
        return self.tokens[at].low if 0 <= at < len(self.tokens) else ""

    def has(self, at: int, kind: str) -> int:
        """How many tokens from `at` form an expression of `kind`; 0 for none."""
        for rest in self._kinds.get(self.low(at), _NOTHING).get(kind, ()):
            if all(self.low(at + 1 + step) == word for step, word in enumerate(rest)):
                return 1 + len(rest)
        return 0

    def capital(self, at: int) -> bool:
        """Whether token `at` is written like a name."""
        return at < len(self.tokens) and self.tokens[at].capital and not self.shouts

    def known(self, at: int) -> tuple[int, tuple[str, ...]]:
        """The longest administrative name at `at`."""
        return self._names.match(self.tokens, at)

    def ordinary(self, at: int) -> bool:
        """Whether token `at` is a frequent word and so hardly a name."""
        return self.low(at) in self._common

    def never(self, at: int) -> bool:
        """Whether token `at` is no part of a name, however it is written."""
        return self._common.get(self.low(at)) is False

    def kind_word(self, at: int) -> bool:
        """Whether token `at` tells a kind of place: "desa", "jalan", "taman"."""
        return any(self.has(at, kind) for kind in _MARKERS)

    def glued(self, at: int) -> bool:
        """Whether token `at` follows the one before without a space."""
        return 0 < at < len(self.tokens) and self.tokens[at].start == self.tokens[at - 1].end
