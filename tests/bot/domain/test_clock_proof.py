"""When staff are reminded of a photo that is missing."""

from dataclasses import replace
from datetime import date

import pytest

from bot.domain.calendar import Calendar
from bot.domain.clock import PROOF, Do, Nudge, Past, Plan, plan
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
