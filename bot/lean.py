"""Give memory back: what a thread has freed, glibc keeps for itself, in an arena for each thread.

Texts are read by matrices of a few MB that live for milliseconds; by default every thread that ever read one keeps a
heap of that size, a third of all that Wadul needs. Elsewhere than on glibc nothing is done. See mallopt(3) and
malloc_trim(3).
"""

from __future__ import annotations

import ctypes
from functools import cache
from typing import Final

_M_TRIM_THRESHOLD: Final = -1
_M_MMAP_THRESHOLD: Final = -3
_M_ARENA_MAX: Final = -8
ARENAS: Final = 2
LARGE: Final = 256 * 1024  # bytes from which a block is a mapping of its own, gone when it is freed


def settle() -> None:
    """Few arenas, and large blocks go back at once; before the first thread starts."""
    libc = _glibc()
    if libc is None:
        return
    libc.mallopt(_M_ARENA_MAX, ARENAS)
    libc.mallopt(_M_MMAP_THRESHOLD, LARGE)
    libc.mallopt(_M_TRIM_THRESHOLD, LARGE)


def give_back() -> None:
    """Return what is free now, as after a model was opened or left; takes some milliseconds."""
    libc = _glibc()
    if libc is not None:
        libc.malloc_trim(0)


@cache
def _glibc() -> ctypes.CDLL | None:
    try:
        libc = ctypes.CDLL("libc.so.6")
        libc.mallopt.argtypes, libc.malloc_trim.argtypes = (ctypes.c_int, ctypes.c_int), (ctypes.c_size_t,)
    except (OSError, AttributeError):
        return None
    return libc
