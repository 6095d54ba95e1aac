"""Levels of government, from the village up, and how a place phrase names one of their places."""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from bot.domain.errors import RegionError


class Level(StrEnum):
    """What a department belongs to, the lowest first. A kelurahan counts as desa, a kota as kabupaten."""

    DESA = "desa"
    KECAMATAN = "kecamatan"
    KABUPATEN = "kabupaten"
    PROVINSI = "provinsi"
    PUSAT = "pusat"  # the state and its companies: national roads, PLN

    @property
    def rank(self) -> int:
        """How high it is; the village is 0."""
        return list(Level).index(self)


ALIASES = {"kelurahan": Level.DESA, "kota": Level.KABUPATEN}
KOTA = "kota"  # a place called so is not the kabupaten of the same name
KINDS: dict[str, str] = {
    **dict.fromkeys(("desa", "ds", "deso", "ndeso", "kelurahan", "kel", "kalurahan"), Level.DESA),
    **dict.fromkeys(("kecamatan", "kec", "kcmtn"), Level.KECAMATAN),
    **dict.fromkeys(("kabupaten", "kab"), Level.KABUPATEN),
    **dict.fromkeys(("provinsi", "propinsi", "prov"), Level.PROVINSI),
    "kota": KOTA,
}
"""The word before a name that says what kind of place it is."""
_WAYS = "jl jln jalan gang gg arah jurusan menuju tujuan ke menyang"
_HAMLETS = "dusun dsn dukuh dukuhan dk kampung"
NOT_THERE = frozenset(f"{_WAYS} {_HAMLETS}".split())
"""What leads a name that is a street, a direction or a hamlet: it need not lie in the village of that name."""
BROAD = frozenset({"raya", "arah"})  # "jalan raya Comal"
_WORD = re.compile(r"\w+")


def read_level(word: object, where: str) -> Level:
    """A level as wadul.toml writes it."""
    if word in ALIASES:
        return ALIASES[str(word)]
    if word in list(Level):
        return Level(str(word))
    known = ", ".join([*(str(level) for level in Level), *ALIASES])
    raise RegionError(f"{where}: level is {word!r}: write one of {known}.")


def words_of(phrase: str) -> list[str]:
    """The words of a place phrase, in small letters."""
    return [word.casefold() for word in _WORD.findall(phrase)]


@dataclass(frozen=True)
class PlaceName:
    """A place as wadul.toml writes it ("Desa Karangsari"): its bare name and its kind."""

    name: str
    kind: str

    @classmethod
    def read(cls, words: str, level: Level) -> "PlaceName":
        """From the file; without a kind in front it is of the department's level."""
        first, _, rest = " ".join(words.split()).partition(" ")
        kind = KINDS.get(first.casefold().rstrip("."))
        return cls(rest.casefold(), kind) if kind and rest else cls(f"{first} {rest}".strip().casefold(), level)

    def __str__(self) -> str:
        return self.name.title()

    @property
    def first(self) -> str:
        """Its first word, by which it is looked up."""
        return next(iter(words_of(self.name)), "")

    def named_in(self, location: str) -> bool:
        """Whether a place phrase names it: as whole words, and not as another kind of place, a street, a way there."""
        return any(self._fits(location[: found.start()]) for found in self._pattern.finditer(location))

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        words = r"\s+".join(map(re.escape, self.name.split()))
        return re.compile(rf"(?<!\w){words}(?!\w)", re.IGNORECASE)

    def _fits(self, before: str) -> bool:
        words = words_of(before)
        while len(words) > 1 and words[-1] in BROAD:
            words.pop()
        last = words[-1] if words else ""
        return last not in NOT_THERE and KINDS.get(last, self.kind) == self.kind


def names_another(location: str, kind: str, known: tuple[PlaceName, ...]) -> bool:
    """Whether a place phrase names, with its kind ("kecamatan Ulujami"), a place that is none of these."""
    words = words_of(location)
    named = any(KINDS.get(word) == kind for word in words[:-1])
    return named and not any(each.named_in(location) for each in known if each.kind == kind)
