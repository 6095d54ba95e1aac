"""The manifest of a model folder: found, read, and its files checked against their sha256."""

import hashlib
import json
from pathlib import Path
from typing import Any, Final

from classifier.errors import ArtefactError

FORMAT: Final = 1
RELEASED: Final = Path(__file__).resolve().parent.parent / "models"
MANIFEST: Final = "manifest.json"


def resolve(path: str | Path | None) -> Path:
    """The folder meant: `path`, or the one that models/CURRENT names."""
    if path is not None:
        return Path(path)
    pointer = RELEASED / "CURRENT"
    try:
        name = pointer.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise ArtefactError("no model is released: models/CURRENT cannot be read") from error
    if not name or Path(name).name != name:
        raise ArtefactError("models/CURRENT does not name a folder beside it")
    return RELEASED / name


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest; ArtefactError unless it is there and of our format."""
    try:
        manifest = json.loads((folder / MANIFEST).read_bytes())
    except OSError as error:
        raise ArtefactError(f"{folder} is not a model folder: {MANIFEST} cannot be read") from error
    except ValueError as error:
        raise ArtefactError(f"model {folder.name}: {MANIFEST} is not JSON") from error
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        found = manifest.get("format") if isinstance(manifest, dict) else None
        raise ArtefactError(f"model {folder.name} has format {found!r}; this version reads format {FORMAT}")
    return manifest


def checked_files(folder: Path, manifest: dict[str, Any]) -> set[str]:
    """Names of the listed files, each of which is present and undamaged."""
    files = manifest.get("files")
    if not isinstance(files, dict) or "labels.json" not in files:
        raise ArtefactError(f"model {folder.name}: {MANIFEST} lists no files")
    for name, expected in files.items():
        if Path(name).name != name:
            raise ArtefactError(f"model {folder.name}: file name {name!r} leaves the folder")
        try:
            with (folder / name).open("rb") as file:
                found = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as error:
            raise ArtefactError(f"model {folder.name}: {name} is missing") from error
        if found != expected:
            raise ArtefactError(f"model {folder.name}: {name} is damaged (sha256 differs from {MANIFEST})")
    return set(files)
