"""Open a stranger's picture within limits: three formats, so many pixels, one frame."""

import io
import warnings
from typing import Any

import numpy as np
from PIL import Image, ImageOps

from bot.imaging.keypoints import Array

FORMATS = ("JPEG", "PNG", "WEBP")
MOST_PIXELS = 60_000_000
LONGEST = 20_000
SMALLEST = 64  # a side below which there is nothing to see, and nothing to compare
DECODED_SIDE = 1280  # a JPEG is decoded smaller at once
FRAME_SIDE, STRIP = 256, 8  # pixels in which a screenshot's frame is looked for, and how wide its edge must be even
EVEN, MOSTLY, HALF, LEAST_SHOWN = 12, 0.75, 0.5, 0.1
TRACE, BREAK = 0.02, 3  # a line with so little on it may still be of the picture; so many empty ones end it


class NoPicture(ValueError):
    """It cannot be taken: `kind` (no such format), `broken`, `huge` or `tiny`."""


def open_picture(data: bytes) -> Image.Image:
    """The picture, the right way up, in colour; a JPEG already smaller. NoPicture where it cannot be taken."""
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            opened = Image.open(io.BytesIO(data), formats=FORMATS)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise NoPicture("huge") from error
    except (OSError, ValueError, SyntaxError) as error:
        raise NoPicture("kind") from error
    width, height = opened.size
    if width * height > MOST_PIXELS or max(width, height) > LONGEST:
        raise NoPicture("huge")
    if min(width, height) < SMALLEST:
        raise NoPicture("tiny")
    return _decoded(opened)


def _decoded(opened: Any) -> Image.Image:
    opened.draft("RGB", (DECODED_SIDE, DECODED_SIDE))
    try:
        opened.load()
        upright = ImageOps.exif_transpose(opened)
        return _on_white(upright)
    except (OSError, ValueError, SyntaxError, EOFError, MemoryError) as error:
        raise NoPicture("broken") from error


def _on_white(picture: Image.Image) -> Image.Image:
    if "A" not in picture.getbands() and "transparency" not in picture.info:
        return picture.convert("RGB")
    layers = picture.convert("RGBA")
    white = Image.new("RGBA", layers.size, "white")
    return Image.alpha_composite(white, layers).convert("RGB")


def unframed(picture: Image.Image) -> Image.Image:
    """What a screenshot shows: without the even ground above and below, or beside, and what little stands on it."""
    small = np.asarray(picture.convert("L").resize((FRAME_SIDE, FRAME_SIDE)), np.int16)
    strips = (small[:STRIP], small[-STRIP:]), (small[:, :STRIP], small[:, -STRIP:])
    framed = False
    for one, other in strips:
        ground = np.median(np.concatenate([one.ravel(), other.ravel()]))
        framed |= all((np.abs(strip - ground) <= EVEN).mean() >= MOSTLY for strip in (one, other))
    if not framed:
        return picture
    ground = np.median(np.concatenate([small[0], small[-1]]))
    shown = np.abs(small - ground) > EVEN
    top, bottom = _extent(shown.mean(1))
    left, right = _extent(shown[top:bottom].mean(0)) if bottom > top else (0, 0)
    if (bottom - top) * (right - left) < LEAST_SHOWN * FRAME_SIDE**2:
        return picture
    across, down = picture.width / FRAME_SIDE, picture.height / FRAME_SIDE
    return picture.crop((round(left * across), round(top * down), round(right * across), round(bottom * down)))


def _extent(shares: Array) -> tuple[int, int]:
    """Where a picture begins and ends: its longest run of full lines, and the darker ones that belong to it."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], shares > HALF, [False]]).astype(np.int8)))
    begin, end = max(zip(edges[::2], edges[1::2], strict=True), key=lambda run: run[1] - run[0], default=(0, 0))
    while end > begin and begin > 0 and shares[max(0, begin - BREAK) : begin].max() > TRACE:
        begin -= 1
    while end > begin and end < len(shares) and shares[end : end + BREAK].max() > TRACE:
        end += 1
    return int(begin), int(end)


def grey(picture: Image.Image, side: int) -> Array:
    """The picture in grey, its longer side of so many pixels, values 0 to 1."""
    factor = side / max(picture.size)
    size = (max(2, round(picture.width * factor)), max(2, round(picture.height * factor)))
    return np.asarray(picture.convert("L").resize(size, Image.Resampling.LANCZOS), np.float32) / 255
