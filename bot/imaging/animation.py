"""Take out of a GIF its comments and what programs left in it: XMP, colour profiles, names. How often it repeats stays.

Blocks as in the GIF89a specification (W3C). What stands behind the last block that can be told is left out.
"""

from collections.abc import Iterator

MAGIC = b"GIF8"
HEAD = 13  # signature and screen
EXTENSION, IMAGE, END = 0x21, 0x2C, 0x3B
PLAIN_TEXT, CONTROL, APPLICATION = 0x01, 0xF9, 0xFF
KEPT = frozenset((PLAIN_TEXT, CONTROL))  # words that are part of the picture; how long a frame stands
LOOPS = (b"NETSCAPE2.0", b"ANIMEXTS1.0")
LOOP_BYTES = 19  # the block that says how often, whole: a longer one carries something else


def quiet(data: bytes) -> bytes:
    """The GIF without what it tells; one that breaks off up to there."""
    begin = HEAD + _colours(data[10:11])
    kept = [data[start:end] for start, end in _blocks(data, begin) if _is_picture(data[start:end])]
    return b"".join((data[:begin], *kept))


def _colours(flags: bytes) -> int:
    """How long the table of colours is that these flags announce."""
    return 3 << (flags[0] & 7) + 1 if flags and flags[0] & 0x80 else 0


def _is_picture(block: bytes) -> bool:
    if block[0] != EXTENSION:
        return True
    label = block[1:2]
    loop = label == bytes((APPLICATION,)) and block[3:14] in LOOPS and len(block) == LOOP_BYTES
    return loop or label in {bytes((each,)) for each in KEPT}


def _blocks(data: bytes, at: int) -> Iterator[tuple[int, int]]:
    """(begin, end) of each block up to the last one, the end mark too; zeros between blocks are passed over."""
    while at < len(data):
        kind, start = data[at], at
        if kind == EXTENSION:
            at = _end_of_parts(data, at + 2)
        elif kind == IMAGE:
            at = _end_of_parts(data, at + 11 + _colours(data[at + 9 : at + 10]))
        elif kind == 0:
            at += 1
            continue
        else:
            if kind == END:
                yield start, at + 1
            return
        yield start, at


def _end_of_parts(data: bytes, at: int) -> int:
    """Just behind parts that each begin with their length, the last one with 0."""
    while at < len(data) and data[at]:
        at += 1 + data[at]
    return min(at + 1, len(data))
