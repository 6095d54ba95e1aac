"""What a report means, packed for the store: the encoder's vector, and a sketch of its words that no encoder colours.

The encoder of a classifier sees the topic more than the detail; the sketch brings reports of one place together.
"""

from collections.abc import Sequence
from typing import Final
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from bot.domain.likeness import Told
from bot.domain.place_units import parts_of

SKETCH: Final = 64
"""Places of the sketch, behind the encoder's."""
WEIGHT: Final = 0.8
"""Of the sketch beside the encoder's vector, whose length is 1."""
PLACE: Final = 2.0
"""A word of the place beside one of the matter."""


def pack(vector: NDArray[np.float32], told: Told) -> bytes:
    """Both halves as float16."""
    length = float(np.linalg.norm(vector)) or 1.0
    return np.concatenate([vector / length, _sketch(told)]).astype(np.float16).tobytes()


def cosine(one: bytes, other: bytes) -> float:
    """How alike two packed vectors are, -1 to 1, by their encoder alone."""
    halves = [np.frombuffer(each, dtype=np.float16)[:-SKETCH].astype(np.float32) for each in (one, other)]
    return float(halves[0] @ halves[1])


def likest(packed: Sequence[bytes], others: Sequence[bytes]) -> list[float]:
    """For each packed vector how alike the likest of the others is, -1 to 1, by their encoder alone."""
    here, there = (np.stack([np.frombuffer(v, dtype=np.float16)[:-SKETCH] for v in each]) for each in (packed, others))
    found: list[float] = (here.astype(np.float32) @ there.astype(np.float32).T).max(axis=1).tolist()
    return found


def _sketch(told: Told) -> NDArray[np.float32]:
    """Words hashed into a few places, with signs that let chance meetings cancel."""
    sketch = np.zeros(SKETCH, dtype=np.float32)
    names = [name for part in parts_of(told.phrase) for name in part.names]
    for word, weight in [*((name, PLACE) for name in names), *((each, 1.0) for each in told.words.groups)]:
        hashed = crc32(word.encode())
        sketch[hashed % SKETCH] += weight if hashed & 0x10000 else -weight
    length = float(np.linalg.norm(sketch))
    return sketch * (WEIGHT / length) if length else sketch
