"""When several short messages tell one complaint."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.case import PERSON, Case, Tags
from bot.domain.joining import FRAGMENT_WORDS, has_own_topic, is_fragment, joins
from bot.domain.labels import TOPICS, URGENCIES
from bot.domain.life import FRESH, Status

ROAD = Tags("pengaduan", "jalan", "sedang", "id", p_topic=0.9)
RUBBISH = replace(ROAD, topic="sampah")
NOTHING = replace(ROAD, topic="lainnya", unsure=True, p_topic=0.3)
LONG = "Sampah di belakang terminal menumpuk dan berbau busuk sekali."
ANY_TAGS = st.builds(
    lambda topic, urgency, p, unsure: replace(ROAD, topic=topic, urgency=urgency, p_topic=p, unsure=unsure),
    st.sampled_from(TOPICS), st.sampled_from(URGENCIES), st.floats(0, 1), st.booleans(),
)  # fmt: skip


def case(tags: Tags = ROAD, **changes: Any) -> Case:
    new = Case(1, "PML-7K3Q9", 1, "telegram", "5", Status.DITERUSKAN, tags, "dputr", "id", 0.0, 0.0)
    return replace(new, **changes)


def joined(told: Case, tags: Tags, text: str = LONG, *, now: float = 10.0) -> bool:
    return joins(told, tags, text=text, now=now, last_said_at=0.0, window=90.0)


@settings(deadline=None)
@given(ANY_TAGS, ANY_TAGS, st.floats(90.001, 1e6))
def test_nothing_joins_after_the_window(told: Tags, tags: Tags, now: float) -> None:
    assert not joined(case(told), tags, now=now)


@settings(deadline=None)
@given(ANY_TAGS, ANY_TAGS, st.sampled_from([status for status in Status if status not in FRESH]))
def test_nothing_joins_a_case_that_was_taken_or_closed(told: Tags, tags: Tags, status: Status) -> None:
    assert not joined(case(told, status=status), tags)


@settings(deadline=None)
@given(ANY_TAGS)
def test_the_same_topic_joins_whatever_the_model_thinks_of_its_certainty(tags: Tags) -> None:
    assert joined(case(tags), replace(tags, urgency="sedang"))


def test_another_topic_is_a_matter_of_its_own_and_words_without_one_are_not() -> None:
    assert not joined(case(ROAD), RUBBISH)
    assert joined(case(ROAD), NOTHING)
    assert joined(case(ROAD), replace(RUBBISH, unsure=True))
    assert joined(case(ROAD), replace(RUBBISH, kind="bukan_laporan"))


def test_a_case_that_only_began_to_be_told_takes_the_matter_when_it_comes() -> None:
    assert joined(case(NOTHING), RUBBISH)
    assert joined(case(ROAD, awaiting="words"), RUBBISH)
    assert not joined(case(replace(NOTHING, set_by=PERSON)), RUBBISH)


def test_an_emergency_joins_only_what_it_may_be_the_rest_of() -> None:
    danger = replace(RUBBISH, urgency="darurat")
    assert not joined(case(ROAD), danger)
    assert not joined(case(ROAD, awaiting="words"), danger)
    assert joined(case(RUBBISH), danger)
    assert joined(case(ROAD), replace(danger, topic="lainnya"))
    assert joined(case(replace(NOTHING, p_topic=0.0)), danger)
    assert not joined(case(replace(ROAD, urgency="darurat")), danger)


@pytest.mark.parametrize(
    ("tags", "text", "own"),
    [
        (RUBBISH, LONG, True),
        (replace(RUBBISH, p_topic=0.44), LONG, False),
        (RUBBISH, "sampah menumpuk", True),
        (replace(RUBBISH, p_topic=0.6), "sampah menumpuk", False),
        (replace(RUBBISH, p_topic=0.6), LONG, True),
        (replace(RUBBISH, unsure=True), LONG, False),
        (replace(RUBBISH, topic="lainnya"), LONG, False),
        (replace(RUBBISH, kind="bukan_laporan"), LONG, False),
        (replace(RUBBISH, location="Desa Karangsari RT 2"), "di Desa Karangsari RT 2", False),
        (replace(RUBBISH, location="Desa Karangsari"), LONG + " Di Desa Karangsari", True),
    ],
)
def test_a_message_has_a_topic_of_its_own_where_it_names_a_matter(tags: Tags, text: str, own: bool) -> None:
    assert has_own_topic(tags, text) is own


@settings(deadline=None)
@given(st.integers(1, 20), st.booleans())
def test_few_words_are_a_fragment_and_danger_words_never_are(words: int, alarming: bool) -> None:
    text = " ".join(["tulung"] * words)
    assert is_fragment(replace(ROAD, alarming=alarming), text) == (words <= FRAGMENT_WORDS and not alarming)
