"""Photographs for tests: drawn by chance, rich enough to be known again; and what people do to them."""

import io

import numpy as np
from PIL import Image, ImageDraw, ImageOps


def scene(seed: int, *, size: tuple[int, int] = (800, 600)) -> Image.Image:
    """A picture of its own for each seed: soft grounds, and shapes before them."""
    rng = np.random.default_rng(seed)
    width, height = size
    ground = np.zeros((height, width))
    for cells in (3, 7, 15, 40, 120):
        noise = Image.fromarray((rng.random((cells, cells)) * 255).astype(np.uint8))
        ground += np.asarray(noise.resize(size, Image.Resampling.BICUBIC), float) / cells**0.7
    ground = (ground - ground.min()) / (ground.max() - ground.min())
    tint = rng.uniform(0.6, 1.0, 3)
    picture = Image.fromarray((ground[..., None] * tint * 255).astype(np.uint8))
    draw = ImageDraw.Draw(picture)
    for _ in range(25):
        x, y = rng.integers(0, width), rng.integers(0, height)
        w, h = rng.integers(15, 160, 2)
        colour = tuple(int(each) for each in rng.integers(0, 255, 3))
        (draw.ellipse if rng.random() < 0.5 else draw.rectangle)((x, y, x + w, y + h), fill=colour)
    return picture


def jpeg(picture: Image.Image, *, quality: int = 88, exif: Image.Exif | None = None) -> bytes:
    """The bytes of a photo."""
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality, **({"exif": exif} if exif else {}))
    return out.getvalue()


def png(picture: Image.Image) -> bytes:
    """The bytes of a picture as PNG."""
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def cropped(picture: Image.Image, area: float, *, right: float = 0.5, down: float = 0.5) -> Image.Image:
    """So much of its area, cut out at this share of the room that is left."""
    share = area**0.5
    width, height = round(picture.width * share), round(picture.height * share)
    left, top = round((picture.width - width) * right), round((picture.height - height) * down)
    return picture.crop((left, top, left + width, top + height))


def screenshot(picture: Image.Image) -> Image.Image:
    """A phone's screen that shows it, with bars and words above and below."""
    screen = Image.new("RGB", (1080, 2200), (12, 12, 14))
    inside = picture.resize((1080, round(1080 * picture.height / picture.width)))
    screen.paste(inside, (0, (2200 - inside.height) // 2))
    draw = ImageDraw.Draw(screen)
    draw.text((60, 40), "10.21   4G   87%", fill="white", font_size=42)
    draw.text((60, 2080), "Kirim    Suka    Simpan", fill="white", font_size=48)
    return screen


def mirrored_part(picture: Image.Image) -> Image.Image:
    """What somebody does who wants a photo not to be known again."""
    return ImageOps.mirror(cropped(picture, 0.62, right=0.3, down=0.8))
