"""Topic and place decide the department; doubt goes to the desk; oversight stays among its own."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.case import Tags
from bot.domain.labels import OTHER, OVERSIGHT, TOPICS, URGENCIES
from bot.domain.region import DESK, Override
from bot.domain.routing import Route, route
from bot.region_file import load_region

REGION = load_region(Path(__file__).parents[3] / "wadul.toml")
TELLING = replace(REGION, inform_secondary=True)
NAMED = [topic for topic in TOPICS if topic != OTHER]
PLACED = replace(TELLING, overrides=(Override(tuple(NAMED), ("Pulosari",), "dinpermasdes"),))
ANY_TAGS = st.builds(
    lambda topic, further, urgency, unsure, location, guesses: tags(
        topic, further=tuple(further), urgency=urgency, unsure=unsure, location=location,
        guesses=tuple((guess, 0.1) for guess in guesses),
    ),
    st.sampled_from(TOPICS), st.lists(st.sampled_from(NAMED), max_size=2), st.sampled_from(URGENCIES), st.booleans(),
    st.sampled_from([None, "Desa Pulosari", "Comal"]), st.lists(st.sampled_from(TOPICS), max_size=3),
)  # fmt: skip


def tags(topic: str, **more: Any) -> Tags:
    return Tags(**{"kind": "pengaduan", "topic": topic, "urgency": "sedang", "language": "id", **more})


@pytest.mark.parametrize("topic", NAMED)
def test_a_sure_report_goes_to_the_owner_of_its_topic_and_an_unsure_one_to_the_desk(topic: str) -> None:
    owner = REGION.owner(topic)
    assert owner
    assert route(REGION, tags(topic)) == Route(owner.id)
    assert route(REGION, tags(topic, unsure=True)) == Route(DESK)
    assert route(REGION, tags(topic, unsure=True, urgency="darurat")) == Route(owner.id)


def test_what_has_no_owner_goes_to_the_desk_and_an_emergency_only_where_nothing_can_be_guessed() -> None:
    assert route(REGION, tags(OTHER)) == Route(DESK)
    assert route(REGION, tags(OTHER, urgency="darurat")) == Route(DESK)
    assert route(REGION, tags(OTHER, guesses=(("sampah", 0.4),))) == Route(DESK)
    assert route(REGION, tags(OTHER, urgency="darurat", guesses=((OTHER, 0.9),))) == Route(DESK)


def test_a_place_sends_a_topic_elsewhere_and_only_as_a_whole_word() -> None:
    assert route(PLACED, tags("jalan", location="desa PULOSARI rt 2")).unit == "dinpermasdes"
    assert route(PLACED, tags("jalan", location="Pulosarirejo")).unit == "dputr"
    assert route(PLACED, tags("jalan")).unit == "dputr"


def test_further_departments_are_told_once_and_never_the_one_that_acts() -> None:
    both = tags("jalan", further=("pengairan", "sampah"))
    assert route(TELLING, both) == Route("dputr", ("dlh",))
    assert route(TELLING, replace(both, further=("sampah", "lingkungan"))) == Route("dputr", ("dlh",))
    assert route(REGION, both) == Route("dputr")


def test_one_department_may_ask_for_it_alone() -> None:
    asking = replace(
        REGION,
        departments=tuple(replace(d, inform_secondary=d.id == "dputr") for d in REGION.departments),
    )
    assert route(asking, tags("jalan", further=("sampah",))).informed == ("dlh",)
    assert route(asking, tags("sampah", further=("jalan",))).informed == ()


@settings(deadline=None)
@given(ANY_TAGS)
def test_oversight_follows_no_place_and_nobody_is_told_of_it(found: Tags) -> None:
    owner = REGION.owner(OVERSIGHT)
    assert owner
    assert route(PLACED, replace(found, topic=OVERSIGHT)) in (Route(owner.id), Route(DESK))
    assert route(PLACED, replace(found, further=(*found.further, OVERSIGHT))).informed == ()


@settings(deadline=None)
@given(ANY_TAGS)
def test_every_way_leads_to_a_unit_that_the_region_has(found: Tags) -> None:
    way = route(PLACED, found)
    assert all(PLACED.knows(unit) for unit in (way.unit, *way.informed))
    assert way.unit not in way.informed
    assert not (way.unit == DESK and way.informed)
    if found.emergency and found.topic != OTHER:
        assert way.unit != DESK
