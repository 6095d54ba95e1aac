"""Are copies of photos found, and are other photos of the same place left alone?

    python -m bench.evidence                    # 150 places, 2 × 150 pairs of the same place, search among 100,000
    python -m bench.evidence --places 30 --stored 10000

Copies: of drawn places (bench/scenes.py) and of the photographs that scikit-learn and matplotlib carry as samples. Each
is looked for among all originals by the very code that looks for proof: spots first, then pixel by pixel. Not copies:
two photos of one place by another camera, up to 1.5 m aside ("day") or up to 0.3 m ("same spot"), in other light,
with other traffic, the hole mended in most. Intervals are Wilson's, 95 %.
"""

import io
import json
import sqlite3
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from functools import partial
from importlib.util import find_spec
from itertools import repeat
from math import sqrt
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from PIL import Image, ImageDraw, ImageOps

from bench.scenes import Place, first_view, second_view
from bot.imaging.keypoints import SIDE
from bot.imaging.looks import SMALL_SIDE, Look, look_at
from bot.imaging.matching import compare
from bot.imaging.opening import grey, open_picture, unframed
from bot.services.proof.evidence_ports import Page
from bot.services.proof.searching import Ranked, better, next_page
from bot.store.engine import Store
from bot.store.migrating import migrate

SAMPLES = {
    "sklearn": ("datasets/images/china.jpg", "datasets/images/flower.jpg"),
    "matplotlib": ("mpl-data/sample_data/grace_hopper.jpg",),
}
Rng = np.random.Generator
Change = Callable[[Image.Image, Rng], Image.Image]


def _crop(picture: Image.Image, rng: Rng, area: float) -> Image.Image:
    share = float(np.clip(area**0.5 * rng.uniform(0.9, 1.1), area, 1))
    width, height = round(picture.width * share), round(picture.height * min(1.0, area / share))
    left, top = int(rng.integers(0, picture.width - width + 1)), int(rng.integers(0, picture.height - height + 1))
    return picture.crop((left, top, left + width, top + height))


def _again(picture: Image.Image, quality: int) -> Image.Image:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality)
    return Image.open(io.BytesIO(out.getvalue()))


def _screenshot(picture: Image.Image, rng: Rng) -> Image.Image:
    """A phone's screen around it, dark or light, with bars and words, the picture at some height."""
    paper = (14, 14, 16) if rng.random() < 0.6 else (245, 245, 245)
    ink = (230, 230, 230) if paper[0] < 99 else (30, 30, 30)
    screen = Image.new("RGB", (1080, 2200), paper)
    inside = picture.resize((1080, round(1080 * picture.height / picture.width)))
    screen.paste(inside, (0, int(rng.integers(160, max(161, 2000 - inside.height)))))
    draw = ImageDraw.Draw(screen)
    draw.text((60, 40), "10.21        4G   87%", fill=ink, font_size=42)
    for line in range(3):
        words = "Sudah diperbaiki kemarin sore"[: int(rng.integers(9, 29))]
        draw.text((60, 2010 + 55 * line), words, fill=ink, font_size=40)
    return screen


def _lit(picture: Image.Image, rng: Rng) -> Image.Image:
    gain, lift, bend = rng.uniform(0.65, 1.45), rng.uniform(-25, 25), rng.uniform(0.75, 1.3)
    return picture.point([int(np.clip((i / 255) ** bend * 255 * gain + lift, 0, 255)) for i in range(256)] * 3)


def _resized(picture: Image.Image, rng: Rng) -> Image.Image:
    factor = rng.uniform(0.3, 0.7) if rng.random() < 0.7 else rng.uniform(1.3, 2)
    return picture.resize((round(picture.width * factor), round(picture.height * factor)))


CHANGES: dict[str, Change] = {
    "rotated": lambda p, rng: p.rotate(int(rng.choice((90, 180, 270))), expand=True),
    "mirrored": lambda p, rng: ImageOps.mirror(p) if rng.random() < 0.5 else ImageOps.flip(p),
    "cropped to 60 %": lambda p, rng: _crop(p, rng, 0.6),
    "cropped to 80 %": lambda p, rng: _crop(p, rng, 0.8),
    "recompressed": lambda p, rng: _again(p, int(rng.integers(15, 50))),
    "rescaled": _resized,
    "screenshot": _screenshot,
    "brightness": _lit,
    "mirrored, cropped, recompressed": lambda p, rng: _again(_crop(ImageOps.mirror(p), rng, 0.7), 40),
    "screenshot, cropped, darker": lambda p, rng: _screenshot(_lit(_crop(p, rng, 0.75), rng), rng),
}


def _look(picture: Image.Image) -> Look:
    picture = unframed(picture.convert("RGB"))
    return look_at(grey(picture, SIDE), grey(picture, SMALL_SIDE))


def _work(seed: int) -> tuple[Look, dict[str, Look], dict[str, Look]]:
    """A place: its photo, copies of that by kind, and other photos of it."""
    rng = np.random.default_rng(seed)
    place, view = Place(seed), first_view(rng)
    first = place.photo(view, seed=seed).convert("RGB")
    others = {
        name: _look(place.photo(second_view(view, rng, step=step), seed=seed + 1))
        for name, step in (("same place, another day", 1.5), ("same spot, another day", 0.3))
    }
    return _look(first), {kind: _look(change(first, rng)) for kind, change in CHANGES.items()}, others


def _work_sample(path: str, seed: int) -> tuple[Look, dict[str, Look], dict[str, Look]]:
    """A photograph and its copies."""
    rng, first = np.random.default_rng(seed), Image.open(path).convert("RGB")
    return _look(first), {f"{kind} (photographs)": _look(change(first, rng)) for kind, change in CHANGES.items()}, {}


def wilson(hits: int, of: int) -> tuple[float, float]:
    """The 95 % interval of a share."""
    z, share = 1.96, hits / of
    middle, half = share + z * z / (2 * of), z * sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    low, high = (middle - half) / (1 + z * z / of), (middle + half) / (1 + z * z / of)
    return max(0.0, low), min(1.0, high)


def _packed(looks: list[Look]) -> Page:
    """Looks as the store hands them out, for the search."""
    hashes = [look.pack()[0] for look in looks]
    numbers = range(len(looks))
    return Page(numbers, numbers, [len(each) // 8 for each in hashes], b"".join(hashes))


def _found(stored: Page, looks: list[Look], asked: Look) -> int | None:
    """The stored photo that this one is a copy of, as the product would say."""
    near = sorted(number for _, number in better([], stored, asked))
    return next((number for number in near if compare(asked, looks[number]).same), None)


def measure(places: int, samples: int) -> dict[str, object]:
    """Copies that are found by kind, and other photos that are not left alone."""
    with ProcessPoolExecutor() as pool:
        worked = list(pool.map(_work, range(places), chunksize=4))
        paths = [str(_folder(package) / name) for package, names in SAMPLES.items() for name in names]
        for path in paths:
            worked += list(pool.map(_work_sample, repeat(path, samples), range(samples), chunksize=4))
    looks = [first for first, _, _ in worked[:places]] + [worked[places + k * samples][0] for k in range(len(paths))]
    stored, tally = _packed(looks), defaultdict[str, list[bool]](list)
    for number, (_, copies, others) in enumerate(worked):
        mine = number if number < places else places + (number - places) // samples
        for kind, look in copies.items():
            tally[kind].append(_found(stored, looks, look) == mine)
        for kind, look in others.items():
            tally[kind].append(_found(stored, looks, look) is not None)
    return {kind: _share(hits) for kind, hits in tally.items()}


def _folder(package: str) -> Path:
    spec = find_spec(package)
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent


def _share(hits: list[bool]) -> str:
    low, high = wilson(sum(hits), len(hits))
    return f"{sum(hits)}/{len(hits)} = {sum(hits) / len(hits):.3f} [{low:.3f}, {high:.3f}]"


def cost(rounds: int = 8) -> dict[str, int]:
    """Milliseconds: opening a photo of 12 megapixels and working out its look; comparing two; on one core."""
    big = Place(1).photo(first_view(np.random.default_rng(1)), seed=1).convert("RGB").resize((4000, 3000))
    out = io.BytesIO()
    big.save(out, "JPEG", quality=85)
    begun = time.process_time()
    looks = [_look(open_picture(out.getvalue())) for _ in range(rounds)]
    looked = time.process_time()
    for look in looks:
        compare(look, looks[0])
    compared = time.process_time()
    kept = sum(len(part) for part in looks[0].pack())
    per_photo = {"look_ms": looked - begun, "compare_ms": compared - looked}
    return {name: round(seconds / rounds * 1000) for name, seconds in per_photo.items()} | {"bytes_kept": kept}


def search(count: int, asked: Look) -> dict[str, float]:
    """Seconds for one photo's search among so many stored ones, in SQLite on disk."""
    rng = np.random.default_rng(0)
    with tempfile.TemporaryDirectory() as folder:
        store = Store(f"sqlite:///{folder}/bench.db")
        migrate(store)
        _fill(Path(folder) / "bench.db", rng, count)
        times = []
        for _ in range(3):
            begun = time.perf_counter()
            _searched(store, asked, count)
            times.append(time.perf_counter() - begun)
        store.close()
    return {"stored": count, "search_seconds": round(min(times), 2)}


def _searched(store: Store, asked: Look, count: int) -> Ranked:
    """Page after page, as the product reads them."""
    ranked: Ranked = []
    after = 0
    while page := store.read_now(partial(next_page, after=after, before=count + 1)):
        ranked, after = better(ranked, page, asked), page.ids[-1]
    return ranked


def _fill(path: Path, rng: Rng, count: int) -> None:
    """Rows as they stand after years, with hashes by chance."""
    with closing(sqlite3.connect(path)) as connection:  # which minds no foreign keys
        rows = ((n, n, f"{n:064d}", rng.bytes(256), rng.bytes(1700), rng.bytes(5500)) for n in range(1, count + 1))
        columns = "media_id, case_id, sha256, hashes, spots, small"
        connection.executemany(f"INSERT INTO photo ({columns}) VALUES (?, ?, ?, ?, ?, ?)", rows)
        connection.commit()


def main(
    places: Annotated[int, typer.Option(help="drawn places; each gives two pairs of different photos")] = 150,
    samples: Annotated[int, typer.Option(help="copies of each kind of every photograph")] = 20,
    stored: Annotated[int, typer.Option(help="photos to search among")] = 100_000,
) -> None:
    """Measure, and print JSON."""
    asked = _work(1)[0]
    found = {"cost": cost(), "search": search(stored, asked), "shares": measure(places, samples)}
    typer.echo(json.dumps(found, indent=2, ensure_ascii=False))


if __name__ == "__main__":
    typer.run(main)
