"""The moves of a case: what each status allows, what is closed stays closed, and what LAPOR! calls it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.errors import MoveRefused
from bot.domain.life import (
    ANSWERED,
    FRESH,
    LAPOR_BY_RULE,
    LAPOR_STATUS,
    MOVES,
    OPEN,
    Status,
    after,
    allowed,
    lapor_status,
    undone,
)

REOPENING = {"belum", "jawab_terlambat", "pisah", "buka"}
CLOSED = [status for status in Status if status not in OPEN | {Status.MENUNGGU_KONFIRMASI}]
WITHDRAWN = (Status.DIGABUNG, "batal")  # its reporter may also take back what goes on in another case
CONFIRMING = Status.MENUNGGU_KONFIRMASI


@pytest.mark.parametrize("move", sorted(set(MOVES) - REOPENING))
@pytest.mark.parametrize("status", CLOSED)
def test_no_move_but_a_reopening_leaves_a_closed_status(status: Status, move: str) -> None:
    if (status, move) == WITHDRAWN:
        return
    assert not allowed(status, move)
    with pytest.raises(MoveRefused, match=f"{move} from {status}"):
        after(status, move)


@pytest.mark.parametrize("move", MOVES)
@pytest.mark.parametrize("status", Status)
def test_a_move_is_made_exactly_where_it_is_allowed(status: Status, move: str) -> None:
    if allowed(status, move):
        assert after(status, move) is MOVES[move][1]
    else:
        with pytest.raises(MoveRefused):
            after(status, move)


@settings(deadline=None)
@given(st.lists(st.sampled_from(sorted(MOVES)), max_size=14))
def test_whatever_people_press_only_the_office_and_the_citizen_together_end_a_case_as_done(moves: list[str]) -> None:
    status = Status.DITERIMA
    for move in moves:
        if not allowed(status, move):
            continue
        before, status = status, after(status, move)
        if status is Status.SELESAI:
            assert before is CONFIRMING
            assert move in ("beres", "diam")
        if status is CONFIRMING:
            assert move == "selesai"
        if before in CLOSED and (before, move) != WITHDRAWN:
            assert move in REOPENING
            assert status in OPEN


@settings(deadline=None)
@given(st.lists(st.sampled_from(sorted(MOVES)), max_size=14))
def test_from_every_status_that_can_be_reached_an_open_case_can_still_be_ended(moves: list[str]) -> None:
    status = Status.DITERIMA
    for move in moves:
        status = after(status, move) if allowed(status, move) else status
    if status in OPEN:
        assert {after(status, end) for end in ("selesai", "bukan_wewenang", "batal", "tutup", "gabung")} == {
            CONFIRMING, Status.BUKAN_WEWENANG, Status.DIBATALKAN, Status.DITUTUP, Status.DIGABUNG,
        }  # fmt: skip


@pytest.mark.parametrize("former", Status)
def test_who_takes_a_merging_back_finds_the_case_where_it_was(former: Status) -> None:
    if former in OPEN:
        assert undone(after(former, "gabung"), "pisah", former) is former
    else:
        with pytest.raises(MoveRefused, match=f"pisah to {former}"):
            undone(Status.DIGABUNG, "pisah", former)


@pytest.mark.parametrize("status", [status for status in Status if status is not Status.DIGABUNG])
def test_what_was_not_merged_cannot_be_taken_apart(status: Status) -> None:
    with pytest.raises(MoveRefused, match=f"pisah from {status}"):
        undone(status, "pisah", Status.DIPROSES)


def test_the_office_opens_again_what_it_ended_but_not_what_the_citizen_withdrew() -> None:
    opened = [status for status in Status if allowed(status, "buka")]
    assert set(opened) == ANSWERED | {Status.DITUTUP, Status.BUKAN_WEWENANG}
    assert {after(status, "buka") for status in opened} == {Status.DIBUKA_KEMBALI}


def test_every_status_can_be_reached_and_every_move_leads_on() -> None:
    reached = {Status.DITERIMA}
    while True:
        further = {after(status, move) for status in reached for move in MOVES if allowed(status, move)} | reached
        if further == reached:
            break
        reached = further
    assert reached == set(Status)


def test_what_is_new_goes_desk_verified_forwarded_taken() -> None:
    status = Status.DITERIMA
    walked = [status := after(status, move) for move in ("verifikasi", "teruskan", "terima", "tanya", "jawab")]
    assert [str(each) for each in walked] == ["diverifikasi", "diteruskan", "diproses", "menunggu_pelapor", "diproses"]


def test_who_reopens_finds_the_case_open_and_to_be_taken_again() -> None:
    for status in ANSWERED:
        assert after(status, "belum") is Status.DIBUKA_KEMBALI
    assert after(Status.DIBUKA_KEMBALI, "terima") is Status.DIPROSES
    assert Status.DIBUKA_KEMBALI in OPEN
    assert Status.DIBUKA_KEMBALI not in FRESH


@pytest.mark.parametrize("status", Status)
def test_every_status_has_a_name_in_the_national_system(status: Status) -> None:
    assert lapor_status(status) == LAPOR_STATUS[status]
    ended = status in (Status.SELESAI, Status.DITUTUP)
    assert (lapor_status(status, by_rule=True) == LAPOR_BY_RULE) == ended
