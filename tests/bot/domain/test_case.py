"""The moves of a case: what each status allows, and that what is closed stays closed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.case import MODEL, MOVES, OPEN, PERSON, ROUTED, RULES, Case, Status, Tags, after, allowed
from bot.domain.errors import MoveRefused

CLOSED = [status for status in Status if status not in OPEN]
TAGS = Tags("pengaduan", "jalan", "sedang", "id")


def case(status: Status) -> Case:
    return Case(1, "PML-7K3Q9", 1, "telegram", "5", status, TAGS, "dputr", "id", 0.0, 0.0)


@pytest.mark.parametrize("move", MOVES)
@pytest.mark.parametrize("status", CLOSED)
def test_no_move_leaves_a_closed_status(status: Status, move: str) -> None:
    assert not allowed(status, move)
    with pytest.raises(MoveRefused, match=f"{move} from {status}"):
        after(status, move)


@pytest.mark.parametrize("move", MOVES)
@pytest.mark.parametrize("status", Status)
def test_a_move_is_made_exactly_where_it_is_allowed(status: Status, move: str) -> None:
    if allowed(status, move):
        assert after(status, move) == MOVES[move][1]
    else:
        with pytest.raises(MoveRefused):
            after(status, move)


@settings(deadline=None)
@given(st.lists(st.sampled_from(sorted(MOVES)), max_size=12))
def test_whatever_people_press_a_closed_case_keeps_its_status(moves: list[str]) -> None:
    status = Status.DITERUSKAN
    closed: Status | None = None
    for move in moves:
        if allowed(status, move):
            status = after(status, move)
        closed = closed or (status if status not in OPEN else None)
    assert status == (closed or status)


@pytest.mark.parametrize("status", sorted(OPEN))
def test_an_open_case_can_be_ended_asked_about_and_moved(status: Status) -> None:
    assert {after(status, move) for move in ("selesai", "bukan_wewenang", "batal")} == set(CLOSED)
    assert after(status, "tanya") is Status.MENUNGGU_PELAPOR
    assert after(status, "alihkan") is Status.DITERUSKAN


def test_only_a_case_that_waits_can_be_answered_and_only_a_new_one_taken() -> None:
    assert [status for status in Status if allowed(status, "jawab")] == [Status.MENUNGGU_PELAPOR]
    assert [status for status in Status if allowed(status, "terima")] == [Status.DITERUSKAN]


@pytest.mark.parametrize("status", Status)
def test_a_case_is_open_and_untaken_by_its_status(status: Status) -> None:
    assert case(status).open == (status in OPEN)
    assert case(status).taken == (status is not Status.DITERUSKAN)


@pytest.mark.parametrize(("who", "settled"), [(MODEL, False), (RULES, False), (PERSON, True), (ROUTED, True)])
def test_only_a_person_settles_where_a_case_belongs(who: str, settled: bool) -> None:
    assert Tags("pengaduan", "jalan", "sedang", "id", set_by=who).settled is settled


def test_darurat_alone_is_an_emergency() -> None:
    urgencies = ("darurat", "tinggi", "sedang", "rendah")
    assert [u for u in urgencies if Tags("pengaduan", "jalan", u, "id").emergency] == ["darurat"]
