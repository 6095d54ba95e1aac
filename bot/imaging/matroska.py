"""Take out of a WebM or Matroska film its tags, title, date, attachments, and the names of programs and files.

EBML (RFC 8794, 9559): what tells too much becomes a Void element of the same length, so that every offset holds. A
recording that was sent while it was made has elements without a length, which end where the next begins.
"""

import re
from collections.abc import Iterator

MAGIC = b"\x1aE\xdf\xa3"
SEGMENT, INFO, TRACKS, TRACK, CLUSTER = 0x18538067, 0x1549A966, 0x1654AE6B, 0xAE, 0x1F43B675
ENTERED = frozenset((SEGMENT, INFO, TRACKS, TRACK))
TAGS, ATTACHMENTS = 0x1254C367, 0x1941A469
TITLE, DATE, FILE, FILE_BEFORE, FILE_AFTER, TRACK_NAME = 0x7BA9, 0x4461, 0x7384, 0x3C83AB, 0x3E83BB, 0x536E
CHECKSUM = 0xBF  # of the element around it, which is another one now
VOIDED = frozenset((TAGS, ATTACHMENTS, TITLE, DATE, FILE, FILE_BEFORE, FILE_AFTER, TRACK_NAME, CHECKSUM))
EMPTIED = frozenset((0x4D80, 0x5741))  # the programs that wrote it: players expect them, with no letters in
VOID = 0xEC
SHORT = 126  # the longest content whose length is one byte
_HIGH = re.compile(b"|".join(re.escape(each.to_bytes(4, "big")) for each in (INFO, TRACKS, CLUSTER, TAGS, ATTACHMENTS)))


def quiet(data: bytes) -> bytes:
    """The film without what it tells; one that breaks off or is broken in places, too."""
    changed = bytearray(data)
    for name, begin, content, end in _elements(data):
        if name in VOIDED and end - begin > 1:
            changed[begin:end] = _void(end - begin)
        elif name in EMPTIED:
            changed[content:end] = bytes(end - content)
    return bytes(changed)


def _void(length: int) -> bytes:
    """An element of so many bytes that says nothing."""
    if length - 2 <= SHORT:
        return bytes((VOID, 0x80 | (length - 2))).ljust(length, b"\0")
    return (bytes((VOID, 0x01)) + (length - 9).to_bytes(7, "big")).ljust(length, b"\0")


def _elements(data: bytes) -> Iterator[tuple[int, int, int, int]]:
    """(id, begin, where its content begins, end) of each element, and of those inside where something may be told.

    Where nothing can be read it goes on at the next element of the highest kinds.
    """
    at = 0
    while at < len(data):
        name, after_name = _number(data, at, longest=4, marked=True)
        size, content = _number(data, after_name, longest=8) if name is not None else (None, at)
        if name is None or size is None:
            found = _HIGH.search(data, at + 1)
            at = found.start() if found else len(data)
            continue
        endless = size == (1 << 7 * (content - after_name)) - 1
        end = len(data) if endless else min(content + size, len(data))
        yield name, at, content, end
        at = content if name in ENTERED or (endless and name not in VOIDED) else end


def _number(data: bytes, at: int, *, longest: int, marked: bool = False) -> tuple[int | None, int]:
    """A number whose first set bit says how many bytes it has, and where it ends; `marked`: with that bit."""
    length = 9 - data[at].bit_length() if at < len(data) else 9
    if length > longest or at + length > len(data):
        return None, at
    number = int.from_bytes(data[at : at + length], "big")
    return number if marked else number & ((1 << 7 * length) - 1), at + length
