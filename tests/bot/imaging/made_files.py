"""Files as phones and programs write them, each with something in it that nobody should read."""

import io
import struct
import zlib

from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    StreamObject,
    TextStringObject,
)

SECRET = b"-06.8917+109.3806 Sri iPhone"
FRAMES = bytes(reversed(range(256))) * 4


def ogg_sum(page: bytes) -> int:
    """The checksum of a page as RFC 3533 says it, bit by bit."""
    register = 0
    for byte in page[:22] + bytes(4) + page[26:]:
        register ^= byte << 24
        for _ in range(8):
            register = (register << 1 ^ (0x04C11DB7 if register & 0x80000000 else 0)) & 0xFFFFFFFF
    return register


def ogg_page(pieces: list[bytes], *, number: int, flags: int = 0, serial: int = 7, goes_on: bool = False) -> bytes:
    """A page with whole packets, of which the last may go on in the next one."""
    table = b""
    for which, piece in enumerate(pieces):
        full, rest = divmod(len(piece), 255)
        open_end = goes_on and which == len(pieces) - 1
        table += b"\xff" * full + (b"" if open_end else bytes((rest,)))
    head = b"OggS\0" + struct.pack("<BqIII", flags, 0, serial, number, 0) + bytes((len(table),))
    page = head + table + b"".join(pieces)
    return page[:22] + struct.pack("<I", ogg_sum(page)) + page[26:]


def comments(name: bytes, *, end: bytes = b"", more: bytes = b"") -> bytes:
    """A packet with a vendor and a comment."""
    told = [b"LOCATION=" + SECRET, b"DATE=2027-01-11" + more]
    listed = b"".join(struct.pack("<I", len(each)) + each for each in told)
    return name + struct.pack("<I", len(SECRET)) + SECRET + struct.pack("<I", len(told)) + listed + end


def ogg(head: bytes, *told: bytes) -> bytes:
    """A recording: its head, what it tells, then sound."""
    pages = [ogg_page([head], number=0, flags=2), ogg_page(list(told), number=1)]
    return b"".join((*pages, ogg_page([FRAMES], number=2)))


OPUS, VORBIS, THEORA, SPEEX = b"OpusHead\x01\x01", b"\x01vorbis\0\0", b"\x80theora\x03\x02", b"Speex   1.2"
VOICE_NOTE = ogg(OPUS, comments(b"OpusTags"))


def ogg_over_pages() -> bytes:
    """Comments with a picture among them, which fill more than a page."""
    packet = comments(b"OpusTags", more=b"x" * 70_000)
    first, second = packet[: 255 * 255], packet[255 * 255 :]
    return b"".join(
        (
            ogg_page([OPUS], number=0, flags=2), ogg_page([first], number=1, goes_on=True),
            ogg_page([second], number=2, flags=1), ogg_page([FRAMES], number=3),
        )
    )  # fmt: skip


def ogg_flac() -> bytes:
    """FLAC in Ogg: blocks of several kinds, one a packet."""
    blocks = ((4, comments(b"")), (6, SECRET), (0x80 | 2, b"appl" + SECRET))
    packets = [bytes((kind,)) + len(body).to_bytes(3, "big") + body for kind, body in blocks]
    return ogg(b"\x7fFLAC\x01\0\0\x03fLaC", *packets)


def element(name: int, content: bytes, *, endless: bool = False) -> bytes:
    """An element of EBML; `endless`: as it stands in a recording that is sent while it is made."""
    head = name.to_bytes((name.bit_length() + 7) // 8, "big")
    return head + (b"\x01" + b"\xff" * 7 if endless else b"\x01" + len(content).to_bytes(7, "big")) + content


def webm(*, endless: bool = False) -> bytes:
    """A film with everything that may be told in it."""
    told = (
        (0xBF, b"summ"),
        (0x7BA9, SECRET),
        (0x4461, b"20270111"),
        (0x4D80, SECRET),
        (0x5741, SECRET),
        (0x7384, SECRET),
    )
    info = element(0x1549A966, b"".join(element(*each) for each in told) + element(0x2AD7B1, b"\x0f\x42\x40"))
    tracks = element(0x1654AE6B, element(0xAE, element(0xD7, b"\x01") + element(0x536E, SECRET)))
    cluster = element(0x1F43B675, element(0xE7, b"\0") + element(0xA3, FRAMES), endless=endless)
    tags = element(0x1254C367, element(0x7373, SECRET)) + element(0x1941A469, element(0x61A7, SECRET))
    segment = element(0x18538067, info + tracks + cluster + tags, endless=endless)
    return element(0x1A45DFA3, element(0x4282, b"webm")) + segment


def gif_block(label: int, *parts: bytes) -> bytes:
    return bytes((0x21, label)) + b"".join(bytes((len(each),)) + each for each in parts) + b"\0"


LOOP = gif_block(0xFF, b"NETSCAPE2.0", b"\x01\0\0")
XMP = bytes((0x21, 0xFF, 11)) + b"XMP DataXMP" + b"<x>" + SECRET + b"</x>" + bytes((1, *range(255, -1, -1), 0))


def telling_gif(plain: bytes) -> bytes:
    """A GIF with a comment, XMP and a name put in front of its picture."""
    begin = 13 + (3 << (plain[10] & 7) + 1 if plain[10] & 0x80 else 0)
    told = LOOP + gif_block(0xFE, SECRET, b"more") + XMP + gif_block(0xFF, b"ICCRGBG1012", SECRET)
    return plain[:begin] + told + plain[begin:] + SECRET


def png_chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def _stream(data: bytes, **names: object) -> StreamObject:
    made = StreamObject()
    made.set_data(data)
    for name, value in names.items():
        made[NameObject(f"/{name}")] = value if not isinstance(value, str) else NameObject(f"/{value}")
    return made


def pdf(photo: bytes, *, password: str = "") -> bytes:
    """A letter of one page, with a photo, a note on it, and all that programs write beside."""
    told = SECRET.decode()
    writer = PdfWriter()
    page = writer.add_blank_page(200, 200)
    page[NameObject("/Contents")] = writer._add_object(_stream(b"BT (Surat keterangan) Tj ET"))
    image = writer._add_object(_stream(photo, Type="XObject", Subtype="Image", Filter="DCTDecode"))
    page[NameObject("/Resources")] = DictionaryObject(
        {NameObject("/XObject"): DictionaryObject({NameObject("/Im0"): image})}
    )
    page[NameObject("/Thumb")] = writer._add_object(_stream(SECRET))
    page[NameObject("/PieceInfo")] = DictionaryObject({NameObject("/Ai"): TextStringObject(told)})
    note = {"/Type": NameObject("/Annot"), "/Contents": TextStringObject("mohon dibaca"), "/M": TextStringObject(told)}
    rect = {"/Rect": ArrayObject([FloatObject(0)] * 4), "/Subtype": NameObject("/Text")}
    page[NameObject("/Annots")] = ArrayObject(
        [writer._add_object(DictionaryObject({NameObject(k): v for k, v in {**note, **rect}.items()}))]
    )
    writer.root_object[NameObject("/Metadata")] = writer._add_object(_stream(b"<x>" + SECRET + b"</x>"))
    writer.add_metadata({"/Author": told, "/Producer": told, "/CreationDate": "D:20270111"})
    if password:
        writer.encrypt("", owner_password=password, algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
