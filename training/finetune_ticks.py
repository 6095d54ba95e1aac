"""Progress of a training whose loop reports only at the end of an epoch: between two of them it is told by the pace."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from training.progress import Progress

FIRST, LAST = 0.02, 0.75  # shares of the whole between which the encoder is fitted
EVERY = 5.0  # seconds between two lines
USUAL = 0.05  # seconds for a message and epoch, until the first epoch has shown it


@contextmanager
def ticking(progress: Progress, log: Path, *, epochs: int, rows: int) -> Iterator[None]:
    """Tell the share every few seconds while the body runs; ``log`` gets a line for each finished epoch."""
    done = threading.Event()
    began = time.monotonic()
    start = _lines(log)

    def tick() -> None:
        since, finished, pace = began, start, USUAL * rows
        while not done.wait(EVERY):
            if (now := _lines(log)) > finished:
                pace = (time.monotonic() - since) / (now - finished)
                since, finished = time.monotonic(), now
            within = min(0.99, (time.monotonic() - since) / max(pace, 1e-3))
            progress.tell("encoder", FIRST + (LAST - FIRST) * min(1.0, (finished + within) / epochs))

    teller = threading.Thread(target=tick, daemon=True)
    progress.tell("encoder", FIRST + (LAST - FIRST) * min(1.0, start / epochs))
    teller.start()
    try:
        yield
    finally:
        done.set()
        teller.join()


def _lines(path: Path) -> int:
    return path.read_bytes().count(b"\n") if path.is_file() else 0
