"""A message seen as tokens that may play a part in a place phrase."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from classifier.places import gazetteer
from classifier.places.tokens import Token, common, kinds, split

_NOTHING: Final[dict[str, tuple[tuple[str, ...], ...]]] = {}
_MARKERS: Final = ("admin", "street", "landmark", "office", "rel")
_INNER: Final = frozenset(("rt", "rw", "kec", "kecamatan", "kab", "kabupaten", "kel", "kelurahan"))
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
        """Tokenise once and look every token up once: what follows asks many times."""
        self.tokens: Sequence[Token] = split(text)
        self._names = gazetteer.load()
        table, frequent = kinds(), common()
        self._lows = [token.low for token in self.tokens]
        self._kinds = [table.get(low, _NOTHING) for low in self._lows]
        self._common = [frequent.get(low) for low in self._lows]

    @cached_property
    def shouts(self) -> bool:
        """Whether capitals say nothing here: most words are in capitals."""
        words = [token for token in self.tokens if token.is_word]
        return sum(token.capital for token in words) > _SHOUT * len(words) > 0

    def low(self, at: int) -> str:
        """Token `at` in lower case; empty beyond the end."""
        return self._lows[at] if 0 <= at < len(self._lows) else ""

    def has(self, at: int, kind: str) -> int:
        """How many tokens from `at` form an expression of `kind`; 0 for none."""
        if not 0 <= at < len(self._kinds):
            return 0
        for rest in self._kinds[at].get(kind, ()):
            if all(self.low(at + 1 + step) == word for step, word in enumerate(rest)):
                return 1 + len(rest)
        return 0

    def plain(self, at: int) -> bool:
        """Whether token `at` has no part in a place but perhaps as a name."""
        return not self._kinds[at]

    def capital(self, at: int) -> bool:
        """Whether token `at` is written like a name."""
        return at < len(self.tokens) and self.tokens[at].capital and not self.shouts

    def known(self, at: int) -> tuple[int, tuple[str, ...]]:
        """The longest administrative name at `at`."""
        return self._names.match(self.tokens, at)

    def ordinary(self, at: int) -> bool:
        """Whether token `at` is a frequent word and so hardly a name."""
        return 0 <= at < len(self._common) and self._common[at] is not None

    def never(self, at: int) -> bool:
        """Whether token `at` is no part of a name, however it is written."""
        return 0 <= at < len(self._common) and self._common[at] is False

    def names_follow(self, at: int) -> bool:
        """Whether token `at` opens a row or a district, before which a village's bare name may stand."""
        return self.low(at) in _INNER

    def kind_word(self, at: int) -> bool:
        """Whether token `at` tells a kind of place: "desa", "jalan", "taman"."""
        return 0 <= at < len(self._kinds) and any(self.has(at, kind) for kind in _MARKERS if kind in self._kinds[at])

    def glued(self, at: int) -> bool:
        """Whether token `at` follows the one before without a space."""
        return 0 < at < len(self.tokens) and self.tokens[at].start == self.tokens[at - 1].end
