"""How far a long run is, as JSON lines that another process reads while it goes on."""

from __future__ import annotations

import json
import time
from pathlib import Path


class Progress:
    """Appends ``{"stage", "share", "left"}`` to a file: share of the whole 0 to 1, seconds left by the pace so far."""

    def __init__(self, path: Path | None) -> None:
        """Without a path it says nothing."""
        self._path = path
        self._began = time.monotonic()
        self._first: float | None = None

    @property
    def seconds(self) -> float:
        """Since the beginning."""
        return round(time.monotonic() - self._began, 1)

    def tell(self, stage: str, share: float) -> None:
        """A line, in one write; the pace is counted from the first share told, so that a run that goes on after a kill
        does not think itself fast."""
        self._first = share if self._first is None else self._first
        done = share - self._first
        left = round(self.seconds / done * (1 - share)) if done > 0 else None
        if self._path is not None:
            line = json.dumps({"stage": stage, "share": round(share, 4), "left": left})
            with self._path.open("a", encoding="utf-8") as file:
                file.write(line + "\n")
