"""What is kept of a photo to know it again: its spots for finding, a small grey copy for making sure."""

import zlib
from dataclasses import dataclass

import numpy as np

from bot.imaging.keypoints import SIDE, Array, Spots, find_spots

SMALL_SIDE = 128
GREYS = 64
SEARCHED = 32  # spots by which a photo is looked for among all others, the coarse ones first


@dataclass(frozen=True)
class Look:
    """A photo as it is compared."""

    spots: Spots
    small: Array

    @property
    def ratio(self) -> float:
        """Pixels of the small copy for one of those in which spots are counted."""
        return float(max(self.small.shape)) / SIDE

    def pack(self) -> tuple[bytes, bytes, bytes]:
        """As bytes: the hashes that it is searched by, its spots, its small copy."""
        hashes = self.spots.sure().hash[:SEARCHED].astype("<u8")
        return hashes.tobytes(), self.spots.pack(), pack_small(self.small)


def look_at(grey: Array, small: Array) -> Look:
    """The look of a picture, given in both sizes, values 0 to 1."""
    return Look(find_spots(grey), small)


def unpack(spots: bytes, small: bytes) -> Look:
    """The look again."""
    return Look(Spots.unpack(spots), unpack_small(small))


def pack_small(small: Array) -> bytes:
    """A small copy in a few kilobytes."""
    height, width = small.shape
    values = np.clip(np.round(small * (GREYS - 1)), 0, GREYS - 1).astype(np.uint8)
    return bytes((height, width)) + zlib.compress(values.tobytes(), 6)


def unpack_small(data: bytes) -> Array:
    """The small copy again."""
    height, width = data[0], data[1]
    values = np.frombuffer(zlib.decompress(data[2:]), np.uint8).reshape(height, width)
    return values.astype(np.float32) / (GREYS - 1)
