"""What a HEIC or AVIF picture carries beside itself: EXIF and XMP, which stand as items of their own in the file.

ISO/IEC 23008-12: `iinf` names the items, `iloc` says where they lie. Their bytes are blanked where they stand.
"""

import struct
from collections.abc import Container, Iterator
from itertools import islice

PICTURE = b"pict"
ENDINGS = {b"heic": "heic", b"heix": "heic", b"mif1": "heic", b"avif": "avif"}
"""By the brand that stands first in the file."""
EXIF, MIME = b"Exif", b"mime"  # XMP is of a mime type
NO_EXIF = bytes(4) + b"MM\0*" + struct.pack(">IHI", 8, 0, 0)  # viewers refuse a picture whose EXIF does not begin so
LONG_ITEMS, LONG_IDS = 2, 3  # versions from which items are told by four bytes
IN_FILE, IN_BOX = 0, 1  # where an item lies
MOST_PARTS = 1000

Box = tuple[bytes, int, int]


def is_picture(data: bytes | bytearray, start: int) -> bool:
    """Whether the content of a `meta` box, which begins here, tells of a picture: its first box names a handler."""
    return data[start + 8 : start + 12] == b"hdlr" and data[start + 20 : start + 24] == PICTURE


def blanks(data: bytes, start: int, end: int) -> Iterator[tuple[int, int, bytes]]:
    """(begin, end, what to put there) of whatever such a `meta` box calls EXIF or XMP; struct.error where cut off.

    At most so many bytes as there are: a hostile picture names one place again and again.
    """
    boxes = {kind: (begin, stop) for kind, begin, stop in _boxes(data, start + 4, end)}
    if b"iinf" not in boxes or b"iloc" not in boxes:
        return
    wanted = dict(_items(data, *boxes[b"iinf"]))
    inside, left = boxes.get(b"idat", (0, 0)), len(data)
    for item, way, begin, length in islice(_places(data, *boxes[b"iloc"], wanted=wanted), MOST_PARTS):
        base, last = inside if way == IN_BOX else (0, len(data))
        at, stop = base + begin, min(base + begin + length, last)
        left -= max(0, stop - at)
        if way not in (IN_FILE, IN_BOX) or at >= stop:
            continue
        if left < 0:
            return
        blank = NO_EXIF if wanted[item] == EXIF and stop - at >= len(NO_EXIF) else b""
        yield at, stop, blank.ljust(stop - at, b"\0" if wanted[item] == EXIF else b" ")


def _boxes(data: bytes, at: int, end: int) -> Iterator[Box]:
    """The boxes that lie side by side, none of them longer than 4 GB."""
    while at + 8 <= end:
        size, kind = struct.unpack_from(">I4s", data, at)
        if size < 8:
            return
        yield kind, at + 8, min(at + size, end)
        at += size


def _items(data: bytes, start: int, end: int) -> Iterator[tuple[int, bytes]]:
    """(id, type) of the items that tell something."""
    first = start + (8 if data[start] else 6)  # version, flags, count
    for kind, begin, stop in _boxes(data, first, end):
        if kind != b"infe" or stop - begin < 12 or data[begin] < 2:
            continue
        wide = 2 if data[begin] < LONG_IDS else 4
        called = data[begin + 6 + wide : begin + 10 + wide]
        if called in (EXIF, MIME):
            yield int.from_bytes(data[begin + 4 : begin + 4 + wide], "big"), called


def _places(data: bytes, start: int, end: int, *, wanted: Container[int]) -> Iterator[tuple[int, int, int, int]]:
    """(item, where, begin, length) of each part of these items."""
    version, sizes = data[start], struct.unpack_from(">H", data, start + 4)[0]
    offset, length, base, index = (sizes >> shift & 15 for shift in (12, 8, 4, 0))
    index = index if version else 0
    wide = 4 if version >= LONG_ITEMS else 2
    at = start + 6 + wide
    while at + wide + 2 <= end:
        item, at = _read(data, at, wide)
        way, at = _read(data, at, 2) if version else (IN_FILE, at)
        first, at = _read(data, at + 2, base)
        parts, at = _read(data, at, 2)
        step = index + offset + length
        for part in range(min(parts, (end - at) // step) if step and item in wanted else 0):
            begin, behind = _read(data, at + part * step + index, offset)
            yield item, way & 15, first + begin, _read(data, behind, length)[0]
        at += parts * step


def _read(data: bytes, at: int, size: int) -> tuple[int, int]:
    """A number of so many bytes, and where it ends."""
    return int.from_bytes(data[at : at + size], "big"), at + size
