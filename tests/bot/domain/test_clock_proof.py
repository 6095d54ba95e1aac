"""When staff are reminded of a photo that is missing, and the desk of one that waits."""

from dataclasses import replace
from datetime import date

import pytest

from bot.domain.calendar import Calendar
from bot.domain.clock import HELD, PROOF, Do, Nudge, Past, Plan, plan
from bot.domain.life import Status
from tests.bot.domain.test_clock import CASE, OFFICE, at

DONE = Status.MENUNGGU_KONFIRMASI


def planned(since: str | None, now: str, *, status: Status = DONE, reminded: str = "", holiday: str = "") -> Plan:
    """The plan of a case that was called done without a photo."""
    begun = at(since) if since else None
    nudges = {PROOF: Nudge(PROOF, at(reminded))} if reminded else {}
    history = ((begun or at(now), status),)
    past = Past(history, nudges, answered=True, unproven_since=begun)
    closed = {date.fromisoformat(holiday): "libur"} if holiday else {}
    rules = replace(OFFICE, calendar=Calendar(extra=closed))
    return plan(replace(CASE, status=status), past, rules, at(now))


def asks(found: Plan) -> bool:
    return any(act.do is Do.ASK_PROOF for act in found.acts)


@pytest.mark.parametrize(
    ("since", "ripe", "holiday"),
    [
        ("2027-01-11 10:00", "2027-01-12 10:00", ""),
        ("2027-01-15 10:00", "2027-01-18 10:00", ""),  # a weekend lies between
        ("2027-01-11 10:00", "2027-01-13 10:00", "2027-01-12"),
        ("2027-01-11 22:00", "2027-01-13 06:00", ""),  # not at night
    ],
)
def test_a_working_day_later_and_never_at_night(since: str, ripe: str, holiday: str) -> None:
    before = planned(since, since, holiday=holiday)
    assert not asks(before)
    assert before.next_at == at(ripe)
    assert asks(planned(since, ripe, holiday=holiday))


def test_once_and_again_only_for_another_round() -> None:
    assert not asks(planned("2027-01-11 10:00", "2027-01-20 10:00", reminded="2027-01-12 10:00"))
    assert asks(planned("2027-01-18 10:00", "2027-01-20 10:00", reminded="2027-01-12 10:00"))


def test_not_where_a_photo_is_there_or_none_is_wanted_or_the_case_is_open_again() -> None:
    assert not asks(planned(None, "2027-01-20 10:00"))
    assert not asks(planned("2027-01-11 10:00", "2027-01-20 10:00", status=Status.DIBUKA_KEMBALI))
    assert asks(planned("2027-01-11 10:00", "2027-01-14 10:00", status=Status.SELESAI))


def held(since: str, now: str, *, status: Status = DONE, reminded: str = "") -> Plan:
    """The plan of a case whose photo waits for an admin."""
    nudges = {HELD: Nudge(HELD, at(reminded), 2)} if reminded else {}
    past = Past(((at(since), status),), nudges, answered=True, held_since=at(since))
    return plan(replace(CASE, status=status), past, OFFICE, at(now))


def reminds(found: Plan) -> list[int]:
    return [act.nudges[0].times for act in found.acts if act.do is Do.REMIND_HELD]


def test_the_desk_is_reminded_of_a_photo_that_waits_each_working_day_at_most() -> None:
    early = held("2027-01-14 10:00", "2027-01-14 16:00")
    assert (reminds(early), early.next_at) == ([], at("2027-01-15 10:00"))
    first = held("2027-01-14 10:00", "2027-01-15 10:00")
    assert (reminds(first), first.next_at) == ([1], at("2027-01-18 10:00"))  # a weekend lies between
    assert reminds(held("2027-01-14 10:00", "2027-01-17 12:00", reminded="2027-01-15 10:00")) == []
    assert reminds(held("2027-01-14 10:00", "2027-01-18 10:00", reminded="2027-01-15 10:00")) == [3]


def test_not_at_night_nor_where_the_case_is_open_again_and_anew_for_another_photo() -> None:
    night = held("2027-01-14 22:00", "2027-01-15 22:10")
    assert (reminds(night), night.next_at) == ([], at("2027-01-16 06:00"))
    assert reminds(held("2027-01-11 10:00", "2027-01-14 10:00", status=Status.DIBUKA_KEMBALI)) == []
    assert reminds(held("2027-01-18 10:00", "2027-01-19 10:00", reminded="2027-01-15 10:00")) == [1]
