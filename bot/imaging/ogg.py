"""Take out of an Ogg file (voice notes, sounds, Theora films) its comments: title, place, time, pictures, program.

The packet with the comments (RFC 3533, 5334, 7845) keeps its length and says nothing any more; the checksums of its
pages are made anew. So every offset holds, and nothing of the recording is touched.
"""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field

MAGIC = b"OggS"
HEAD = 27  # of a page, before the table of its pieces
FIRST = 0x02  # flag of the page that begins a stream
SUM = slice(22, 26)
FULL = 255  # a piece of that length: the packet goes on
FRAMED = b"\x03vorbis"  # a set bit ends the comments
SPEEX, FLAC = b"Speex   ", b"\x7fFLAC"
NAMES = {b"OpusHead": b"OpusTags", b"\x01vorbis": FRAMED, b"\x80theora": b"\x81theora", b"OVP80\x01": b"OVP80\x02"}
"""How a stream's first packet begins, and how the one with its comments does."""
LAST_BLOCK, PADDING, STREAM_INFO, SEEK_TABLE, COMMENTS = 0x80, 1, 0, 3, 4  # of FLAC's blocks
MOST_BLOCKS = 64
NOTHING = bytes(8)  # a vendor of no letters, no comments
_TURNED = bytes(int(f"{byte:08b}"[::-1], 2) for byte in range(256))

Span = tuple[int, int]


@dataclass
class _Stream:
    """What is known of a stream: how it began, how many packets were complete, the pieces of the present one."""

    began: bytes = b""
    packets: int = 0
    pieces: list[Span] = field(default_factory=list)
    done: bool = False

    def finish(self, changed: bytearray) -> None:
        """The present packet is complete: empty it where it holds comments."""
        packet = bytearray().join(changed[start:stop] for start, stop in self.pieces)
        if not self.packets:
            self.began = bytes(packet[:8])
            self.done = not self.began.startswith((*NAMES, SPEEX, FLAC))
        elif not self.done:
            self.done = _empty(packet, self.began) or self.packets >= MOST_BLOCKS
            at = 0
            for start, stop in self.pieces:
                changed[start:stop] = packet[at : at + stop - start]
                at += stop - start
        self.pieces = []
        self.packets += 1


def quiet(data: bytes) -> bytes:
    """The file without its comments; one that breaks off, too."""
    changed = bytearray(data)
    streams: dict[bytes, _Stream] = {}
    heads: list[Span] = []
    for at, body, end in _pages(data):
        serial = data[at + 14 : at + 18]
        if data[at + 5] & FIRST or serial not in streams:
            streams[serial] = _Stream()
        stream = streams[serial]
        if not stream.done:
            heads.append((at, end))
            for start, stop, complete in _pieces(data, at, body, end):
                stream.pieces.append((start, stop))
                if complete:
                    stream.finish(changed)
    for stream in streams.values():  # what broke off in the middle of its comments
        stream.finish(changed)
    for at, end in heads:
        if changed[at:end] != data[at:end]:
            _sum(changed, at, end)
    return bytes(changed)


def _pages(data: bytes) -> Iterator[tuple[int, int, int]]:
    """(begin, where its content begins, end) of each page."""
    at = 0
    while (at := data.find(MAGIC, at)) >= 0 and at + HEAD <= len(data):
        body = at + HEAD + data[at + 26]
        end = min(body + sum(data[at + HEAD : body]), len(data))
        yield at, min(body, end), end
        at = max(end, at + HEAD)


def _pieces(data: bytes, at: int, body: int, end: int) -> Iterator[tuple[int, int, bool]]:
    """(begin, end, whether a packet ends there) of what a page holds of each packet."""
    start = stop = body
    for length in data[at + HEAD : body]:
        stop = min(stop + length, end)
        if length < FULL:
            yield start, stop, True
            start = stop
    if stop > start:
        yield start, stop, False


def _empty(packet: bytearray, began: bytes) -> bool:
    """Empty a packet of comments; whether it is the last that may hold any."""
    if began.startswith(FLAC):
        kind = packet[0] & ~LAST_BLOCK if packet else PADDING
        if kind == COMMENTS:
            _say_nothing(packet, 4)
        elif kind not in (STREAM_INFO, SEEK_TABLE):  # pictures, what programs left, cue sheets
            packet[:] = bytes((packet[0] & LAST_BLOCK | PADDING, *packet[1:4])) + bytes(max(0, len(packet) - 4))
        return bool(packet[:1] and packet[0] & LAST_BLOCK)
    name = next((name for head, name in NAMES.items() if began.startswith(head)), b"")
    if packet.startswith(name):
        _say_nothing(packet, len(name), framed=name == FRAMED)
    return True


def _say_nothing(packet: bytearray, at: int, *, framed: bool = False) -> None:
    """No vendor, no comments; what is left over is padding."""
    nothing = NOTHING + (b"\x01" if framed else b"")
    packet[at:] = nothing[: len(packet) - at].ljust(max(0, len(packet) - at), b"\0")


def _sum(changed: bytearray, at: int, end: int) -> None:
    """The checksum of a page: a CRC whose bits stand the other way round than zlib's."""
    page = changed[at:end]
    page[SUM] = bytes(4)
    turned = zlib.crc32(page.translate(_TURNED), 0xFFFFFFFF) ^ 0xFFFFFFFF
    changed[at + SUM.start : at + SUM.stop] = struct.pack("<I", int(f"{turned:032b}"[::-1], 2))
