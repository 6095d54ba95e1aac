"""Names of Indonesia's administrative regions, looked up in a message word by word."""

import gzip
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Final

from classifier.places.tokens import Token, split

PROVINCE: Final = 1
REGENCY: Final = 2
DISTRICT: Final = 3
VILLAGE: Final = 4
LONGEST: Final = 4
"""Words of the longest name that is looked for."""


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """All names with their codes."""

    names: Mapping[str, str]
    """Code → name as written."""
    codes: Mapping[str, tuple[str, ...]]
    """Name as compared → every code that bears it."""
    firsts: frozenset[str]
    """First words of all names: most words of a message are none, and need no further look."""

    def match(self, tokens: Sequence[Token], at: int) -> tuple[int, tuple[str, ...]]:
        """The longest name that begins at token `at`: (number of tokens, codes); (0, ()) for none."""
        if not 0 <= at < len(tokens) or tokens[at].low not in self.firsts:
            return 0, ()
        for size in range(min(LONGEST, len(tokens) - at), 0, -1):
            codes = self.codes.get(" ".join(token.low for token in tokens[at : at + size]))
            if codes:
                return size, codes
        return 0, ()


def level(code: str) -> int:
    """1 province, 2 regency or city, 3 district, 4 village."""
    return code.count(".") + 1


def key(name: str) -> str:
    """A name as it is compared: lower case words, single spaces."""
    low = name.lower()
    return low if low.replace(" ", "").isalpha() else " ".join(token.low for token in split(name))


@lru_cache(maxsize=1)
def load() -> Gazetteer:
    """Read data/wilayah.tsv.gz (19,000 names), once."""
    raw = resources.files("classifier.places").joinpath("data", "wilayah.tsv.gz").read_bytes()
    names = dict(line.split("\t", 1) for line in gzip.decompress(raw).decode().splitlines())
    codes: dict[str, list[str]] = {}
    for code, name in names.items():
        # "Kota Tegal" is known by its bare name too.
        for form in {key(name), key(name.removeprefix("Kota "))}:
            codes.setdefault(form, []).append(code)
    firsts = frozenset(name.partition(" ")[0] for name in codes)
    return Gazetteer(names, {name: tuple(found) for name, found in codes.items()}, firsts)
