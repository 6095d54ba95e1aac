"""Stored files: what people send and what the bot uploads, found again by file id or path."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from typing import Any

DOWNLOAD_LIMIT = 20 * 1024 * 1024

# The smallest valid JPEG (one grey pixel), so that a test which opens a picture can.
PIXEL = base64.b64decode(
    "/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////"
    "////////////////////wgALCAABAAEBAREA/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQABPxA="
)
_FOLDERS = {
    "photo": ("photos", "jpg", "image/jpeg"),
    "video": ("videos", "mp4", "video/mp4"),
    "animation": ("animations", "mp4", "video/mp4"),
    "video_note": ("video_notes", "mp4", "video/mp4"),
    "voice": ("voice", "oga", "audio/ogg"),
    "audio": ("music", "mp3", "audio/mpeg"),
    "document": ("documents", "bin", "application/octet-stream"),
    "sticker": ("stickers", "webp", "image/webp"),
}


@dataclass(frozen=True, slots=True)
class StoredFile:
    """One file; `size` may exceed the content to play a large one."""

    id: str
    kind: str
    content: bytes
    path: str
    size: int
    name: str | None
    mime: str

    @property
    def unique_id(self) -> str:
        """The id that is the same for every bot."""
        return f"AQAD{self.id[4:]}"

    def json(self) -> dict[str, Any]:
        """The answer of getFile."""
        return {"file_id": self.id, "file_unique_id": self.unique_id, "file_size": self.size,
                "file_path": self.path}  # fmt: skip


@dataclass(slots=True)
class FileStore:
    """All files of one stand-in."""

    by_id: dict[str, StoredFile] = field(default_factory=dict)
    by_path: dict[str, StoredFile] = field(default_factory=dict)

    def add(
        self,
        kind: str,
        content: bytes,
        *,
        name: str | None = None,
        mime: str | None = None,
        size: int | None = None,
    ) -> StoredFile:
        """Store content under a fresh id."""
        number = len(self.by_id) + 1
        folder, extension, usual_mime = _FOLDERS[kind]
        if name and "." in name:
            extension = name.rsplit(".", 1)[1]
        stored = StoredFile(
            id=f"AgAC{kind}{number:06d}", kind=kind, content=content,
            path=f"{folder}/file_{number}.{extension}", size=len(content) if size is None else size,
            name=name, mime=mime or usual_mime,
        )  # fmt: skip
        self.by_id[stored.id] = stored
        self.by_path[stored.path] = stored
        return stored


def describe(kind: str, stored: StoredFile, extra: dict[str, Any]) -> dict[str, Any]:
    """The part of a message that carries this file."""
    base: dict[str, Any] = {"file_id": stored.id, "file_unique_id": stored.unique_id,
                            "file_size": stored.size}  # fmt: skip
    if kind == "photo":
        small = {**base, "file_unique_id": stored.unique_id + "s", "width": 90, "height": 90}
        return {"photo": [small, {**base, "width": 1280, "height": 960}]}
    if kind in {"video", "animation"}:
        base |= {"width": 640, "height": 480, "duration": 5, "mime_type": stored.mime}
    elif kind == "video_note":
        base |= {"length": 240, "duration": 5}
    elif kind in {"voice", "audio"}:
        base |= {"duration": 3, "mime_type": stored.mime}
    elif kind == "sticker":
        base |= {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False}
    else:
        base["mime_type"] = stored.mime
    if stored.name and kind in {"video", "audio", "document", "animation"}:
        base["file_name"] = stored.name
    described = {kind: base | extra}
    if kind == "animation":  # the real server repeats an animation as a document
        described["document"] = {key: base[key] for key in ("file_id", "file_unique_id", "file_size")}
    return described
