"""Which administrative regions a message names, for routing inside one region."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from classifier.places import gazetteer
from classifier.places.gazetteer import DISTRICT, REGENCY, VILLAGE
from classifier.places.message import Message
from classifier.places.names import name_end
from classifier.text import MAX_CHARS

_SIMILAR: Final = 0.8
"""Least likeness at which a name behind a marker counts as misspelt: one slip in five letters, swaps counted once."""
_LEVELS: Final = {
    **dict.fromkeys(("desa", "ds", "dsa", "deso", "ndeso", "kelurahan", "kel", "kalurahan"), VILLAGE),
    **dict.fromkeys(("kecamatan", "kec", "kcmtn", "kapanewon"), DISTRICT),
    **dict.fromkeys(("kabupaten", "kab", "kota"), REGENCY),
}


@dataclass(frozen=True, slots=True)
class RegionHit:
    """One region that the message may mean."""

    code: str
    """Kemendagri code: 33.27 regency, 33.27.07 district, 33.27.07.2015 village."""
    name: str
    marked: bool
    """Named with its kind ("desa Mangli"), and so no chance word."""
    within: bool
    """Its own district or regency is named too."""


def region_hits(text: str, code_prefix: str) -> list[RegionHit]:
    """Regions under `code_prefix` ("33.27") that `text` names, surest and smallest first; not the region itself.

    One name may give several villages: those whose district is named too come first, and hide the others.
    """
    message = Message(text[:MAX_CHARS])
    found: dict[str, RegionHit] = {}
    for hit in _hits(message, code_prefix):
        old = found.get(hit.code)
        found[hit.code] = hit if old is None else replace(old, marked=old.marked or hit.marked)
    hits = [replace(hit, within=_within(hit.code, found, code_prefix)) for hit in found.values()]
    clear = {hit.name for hit in hits if hit.within}
    kept = [hit for hit in hits if hit.within or hit.name not in clear]
    return sorted(kept, key=lambda hit: (-hit.marked, -hit.within, -len(hit.code), hit.code))


def _hits(message: Message, prefix: str) -> Iterator[RegionHit]:
    at = 0
    while at < len(message.tokens):
        size, codes = message.known(at)
        marker = _marker(message, at)
        if not size:
            yield from _misspelt(message, at, marker, prefix)
            at += 1
            continue
        # An ordinary word is a place's name only behind its marker or as "di Sumber", capital and preposition.
        written = message.capital(at) and bool(message.has(at - 1, "prep"))
        plain = message.ordinary(at) or message.kind_word(at)
        if marker or size > 1 or written or not plain:
            yield from _named(codes, marker, prefix)
        at += size


def _named(codes: Sequence[str], marker: int | None, prefix: str) -> Iterator[RegionHit]:
    if marker == gazetteer.level(prefix) and prefix in codes:
        return
    inside = [code for code in codes if code.startswith(f"{prefix}.")]
    fitting = [code for code in inside if marker is None or gazetteer.level(code) == marker]
    for code in fitting or inside:
        yield RegionHit(code, gazetteer.load().names[code], marker is not None and code in fitting, False)


def _marker(message: Message, at: int) -> int | None:
    """The level that the word before token `at` claims: "desa", "kec."."""
    before = at - 1
    while before > 0 and message.low(before) in (".", ":"):
        before -= 1
    return _LEVELS.get(message.low(before)) if before >= 0 else None


def _misspelt(message: Message, at: int, marker: int | None, prefix: str) -> Iterator[RegionHit]:
    end = name_end(message, at) if marker else at
    written = " ".join(token.low for token in message.tokens[at:end])
    if len(written) < 5 or marker is None:
        return
    names = _names(prefix, marker)
    best = process.extractOne(written, names.keys(), scorer=OSA.normalized_similarity, score_cutoff=_SIMILAR)
    if best:
        yield from _named(names[best[0]], marker, prefix)


@lru_cache(maxsize=64)
def _names(prefix: str, level: int) -> dict[str, tuple[str, ...]]:
    """Compared name → codes, for one level inside the region."""
    table: dict[str, list[str]] = {}
    for code, name in gazetteer.load().names.items():
        if code.startswith(f"{prefix}.") and gazetteer.level(code) == level:
            table.setdefault(gazetteer.key(name), []).append(code)
    return {name: tuple(codes) for name, codes in table.items()}


def _within(code: str, found: dict[str, RegionHit], prefix: str) -> bool:
    parent = code.rpartition(".")[0]
    return parent in found and parent != prefix
