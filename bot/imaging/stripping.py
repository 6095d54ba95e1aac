"""Take out of a file what it carries beside the picture: place, time, device, thumbnails, comments.

The picture itself is not decoded, so nothing is lost and no bomb goes off. Which way up it belongs is kept. What is
neither JPEG, PNG nor WEBP comes back as it is.
"""

import struct
from collections.abc import Iterator

JPEG, PNG, WEBP = b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF"
ENDINGS = (".jpg", ".png", ".webp")
EXIF = b"Exif\0\0"
ORIENTATION = 0x0112
SHORT = 3
KEPT_CHUNKS = frozenset(b"IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB sBIT bKGD acTL fcTL fdAT".split())
KEPT_RIFF = frozenset((b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF"))
HAS_EXIF, HAS_XMP, HAS_ICC = 0x08, 0x04, 0x20
SOS, EOI, APP0, APP1, APP14, APP15, COM = 0xDA, 0xD9, 0xE0, 0xE1, 0xEE, 0xEF, 0xFE
LONE = frozenset((0x01, *range(0xD0, 0xD9)))  # markers without a length


def kind_of(data: bytes) -> str | None:
    """The kind of picture that the first bytes prove."""
    if data.startswith(JPEG):
        return "jpg"
    if data.startswith(PNG):
        return "png"
    return "webp" if data.startswith(WEBP) and data[8:12] == b"WEBP" else None


def strip(data: bytes) -> bytes:
    """The file without its metadata. ValueError where it is cut off or not made as its first bytes say."""
    try:
        match kind_of(data):
            case "jpg":
                return _jpeg(data)
            case "png":
                return _png(data)
            case "webp":
                return _webp(data)
    except (IndexError, struct.error) as error:
        raise ValueError("cut off") from error
    return data


def _jpeg(data: bytes) -> bytes:
    out = [data[:2]]
    turned = 1
    for marker, segment in _segments(data):
        if marker == APP1 and segment[4:10] == EXIF:
            turned = _orientation(segment[10:]) or turned
        if marker == SOS:
            if turned != 1:
                out.insert(1, _upright(turned))
            out.append(segment)
        elif _needed(marker, segment):
            out.append(segment)
    return b"".join(out)


def _needed(marker: int, segment: bytes) -> bool:
    """Whether a segment is part of the picture: APP14 says which colours these are, JFIF how its samples lie."""
    if marker == APP0:
        return segment[4:9] == b"JFIF\0"
    return not (APP0 < marker <= APP15 or marker == COM) or marker == APP14


def _segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The marker segments up to the picture, and all of the scans as one; what stands behind the end is left out."""
    at = 2
    while True:
        if data[at] != 0xFF:
            raise ValueError("no marker")
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
        elif marker in LONE:
            at += 2
        elif marker == EOI:
            raise ValueError("no picture")
        elif marker == SOS:
            end = _end_of_scans(data, at)
            yield marker, data[at:end]
            return
        else:
            (length,) = struct.unpack_from(">H", data, at + 2)
            if length < 2 or at + 2 + length > len(data):
                raise ValueError("cut off")
            yield marker, data[at : at + 2 + length]
            at += 2 + length


def _end_of_scans(data: bytes, at: int) -> int:
    """Just behind the end marker of the picture; of a picture without one, its last byte."""
    while (found := data.find(b"\xff", at + 2)) >= 0:
        marker = data[found + 1] if found + 1 < len(data) else EOI
        if marker == EOI:
            return min(found + 2, len(data))
        if marker in LONE or marker in (0x00, 0xFF):
            at = found - 1 if marker == 0xFF else found
        else:  # tables between the scans of a progressive picture
            (length,) = struct.unpack_from(">H", data, found + 2)
            at = found + length
    return len(data)


def _orientation(tiff: bytes) -> int | None:
    """The orientation that an EXIF block says, 1 to 8."""
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None:
        return None
    try:
        (first,) = struct.unpack_from(f"{order}I", tiff, 4)
        (count,) = struct.unpack_from(f"{order}H", tiff, first)
        for number in range(min(count, 100)):
            tag, kind, _, value, _ = struct.unpack_from(f"{order}HHIHH", tiff, first + 2 + 12 * number)
            if tag == ORIENTATION and kind == SHORT:
                return value if 1 <= value <= 8 else None
    except struct.error:
        return None
    return None


def _upright(orientation: int) -> bytes:
    """An EXIF segment that says nothing but which way up."""
    tiff = b"MM\0*" + struct.pack(">IHHHIHHI", 8, 1, ORIENTATION, SHORT, 1, orientation, 0, 0)
    return b"\xff\xe1" + struct.pack(">H", 2 + len(EXIF) + len(tiff)) + EXIF + tiff


def _png(data: bytes) -> bytes:
    out, at = [data[:8]], 8
    while True:
        (length,) = struct.unpack_from(">I", data, at)
        name, end = data[at + 4 : at + 8], at + 12 + length
        if end > len(data):
            raise ValueError("cut off")
        if name in KEPT_CHUNKS:
            out.append(data[at:end])
        if name == b"IEND":
            return b"".join(out)
        at = end


def _webp(data: bytes) -> bytes:
    (size,) = struct.unpack_from("<I", data, 4)
    if size + 8 > len(data) + 1:
        raise ValueError("cut off")
    out, at, end = [], 12, min(size + 8, len(data))
    while at + 8 <= end:
        name, (length,) = data[at : at + 4], struct.unpack_from("<I", data, at + 4)
        chunk = data[at : at + 8 + length + (length & 1)]
        if name == b"VP8X":
            flags = chunk[8] & ~(HAS_EXIF | HAS_XMP | HAS_ICC)
            chunk = chunk[:8] + bytes((flags,)) + chunk[9:]
        if name in KEPT_RIFF:
            out.append(chunk)
        at += 8 + length + (length & 1)
    body = b"WEBP" + b"".join(out)
    return b"RIFF" + struct.pack("<I", len(body)) + body
