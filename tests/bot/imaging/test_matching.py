"""Photos are known again, whatever was done to them; others are left alone."""

from collections.abc import Callable

import numpy as np
import pytest
from PIL import Image, ImageOps

from bot.imaging.keypoints import SIDE, Spots
from bot.imaging.looks import SMALL_SIDE, Look, look_at, unpack
from bot.imaging.matching import compare, votes
from bot.imaging.opening import grey, unframed
from tests.photos import cropped, mirrored_part, scene, screenshot


def look(picture: Image.Image) -> Look:
    shown = unframed(picture)
    return look_at(grey(shown, SIDE), grey(shown, SMALL_SIDE))


@pytest.fixture(scope="module")
def mended() -> Look:
    return look(scene(1))


@pytest.mark.parametrize(
    "change",
    [
        lambda p: p, lambda p: p.rotate(90, expand=True), lambda p: p.rotate(180), lambda p: p.rotate(270, expand=True),
        ImageOps.mirror, ImageOps.flip, lambda p: cropped(p, 0.6), lambda p: cropped(p, 0.6, right=1, down=0),
        lambda p: p.resize((300, 225)), lambda p: p.point([min(255, round(i * 1.3 + 10)) for i in range(256)] * 3),
        screenshot, mirrored_part, lambda p: screenshot(mirrored_part(p)),
    ],
)  # fmt: skip
def test_a_copy_is_known_whatever_was_done_to_it(mended: Look, change: Callable[[Image.Image], Image.Image]) -> None:
    assert compare(look(change(scene(1))), mended).same
    assert compare(mended, look(change(scene(1)))).same


@pytest.mark.parametrize("seed", range(2, 8))
def test_another_picture_is_left_alone(mended: Look, seed: int) -> None:
    assert not compare(look(scene(seed)), mended).same


def test_the_same_things_moved_apart_are_another_picture(mended: Look) -> None:
    before = scene(1)
    after = Image.blend(before, scene(9), 0.75)
    assert not compare(look(after), mended).same


@pytest.mark.parametrize("colour", ["black", "white", "grey"])
def test_an_empty_picture_is_like_none(mended: Look, colour: str) -> None:
    empty = look(Image.new("RGB", (640, 480), colour))
    assert not compare(empty, mended).same
    assert not compare(mended, empty).same
    assert not compare(empty, empty).same


def test_a_photo_that_was_kept_is_found_among_others() -> None:
    looks = [look(scene(seed)) for seed in range(20, 26)]
    hashes = [each.spots.sure().hash for each in looks]
    owners = np.concatenate([np.full(len(each), number) for number, each in enumerate(hashes)])
    asked = look(mirrored_part(scene(23)))
    found = votes(asked.spots, np.concatenate(hashes), owners, len(looks))
    assert found.argmax() == 3
    assert sorted(found)[-2] <= 1


def test_what_is_kept_stays_small_and_says_the_same(mended: Look) -> None:
    hashes, spots, small = mended.pack()
    again = unpack(spots, small)
    assert len(hashes) + len(spots) + len(small) < 12_000
    assert (again.spots.hash == mended.spots.hash).all()
    assert np.abs(again.small - mended.small).max() < 0.02
    assert compare(again, mended).same


def test_a_plain_picture_is_no_screenshot() -> None:
    assert unframed(scene(4)).size == scene(4).size
    shown = unframed(screenshot(scene(4)))
    assert 0.9 < (shown.width / shown.height) / (800 / 600) < 1.1


def test_a_dark_picture_on_a_dark_screen_is_known() -> None:
    dark = scene(5)
    dark.paste(dark.crop((0, 330, 800, 600)).point([i // 5 for i in range(256)] * 3), (0, 330))
    assert compare(look(screenshot(dark)), look(dark)).same


def test_no_spots_are_no_spots() -> None:
    assert len(Spots.unpack(b"").hash) == 0
