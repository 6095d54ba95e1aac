"""Single parts of a place: "RT 2 RW 3", "desa Mangli", "Jl. Kenanga 7", "SD 2 Karangsari", "ngarep masjid".

Each reader takes the message and a position and answers where its unit ends, or None. Weights say how precise a unit
is: a house's row beats a village, a village a regency.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from classifier.places import gazetteer
from classifier.places.tokens import Token, common, kinds, split

_MAX_NAME: Final = 4
_NOTHING: Final[dict[str, tuple[tuple[str, ...], ...]]] = {}
_MARKERS: Final = ("admin", "street", "landmark", "office", "rel")
_WIDE: Final = frozenset(
    "kabupaten kab kota kodya kbpten provinsi prov propinsi prop kecamatan kec kcmtn kapanewon kawasan area".split()
)
_LOWER_STREETS: Final = frozenset("jl jln gang gg gng lorong".split())
_SHOUT: Final = 0.6
_ABBREVIATED: Final = 3
_MAX_UNKNOWN: Final = 2
_VERB: Final = re.compile(r"(?:ber|me|ter|ng|ny)\w+|\w+(?:kan|in|i|ake|ke|no|na|nya|en)")


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


def read(message: Message, at: int) -> Unit | None:
    """The unit that begins at token `at`, if any."""
    for reader in (_rtrw, _relation, _street, _admin, _house, _landmark, _office, _bare):
        if unit := reader(message, at):
            return unit
    return None


def _skip_marks(message: Message, at: int, marks: str = ".:") -> int:
    """Past the marks of "jl.", "desa :"; a full stop after a whole word ends the sentence instead."""
    while message.low(at) and message.low(at) in marks:
        if message.low(at) == "." and len(message.low(at - 1)) > _ABBREVIATED:
            return at
        at += 1
    return at


def _rtrw(message: Message, at: int) -> Unit | None:
    if message.low(at) not in ("rt", "rw", "kadus"):
        return None
    here = _skip_marks(message, at + 1)
    if not message.low(here).isdigit():
        return None
    here += 1
    # "rt 2/3", "RT.008/004"
    if message.low(here) in ("/", "-") and message.low(here + 1).isdigit():
        here += 2
    # "RT 4 Mangkubumen", "RW 08 mekarsari kelurahan sukamiskin"
    end = name_end(message, here, strict=True)
    if end > here and (message.capital(here) or message.known(here)[0] or message.has(end, "admin")):
        here = end
    return Unit(at, here, 2.5, True)


def _relation(message: Message, at: int) -> Unit | None:
    here, size = at, message.has(at, "rel")
    while size and here - at < 3:
        here += size
        size = message.has(here, "rel")
    if here == at:
        return None
    if message.low(here) in ("dari", "saka", "soko", "saking", "sekang"):
        here += 1
    readers = (_rtrw, _street, _admin, _house, _landmark, _office)
    inner = next((unit for reader in readers if (unit := reader(message, here))), None)
    if inner:
        return Unit(at, inner.end, inner.weight + 0.7, True)
    if message.has(here, "house") and message.has(here + 1, "owner"):
        return Unit(at, here + 2, 1.2, True)
    if size := message.has(here, "landmark"):
        return Unit(at, _owned(message, here + size), 2.2, True)
    if message.has(here - 1, "vague") and not (message.capital(here) or message.known(here)[0]):
        return None
    end = name_end(message, here, strict=True)
    return Unit(at, end, 2.0, True) if end > here else None


def _house(message: Message, at: int) -> Unit | None:
    """"omahe pak Darmo", "warung bu Ngatini"."""
    if not (message.has(at, "house") and message.has(at + 1, "person")):
        return None
    end = _owned(message, at + 1)
    return Unit(at, end, 1.8, True) if end > at + 1 else None


def _owned(message: Message, at: int) -> int:
    """Past "pak Karto", "bu RT" after a landmark."""
    if message.has(at, "person"):
        return name_end(message, at + 1) if name_end(message, at + 1) > at + 1 else at
    return at


def _street(message: Message, at: int) -> Unit | None:
    if not message.has(at, "street"):
        return None
    plain = message.low(at) not in _LOWER_STREETS
    here = _skip_marks(message, at + 1)
    while message.has(here, "streetword"):
        here = _skip_marks(message, here + 1)
    end = name_end(message, here, strict=plain and here == at + 1)
    if end == here:
        return None
    end = _numbers(message, end)
    # "jalan Mangli - Pulosari"
    while message.low(end) in ("-", "–", "ke") and (more := name_end(message, end + 1, strict=True)) > end + 1:
        end = more
    return Unit(at, end, 3.0, True)


def _admin(message: Message, at: int) -> Unit | None:
    if not message.has(at, "admin"):
        return None
    wide = message.low(at) in _WIDE
    here = _skip_marks(message, at + 1, ".:/")
    # "Kab/Kota : Pekanbaru", "kel/desa"
    while message.has(here, "admin") and message.low(here - 1) in "/.":
        here = _skip_marks(message, here + 1)
    if message.low(at) in ("blok", "kampung", "kawasan", "area") and message.has(here, "admin"):
        here += 1
    end = name_end(message, here, strict=message.low(at) in ("kota", "link", "lingkungan", "area", "kawasan", "kal"))
    if end == here and message.low(here).isdigit():
        end = here + 1
    return Unit(at, _numbers(message, end), 1.2 if wide else 2.6, True) if end > here else None


def _landmark(message: Message, at: int) -> Unit | None:
    size = message.has(at, "landmark")
    if not size:
        return None
    here = _skip_marks(message, at + size, ".")
    # "SD N 2 Karangsari", "SMP Negeri 1 Moga"; "kantor kecamatan Moga", "balai desa Mangli"
    while message.low(here) in ("n", "negeri", "inpres", "islam", "umum", "daerah") or message.has(here, "landmark"):
        here += max(1, message.has(here, "landmark"))
        here = _skip_marks(message, here, ".")
    touchy = message.has(at, "touchy")
    if message.low(here).isdigit() and not touchy:
        here += 1
    if message.has(here, "admin") and (unit := _admin(message, here)):
        return Unit(at, unit.end, 3.0, True)
    # "TPS kulon pasar Boja"
    if message.has(here, "rel") and not touchy and (unit := _relation(message, here)):
        return Unit(at, unit.end, unit.weight + 0.3, True)
    if touchy and not (message.capital(here) or message.known(here)[0]):
        return None
    if message.has(here, "person"):
        end = _owned(message, here)
        return Unit(at, end, 2.5, True) if end > here else None
    if message.has(here, "market"):
        here += 1
        return Unit(at, max(here, name_end(message, here, strict=True)), 2.6, True)
    end = name_end(message, here, strict=True)
    numbered = message.low(here - 1).isdigit()
    if end > here or numbered:
        sure = numbered or message.capital(here) or message.known(here)[0] > 0
        return Unit(at, _numbers(message, end), 2.8 if sure else 1.7, True)
    # "nang Polsek", "di GOR": an office known by its kind alone, if written as a name.
    return Unit(at, here, 0.8, False) if message.has(at - 1, "prep") and message.capital(at) else None


def _office(message: Message, at: int) -> Unit | None:
    """"PDAM Purbalingga", "cabang BPJS Cikokol": a branch is a place only with the town's name."""
    here = at
    while size := message.has(here, "office"):
        here = _skip_marks(message, here + size, ".")
    if here == at:
        return None
    if message.has(here, "admin") and (unit := _admin(message, here)):
        return Unit(at, unit.end, 2.0, True)
    size, _ = message.known(here)
    return Unit(at, _tail(message, here + size), 2.0, True) if size and not message.ordinary(here) else None


def _bare(message: Message, at: int) -> Unit | None:
    """A name without a marker: known to the gazetteer, or written like a name after a preposition."""
    if message.kind_word(at) and not message.known(at)[0] > 1:
        return None
    size, codes = message.known(at)
    led = bool(message.has(at - 1, "prep"))
    named = message.capital(at)
    if size and (size > 1 or not message.ordinary(at) or (led and named)):
        high = min(map(gazetteer.level, codes)) <= gazetteer.REGENCY
        if (named or led) and not message.has(at - 1, "title"):
            end = max(at + size, name_end(message, at)) if named else at + size
            return Unit(at, _tail(message, end), 1.0 if high else 1.8, False)
    if led and named and not message.ordinary(at):
        end = name_end(message, at)
        return Unit(at, end, 1.5, False) if end > at else None
    return _unknown(message, at) if message.has(at - 1, "at") and not named else None


def _unknown(message: Message, at: int) -> Unit | None:
    """"di arcamanik": a rare lower-case word after a preposition, unless it looks like a verb ("di cabutin")."""
    low = message.low(at)
    if len(low) < 5 or not low.isalpha() or message.ordinary(at) or _VERB.fullmatch(low):
        return None
    end = name_end(message, at)
    return Unit(at, _numbers(message, end), 0.9, False) if end > at else None


def name_end(message: Message, at: int, *, strict: bool = False) -> int:
    """Where the name that begins at `at` ends; `at` itself if there is none.

    A name's first word may be ordinary where a marker leads it ("desa Sumber"), unless `strict`.
    """
    here = at
    while here - at < _MAX_NAME and (size := _name_word(message, here, first=here == at, strict=strict)):
        # A capital name is not continued by a rare word in lower case, and two of those are enough.
        rare = here > at and size == 1 and not message.capital(here) and not message.known(here)[0]
        if rare and (here - at >= _MAX_UNKNOWN or (message.capital(here - 1) and not _closes(message, here + 1))):
            break
        here += size
    return _tail(message, here) if here > at else at


def _closes(message: Message, at: int) -> bool:
    """Whether a phrase ends before `at`: a mark, the end, or the next unit's marker."""
    return not message.low(at)[:1].isalnum() or any(message.has(at, kind) for kind in ("admin", "street"))


def _name_word(message: Message, at: int, *, first: bool, strict: bool) -> int:
    low = message.low(at)
    if not low or not low[0].isalpha() or message.has(at, "owner"):
        return 0
    size, _ = message.known(at)
    if size > 1:
        return size
    if low in ("rt", "rw") or message.has(at, "number") or message.never(at):
        return 0
    # "desa Bendungan" is a village; "desa jalan rusak" is not.
    if message.kind_word(at):
        return 1 if first and size and not strict and message.has(at, "landmark") else 0
    if message.capital(at):
        return 1 if not (message.ordinary(at) and not first) or message.capital(at - 1) else 0
    if size and (first or not message.ordinary(at)):
        return 0 if message.ordinary(at) and strict else 1
    if message.ordinary(at) or message.has(at, "rel") or message.has(at, "prep") or message.has(at, "landmark"):
        return 0
    return 1 if len(low) > 2 and not low.endswith(("nya", "kan")) else 0


def _tail(message: Message, at: int) -> int:
    """Past "Kidul", "IX", "indah" after a name."""
    while message.has(at, "tail") and not (message.has(at, "admin") and message.low(at + 1)[:1].isalpha()):
        if message.has(at, "rel") and _starts(message, at + 1):
            break
        if (len(message.low(at)) == 1 or message.has(at, "soft")) and not message.tokens[at].capital:
            break
        at += 1
    return at


def _starts(message: Message, at: int) -> bool:
    return bool(message.has(at, "landmark") or message.has(at, "street") or message.has(at, "admin"))


def _numbers(message: Message, at: int) -> int:
    """Past "no. 13A", "7", "blok F", "km 12"."""
    while True:
        here = at
        if message.has(here, "number") and message.low(here) not in ("rt", "rw"):
            here = _skip_marks(message, here + 1, ".:")
        token = message.low(here)
        if token.isdigit() or (here > at and len(token) == 1 and token.isalpha()):
            here += 1
            if message.glued(here) and len(message.low(here)) == 1 and message.low(here).isalnum():
                here += 1
            at = here
            continue
        return at
