"""Strangers' pictures are opened in a process of their own, within limits; what they say of themselves is read."""

import asyncio
import io
import struct
import zlib
from datetime import UTC, datetime

import pytest
from PIL import Image, PngImagePlugin

from bot.imaging.looks import unpack
from bot.imaging.marks import read_marks
from bot.imaging.matching import compare
from bot.imaging.opening import NoPicture, open_picture
from bot.services.proof import examining
from bot.services.proof.examining import beside, examine
from tests.photos import jpeg, png, scene

ZONE = "Asia/Jakarta"


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it is huge."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    body = zlib.compress(bytes(1000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("data", "wrong"),
    [
        (b"", "kind"), (b"%PDF-1.7", "kind"), (b"GIF89a" + bytes(50), "kind"), (b"<svg></svg>", "kind"),
        (b"\xff\xd8\xff\xe0 nothing", "kind"), (bomb(50_000, 50_000), "huge"), (bomb(9_000, 9_000), "huge"),
        (bomb(30_000, 100), "huge"), (bomb(800, 600), "broken"), (jpeg(scene(1))[:3000], "broken"),
        (png(scene(1).resize((40, 900))), "tiny"),
    ],
)  # fmt: skip
def test_what_cannot_be_taken_says_why(data: bytes, wrong: str) -> None:
    with pytest.raises(NoPicture, match=wrong):
        open_picture(data)


async def test_a_photo_is_examined_beside_the_bot_and_known_again() -> None:
    one, other = await asyncio.gather(
        examine(jpeg(scene(5)), timezone=ZONE), examine(png(scene(5).resize((500, 375))), timezone=ZONE)
    )
    assert (one.wrong, other.wrong) == ("", "")
    assert compare(unpack(other.spots, other.small), unpack(one.spots, one.small)).same


async def test_a_bomb_is_refused_and_not_opened() -> None:
    assert (await examine(bomb(50_000, 50_000), timezone=ZONE)).wrong == "huge"


async def test_what_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(examining, "SECONDS", 0.01)
    assert (await examine(jpeg(scene(5)), timezone=ZONE)).wrong == "broken"


async def test_two_photos_stand_side_by_side() -> None:
    sheet = await beside([jpeg(scene(5)), jpeg(scene(6).resize((300, 400)))])
    assert sheet is not None
    picture = Image.open(io.BytesIO(sheet))
    assert picture.format == "JPEG"
    assert picture.width > picture.height


async def test_what_cannot_be_opened_is_not_shown_beside() -> None:
    assert await beside([jpeg(scene(5)), b"nothing"]) is None


def told(zone: str | None = None) -> Image.Exif:
    """EXIF of a phone."""
    exif = Image.Exif()
    exif[0x8769] = {36867: "2026:03:01 09:30:00", **({36881: zone} if zone else {})}
    exif[0x8825] = {1: "S", 2: (6.0, 53.0, 30.0), 3: "E", 4: (109.0, 22.0, 48.0)}
    return exif


@pytest.mark.parametrize(("zone", "hour"), [(None, 2), ("+07:00", 2), ("+00:00", 9)])
def test_a_file_says_when_and_where(zone: str | None, hour: int) -> None:
    marks = read_marks(jpeg(scene(1), exif=told(zone)), hours=7)
    assert marks.taken_at == datetime(2026, 3, 1, hour, 30, tzinfo=UTC).timestamp()
    assert (round(marks.lat or 0, 4), round(marks.lon or 0, 4)) == (-6.8917, 109.38)
    assert marks.made_by == ""


def test_no_marks_are_no_marks() -> None:
    assert read_marks(jpeg(scene(1)), hours=7) == read_marks(b"nothing", hours=7)


@pytest.mark.parametrize("zeros", ["0000:00:00 00:00:00", "2000:01:01 00:00:00", "gestern", ""])
def test_a_clock_that_was_never_set_says_nothing(zeros: str) -> None:
    exif = Image.Exif()
    exif[0x8769] = {36867: zeros}
    assert read_marks(jpeg(scene(1), exif=exif), hours=7).taken_at is None


def test_a_program_that_makes_pictures_left_its_mark() -> None:
    words = PngImagePlugin.PngInfo()
    words.add_text("Software", "ComfyUI")
    out = io.BytesIO()
    scene(1).save(out, "PNG", pnginfo=words)
    assert read_marks(out.getvalue(), hours=7).made_by == "ComfyUI"
    source = b"http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"
    assert read_marks(jpeg(scene(1)) + source, hours=7).made_by == "trainedAlgorithmicMedia"
    signed = jpeg(scene(1)) + b"c2pa http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture"
    assert read_marks(signed, hours=7).made_by == ""
