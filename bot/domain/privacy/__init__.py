"""Personal data in citizens' messages: found, replaced by a readable hint, kept apart.

Order matters where two patterns claim the same characters: links, e-mail, prices and codes first,
numbers next, then plates, house numbers, names and accounts.
"""

import re
from collections.abc import Collection, Iterable
from itertools import chain
from typing import Final

from bot.domain.privacy import contacts, names, numbers, phone, plates
from bot.domain.privacy.cues import Cues
from bot.domain.privacy.parts import HINTS, KINDS, Claims, Masked, Part, words
from bot.domain.privacy.shadow import shadow

__all__ = ["HINTS", "KINDS", "Masked", "Part", "mask", "phones"]

# What looks like a number of somebody and is none: prices, coordinates, case codes.
_IMPERSONAL: Final = re.compile(
    r"(?<![^\W_])(?:rp|idr)[ .]{0,2}[0-9][0-9.,]*+"
    r"|(?<![0-9.\-])[1-9][0-9]{0,2}(?:\.[0-9]{3})+(?![0-9.\-])"
    r"|(?<![0-9.,])[0-9][0-9.,]*+ ?(?:rupiah|ribu|rb|juta|jt|mil[iy]ar)(?![^\W_])"
    r"|(?<![0-9.])-?[0-9]{1,3}\.[0-9]{4,17} {0,2}[,;] {0,2}-?[0-9]{1,3}\.[0-9]{4,17}"
    r"|(?<![^\W_])[A-Z]{2,4}-[0-9A-HJKMNP-TV-Z]{5}(?![^\W_])",
    re.IGNORECASE,
)


def mask(text: str, *, keep: Collection[str] = (), public: Iterable[str] = ()) -> Masked:
    """Replace personal data by hints such as ``[telepon]``.

    ``keep`` names kinds to leave in place (an emergency keeps ``alamat_rumah``); ``public`` holds
    phone numbers in E.164 that belong to offices.
    """
    parts = tuple(found for found in _find(text, public) if found.kind not in keep)
    pieces: list[str] = []
    position = 0
    for found in parts:
        pieces += text[position : found.start], HINTS[found.kind]
        position = found.end
    pieces.append(text[position:])
    return Masked(text="".join(pieces), parts=parts)


def phones(text: str, *, public: Iterable[str] = ()) -> tuple[str, ...]:
    """Return the phone numbers of a message in E.164, each once; local ones without area code as typed."""
    found = (_dialled(part.value) for part in _find(text, public) if part.kind == "telepon")
    return tuple(dict.fromkeys(number for number in found if number))


def _dialled(value: str) -> str:
    link = contacts.linked_phone(value)
    digits = link or "".join(char for char in shadow(value) if char.isdecimal())
    return phone.e164(digits, plus=bool(link) or "+" in value, cued=True) or digits


def _find(text: str, public: Iterable[str]) -> list[Part]:
    folded = shadow(text)
    said = words(folded)
    found, links = contacts.links(text)
    found += contacts.emails(text)
    claims = Claims(len(text))
    impersonal = (match.span() for match in _IMPERSONAL.finditer(folded))
    for start, end in (*links, *((part.start, part.end) for part in found), *impersonal):
        claims.add(start, end)
    office = phone.SERVICE_LINES | frozenset(public)
    sources = (
        numbers.find(text, folded, cues=Cues(said), claims=claims, public=office),
        contacts.spelled(text, folded),
        plates.plates(text),
        plates.passports(text),
        plates.houses(text),
        names.find(text, said),
        contacts.accounts(text),
    )
    for part in chain.from_iterable(sources):
        if claims.free(part.start, part.end):
            claims.add(part.start, part.end)
            found.append(part)
    return sorted(found, key=lambda part: part.start)
