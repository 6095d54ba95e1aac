"""How far a place's name reaches: "Karangsari Kidul", "Kenanga 7", "Tentara Pelajar gang 5"."""

import re
from typing import Final

from classifier.places.message import Message

_MAX_NAME: Final = 4
_MAX_UNKNOWN: Final = 2
_SIDE: Final = frozenset(("sisih", "sisi", "sebelah", "bagian"))
_ABBREVIATED: Final = 3
# "Desa Arenan Meminta …": sentences begin with a capital too.
_VERB: Final = re.compile(r"(?:mem|men|meng|meny|diper|di[bckpt]|dik|ber)\w{4,}")


def skip_marks(message: Message, at: int, marks: str = ".:") -> int:
    """Past the marks of "jl.", "desa :"; a full stop after a whole word ends the sentence instead."""
    while message.low(at) and message.low(at) in marks:
        if message.low(at) == "." and len(message.low(at - 1)) > _ABBREVIATED:
            return at
        at += 1
    return at


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
    return tail(message, here) if here > at else at


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
    if not first and not size and _VERB.fullmatch(low):
        return 0
    if message.capital(at):
        return 1 if not (message.ordinary(at) and not first) or message.capital(at - 1) else 0
    if size and (first or not message.ordinary(at)):
        return 0 if message.ordinary(at) and strict else 1
    if message.ordinary(at) or message.has(at, "rel") or message.has(at, "prep") or message.has(at, "landmark"):
        return 0
    return 1 if len(low) > 2 and not low.endswith(("nya", "kan")) else 0


def tail(message: Message, at: int) -> int:
    """Past "Kidul", "IX", "indah", "sisih lor" after a name."""
    if message.low(at) in _SIDE and message.has(at + 1, "tail") and not _starts(message, at + 2):
        return at + 2
    while message.has(at, "tail") and not (message.has(at, "admin") and message.low(at + 1)[:1].isalpha()):
        if message.has(at, "rel") and _starts(message, at + 1):
            break
        if (len(message.low(at)) == 1 or message.has(at, "soft")) and not message.tokens[at].capital:
            break
        at += 1
    return at


def _starts(message: Message, at: int) -> bool:
    return bool(message.has(at, "landmark") or message.has(at, "street") or message.has(at, "admin"))


def numbers(message: Message, at: int) -> int:
    """Past "no. 13A", "7", "blok F", "km 12"."""
    while True:
        here = at
        if message.has(here, "number") and message.low(here) not in ("rt", "rw"):
            here = skip_marks(message, here + 1, ".:")
        token = message.low(here)
        if token.isdigit() or (here > at and len(token) == 1 and token.isalpha()):
            here += 1
            if message.glued(here) and len(message.low(here)) == 1 and message.low(here).isalnum():
                here += 1
            at = here
            continue
        return at
