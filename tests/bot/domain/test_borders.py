"""Topics that border each other, and the units among whose cases the same may have been told."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain.beside import bordering_units, own_units
from bot.domain.borders import BORDERS, ONE_EVENT, PRIVATE, border, may_tell_the_same, one_event, readings, torn
from bot.domain.case import Tags
from bot.domain.labels import TOPICS
from bot.domain.region import DESK
from bot.region_file import load_region

REGION = load_region(Path(__file__).parents[3] / "wadul.toml")
FLOOD = Tags("pengaduan", "bencana", "tinggi", "id", p_topic=0.9)
DOUBTED = replace(FLOOD, unsure=True, guesses=(("bencana", 0.4), ("pengairan", 0.35), ("sampah", 0.1)))


def test_every_border_is_between_two_topics_of_the_guide_none_of_them_private() -> None:
    assert ONE_EVENT <= BORDERS
    for pair in BORDERS:
        assert len(pair) == 2
        assert pair <= set(TOPICS) - PRIVATE


@pytest.mark.parametrize(("one", "other", "meet"), [
    ("bencana", "pengairan", True), ("jalan", "bencana", True), ("jalan", "jalan", True),
    ("listrik", "penerangan_jalan", False), ("bencana", "pendidikan", False),
])  # fmt: skip
def test_one_event_may_be_read_as_either_of_few_topics(one: str, other: str, meet: bool) -> None:
    assert one_event([one], [other]) is one_event([other], [one]) is meet


@pytest.mark.parametrize("private", sorted(PRIVATE))
def test_what_is_secret_by_rule_never_joins_across_topics_nor_is_named_there(private: str) -> None:
    assert not one_event(["bencana", private], ["pengairan"])
    assert not one_event(["bencana"], ["pengairan", private])
    assert not may_tell_the_same(["bencana", private], ["pengairan"])
    assert not border("bencana", private)


def test_a_common_further_topic_is_enough_to_be_compared() -> None:
    assert may_tell_the_same(["pendidikan", "bencana"], ["bencana"])
    assert not may_tell_the_same(["pendidikan"], ["bencana"])


def test_a_doubted_report_is_read_as_its_guesses_too() -> None:
    assert readings(DOUBTED) == ("bencana", "pengairan")
    assert readings(replace(DOUBTED, unsure=False)) == ("bencana",)
    assert torn(DOUBTED)
    assert not torn(replace(DOUBTED, guesses=(("bencana", 0.4), ("sosial", 0.3))))


def test_a_flood_is_looked_for_at_the_departments_of_bordering_topics_and_at_the_desk() -> None:
    assert own_units(REGION, FLOOD, "bpbd") == ["bpbd"]
    assert own_units(REGION, DOUBTED, DESK) == [DESK, "bpbd", "dputr"]
    beside = bordering_units(REGION, FLOOD, "bpbd")
    assert {"dputr", "pdam", DESK} <= set(beside)
    assert not {"bpbd", "inspektorat", "dinsos", "disdukcapil"} & set(beside)
