"""Single parts of a place: "RT 2 RW 3", "desa Mangli", "Jl. Kenanga 7", "SD 2 Karangsari", "ngarep masjid".

Each reader takes the message and a position and answers where its unit ends, or None. Weights say how precise a unit
is: a house's row beats a village, a village a regency.
"""

import re
from functools import partial
from typing import Final

from classifier.places import gazetteer
from classifier.places.message import Message, Unit
from classifier.places.names import name_end, numbers, skip_marks, tail

_WIDE: Final = frozenset(
    (
        *("kabupaten", "kab", "kota", "kodya", "kbpten", "provinsi", "prov", "propinsi", "prop"),
        *("kecamatan", "kec", "kcmtn", "kapanewon", "kawasan", "area"),
    )
)
_STREET_SHORT: Final = frozenset(("jl", "jln", "gang", "gg", "gng", "lorong"))
_LOOSE: Final = frozenset(("kota", "link", "lingkungan", "area", "kawasan", "kal"))
_SCHOOL: Final = frozenset(("n", "negeri", "inpres", "islam", "umum", "daerah"))
_SCHOOLS: Final = frozenset(("sd", "smp", "sma", "smk", "tk", "mi", "mts", "ma", "rs", "pos"))
_MAX_LEAD: Final = 8
"""Tokens before a name that only tell its kind: "Jl. Raya Desa", "Kab/Kota :"."""
_MAX_DEPTH: Final = 3
"""Landmarks within landmarks: nobody means more than "depan toko sebelah pasar belakang masjid"."""
_VERB: Final = re.compile(r"(?:ber|me|ter|ng|ny)\w+|\w+(?:kan|in|i|ake|ke|no|na|nya|en)")


def read(message: Message, at: int) -> Unit | None:
    """The unit that begins at token `at`, if any."""
    if at >= len(message.tokens):
        return None
    if message.plain(at):
        return _bare(message, at)
    for reader in (_rtrw, _relation, _street, _admin, _house, _landmark, _office, _bare):
        if unit := reader(message, at):
            return unit
    return None


def _rtrw(message: Message, at: int) -> Unit | None:
    if message.low(at) not in ("rt", "rw", "kadus"):
        return None
    here = skip_marks(message, at + 1)
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


def _relation(message: Message, at: int, *, depth: int = 0) -> Unit | None:
    here, size = at, message.has(at, "rel")
    while size and here - at < 3:
        here += size
        size = message.has(here, "rel")
    if here == at:
        return None
    if message.low(here) in ("dari", "saka", "soko", "saking", "sekang"):
        here += 1
    readers = (_rtrw, _street, _admin, _house, partial(_landmark, depth=depth + 1), _office)
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
    """A person's house or shop: "omahe pak Darmo", "warung bu Ngatini"."""
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
    plain = message.low(at) not in _STREET_SHORT
    here = skip_marks(message, at + 1)
    while here - at < _MAX_LEAD and message.has(here, "streetword"):
        here = skip_marks(message, here + 1)
    end = name_end(message, here, strict=plain and here == at + 1)
    if end == here:
        return None
    end = numbers(message, end)
    # "jalan Mangli - Pulosari"
    while message.low(end) in ("-", "–", "ke") and (more := name_end(message, end + 1, strict=True)) > end + 1:
        end = more
    return Unit(at, end, 3.0, True)


def _admin(message: Message, at: int) -> Unit | None:
    if not message.has(at, "admin"):
        return None
    wide = message.low(at) in _WIDE
    here = skip_marks(message, at + 1, ".:/")
    # "Kab/Kota : Pekanbaru", "kel/desa"
    while here - at < _MAX_LEAD and message.has(here, "admin") and message.low(here - 1) in "/.":
        here = skip_marks(message, here + 1)
    if message.low(at) in ("blok", "kampung", "kawasan", "area") and message.has(here, "admin"):
        here += 1
    end = name_end(message, here, strict=message.low(at) in _LOOSE)
    if end == here and message.low(here).isdigit():
        end = here + 1
    return Unit(at, numbers(message, end), 1.2 if wide else 2.6, True) if end > here else None


def _landmark(message: Message, at: int, *, depth: int = 0) -> Unit | None:
    size = message.has(at, "landmark")
    if not size:
        return None
    here = _landmark_head(message, at, size)
    touchy = bool(message.has(at, "touchy"))
    if message.low(here).isdigit() and not touchy:
        here += 1
    if message.has(here, "admin") and (unit := _admin(message, here)):
        return Unit(at, unit.end, 3.0, True)
    if inner := _place_of(message, here, touchy=touchy, depth=depth):
        return Unit(at, inner.end, inner.weight + 0.3, True)
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
        return Unit(at, numbers(message, end), 2.8 if sure else 1.7, True)
    # "nang Polsek", "di GOR": an office known by its kind alone, if written as a name.
    alone = message.has(at - 1, "prep") and message.capital(at) and message.low(at) not in _SCHOOLS
    return Unit(at, here, 0.8, False) if alone else None


def _landmark_head(message: Message, at: int, size: int) -> int:
    """Past "SD N", "SMP Negeri", "kantor kecamatan", "balai desa"."""
    here = _past_glued_stop(message, at + size)
    while here - at < _MAX_LEAD and (message.low(here) in _SCHOOL or message.has(here, "landmark")):
        here = _past_glued_stop(message, here + max(1, message.has(here, "landmark")))
    return here


def _place_of(message: Message, at: int, *, touchy: bool, depth: int) -> Unit | None:
    """What says where a landmark is: "TPS | kulon pasar Boja", "kios pupuk | Songgom", "trotoar | Jl. Pahlawan"."""
    if depth > _MAX_DEPTH:
        return None
    if not touchy and message.has(at, "rel") and (unit := _relation(message, at, depth=depth)):
        return unit
    if message.has(at, "street") or message.has(at, "admin"):
        return _street(message, at) or _admin(message, at)
    described = message.tokens[at].is_word if at < len(message.tokens) else False
    if not described or message.capital(at) or message.never(at) or message.kind_word(at) or message.has(at, "prep"):
        return None
    if message.has(at + 1, "street") or message.has(at + 1, "admin") or message.has(at + 1, "rel"):
        return _street(message, at + 1) or _admin(message, at + 1) or _relation(message, at + 1, depth=depth)
    end = name_end(message, at + 1, strict=True) if message.capital(at + 1) else at
    return Unit(at, end, 2.3, True) if end > at + 1 else None


def _past_glued_stop(message: Message, at: int) -> int:
    """Past the stop of "SD.Inpres", but not past a sentence's end: "di GOR. Saat ini"."""
    return at + 1 if message.low(at) == "." and message.glued(at + 1) else at


def _office(message: Message, at: int) -> Unit | None:
    """An office's branch, a place only with the town's name: "PDAM Purbalingga", "cabang BPJS Cikokol"."""
    here = at
    while here - at < _MAX_LEAD and (size := message.has(here, "office")):
        here = skip_marks(message, here + size, ".")
    if here == at:
        return None
    if message.has(here, "admin") and (unit := _admin(message, here)):
        return Unit(at, unit.end, 2.0, True)
    size, _ = message.known(here)
    return Unit(at, tail(message, here + size), 2.0, True) if size and not message.ordinary(here) else None


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
            return Unit(at, tail(message, end), 1.0 if high else 1.8, False)
    if led and named and not message.ordinary(at):
        end = name_end(message, at)
        return Unit(at, end, 1.5, False) if end > at else None
    return _unknown(message, at) if message.has(at - 1, "at") and not named else None


def _unknown(message: Message, at: int) -> Unit | None:
    """A rare lower-case word after a preposition ("di arcamanik"), unless it looks like a verb ("di cabutin")."""
    low = message.low(at)
    if len(low) < 5 or not low.isalpha() or message.ordinary(at) or _VERB.fullmatch(low):
        return None
    end = name_end(message, at)
    return Unit(at, numbers(message, end), 0.9, False) if end > at else None
