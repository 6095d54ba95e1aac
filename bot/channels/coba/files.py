"""Pictures sent on the coba page, as a chat platform would hold them."""

import hashlib
import re
import secrets
from dataclasses import dataclass
from pathlib import Path

LARGEST = 20 * 1024 * 1024
_ID = re.compile(r"[0-9a-f]{32}")
_MAGIC = ((b"\xff\xd8\xff", "image/jpeg"), (b"\x89PNG\r\n\x1a\n", "image/png"), (b"GIF8", "image/gif"))


@dataclass(frozen=True)
class Picture:
    """A kept picture; size in bytes."""

    id: str
    unique_id: str
    mime: str
    size: int


class Pictures:
    """A folder of pictures under random names. ValueError for what is no picture or too large."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, data: bytes) -> Picture:
        """Write a picture; its kind comes from its first bytes, never from the sender."""
        if len(data) > LARGEST:
            raise ValueError("larger than 20 MB")
        mime = picture_kind(data)
        if mime is None:
            raise ValueError("not a picture")
        return Picture(self.keep_file(data), hashlib.sha256(data).hexdigest()[:32], mime, len(data))

    def keep_file(self, data: bytes) -> str:
        """Write a file of ours; its random name."""
        name = secrets.token_hex(16)
        self._folder.mkdir(parents=True, exist_ok=True)
        draft = self._folder / f"{name}.part"
        draft.write_bytes(data)
        draft.replace(self._folder / name)
        return name

    def read(self, name: str) -> bytes | None:
        """The bytes of a picture, or None where there is none of this id."""
        if not _ID.fullmatch(name):
            return None
        try:
            return (self._folder / name).read_bytes()
        except FileNotFoundError:
            return None

    def find(self, name: str) -> Picture | None:
        """A picture kept earlier."""
        data = self.read(name)
        mime = picture_kind(data) if data else None
        if data is None or mime is None:
            return None
        return Picture(name, hashlib.sha256(data).hexdigest()[:32], mime, len(data))


def picture_kind(data: bytes) -> str | None:
    """The media type that the first bytes prove; None for what a browser should not show."""
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    return next((mime for magic, mime in _MAGIC if data.startswith(magic)), None)
