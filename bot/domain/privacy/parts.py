"""What masking returns: kinds of personal data, the parts found and the text without them."""

import re
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

# kind -> (name shown to staff, hint left in the text); hints are matched by none of the patterns,
# so masking a masked text changes nothing.
_KINDS: Final = {
    "nik": ("NIK", "[NIK]"),
    "kk": ("nomor KK", "[nomor KK]"),
    "telepon": ("telepon", "[telepon]"),
    "email": ("email", "[email]"),
    "rekening": ("nomor rekening", "[rekening]"),
    "plat": ("pelat nomor", "[pelat nomor]"),
    "npwp": ("NPWP", "[NPWP]"),
    "nama": ("nama", "[nama]"),
    "alamat_rumah": ("nomor rumah", "[nomor rumah]"),
    "bpjs": ("nomor BPJS", "[BPJS]"),
    "paspor": ("nomor paspor", "[paspor]"),
    "tautan": ("tautan pribadi", "[tautan]"),
    "username_medsos": ("akun media sosial", "[akun medsos]"),
    "nomor": ("nomor identitas lain", "[nomor]"),
}
KINDS: Final = MappingProxyType({kind: name for kind, (name, _) in _KINDS.items()})
HINTS: Final = MappingProxyType({kind: hint for kind, (_, hint) in _KINDS.items()})

Span = tuple[int, int]
Word = tuple[int, int, str]  # start, end, small letters
_WORD: Final = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Part:
    """One piece of personal data; ``start`` and ``end`` are offsets into the unmasked text."""

    kind: str
    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Masked:
    """A text safe to show in a group, and what was taken out of it, in order of appearance."""

    text: str
    parts: tuple[Part, ...]


def part(kind: str, text: str, start: int, end: int) -> Part:
    """Cut one part out of ``text``."""
    return Part(kind=kind, value=text[start:end], start=start, end=end)


def listed(table: str) -> list[str]:
    """The words of a table that is written as text."""
    return table.split()


def words(text: str) -> list[Word]:
    """Split a text into its words, once for all patterns that begin with a certain word."""
    return [(*found.span(), found[0].lower()) for found in _WORD.finditer(text)]


class Claims:
    """Characters of a text that are spoken for; constant time per character, however many spans."""

    def __init__(self, length: int) -> None:
        self._taken = bytearray(length)

    def add(self, start: int, end: int) -> None:
        """Take the characters from ``start`` up to ``end``."""
        self._taken[start:end] = b"\x01" * (end - start)

    def free(self, start: int, end: int) -> bool:
        """Tell whether no character in between is taken."""
        return self._taken.find(1, start, end) < 0
