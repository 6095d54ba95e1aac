"""Topics of a region: the label guide's and its own, and how a retired one is read."""

import pytest

from bot.domain.case import Tags
from bot.domain.correcting import in_region
from bot.domain.errors import RegionError
from bot.domain.labels import TOPICS
from bot.domain.topics import Topic, Topics, for_refit

MEALS = Topic("mbg", "Makan bergizi gratis", ("Nasi MBG basi.", "MBG ora teka.", "Kapan SMP kami dapat MBG?"))
TREES = Topic("pohon", "Pohon", ("Pohon tumbang di jalan.", "Wit ambruk.", "Dahan patah kena kabel."))
KNOWN = Topics((MEALS, TREES, Topic("keagamaan", becomes="pelayanan"), Topic("pariwisata", retired=True)))
SPLIT = Topics((MEALS, TREES, Topic("lingkungan", split=("pohon", "sampah"))))


def tags(topic: str, *guesses: tuple[str, float], further: tuple[str, ...] = ()) -> Tags:
    return Tags("pengaduan", topic, "sedang", "id", further=further, guesses=guesses, p_topic=0.8, model="m1")


def test_without_own_topics_there_are_those_of_the_label_guide() -> None:
    assert Topics().ids == TOPICS


def test_own_topics_stand_before_lainnya_and_retired_ones_are_gone() -> None:
    assert KNOWN.ids[-3:] == ("mbg", "pohon", "lainnya")
    assert not {"keagamaan", "pariwisata"} & set(KNOWN.ids)
    assert [topic.id for topic in KNOWN.own] == ["mbg", "pohon"]


@pytest.mark.parametrize(
    ("topic", "read"),
    [("jalan", "jalan"), ("mbg", "mbg"), ("keagamaan", "pelayanan"), ("pariwisata", "lainnya"), ("zzz", "lainnya")],
)
def test_a_topic_is_read_as_what_it_is_today(topic: str, read: str) -> None:
    assert KNOWN.read(topic) == read


def test_tags_that_the_region_knows_stay_as_they_are() -> None:
    known = tags("mbg", ("mbg", 0.8), ("jalan", 0.1), further=("kesehatan",))
    assert in_region(known, KNOWN) is known


def test_a_topic_that_nobody_knows_here_is_lainnya_and_waits_for_a_person() -> None:
    read = in_region(tags("banjir_rob", ("banjir_rob", 0.8), ("pengairan", 0.1)), KNOWN)
    assert (read.topic, read.unsure, read.p_topic) == ("lainnya", True, 0.0)
    assert read.guesses == (("pengairan", 0.1),)


def test_what_became_another_topic_goes_its_way_and_stays_sure() -> None:
    read = in_region(tags("keagamaan", ("keagamaan", 0.6), ("pelayanan", 0.2), further=("pelayanan",)), KNOWN)
    assert (read.topic, read.unsure, read.further) == ("pelayanan", False, ())
    assert read.guesses == (("pelayanan", 0.8),)


def test_what_was_split_offers_its_parts() -> None:
    read = in_region(tags("lingkungan", ("lingkungan", 0.8), ("jalan", 0.1)), SPLIT)
    assert (read.topic, read.unsure) == ("lainnya", True)
    assert read.guesses == (("pohon", 0.4), ("sampah", 0.4), ("jalan", 0.1))


def test_misconduct_told_beside_a_retired_topic_stays_oversight() -> None:
    assert in_region(tags("pariwisata", further=("integritas",)), KNOWN).oversight


def test_the_refit_is_told_what_was_added_retired_and_split() -> None:
    assert for_refit(SPLIT) == {
        "added": [{"id": t.id, "examples": list(t.examples)} for t in (MEALS, TREES)],
        "retired": {},
        "split": {"lingkungan": ["pohon", "sampah"]},
    }
    assert for_refit(KNOWN, known=("mbg",)) == {
        "added": [{"id": "pohon", "examples": list(TREES.examples)}],
        "retired": {"keagamaan": "pelayanan", "pariwisata": None},
        "split": {},
    }


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ((Topic("MBG", "x", MEALS.examples),), "topic id 'MBG': use 2 to 24 small letters and underscores"),
        ((Topic("a" * 25, "x", MEALS.examples),), "use 2 to 24 small letters"),
        ((MEALS, MEALS), "'mbg' has two"),
        ((Topic("mbg", "", MEALS.examples),), "'mbg' has no name: write name"),
        ((Topic("mbg", "x" * 41, MEALS.examples),), "one line of at most 40"),
        ((Topic("mbg", "Makan", ("a", "a", "b")),), "has 2 examples: write at least 3"),
        ((Topic("lainnya", retired=True),), "'lainnya' cannot be retired"),
        ((Topic("integritas", becomes="pelayanan"),), "'integritas' cannot be retired"),
        ((Topic("jalan", becomes="trotoar"),), "becomes 'trotoar', which does not exist: add a"),
        ((Topic("jalan", becomes="jalan"),), "becomes 'jalan', which is retired"),
        ((Topic("jalan", becomes="lainnya"),), r"becomes lainnya: write retired = true"),
        ((Topic("jalan", split=("pohon", "trotoar")), TREES), "is split into 'trotoar', which does not exist"),
        ((Topic("jalan", split=("pohon", "pohon")), TREES), "is split into one: name at least two"),
        ((Topic("jalan", becomes="pohon", split=("pohon", "mbg")), TREES, MEALS), "has becomes and split"),
    ],
)
def test_a_map_that_cannot_work_is_refused_with_the_fix(said: tuple[Topic, ...], why: str) -> None:
    with pytest.raises(RegionError, match=why):
        Topics(said)
