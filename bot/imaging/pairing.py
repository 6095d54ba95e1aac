"""Two photos side by side, for people to compare."""

import io

from PIL import Image

from bot.imaging.opening import open_picture

HEIGHT, WIDTH, GAP = 960, 1280, 16


def side_by_side(*every: bytes) -> bytes:
    """A JPEG with the pictures next to each other, each as high as the other."""
    shown = []
    for data in every:
        picture = open_picture(data)
        factor = min(HEIGHT / picture.height, WIDTH / picture.width)
        size = (max(1, round(picture.width * factor)), max(1, round(picture.height * factor)))
        shown.append(picture.resize(size, Image.Resampling.LANCZOS))
    width = sum(each.width for each in shown) + GAP * (len(shown) - 1)
    sheet = Image.new("RGB", (width, max(each.height for each in shown)), "white")
    left = 0
    for each in shown:
        sheet.paste(each, (left, (sheet.height - each.height) // 2))
        left += each.width + GAP
    out = io.BytesIO()
    sheet.save(out, "JPEG", quality=85)
    return out.getvalue()
