"""What a photo looks like, in under a kilobyte: spots that a copy of it has as well, each with a hash of its patch.

A spot is an extreme of the difference of Gaussians, so it is found again at another size, in a part of the picture, and
inside a larger one. Its patch is turned and mirrored until its brighter side lies right and below, so that copies
turned by 90° and mirrored ones give the same hash; signs of its cosine transform do not know light and contrast.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.floating[Any]]

SIDE = 320  # pixels of the longer side in which spots are looked for
FIRST_SIGMA, STEP, LEVELS = 0.8, 2 ** (1 / 3), 16
FIRST_SPOT = 3  # the finest level at which spots count
OCTAVE = 3  # a patch is read so many levels finer than its spot
GRID, REACH = 16, 6.0  # samples of a patch, and its half width in sigmas
MARGIN = 40
SPOTS = 48
BANDS = ((3, 7), (7, 10), (10, LEVELS))  # as many spots from each: coarse ones survive a screenshot
WEAKEST = 0.004  # of the full range of grey
EDGE = 12.0  # how many times longer than wide a spot may be
UNSURE = 0.3  # below it, a patch's brighter side may come out as the other one in a copy
RECORD = np.dtype([("hash", "<u8"), ("x", "<f2"), ("y", "<f2"), ("sigma", "<f2"), ("turn", "u1"), ("of", "u1")])
TURNS = np.array(
    [[[a, 0], [0, b]] for a in (1, -1) for b in (1, -1)] + [[[0, a], [b, 0]] for a in (1, -1) for b in (1, -1)]
)
"""The eight ways to turn and mirror: what a patch's own (x, y) become."""


@dataclass(frozen=True)
class Spots:
    """Spots of one picture; `of` says which spot a hash belongs to, where some have several."""

    hash: NDArray[np.uint64]
    x: Array
    y: Array
    sigma: Array
    turn: NDArray[np.uint8]
    of: NDArray[np.int64]

    def pack(self) -> bytes:
        """As bytes, 16 for each spot."""
        out = np.zeros(len(self.hash), RECORD)
        for name in ("hash", "x", "y", "sigma", "turn", "of"):
            out[name] = getattr(self, name)
        return out.tobytes()

    @classmethod
    def unpack(cls, data: bytes) -> "Spots":
        """The spots again."""
        found = np.frombuffer(data, RECORD)
        x, y, sigma = (found[name].astype(np.float64) for name in ("x", "y", "sigma"))
        return cls(found["hash"].astype(np.uint64), x, y, sigma, found["turn"], found["of"].astype(np.int64))

    def sure(self) -> "Spots":
        """Each spot once, as it is most likely turned."""
        _, first = np.unique(self.of, return_index=True)
        return Spots(*(getattr(self, name)[first] for name in ("hash", "x", "y", "sigma", "turn", "of")))


def find_spots(grey: Array) -> Spots:
    """The spots of a grey picture of `SIDE` pixels, values 0 to 1, with every way a patch may be turned."""
    levels = _levels(grey)
    found = _strongest(_extremes(levels), grey.shape)
    hashes, turns, of = [], [], []
    for number, (x, y, level) in enumerate(found):
        patch = _patch(levels, x, y, level)
        for turn in _turns(patch):
            hashes.append(_hash(_turned(patch, turn)))
            turns.append(turn)
            of.append(number)
    places = np.array(found, float).reshape(-1, 3)[of]
    sigma = FIRST_SIGMA * STEP ** places[:, 2]
    return Spots(
        np.array(hashes, np.uint64), places[:, 0], places[:, 1], sigma, np.array(turns, np.uint8), np.array(of, int)
    )


def _levels(grey: Array) -> Array:
    """The picture ever softer."""
    margin = min(MARGIN, *(side - 1 for side in grey.shape))
    padded = np.pad(grey, margin, mode="reflect")
    spectrum = np.fft.rfft2(padded)
    v = np.fft.fftfreq(padded.shape[0])[:, None]
    u = np.fft.rfftfreq(padded.shape[1])[None]
    squares = -2 * np.pi**2 * (u**2 + v**2)
    inside = (slice(margin, margin + grey.shape[0]), slice(margin, margin + grey.shape[1]))
    sigmas = FIRST_SIGMA * STEP ** np.arange(LEVELS + 1)
    soft = [np.fft.irfft2(spectrum * np.exp(squares * sigma**2), padded.shape)[inside] for sigma in sigmas]
    return np.asarray(soft, np.float32)


def _extremes(levels: Array) -> list[tuple[float, float, float, float]]:
    """(strength, x, y, level) of every spot: lighter or darker than all that is around it, in place and in size."""
    change = np.diff(levels, axis=0)
    found: list[tuple[float, float, float, float]] = []
    for sign in (change, -change):
        rows = np.maximum(np.maximum(sign[:, :-2], sign[:, 1:-1]), sign[:, 2:])
        around = np.maximum(np.maximum(rows[..., :-2], rows[..., 1:-1]), rows[..., 2:])
        top = np.maximum(np.maximum(around[:-2], around[1:-1]), around[2:])
        inner = sign[1:-1, 1:-1, 1:-1]
        for k, y, x in np.argwhere((inner >= top) & (inner > WEAKEST)) + 1:
            if k >= FIRST_SPOT and not _is_edge(sign[k], x, y):
                found.append((float(sign[k, y, x]), *_refined(sign, k, y, x)))
    return found


def _is_edge(plane: Array, x: int, y: int) -> bool:
    """Along a line a spot may lie anywhere: it would not be found again."""
    c = plane[y - 1 : y + 2, x - 1 : x + 2]
    xx, yy = c[1, 0] + c[1, 2] - 2 * c[1, 1], c[0, 1] + c[2, 1] - 2 * c[1, 1]
    xy = (c[0, 0] + c[2, 2] - c[0, 2] - c[2, 0]) / 4
    size = xx * yy - xy**2
    return bool(size <= 0 or (xx + yy) ** 2 * EDGE > (EDGE + 1) ** 2 * size)


def _refined(change: Array, k: int, y: int, x: int) -> tuple[float, float, float]:
    """The top between the samples, by a parabola along each axis: x, y, level."""
    middle = float(change[k, y, x])

    def shift(before: float, after: float) -> float:
        bend = before + after - 2 * middle
        return float(np.clip((before - after) / (2 * bend), -0.5, 0.5)) if bend else 0.0

    return (
        x + shift(float(change[k, y, x - 1]), float(change[k, y, x + 1])),
        y + shift(float(change[k, y - 1, x]), float(change[k, y + 1, x])),
        k + shift(float(change[k - 1, y, x]), float(change[k + 1, y, x])),
    )


def _strongest(
    every: list[tuple[float, float, float, float]], shape: tuple[int, ...]
) -> list[tuple[float, float, float]]:
    """The strongest spots of each size whose patch lies within the picture."""
    height, width = shape
    inside = []
    for strength, x, y, level in every:
        reach = REACH * FIRST_SIGMA * STEP**level
        if reach <= x <= width - 1 - reach and reach <= y <= height - 1 - reach:
            inside.append((strength, x, y, level))
    kept: list[tuple[float, float, float]] = []
    room = SPOTS
    for number, (low, high) in enumerate(reversed(BANDS)):  # what the coarse ones leave, the finer ones take
        band = sorted((each for each in inside if low <= each[3] < high), reverse=True)
        share = room // (len(BANDS) - number)
        kept += [each[1:] for each in band[:share]]
        room = SPOTS - len(kept)
    return kept


def _patch(levels: Array, x: float, y: float, level: float) -> Array:
    """A spot's surroundings, sampled from a finer level."""
    sigma = FIRST_SIGMA * STEP**level
    steps = (np.arange(GRID) - (GRID - 1) / 2) * (2 * REACH * sigma / GRID)
    return sample(levels[max(0, round(level) - OCTAVE)], x + steps[None, :], y + steps[:, None])


def sample(image: Array, x: Array, y: Array) -> Array:
    """Values between the pixels; outside, those of the border."""
    x = np.clip(x, 0, image.shape[1] - 1.001)
    y = np.clip(y, 0, image.shape[0] - 1.001)
    left, top = x.astype(int), y.astype(int)
    fx, fy = x - left, y - top
    upper = image[top, left] * (1 - fx) + image[top, left + 1] * fx
    lower = image[top + 1, left] * (1 - fx) + image[top + 1, left + 1] * fx
    result: Array = upper * (1 - fy) + lower * fy
    return result


_STEPS = (np.arange(GRID) - (GRID - 1) / 2) / (GRID / 2)
_WEIGHT = np.exp(-2 * (_STEPS[None, :] ** 2 + _STEPS[:, None] ** 2))
_WAVES = np.cos(np.pi * (np.arange(GRID)[None, :] + 0.5) * np.arange(GRID)[:, None] / GRID)
_ALL = [(u, v) for u in range(GRID) for v in range(GRID) if u + v > 1]
_ORDER = sorted(_ALL, key=lambda uv: (uv[0] + uv[1], abs(uv[0] - uv[1]), uv))[:64]
_ROWS, _COLUMNS = np.array(_ORDER).T
_BITS = np.uint64(1) << np.arange(64, dtype=np.uint64)


def _turns(patch: Array) -> list[int]:
    """The turn that brings a patch's brighter side right and below, the more so right; then those that may as well."""
    weighted = (patch - (patch * _WEIGHT).sum() / _WEIGHT.sum()) * _WEIGHT
    size = float(np.sqrt((weighted**2).sum())) * 4 or 1.0
    right, below = float((weighted * _STEPS[None, :]).sum()) / size, float((weighted * _STEPS[:, None]).sum()) / size
    a, b = (1 if right >= 0 else -1), (1 if below >= 0 else -1)
    tall = abs(below) > abs(right)
    signs_a = (a, -a) if abs(right) < UNSURE / 2 else (a,)
    signs_b = (b, -b) if abs(below) < UNSURE / 2 else (b,)
    swaps = (tall, not tall) if abs(abs(right) - abs(below)) < UNSURE / 2 else (tall,)
    return [_number(x, y, swap=swap) for swap in swaps for x in signs_a for y in signs_b]


def _number(a: int, b: int, *, swap: bool) -> int:
    """Which of `TURNS` mirrors x by a and y by b, and then swaps them."""
    wanted = np.array([[0, b], [a, 0]] if swap else [[a, 0], [0, b]])
    return int(np.flatnonzero((wanted == TURNS).all(axis=(1, 2)))[0])


def _turned(patch: Array, turn: int) -> Array:
    """A patch turned: what stood at p stands at TURNS[turn] @ p."""
    (xx, xy), (yx, yy) = TURNS[turn]
    a, b = (xx or yx), (yy or xy)
    patch = patch[:, ::a][::b]
    return patch.T if xx == 0 else patch


def _hash(patch: Array) -> np.uint64:
    waves = _WAVES @ patch @ _WAVES.T
    return np.uint64(_BITS[waves[_ROWS, _COLUMNS] > 0].sum())
