"""python -m bot.imaging examine HOURS [NICE] | pair | bare: strangers' files on stdin, in a process that may be killed.

examine: a picture; comes back as JSON: what it looks like and says of itself, or why it cannot be taken.
pair: pictures, each behind its length (8 bytes); come back side by side as a JPEG.
bare: a PDF; comes back without what it tells of its making. Ends with 3 where that cannot be had.
"""

import base64
import json
import os
import resource
import struct
import sys

from bot.imaging.keypoints import SIDE
from bot.imaging.looks import SMALL_SIDE, look_at
from bot.imaging.marks import read_marks
from bot.imaging.opening import NoPicture, grey, open_picture, unframed
from bot.imaging.pairing import side_by_side

MEMORY = 2 * 1024**3  # bytes of address space
CPU_SECONDS = 20
NO_DOCUMENT = 3
PARTS = ("hashes", "spots", "small")


def main() -> int:
    """Do what the first argument says."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    data = sys.stdin.buffer.read()
    match sys.argv[1:]:
        case ["examine", hours, *nice]:
            os.nice(sum(map(int, nice)))
            sys.stdout.write(json.dumps(examine(data, hours=float(hours))))
        case ["pair"]:
            sys.stdout.buffer.write(side_by_side(*_parts(data)))
        case ["bare"]:
            return _bare(data)
        case _:
            return 2
    return 0


def examine(data: bytes, *, hours: float) -> dict[str, object]:
    """What there is to know of a picture, or `wrong`: why it cannot be taken."""
    try:
        picture = open_picture(data)
    except NoPicture as no:
        return {"wrong": str(no)}
    shown = unframed(picture)
    packed = look_at(grey(shown, SIDE), grey(shown, SMALL_SIDE)).pack()
    look = {name: base64.b64encode(part).decode() for name, part in zip(PARTS, packed, strict=True)}
    return {**look, **vars(read_marks(data, hours=hours))}


def _bare(data: bytes) -> int:
    from bot.imaging.document import NoDocument, bare

    try:
        sys.stdout.buffer.write(bare(data))
    except NoDocument:
        return NO_DOCUMENT
    return 0


def _parts(data: bytes) -> list[bytes]:
    parts, at = [], 0
    while at < len(data):
        (length,) = struct.unpack_from(">Q", data, at)
        parts.append(data[at + 8 : at + 8 + length])
        at += 8 + length
    return parts


if __name__ == "__main__":
    sys.exit(main())
