"""What a file carries beside the picture is taken out; the picture stays as it is, and the right way up."""

import io
import struct
import zlib

import pytest
from PIL import Image, ImageOps, PngImagePlugin

from bot.imaging.stripping import kind_of, strip
from tests.photos import jpeg, scene
from tests.standin.files import PIXEL

SECRET = "Jl. Melati 7, HP 0812"


def telling(*, orientation: int = 1) -> Image.Exif:
    """EXIF that says where, when and with what."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010F], exif[0x9286] = orientation, SECRET, SECRET
    exif[0x8825] = {1: "S", 2: (6.0, 53.0, 30.0), 3: "E", 4: (109.0, 22.0, 50.0)}
    return exif


def upright(data: bytes) -> Image.Image:
    """The picture as a viewer shows it."""
    return ImageOps.exif_transpose(Image.open(io.BytesIO(data))).convert("RGB")


@pytest.mark.parametrize("orientation", [1, 3, 6, 8])
def test_a_jpeg_loses_its_exif_and_keeps_its_side(orientation: int) -> None:
    data = jpeg(scene(1), exif=telling(orientation=orientation))
    stripped = strip(data)
    assert SECRET.encode() in data
    assert Image.open(io.BytesIO(data)).getexif().get_ifd(0x8825)
    assert SECRET.encode() not in stripped
    assert not Image.open(io.BytesIO(stripped)).getexif().get_ifd(0x8825)
    assert upright(stripped).tobytes() == upright(data).tobytes()


def test_what_stands_behind_the_end_of_a_jpeg_goes_too() -> None:
    assert strip(jpeg(scene(1)) + SECRET.encode()) == strip(jpeg(scene(1)))


def test_a_progressive_jpeg_stays_whole() -> None:
    out = io.BytesIO()
    scene(2).save(out, "JPEG", progressive=True, comment=SECRET.encode(), restart_marker_blocks=4)
    stripped = strip(out.getvalue())
    assert SECRET.encode() not in stripped
    assert upright(stripped).tobytes() == upright(out.getvalue()).tobytes()


def test_a_png_loses_its_words() -> None:
    words = PngImagePlugin.PngInfo()
    words.add_text("parameters", SECRET)
    words.add_itxt("XML:com.adobe.xmp", SECRET, zip=True)
    out = io.BytesIO()
    scene(3).convert("RGBA").save(out, "PNG", pnginfo=words, exif=telling())
    stripped = strip(out.getvalue())
    again = Image.open(io.BytesIO(stripped))
    assert SECRET.encode() not in stripped
    assert not again.getexif()
    assert again.convert("RGB").tobytes() == scene(3).tobytes()


@pytest.mark.parametrize("lossless", [True, False])
def test_a_webp_loses_its_exif_and_xmp(lossless: bool) -> None:
    out = io.BytesIO()
    scene(4).save(out, "WEBP", exif=telling(), xmp=SECRET.encode(), lossless=lossless)
    stripped = strip(out.getvalue())
    assert SECRET.encode() not in stripped
    assert upright(stripped).tobytes() == Image.open(io.BytesIO(out.getvalue())).convert("RGB").tobytes()


def test_what_carries_nothing_stays_as_it_is() -> None:
    assert strip(PIXEL) == PIXEL
    assert strip(strip(jpeg(scene(1)))) == strip(jpeg(scene(1)))


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"OggS", b"GIF89a", b"\0\0\0\x18ftypmp42"])
def test_other_files_are_left_alone(data: bytes) -> None:
    assert kind_of(data) is None
    assert strip(data) == data


@pytest.mark.parametrize(
    "data",
    [
        b"\xff\xd8\xff", b"\xff\xd8\xff\xe1\xff\xff", b"\xff\xd8\xff\xe1\0\0", b"\xff\xd8\xff\xd9",
        b"\x89PNG\r\n\x1a\n", b"\x89PNG\r\n\x1a\n\xff\xff\xff\xff" + b"IHDR", b"RIFF\xff\xff\xff\xffWEBPVP8 ",
        b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 4) + b"tEXt" + b"abcd" + struct.pack(">I", zlib.crc32(b"x")),
    ],
)  # fmt: skip
def test_a_file_that_is_cut_off_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"cut off|no picture|no marker"):
        strip(data)


@pytest.mark.parametrize("cut", [3, 50, 700, 5000])
def test_no_cut_makes_it_hang_or_crash(cut: int) -> None:
    for make in (jpeg(scene(1), exif=telling()),):
        try:
            strip(make[:cut])
        except ValueError:
            continue
