"""The tables [retention], [pace] and [bar] of the region file."""

from typing import Any

import pytest

from bot.domain.errors import RegionError
from bot.domain.retention import RightsRules
from bot.region_file import load_region
from bot.rights_tables import read_rights
from tests.flows.wadul import REGION


def test_the_sample_says_what_holds_without_it() -> None:
    rules, default = load_region(REGION).rights, RightsRules()
    assert (rules.pace, rules.bar_days) == (default.pace, default.bar_days)
    assert read_rights({}) == default
    assert {k: v for k, v in vars(rules.retention).items() if k != "source"} == {
        k: v for k, v in vars(default.retention).items() if k != "source"
    }


def test_what_is_written_counts() -> None:
    tables = {"retention": {"media_days": 90, "keep_topics": []}, "pace": {"reports": 3}, "bar": {"days": 7}}
    rules = read_rights(tables)
    assert (rules.retention.media_days, rules.retention.keep_topics) == (90, ())
    assert (rules.pace.reports, rules.pace.minutes, rules.bar_days) == (3, 10, 7)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"retention": {"media_days": 0}}, "retention.media_days is 0"),
        ({"retention": {"words_days": "lama"}}, "retention.words_days is 'lama'"),
        ({"retention": {"foto": 3}}, "'foto' means nothing"),
        ({"retention": {"keep_topics": "integritas"}}, "write a list of topics"),
        ({"pace": {"reports": True}}, "pace.reports is True"),
        ({"bar": {"days": 4000}}, "from 1 to 365"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_the_fix(data: dict[str, Any], words: str) -> None:
    with pytest.raises(RegionError, match=words.replace("[", r"\[")):
        read_rights(data)
