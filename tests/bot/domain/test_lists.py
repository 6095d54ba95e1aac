"""Which cases a chat may see, and pages."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.case import Case, Tags
from bot.domain.life import Status
from bot.domain.lists import PER_PAGE, Scope, page_of, scope_of

TAGS = Tags("pengaduan", "jalan", "sedang", "id")
CASE = Case(1, "PML-00001", 1, "telegram", "7", Status.DITERUSKAN, TAGS, "dputr", "id", 1.0, 1.0)


@pytest.mark.parametrize(
    ("linked", "scope"),
    [
        ({"dputr"}, Scope(frozenset({"dputr"}))),
        ({"dputr", "dlh"}, Scope(frozenset({"dputr", "dlh"}))),
        ({"meja"}, Scope(frozenset({"meja", "dishub", "dinkes"}))),
        ({"siaga"}, Scope(frozenset(), emergencies=True)),
        ({"siaga", "dlh"}, Scope(frozenset({"dlh"}), emergencies=True)),
        ({"kepala"}, Scope(None)),
        ({"kepala", "siaga", "meja", "dputr"}, Scope(None)),
    ],
)
def test_a_chat_sees_the_cases_of_its_units(linked: set[str], scope: Scope) -> None:
    assert scope_of(linked, without_chat={"dishub", "dinkes"}) == replace(scope, sitting=frozenset(linked))


def test_the_duty_chat_sees_emergencies_but_none_of_oversight() -> None:
    duty = scope_of({"siaga"}, without_chat=())
    fire = replace(CASE, tags=replace(TAGS, urgency="darurat"))
    assert duty.covers(fire)
    assert not duty.covers(CASE)
    assert not duty.covers(replace(fire, tags=replace(fire.tags, topic="integritas")))
    assert not duty.covers(replace(fire, tags=replace(fire.tags, further=("integritas",))))


def test_an_oversight_case_is_seen_by_its_own_unit_and_the_head_alone() -> None:
    secret = replace(CASE, unit="inspektorat", tags=replace(TAGS, topic="integritas"))
    assert scope_of({"inspektorat"}, without_chat=()).covers(secret)
    assert scope_of({"meja"}, without_chat={"inspektorat"}).covers(secret)
    assert scope_of({"kepala"}, without_chat=()).covers(secret)
    assert not scope_of({"dputr", "siaga"}, without_chat=()).covers(secret)


def test_an_empty_list_has_one_page() -> None:
    assert (page_of(1, 0).number, page_of(9, 0).pages) == (1, 1)


@given(st.integers(), st.integers(min_value=0, max_value=1000))
def test_whatever_page_is_asked_for_there_is_one_that_shows_something(number: int, count: int) -> None:
    here = page_of(number, count)
    assert 1 <= here.number <= here.pages
    assert here.skipped < max(1, count)
    assert (here.pages - 1) * PER_PAGE < max(1, count) <= here.pages * PER_PAGE
