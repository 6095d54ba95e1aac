"""The table [similar] of wadul.toml."""

from typing import Any

import pytest

from bot.domain.errors import RegionError
from bot.domain.similar import SimilarRules
from bot.similar_table import read_similar


def test_a_region_without_the_table_likens_and_joins() -> None:
    assert read_similar({}) == SimilarRules()


def test_the_table_says_whether_and_for_how_long() -> None:
    rules = read_similar({"similar": {"join": False, "hours": {"bencana": 36}}})
    assert (rules.on, rules.joins) == (True, False)
    matter = rules.matter("bencana")
    assert matter is not None
    assert matter.hours == 36.0


@pytest.mark.parametrize(
    ("table", "word"),
    [
        ({"join": "yes"}, "similar.join"), ({"hours": 3}, "similar.hours"), ({"hours": {"bencana": 0}}, "bencana"),
        ({"hours": {"kependudukan": 24}}, "never compared"), ({"hous": {}}, "means nothing"),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_refused_with_its_place(table: dict[str, Any], word: str) -> None:
    with pytest.raises(RegionError, match=word):
        read_similar({"similar": table})
