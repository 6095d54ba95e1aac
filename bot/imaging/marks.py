"""What a file says of its own making: when and where it was taken, and whether a program made it up."""

import io
import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from PIL import Image

from bot.imaging.opening import FORMATS

TAKEN, OFFSET, TAKEN_LESS, SOFTWARE, DETAILS, PLACES = 36867, 36881, 306, 305, 0x8769, 0x8825
SEARCHED = 512 * 1024  # bytes at the beginning and at the end, where such marks stand
LONGEST = 80
GENERATORS = re.compile(
    rb"trainedAlgorithmicMedia|compositeWithTrainedAlgorithmicMedia|Midjourney|DALL[-\xc2\xb7 ]?E|Stable ?Diffusion"
    rb"|OpenAI|ComfyUI|Automatic1111|Adobe Firefly|Imagen ?[0-9]|Google AI|Made with AI|NovelAI|Leonardo\.Ai|Ideogram"
    rb"|negative prompt:|FLUX\.1|Grok Image",
    re.IGNORECASE,
)
"""What image generators write into a file. Of C2PA marks those count that name a trained model: cameras sign too."""


@dataclass(frozen=True)
class Marks:
    """`taken_at`: seconds UTC, local time read as the region's where no zone is told. `made_by`: the mark found."""

    taken_at: float | None = None
    lat: float | None = None
    lon: float | None = None
    made_by: str = ""


def read_marks(data: bytes, *, hours: float) -> Marks:
    """The marks of a file; `hours` ahead of UTC is the region. What cannot be read is as if it were not there."""
    exif: Any = {}
    with suppress(Exception):  # a stranger's EXIF may be broken in any way
        exif = Image.open(io.BytesIO(data), formats=FORMATS).getexif()
    found = GENERATORS.search(data[:SEARCHED]) or GENERATORS.search(data[-SEARCHED:])
    made_by = found[0].decode("latin-1")[:LONGEST] if found else ""
    taken_at: float | None = None
    place: tuple[float, float] | None = None
    with suppress(Exception):
        taken_at = _taken(exif, hours)
    with suppress(Exception):
        place = _place(exif)
    lat, lon = place or (None, None)
    return Marks(taken_at, lat, lon, made_by)


def _taken(exif: Any, hours: float) -> float | None:
    details = exif.get_ifd(DETAILS) if exif else {}
    text = str(details.get(TAKEN) or exif.get(TAKEN_LESS) or "")
    if not text or text.startswith("0000"):
        return None
    zone = re.fullmatch(r"([+-])(\d\d):(\d\d)", str(details.get(OFFSET, "")))
    if zone:
        hours = (1 if zone[1] == "+" else -1) * (int(zone[2]) + int(zone[3]) / 60)
    moment = datetime.strptime(text[:19], "%Y:%m:%d %H:%M:%S").replace(tzinfo=UTC) - timedelta(hours=hours)
    return moment.timestamp() if moment.year > 2000 else None  # a camera whose clock was never set


def _place(exif: Any) -> tuple[float, float] | None:
    places = exif.get_ifd(PLACES) if exif else {}
    if not {1, 2, 3, 4} <= set(places):
        return None
    lat = _degrees(places[2]) * (-1 if str(places[1]).upper().startswith("S") else 1)
    lon = _degrees(places[4]) * (-1 if str(places[3]).upper().startswith("W") else 1)
    inside = -90 <= lat <= 90 and -180 <= lon <= 180
    return (lat, lon) if inside and (lat, lon) != (0.0, 0.0) else None


def _degrees(parts: Any) -> float:
    degrees, minutes, seconds = (float(part) for part in parts)
    return degrees + minutes / 60 + seconds / 3600
