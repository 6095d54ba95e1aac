"""Take out of a video or sound file what it carries beside the recording: place, time, device, tags.

ISO base media files (MP4, MOV, M4A; ISO/IEC 14496-12) keep their length: what tells too much becomes a `free` box of
zeros, so that every offset into the recording holds. HEIC and AVIF pictures are such files as well (`heif.py`). MP3
files lose their ID3 tags (id3.org, versions 1 and 2). Everything else comes back as it is.
"""

import struct
from collections.abc import Iterator
from contextlib import suppress

from bot.imaging import heif

INSIDE = frozenset((b"moov", b"trak", b"mdia"))  # boxes that hold what is looked for
TELLING = frozenset((b"udta", b"meta", b"uuid"))  # user data, Apple's and MPEG-7's tags, XMP
DATED = frozenset((b"mvhd", b"tkhd", b"mdhd"))  # headers that begin with when it was made and changed
DEEPEST = 8  # boxes within boxes
LONG = 1  # of a size: eight bytes follow
ID3_HEAD, ID3_TAIL = 10, 128
SOUND = (b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2", b"\xff\xfa")  # how MP3 files begin


def is_film(data: bytes) -> bool:
    """Whether the first bytes are those of an ISO base media file."""
    return data[4:8] == b"ftyp"


def quiet(data: bytes) -> bytes:
    """The file without what it tells of its making, a film that breaks off too. ValueError where its boxes are none."""
    if is_film(data):
        changed = bytearray(data)
        for kind, start, end in _boxes(data, 0, len(data)):
            _hush(changed, kind, start, end)
        return bytes(changed)
    return _untagged(data) if data.startswith(SOUND) else data


def _boxes(data: bytes, at: int, end: int, *, depth: int = 0) -> Iterator[tuple[bytes, int, int]]:
    """(kind, where its content begins, where it ends) of each box, and of those inside."""
    while at + 8 <= end:
        size, kind = struct.unpack_from(">I4s", data, at)
        head = 8
        if size == LONG:
            if at + 16 > end:
                raise ValueError("cut off")
            (size,) = struct.unpack_from(">Q", data, at + 8)
            head = 16
        stop = end if size == 0 else min(at + size, end)  # a recording may break off in the middle of its last box
        if stop < at + head:
            raise ValueError("a box shorter than its head")
        yield kind, at + head, stop
        if kind in INSIDE and depth < DEEPEST:
            yield from _boxes(data, at + head, stop, depth=depth + 1)
        at = stop


def _hush(changed: bytearray, kind: bytes, start: int, end: int) -> None:
    if kind == b"meta" and heif.is_picture(changed, start):
        with suppress(struct.error, IndexError):
            for begin, stop, blank in heif.blanks(bytes(changed), start, end):
                changed[begin:stop] = blank
    elif kind in TELLING:
        name = start - 4 if changed[start - 4 : start] == kind else start - 12
        changed[name : name + 4] = b"free"
        changed[start:end] = bytes(end - start)
    elif kind in DATED and end - start >= 4:
        length = 16 if changed[start] == 1 else 8  # two times, of 64 bits from version 1 on
        changed[start + 4 : start + 4 + length] = bytes(min(length, end - start - 4))


def _untagged(data: bytes) -> bytes:
    while data.startswith(b"ID3") and len(data) > ID3_HEAD:
        size = 0
        for byte in data[6:ID3_HEAD]:
            size = size << 7 | byte & 0x7F
        data = data[ID3_HEAD + size :]
    return data[:-ID3_TAIL] if data[-ID3_TAIL:].startswith(b"TAG") else data
