"""Photographs of places that do not exist: a road, houses, poles, trees, seen by a camera that can step aside.

Drawn ray by ray from a small world, so that another viewpoint truly shifts near things against far ones; with other
light, clouds, traffic and time of day, and a hole that is there or mended. Not as rich as a photo, but honest about
what a second photo of the same place has in common with the first.
"""

import io
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

WIDTH, HEIGHT = 480, 360
TILE = 256
Array = NDArray[np.floating[Any]]


@dataclass(frozen=True)
class View:
    """Where the camera stands and looks, and what the light is like. Metres, radians; `focal` in picture widths."""

    x: float = 0.0
    z: float = 0.0
    eye: float = 1.6
    yaw: float = 0.0
    pitch: float = 0.09
    focal: float = 0.9
    gain: float = 1.0
    gamma: float = 1.0
    warmth: float = 0.0
    sky: int = 0
    mended: bool = False
    traffic: int = 0


@dataclass(frozen=True)
class Thing:
    """An upright rectangle in the world: from (x, z) to (x2, z2), so high, so coloured, with a pattern."""

    x: float
    z: float
    x2: float
    z2: float
    low: float
    high: float
    colour: tuple[float, float, float]
    pattern: str
    seed: int


class Place:
    """One place; the same seed is the same place."""

    def __init__(self, seed: int) -> None:
        rng = np.random.default_rng(seed)
        self.tile = rng.random((TILE, TILE))
        self.road = float(rng.uniform(1.8, 3.2))
        self.ground = rng.uniform(0.25, 0.6, 3)
        self.holes = [
            (float(rng.uniform(-1.4, 1.4)), float(rng.uniform(3.5, 9)), float(rng.uniform(0.3, 0.9)))
            for _ in range(rng.integers(1, 4))
        ]
        self.things = [*_houses(rng, self.road), *_poles(rng, self.road), *_trees(rng, self.road)]

    def photo(self, view: View, *, seed: int) -> Image.Image:
        """What a camera sees there; `seed` is the noise of its sensor, and who happens to pass."""
        rng = np.random.default_rng(seed)
        column, row = np.meshgrid(np.arange(WIDTH), np.arange(HEIGHT))
        right = (column - WIDTH / 2) / (WIDTH * view.focal)
        down = (row - HEIGHT / 2) / (WIDTH * view.focal)
        ahead = np.cos(view.pitch) - down * np.sin(view.pitch)
        below = np.sin(view.pitch) + down * np.cos(view.pitch)
        dx = right * np.cos(view.yaw) + ahead * np.sin(view.yaw)
        dz = ahead * np.cos(view.yaw) - right * np.sin(view.yaw)
        colour, depth = self._around(view, dx, below, dz)
        things = [*self.things, *_passers(np.random.default_rng(view.traffic), self.road)]
        for thing in sorted(things, key=lambda each: -max(each.z, each.z2)):
            self._draw(thing, view, (dx, below, dz), colour, depth)
        return _developed(colour, view, rng)

    def _around(self, view: View, dx: Array, below: Array, dz: Array) -> tuple[Array, Array]:
        """Sky and ground, and how far away it is."""
        on_ground = below > 0.004
        far = np.where(on_ground, view.eye / np.maximum(below, 0.004), 400.0)
        x, z = view.x + far * dx, view.z + far * dz
        size = far / (WIDTH * view.focal)
        grain = self._noise(x, z, size, (0.06, 0.15, 0.4, 1.3, 4.0))
        on_road = np.abs(x) < self.road
        asphalt = (0.36 + 0.3 * (grain - 0.5))[..., None] * np.array([1.0, 1.0, 1.03])
        soil = self.ground * (0.55 + 0.9 * grain[..., None])
        colour = np.where(on_road[..., None], asphalt, soil)
        edge = np.abs(np.abs(x) - self.road) < 0.07
        dash = (np.abs(x) < 0.06) & (np.mod(z, 5) < 2.4)
        colour = np.where((edge | dash)[..., None], 0.75 + 0.2 * (grain[..., None] - 0.5), colour)
        for hole_x, hole_z, wide in self.holes:
            ragged = np.hypot((x - hole_x) / wide, (z - hole_z) / (1.4 * wide)) + 0.7 * (grain - 0.5)
            at = ragged < 1
            rough = self._noise(x[at] * 2, z[at] * 2, size[at], (0.1, 0.3))[:, None]
            broken = np.array([0.34, 0.28, 0.22]) * (0.35 + 0.9 * rough)
            colour[at] = 0.2 + 0.06 * (rough - 0.5) if view.mended else broken
        clouds = self._clouds(view.sky, dx, below)
        sky = np.stack([0.55 + 0.4 * clouds, 0.68 + 0.28 * clouds, 0.88 + 0.1 * clouds], -1)
        return np.where(on_ground[..., None], colour, sky), np.where(on_ground, far * dz, 400.0)

    def _clouds(self, seed: int, dx: Array, below: Array) -> Array:
        sky = np.random.default_rng(seed + 7).random((TILE, TILE))
        u, v = dx * 30 + seed * 11, below * 60
        soft: Array = np.clip(sum(_look_up(sky, u * 2**k, v * 2**k) / 2**k for k in range(4)) - 0.55, 0, 1)
        return soft

    def _noise(self, x: Array, z: Array, size: Array, waves: tuple[float, ...]) -> Array:
        """Grain in the world's own coordinates; what is finer than a pixel fades away. Mean about 0.5."""
        total = np.zeros_like(x)
        for number, wave in enumerate(waves):
            share = np.clip(wave / (2 * size + 1e-6) - 0.5, 0, 1)
            total += share * (_look_up(self.tile, x / wave + 37 * number, z / wave + 91 * number) - 0.5)
        grain: Array = 0.5 + total / len(waves) ** 0.5
        return grain

    def _draw(
        self, thing: Thing, view: View, rays: tuple[Array, Array, Array], colour: Array, depth: Array
    ) -> None:
        dx, below, dz = rays
        along_x, along_z = thing.x2 - thing.x, thing.z2 - thing.z
        px, pz = thing.x - view.x, thing.z - view.z
        with np.errstate(divide="ignore", invalid="ignore"):
            across = dx * along_z - dz * along_x
            far = (px * along_z - pz * along_x) / across
            u = (far * dx - px) / along_x if abs(along_x) > abs(along_z) else (far * dz - pz) / along_z
        high = view.eye - far * below
        hit = (far > 0.3) & (u >= 0) & (u <= 1) & (high >= thing.low) & (high <= thing.high) & (far * dz < depth)
        if not hit.any():
            return
        along, high, far = u[hit] * float(np.hypot(along_x, along_z)), high[hit], far[hit]
        grain = self._noise(along + thing.seed, high, far / (WIDTH * view.focal), (0.08, 0.3, 1.1))
        shade, seen = _pattern(thing, along, high, grain)
        rows, columns = (each[seen] for each in np.nonzero(hit))
        colour[rows, columns] = np.array(thing.colour) * shade[seen, None]
        depth[rows, columns] = (far * dz[hit])[seen]


def _pattern(thing: Thing, along: Array, high: Array, grain: Array) -> tuple[Array, NDArray[np.bool_]]:
    """How light a thing is at a point, and where it lets one look through."""
    everywhere = np.ones(along.shape, bool)
    light = 0.55 + 0.8 * grain
    if thing.pattern == "house":
        window = (np.mod(along + thing.seed % 3, 2.6) < 1.1) & (high > 0.9) & (high < 2.1)
        roof = high > thing.high - 0.7
        return np.where(window, 0.25 + 0.3 * grain, np.where(roof, 0.5 + 0.2 * np.mod(along * 4, 1), light)), everywhere
    if thing.pattern == "tree":
        middle, half = (thing.high + 1.5) / 2, (thing.high - 1.5) / 2
        round_off = np.hypot((along - 1.5) / 1.5, (high - middle) / half) + 1.1 * (grain - 0.5)
        trunk = (np.abs(along - 1.5) < 0.12) & (high < middle)
        return np.where(trunk, 0.4, 0.3 + 1.1 * grain), trunk | (round_off < 0.9)
    return light, everywhere


def _look_up(tile: Array, x: Array, y: Array) -> Array:
    left, top = np.floor(x), np.floor(y)
    fx, fy = x - left, y - top
    a, b = left.astype(int) % TILE, top.astype(int) % TILE
    c, d = (a + 1) % TILE, (b + 1) % TILE
    near = tile[b, a] * (1 - fx) + tile[b, c] * fx
    result: Array = near * (1 - fy) + (tile[d, a] * (1 - fx) + tile[d, c] * fx) * fy
    return result


def _houses(rng: np.random.Generator, road: float) -> list[Thing]:
    found = []
    for side in (-1, 1):
        z = float(rng.uniform(2, 6))
        while z < 60:
            length, back = float(rng.uniform(5, 11)), float(rng.uniform(1.5, 5))
            x, high = side * (road + back), float(rng.uniform(2.8, 4.5))
            tint: Any = tuple(rng.uniform(0.4, 1.0, 3))
            seed = int(rng.integers(1000))
            found.append(Thing(x, z, x, z + length, 0, high, tint, "house", seed))
            found.append(Thing(x, z, x + side * 7, z, 0, high, tint, "wall", seed + 1))
            z += length + float(rng.uniform(1, 8))
    return found


def _poles(rng: np.random.Generator, road: float) -> list[Thing]:
    side = rng.choice((-1, 1)) * (road + 0.6)
    grey = (0.35, 0.35, 0.37)
    return [Thing(side, z, side + 0.18, z, 0, 7, grey, "pole", int(z)) for z in np.arange(rng.uniform(4, 9), 60, 14)]


def _trees(rng: np.random.Generator, road: float) -> list[Thing]:
    found = []
    for _ in range(rng.integers(2, 6)):
        x = float(rng.choice((-1, 1)) * (road + rng.uniform(1, 4))) - 1.5
        z, high = float(rng.uniform(5, 40)), float(rng.uniform(3.5, 6.5))
        found.append(Thing(x, z, x + 3, z, 0, high, (0.25, 0.5, 0.2), "tree", int(rng.integers(1000))))
    return found


def _passers(rng: np.random.Generator, road: float) -> list[Thing]:
    """People and motorbikes that stand there for the moment."""
    found = []
    for _ in range(rng.integers(0, 4)):
        x, z = float(rng.uniform(-road, road)), float(rng.uniform(5, 25))
        tint: Any = tuple(rng.uniform(0.1, 0.9, 3))
        found.append(Thing(x, z, x + float(rng.uniform(0.5, 1.6)), z, 0, float(rng.uniform(1.1, 1.8)), tint, "wall", 3))
    return found


def _developed(colour: Array, view: View, rng: np.random.Generator) -> Image.Image:
    """As a phone would store it: exposure, warmth, noise, JPEG."""
    warm = np.array([1 + view.warmth, 1.0, 1 - view.warmth])
    light = np.clip(colour * view.gain * warm, 0, 1) ** view.gamma
    values = np.clip(light * 255 + rng.normal(0, 3, light.shape), 0, 255).astype(np.uint8)
    out = io.BytesIO()
    Image.fromarray(values).save(out, "JPEG", quality=int(rng.integers(70, 92)))
    return Image.open(io.BytesIO(out.getvalue()))


def first_view(rng: np.random.Generator) -> View:
    """How somebody who reports stands there."""
    return View(
        x=float(rng.uniform(-1, 1)), yaw=float(rng.uniform(-0.12, 0.12)), pitch=float(rng.uniform(0.03, 0.3)),
        focal=float(rng.uniform(0.75, 1.0)), gain=float(rng.uniform(0.85, 1.15)), sky=int(rng.integers(1000)),
        traffic=int(rng.integers(1000)),
    )  # fmt: skip


def second_view(first: View, rng: np.random.Generator, *, step: float) -> View:
    """How somebody else stands there another day, up to `step` metres aside; the hole is mended as often as not."""
    turn = 0.04 + 0.06 * min(step, 2)
    return replace(
        first, x=first.x + float(rng.uniform(-step, step)), z=first.z + float(rng.uniform(-step, 1.5 * step)),
        eye=float(rng.uniform(1.45, 1.75)), yaw=first.yaw + float(rng.uniform(-turn, turn)),
        pitch=first.pitch + float(rng.uniform(-turn, turn)), focal=first.focal * float(rng.uniform(0.92, 1.1)),
        gain=float(rng.uniform(0.6, 1.3)), gamma=float(rng.uniform(0.8, 1.25)), warmth=float(rng.uniform(-0.08, 0.12)),
        sky=int(rng.integers(1000)), traffic=int(rng.integers(1000)), mended=bool(rng.random() < 0.6),
    )  # fmt: skip
