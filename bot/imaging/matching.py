"""Whether two photos are one picture: first by spots in common, then pixel by pixel where both lie on each other.

Spots alone would also find another photo of the same place. A copy agrees everywhere once it is laid on the original;
another photo, taken a step aside or on another day, agrees in places only.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from bot.imaging.keypoints import TURNS, Array, Spots, sample
from bot.imaging.looks import SEARCHED, Look

NEAR = 10  # bits of 64 by which the hashes of one spot may differ
FEW = 2  # spots in common, below which nothing is compared
PIXELS_OFF, SIZE_OFF = 6.0, 0.2  # how well spots must agree on where one picture lies on the other
ROUNDS = 12
BLOCK = 8  # pixels of the small copy
SOFT, LOCAL = 1, 4  # half widths: noise is smoothed out, light and shade are taken away
TEXTURE = 0.012  # what a block must have of either, to say anything
AGREES = 0.7  # correlation
FEWEST_BLOCKS = 12
LEAST_OVERLAP = 0.45  # of the smaller picture
SAME, SAME_SMALL = 0.88, 0.75  # share of the blocks that agree in a copy; where few pixels are left to compare
SMALL_BLOCKS = 60
PASSED = 1e-6


@dataclass(frozen=True)
class Laid:
    """How one picture lies on another: TURNS[turn], then sizes and shifts along x and y."""

    turn: int
    sizes: Array
    shifts: Array
    support: int


@dataclass(frozen=True)
class Verdict:
    """How two photos compare: the share of blocks that agree, of how many, and how much of the smaller is covered."""

    share: float = 0.0
    blocks: int = 0
    overlap: float = 0.0

    @property
    def same(self) -> bool:
        """Whether one is made of the other."""
        needed = SAME if self.blocks >= SMALL_BLOCKS else SAME_SMALL
        return self.share >= needed and self.blocks >= FEWEST_BLOCKS and self.overlap >= LEAST_OVERLAP


def votes(asked: Spots, hashes: NDArray[np.uint64], owners: NDArray[np.int64], count: int) -> NDArray[np.int64]:
    """How many spots each of `count` photos has in common; `owners` says whose each hash is."""
    found = np.zeros(count, np.int64)
    for spot in range(min(SEARCHED, int(asked.of.max(initial=-1)) + 1)):
        near = np.zeros(len(hashes), bool)
        for each in asked.hash[asked.of == spot]:
            near |= np.bitwise_count(hashes ^ each) <= NEAR
        found[np.unique(owners[near])] += 1
    return found


def compare(asked: Look, known: Look) -> Verdict:
    """How one photo compares with another, whichever was made of which."""
    laid = _lay(asked.spots, known.spots.sure())
    if laid is None:
        return Verdict()
    laid = replace(laid, sizes=laid.sizes * (known.ratio / asked.ratio), shifts=laid.shifts * known.ratio)
    one, other = asked.small, known.small
    if laid.sizes.mean() < 1:  # on the pixels of the coarser one
        one, other, laid = other, one, _swapped(laid)
    return _agreement(one, other, _fit(one, other, laid))


def _swapped(laid: Laid) -> Laid:
    """How the other picture lies on this one."""
    back = TURNS[laid.turn].T
    turn = int(np.flatnonzero((back == TURNS).all(axis=(1, 2)))[0])
    return Laid(turn, np.abs(back) @ (1 / laid.sizes), -back @ (laid.shifts / laid.sizes), laid.support)


def _lay(asked: Spots, known: Spots) -> Laid | None:
    """Where most spots in common agree that one picture lies on the other."""
    if not len(asked.hash) or not len(known.hash):
        return None
    mine, theirs = np.nonzero(np.bitwise_count(asked.hash[:, None] ^ known.hash[None, :]) <= NEAR)
    if len(mine) < FEW:
        return None
    turns = np.array([_between(int(a), int(b)) for a, b in zip(asked.turn[mine], known.turn[theirs], strict=True)])
    size = known.sigma[theirs] / asked.sigma[mine]
    here = np.stack([asked.x[mine], asked.y[mine]], 1)
    there = np.stack([known.x[theirs], known.y[theirs]], 1)
    turned = np.einsum("nij,nj->ni", TURNS[turns], here)
    best = None
    for number in range(len(mine)):
        shift = there[number] - size[number] * turned[number]
        off = np.abs(size[number] * turned + shift - there).max(1)
        with_it = (turns == turns[number]) & (np.abs(np.log(size / size[number])) < SIZE_OFF)
        with_it &= off < PIXELS_OFF * max(1.0, size[number])
        support = len(np.unique(asked.of[mine[with_it]]))
        if best is None or support > best[0]:
            best = (support, number, with_it)
    if best is None or best[0] < FEW:
        return None
    support, number, with_it = best
    return _solved(int(turns[number]), turned[with_it], there[with_it], float(size[number]), support)


def _between(asked: int, known: int) -> int:
    """The turn that brings one patch over another, where `TURNS` of these numbers bring both to the same."""
    wanted = TURNS[known].T @ TURNS[asked]
    return int(np.flatnonzero((wanted == TURNS).all(axis=(1, 2)))[0])


def _solved(turn: int, turned: Array, there: Array, size: float, support: int) -> Laid:
    """One size and the shifts that fit the spots best."""
    a, b = turned - turned.mean(0), there - there.mean(0)
    spread = float((a**2).sum())
    size = float((a * b).sum()) / spread if spread > SEARCHED**2 else size
    return Laid(turn, np.array([size, size]), there.mean(0) - size * turned.mean(0), support)


def _grid(shape: tuple[int, ...], laid: Laid) -> tuple[Array, Array]:
    """Where each pixel of a picture lies on the other."""
    y, x = np.mgrid[: shape[0], : shape[1]]
    (xx, xy), (yx, yy) = TURNS[laid.turn]
    return (
        laid.sizes[0] * (xx * x + xy * y) + laid.shifts[0],
        laid.sizes[1] * (yx * x + yy * y) + laid.shifts[1],
    )


def _inside(shape: tuple[int, ...], x: Array, y: Array) -> NDArray[np.bool_]:
    return (x >= 0) & (x <= shape[1] - 1) & (y >= 0) & (y <= shape[0] - 1)


def _fit(asked: Array, known: Array, laid: Laid) -> Laid:
    """Move and stretch until both agree best: the spots know it to a pixel, the pixels to a tenth."""
    here, there = _flat(asked), _flat(known)
    down, right = np.gradient(there, axis=0), np.gradient(there, axis=1)
    for _ in range(ROUNDS):
        x, y = _grid(here.shape, laid)
        inside = _inside(there.shape, x, y)
        if inside.sum() < BLOCK**2:
            break
        dx, dy = sample(right, x, y)[inside], sample(down, x, y)[inside]
        base_x = (x - laid.shifts[0])[inside] / laid.sizes[0]
        base_y = (y - laid.shifts[1])[inside] / laid.sizes[1]
        slopes = np.stack([dx * base_x, dy * base_y, dx, dy], 1)
        missing = (here - sample(there, x, y))[inside]
        weight = 1 / (0.5 + np.abs(missing))
        normal = (slopes * weight[:, None]).T @ slopes
        step = np.linalg.solve(normal + np.eye(4) * 1e-3, (slopes * weight[:, None]).T @ missing)
        step[:2] = np.clip(step[:2], -0.05, 0.05)
        step[2:] = np.clip(step[2:], -2, 2)
        laid = replace(laid, sizes=laid.sizes + step[:2], shifts=laid.shifts + step[2:])
        if np.abs(step[2:]).max() < 0.01 and np.abs(step[:2]).max() < 0.0002:
            break
    return laid


def _agreement(asked: Array, known: Array, laid: Laid) -> Verdict:
    """How many blocks of the overlap look alike, once brightness and contrast are taken away."""
    x, y = _grid(asked.shape, laid)
    inside = _inside(known.shape, x, y)
    here, there = _bare(asked), _bare(sample(_softer(known, laid), x, y))
    rows, columns = asked.shape[0] // BLOCK, asked.shape[1] // BLOCK
    alike = counted = 0
    for row in range(rows):
        for column in range(columns):
            part = (slice(row * BLOCK, (row + 1) * BLOCK), slice(column * BLOCK, (column + 1) * BLOCK))
            if not inside[part].all():
                continue
            a, b = here[part] - here[part].mean(), there[part] - there[part].mean()
            if max(a.std(), b.std()) < TEXTURE:
                continue
            counted += 1
            alike += float((a * b).sum() / (np.sqrt((a**2).sum() * (b**2).sum()) + PASSED)) >= AGREES
    area = known.size / float(np.prod(laid.sizes)) if np.all(laid.sizes > 0) else np.inf
    return Verdict(alike / counted if counted else 0.0, counted, float(inside.sum()) / min(asked.size, area))


def _softer(image: Array, laid: Laid) -> Array:
    """What is larger than the other must lose its finest detail before both are compared."""
    width = round(float(laid.sizes.mean())) - 1
    return _box(image, width) if width > 0 else image


def _bare(image: Array) -> Array:
    """Without noise, and without light and shade."""
    soft = _box(image, SOFT)
    result: Array = soft - _box(soft, LOCAL)
    return result


def _flat(image: Array) -> Array:
    """Contrast made even, so that a darker copy pulls no less."""
    soft = _box(image, SOFT)
    bare = soft - _box(soft, LOCAL * 2)
    result: Array = bare / (np.sqrt(_box(bare**2, LOCAL * 2)) + TEXTURE)
    return result


def _box(image: Array, reach: int) -> Array:
    """The mean of what is around each pixel."""
    for axis in (0, 1):
        pad = [(reach + 1, reach) if each == axis else (0, 0) for each in (0, 1)]
        sums = np.cumsum(np.pad(image, pad, mode="edge"), axis=axis, dtype=np.float64)
        width = 2 * reach + 1
        upper = np.take(sums, range(width, sums.shape[axis]), axis=axis)
        image = (upper - np.take(sums, range(sums.shape[axis] - width), axis=axis)) / width
    return image
