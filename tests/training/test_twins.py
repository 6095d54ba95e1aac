"""Near twins stay together, and are read once where they are the same."""

import pytest

pytest.importorskip("scipy", reason="near twins need scipy: pip install -r requirements.txt")

from training.data import Example, split
from training.twins import grouped, near, once

ROAD = "jalan di depan pasar comal berlubang besar sekali, tolong diperbaiki pak"
TWIN = "jalan di depan pasar comal berlubang besar sekali, tolong diperbaiki bu"
OTHER = "kapan bantuan sosial untuk lansia di dusun kami cair"


def rows(*texts: str) -> list[Example]:
    return [Example(text, {"topic": "jalan"}, group=f"g{at}", source="s", id=f"r{at}") for at, text in enumerate(texts)]


def sides_apart(left: list[Example], right: list[Example]) -> list[tuple[str, str]]:
    """Ids of near twins that stand on both sides."""
    both = [*left, *right]
    pairs = near([row.text for row in both])
    return [(both[one].id, both[two].id) for one, two, _ in pairs if one < len(left) <= two]


def test_near_twins_are_found_once_each() -> None:
    assert [(left, right) for left, right, _ in near([ROAD, OTHER, TWIN])] == [(0, 2)]


def test_twins_of_different_groups_share_one() -> None:
    first, other, twin = grouped(rows(ROAD, OTHER, TWIN))
    assert first.group == twin.group != other.group


def test_no_twin_stands_across_a_split() -> None:
    alone = ["air sumur keruh", "lampu taman mati", "guru tidak datang", "pupuk langka lagi", "sinyal hilang terus"]
    parts = split(grouped(rows(*alone, ROAD, TWIN)), share=0.4, seed=1)
    assert parts.held
    assert sides_apart(parts.train, parts.held) == []


def test_the_same_words_are_read_once() -> None:
    assert [row.id for row in once(rows(ROAD, OTHER, ROAD.upper()))] == ["r0", "r1"]
