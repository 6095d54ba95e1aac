"""Take out of a file what it carries beside its content, whatever kind of file it is by its first bytes.

Nothing is decoded, and whatever is broken behind its first bytes is kept and quietened as far as it goes; only pictures
that cannot be read come to nothing. PDFs are read in a process of their own (`document.py`).
"""

from bot.imaging import animation, film, matroska, ogg
from bot.imaging.stripping import strip


def clear(data: bytes) -> bytes:
    """The file without what it tells of its making. ValueError where it is not made as its first bytes say."""
    if data.startswith(animation.MAGIC):
        return animation.quiet(data)
    if data.startswith(ogg.MAGIC):
        return ogg.quiet(data)
    if data.startswith(matroska.MAGIC):
        return matroska.quiet(data)
    return film.quiet(strip(data))
