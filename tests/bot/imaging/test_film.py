"""Videos and sounds lose what they tell of their making, and nothing of the recording."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.imaging.film import is_film, quiet

PLACE = b"\xa9xyz-06.8917+109.3806/"
FRAMES = bytes(reversed(range(256))) * 4


def box(kind: bytes, content: bytes, *, long: bool = False) -> bytes:
    if long:
        return struct.pack(">I4sQ", 1, kind, len(content) + 16) + content
    return struct.pack(">I4s", len(content) + 8, kind) + content


def header(kind: bytes, *, version: int = 0) -> bytes:
    made = struct.pack(">QQ" if version else ">II", 3_900_000_000, 3_900_000_001)
    return box(kind, bytes((version, 0, 0, 0)) + made + b"rest")


def film(*, long: bool = False) -> bytes:
    track = box(b"trak", header(b"tkhd") + box(b"mdia", header(b"mdhd", version=1)) + box(b"meta", b"iPhone of Sri"))
    movie = box(b"moov", header(b"mvhd") + track + box(b"udta", PLACE, long=long))
    return box(b"ftyp", b"isom") + box(b"uuid", b"<x:xmpmeta>Sri</x:xmpmeta>") + movie + box(b"mdat", FRAMES)


@pytest.mark.parametrize("long", [False, True])
def test_place_device_and_time_are_gone_and_the_recording_stands_where_it_stood(long: bool) -> None:
    before = film(long=long)
    after = quiet(before)
    assert is_film(after)
    assert len(after) == len(before)
    assert after.index(FRAMES) == before.index(FRAMES)
    for told in (b"xyz", b"109.3806", b"Sri", b"xmpmeta", struct.pack(">I", 3_900_000_000)):
        assert told in before
        assert told not in after
    assert after.count(b"rest") == 3
    assert quiet(after) == after


@pytest.mark.parametrize("lost", [20, 1_040, 1_060, 1_100])
def test_a_film_that_breaks_off_is_kept_and_tells_nothing_either(lost: int) -> None:
    before = film()[:-lost]
    after = quiet(before)
    assert len(after) == len(before)
    for told in (b"xyz", b"109.3806", b"Sri", b"xmpmeta", struct.pack(">I", 3_900_000_000)):
        assert told not in after


def test_what_is_made_of_no_boxes_is_refused() -> None:
    with pytest.raises(ValueError, match="shorter"):
        quiet(box(b"ftyp", b"isom") + struct.pack(">I4s", 3, b"udta") + PLACE)


def test_a_song_loses_its_tags_at_both_ends() -> None:
    sound = b"\xff\xfb\x90\x00" * 40
    tagged = b"ID3\x04\x00\x00" + bytes((0, 0, 0, 5)) + b"Sri\0\0" + sound + b"TAG" + b"Sri".ljust(125, b"\0")
    assert quiet(tagged) == sound


@given(st.binary(max_size=400))
def test_whatever_else_is_sent_comes_back_or_is_refused(data: bytes) -> None:
    for each in (data, b"\0\0\0\x10ftypisom" + data, b"ID3" + data):
        try:
            found = quiet(each)
        except ValueError:
            continue
        assert len(found) <= len(each)
