"""Who may do what: the table, and what holds for every role."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.roles import ALLOWED, Action, Holder, Refusal, Role, Standing, may, refusal

ROLES = st.sampled_from(Role)
ACTIONS = st.sampled_from(Action)
STANDINGS: st.SearchStrategy[Standing] = st.sampled_from(["", "member", "stranger"])


@pytest.mark.parametrize(
    ("role", "look", "work", "see_data"),
    [("petugas", True, True, True), ("kepala", True, True, True), ("pengamat", True, False, False)],
)
def test_a_member_may_do_what_the_role_allows(role: str, look: bool, work: bool, see_data: bool) -> None:
    assert [may(Role(role), "member", action) for action in Action] == [look, work, see_data]


def test_every_action_has_a_row_in_the_table() -> None:
    assert set(ALLOWED) == set(Action)


@given(ROLES, ACTIONS)
def test_a_stranger_may_nothing_whatever_the_role(role: Role, action: Action) -> None:
    assert refusal(role, "stranger", action) is Refusal.NOT_MEMBER


@given(ROLES, STANDINGS, ACTIONS)
def test_only_who_may_not_is_told_why_not(role: Role, standing: Standing, action: Action) -> None:
    assert may(role, standing, action) is (refusal(role, standing, action) is None)


@given(ROLES, ACTIONS)
def test_without_an_answer_nobody_may_more_than_a_member(role: Role, action: Action) -> None:
    assert may(role, "", action) <= may(role, "member", action)
    assert may(role, "", action) is (may(role, "member", action) and action is not Action.SEE_DATA)


@given(ROLES, STANDINGS)
def test_whoever_may_work_may_look(role: Role, standing: Standing) -> None:
    assert may(role, standing, Action.WORK) <= may(role, standing, Action.LOOK)


def test_an_observer_hears_that_before_anything_else_of_data() -> None:
    assert refusal(Role.PENGAMAT, "", Action.SEE_DATA) is Refusal.OBSERVER
    assert refusal(Role.PETUGAS, "", Action.SEE_DATA) is Refusal.UNPROVEN


def test_a_holder_is_written_like_every_person() -> None:
    assert Holder("telegram", "9001", Role.KEPALA).actor == "telegram:9001"
