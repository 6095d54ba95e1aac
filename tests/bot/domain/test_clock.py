"""What time asks of a case: reminders, alarms, ends by silence, and when to look again."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from datetime import time as clock_time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.calendar import Calendar
from bot.domain.case import Case, Tags
from bot.domain.clock import (
    ALARM,
    HEAD_ALARMED,
    Do,
    Nudge,
    Past,
    Plan,
    opening,
    plan,
)
from bot.domain.deadlines import DAY, HOUR, Deadlines, Reminders, ReportClass, Rule, Start, Step, TimeUnit
from bot.domain.due import Rules, entered, history_of, open_dues, times
from bot.domain.life import FRESH, MOVES, OPEN, Status, allowed
from bot.domain.quiet import Quiet

ALL = tuple(ReportClass)
DEADLINES = Deadlines(
    rules=(
        Rule(Step.VERIFIKASI, ALL, 3, TimeUnit.HARI_KERJA, Start.DITERIMA),
        Rule(Step.JAWABAN_PERTAMA, ALL, 5, TimeUnit.HARI_KERJA, Start.DITERUSKAN),
        Rule(Step.PENYELESAIAN, ALL, 14, TimeUnit.HARI_KERJA, Start.DITERUSKAN),
    )
)
OFFICE = Rules(Calendar(), DEADLINES, Reminders(), Quiet(hours=(clock_time(20), clock_time(6))))
CASE = Case(
    id=1, code="PML-00001", person_id=1, channel="telegram", chat_id="7", status=Status.DITERUSKAN,
    tags=Tags("pengaduan", "jalan", "sedang", "id"), unit="dputr", register="id", created_at=0.0, updated_at=0.0,
)  # fmt: skip


def at(text: str) -> float:
    """The moment of a local time such as 2027-01-11 10:00 (a Monday)."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Asia/Jakarta")).timestamp()


MONDAY = at("2027-01-11 10:00")


class Life:
    """A case that is moved and whose plans are carried out, as the clock would."""

    def __init__(
        self, *, urgency: str = "sedang", start: float = MONDAY, at_desk: bool = False, rules: Rules = OFFICE
    ) -> None:
        status = Status.DITERIMA if at_desk else Status.DITERUSKAN
        tags = replace(CASE.tags, urgency=urgency)
        self.case = replace(CASE, status=status, tags=tags, created_at=start, updated_at=start)
        self.rules = rules
        self.moves: list[tuple[float, Status]] = [] if at_desk else [(start, Status.DITERUSKAN)]
        self.nudges: dict[str, Nudge] = {}
        self.done: list[tuple[float, Do, tuple[str, ...]]] = []
        self.now = start
        self.answered = False

    def move(self, status: Status, *, now: float) -> None:
        """The case gets another status, and the clock looks at once."""
        self.run(until=now)
        self.now = now
        self.moves.append((now, status))
        self.case = replace(self.case, status=status, updated_at=now)
        self.run(until=now)

    def plan(self) -> Plan:
        past = Past(history_of(self.case, self.moves), self.nudges, self.answered)
        return plan(self.case, past, self.rules, self.now)

    def run(self, *, until: float) -> None:
        """Look whenever a plan wants it."""
        while True:
            planned = self.plan()
            for act in planned.acts:
                self.done.append((self.now, act.do, tuple(nudge.kind for nudge in act.nudges)))
                self.nudges |= {nudge.kind: nudge for nudge in act.nudges}
                if act.do in (Do.CLOSE_SILENT, Do.CLOSE_UNANSWERED):
                    status = Status.SELESAI if act.do is Do.CLOSE_SILENT else Status.DITUTUP
                    self.moves.append((self.now, status))
                    self.case = replace(self.case, status=status)
            if planned.next_at is not None:
                assert planned.next_at > self.now
            if planned.next_at is None or planned.next_at > until:
                self.now = max(self.now, until)
                return
            self.now = planned.next_at

    def did(self, *what: Do) -> list[tuple[str, str]]:
        """(local time, kinds) of what was done."""
        return [
            (datetime.fromtimestamp(moment, ZoneInfo("Asia/Jakarta")).strftime("%m-%d %H:%M"), " ".join(kinds))
            for moment, do, kinds in self.done
            if not what or do in what
        ]


# Deadlines --------------------------------------------------------------------------------------------------------


def test_a_group_is_reminded_once_before_and_once_at_each_deadline() -> None:
    life = Life()
    life.run(until=MONDAY + 60 * DAY)
    assert life.did() == [
        ("01-15 06:00", "jawaban_pertama.soon"),  # 3.75 of 5 working days are over at 04:00: after the quiet hours
        ("01-18 10:00", "jawaban_pertama.due"),
        ("01-26 06:00", "penyelesaian.soon"),
        ("01-29 10:00", "penyelesaian.due"),
    ]
    assert life.plan() == Plan((), None, at("2027-01-18 10:00"), None)


def test_a_case_at_the_desk_has_only_to_be_verified() -> None:
    life = Life(at_desk=True)
    life.run(until=MONDAY + 60 * DAY)
    assert life.did() == [("01-13 16:00", "verifikasi.soon"), ("01-14 10:00", "verifikasi.due")]
    assert life.plan().due_at == at("2027-01-14 10:00")


def test_what_is_met_is_not_spoken_of() -> None:
    life = Life()
    life.move(Status.DIPROSES, now=MONDAY + DAY)
    life.run(until=MONDAY + 60 * DAY)
    assert [kinds for _, kinds in life.did()] == ["penyelesaian.soon", "penyelesaian.due"]
    life = Life()
    life.answered = True
    life.run(until=MONDAY + 60 * DAY)
    assert [kinds for _, kinds in life.did()] == ["penyelesaian.soon", "penyelesaian.due"]


def test_what_is_due_together_is_said_in_one_message() -> None:
    five = tuple(replace(rule, limit=5) for rule in DEADLINES.rules[1:])
    life = Life(rules=replace(OFFICE, deadlines=Deadlines(five)))
    life.run(until=MONDAY + 60 * DAY)
    assert life.did() == [
        ("01-15 06:00", "jawaban_pertama.soon penyelesaian.soon"),
        ("01-18 10:00", "jawaban_pertama.due penyelesaian.due"),
    ]


def hours(limit: int) -> Rules:
    """An office that answers within so many hours."""
    rule = Rule(Step.PENYELESAIAN, ALL, limit, TimeUnit.JAM, Start.DITERIMA)
    return replace(OFFICE, deadlines=Deadlines((rule,)))


def test_the_second_message_of_a_day_waits_for_the_next_days_opening() -> None:
    life = Life(rules=hours(8))
    life.run(until=MONDAY + 5 * DAY)
    assert life.did() == [("01-11 16:00", "penyelesaian.soon"), ("01-12 06:00", "penyelesaian.due")]


def test_what_is_overtaken_by_its_deadline_is_not_said_any_more() -> None:
    life = Life(rules=hours(8), start=at("2027-01-11 20:30"))
    life.run(until=MONDAY + 5 * DAY)
    assert life.did() == [("01-12 06:00", "penyelesaian.due")]


@pytest.mark.parametrize("urgency", ["tinggi", "darurat"])
def test_pressing_cases_know_no_quiet_hours_and_no_daily_limit(urgency: str) -> None:
    life = Life(rules=hours(8), urgency=urgency, start=at("2027-01-11 21:00"))
    life.run(until=at("2027-01-12 12:00"))
    assert life.did(Do.REMIND) == [("01-12 03:00", "penyelesaian.soon"), ("01-12 05:00", "penyelesaian.due")]


def test_cases_without_time_pressure_have_a_deadline_and_no_message() -> None:
    life = Life(urgency="rendah")
    life.run(until=MONDAY + 60 * DAY)
    assert life.done == []
    assert life.plan() == Plan((), None, at("2027-01-18 10:00"), None)


def test_the_clock_stops_while_the_citizen_is_asked() -> None:
    life = Life()
    life.move(Status.DIPROSES, now=at("2027-01-12 10:00"))
    life.move(Status.MENUNGGU_PELAPOR, now=at("2027-01-13 10:00"))
    assert life.plan().due_at is None
    life.move(Status.DIPROSES, now=at("2027-01-18 10:00"))  # three working days later
    assert life.plan().due_at == at("2027-02-03 10:00")
    life.run(until=MONDAY + 60 * DAY)
    assert life.did(Do.REMIND) == [("01-29 06:00", "penyelesaian.soon"), ("02-03 10:00", "penyelesaian.due")]


def test_an_office_without_rules_is_never_reminded() -> None:
    life = Life(rules=replace(OFFICE, deadlines=Deadlines()))
    life.run(until=MONDAY + 60 * DAY)
    assert life.done == []
    life.move(Status.SELESAI, now=MONDAY + 61 * DAY)
    assert life.plan() == Plan()


def test_without_quiet_hours_the_day_opens_with_the_digest() -> None:
    rules = replace(OFFICE, quiet=Quiet(hours=None))
    assert opening(rules, MONDAY) == at("2027-01-12 07:30")
    assert opening(OFFICE, MONDAY) == at("2027-01-12 06:00")


# Emergencies ------------------------------------------------------------------------------------------------------


def test_an_alarm_repeats_until_somebody_takes_it_and_then_the_head_hears_it_too() -> None:
    life = Life(urgency="darurat", start=at("2027-01-16 02:00"))  # a Saturday night
    life.move(Status.DIPROSES, now=at("2027-01-16 02:13"))
    life.run(until=at("2027-01-16 03:00"))
    assert life.did(Do.BEGIN_ALARM, Do.ALARM) == [
        (f"01-16 02:{minute}", "alarm") for minute in ("00", "03", "06", "09", "12")
    ]  # fmt: skip
    assert life.did(Do.ALARM_HEAD) == [("01-16 02:09", "alarm.head")]
    assert life.did(Do.CALM_HEAD) == [("01-16 02:13", "alarm.taken")]
    assert life.nudges[HEAD_ALARMED].times == 3


def test_an_alarm_that_is_taken_in_time_disturbs_no_head() -> None:
    life = Life(urgency="darurat", at_desk=True)
    life.move(Status.DIPROSES, now=MONDAY + 500)
    life.run(until=MONDAY + DAY)
    assert len(life.did(Do.ALARM)) == 2
    assert life.did(Do.ALARM_HEAD, Do.CALM_HEAD) == []


def test_who_gets_a_taken_emergency_handed_over_has_the_same_time_to_take_it() -> None:
    life = Life(urgency="darurat")
    life.move(Status.DIPROSES, now=MONDAY + 60)
    life.move(Status.DITERUSKAN, now=MONDAY + 4 * HOUR)
    life.run(until=MONDAY + 4 * HOUR + 200)
    assert life.did(Do.ALARM) == [("01-11 14:03", "alarm")]
    assert life.nudges[ALARM].times == 1


def test_a_hand_over_before_anybody_took_it_does_not_quiet_the_alarm() -> None:
    life = Life(urgency="darurat")
    life.move(Status.DITERUSKAN, now=MONDAY + 400)
    life.run(until=MONDAY + 600)
    assert [moment for moment, _ in life.did(Do.ALARM)] == ["01-11 10:03", "01-11 10:06", "01-11 10:09"]
    assert life.did(Do.ALARM_HEAD) == [("01-11 10:09", "alarm.head")]


def test_the_office_says_how_often_and_when_the_head_hears() -> None:
    rules = replace(OFFICE, reminders=Reminders(alarm_minutes=1, alarm_head_after=2))
    life = Life(urgency="darurat", rules=rules)
    life.run(until=MONDAY + 125)
    assert life.did(Do.ALARM, Do.ALARM_HEAD) == [
        ("01-11 10:01", "alarm"), ("01-11 10:02", "alarm"), ("01-11 10:02", "alarm.head"),
    ]  # fmt: skip


def test_a_clock_that_slept_sounds_once_and_not_for_every_time_it_missed() -> None:
    life = Life(urgency="darurat")
    life.run(until=MONDAY)
    life.now = MONDAY + HOUR
    assert [act.do for act in life.plan().acts] == [Do.ALARM]
    assert life.plan().next_at == MONDAY + HOUR + 180


def test_an_alarmed_head_hears_that_it_is_over_without_anybody() -> None:
    life = Life(urgency="darurat")
    life.move(Status.DIBATALKAN, now=MONDAY + 700)
    assert life.did(Do.CALM_HEAD) == [("01-11 10:11", "alarm.taken")]
    assert life.plan().next_at is None


# Silence of the citizen -------------------------------------------------------------------------------------------


def test_after_ten_days_without_a_word_a_done_case_is_closed() -> None:
    life = Life()
    life.move(Status.MENUNGGU_KONFIRMASI, now=at("2027-01-12 21:30"))
    life.run(until=MONDAY + 60 * DAY)
    assert life.did() == [("01-23 06:00", "")]  # not at night
    assert life.case.status is Status.SELESAI
    assert life.plan().next_at is None


def test_a_question_is_recalled_once_at_half_the_time_and_then_the_case_is_closed() -> None:
    life = Life()
    life.move(Status.MENUNGGU_PELAPOR, now=at("2027-01-12 23:00"))
    life.run(until=MONDAY + 60 * DAY)
    assert life.did() == [("01-18 06:00", "question"), ("01-23 06:00", "")]
    assert life.done[-1][1] is Do.CLOSE_UNANSWERED


def test_every_question_has_its_own_time() -> None:
    life = Life()
    life.move(Status.MENUNGGU_PELAPOR, now=at("2027-01-12 10:00"))
    life.move(Status.MENUNGGU_PELAPOR, now=at("2027-01-18 10:00"))
    life.run(until=at("2027-01-27 10:00"))
    assert life.did() == [("01-17 10:00", "question"), ("01-23 10:00", "question")]


def test_citizens_sleep_also_where_the_office_does_not() -> None:
    life = Life(rules=replace(OFFICE, quiet=Quiet(hours=None)))
    life.move(Status.MENUNGGU_KONFIRMASI, now=at("2027-01-12 03:00"))
    life.run(until=MONDAY + 60 * DAY)
    assert life.did() == [("01-22 06:00", "")]


# Times ------------------------------------------------------------------------------------------------------------


def test_gross_and_net_time_end_where_the_office_was_done() -> None:
    life = Life(start=at("2027-01-08 10:00"))  # a Friday
    life.move(Status.MENUNGGU_PELAPOR, now=at("2027-01-08 16:00"))
    life.move(Status.DIPROSES, now=at("2027-01-11 04:00"))
    life.move(Status.MENUNGGU_KONFIRMASI, now=at("2027-01-11 10:00"))
    assert life.plan().spent == (24 * HOUR, 12 * HOUR)  # Friday 16:00 to Monday 04:00: 8 + 4 running hours
    life.run(until=MONDAY + 20 * DAY)
    assert life.case.status is Status.SELESAI
    assert life.plan().spent == (24 * HOUR, 12 * HOUR)


def test_what_was_reopened_counts_on_and_does_not_pay_for_the_time_it_was_thought_done() -> None:
    life = Life()
    life.move(Status.MENUNGGU_KONFIRMASI, now=MONDAY + 6 * HOUR)
    life.move(Status.DIBUKA_KEMBALI, now=MONDAY + 30 * HOUR)
    assert life.plan().spent is None
    life.move(Status.MENUNGGU_KONFIRMASI, now=MONDAY + 32 * HOUR)
    assert life.plan().spent == (32 * HOUR, 8 * HOUR)


def test_a_case_without_its_moves_has_at_least_its_status() -> None:
    case = replace(CASE, status=Status.DIPROSES, created_at=5.0, updated_at=9.0)
    assert list(history_of(case, [])) == [(5.0, Status.DITERIMA), (9.0, Status.DIPROSES)]
    assert list(history_of(case, [(7.0, Status.DIPROSES)]))[-1] == (7.0, Status.DIPROSES)


# Invariants -------------------------------------------------------------------------------------------------------

URGENCIES = st.sampled_from(["darurat", "tinggi", "sedang", "rendah"])
GAPS = st.integers(1, 12 * int(DAY)).map(float)
STEPS = st.lists(st.tuples(GAPS, st.sampled_from(sorted(MOVES))), max_size=8)
STARTS = st.integers(0, 14 * int(DAY)).map(lambda seconds: MONDAY + seconds)
FREE = {date(2027, 1, 20): "Hari Jadi"}
NAP = Quiet(hours=(clock_time(12), clock_time(13, 30)), digest=clock_time(8))
QUIETS = st.sampled_from([OFFICE.quiet, Quiet(hours=None), NAP])
HOURLY = Reminders(alarm_minutes=60)


@st.composite
def lives(draw: st.DrawFn) -> Life:
    """A case with any life, and the clock running all the while and long after."""
    rules = replace(OFFICE, calendar=Calendar(holidays=FREE), quiet=draw(QUIETS), reminders=HOURLY)
    life = Life(urgency=draw(URGENCIES), start=draw(STARTS), at_desk=draw(st.booleans()), rules=rules)
    moment = life.now
    for gap, step in draw(STEPS):
        moment += gap
        life.run(until=moment)
        if allowed(life.case.status, step):
            life.move(MOVES[step][1], now=moment)
    life.run(until=moment + (0.1 if life.case.tags.emergency and life.case.status in FRESH else 120 * DAY))
    return life


def days(life: Life, moments: Sequence[float]) -> Iterator[date]:
    return (life.rules.quiet.local_day(moment) for moment in moments)


@settings(deadline=None)
@given(lives())
def test_whatever_happens_nothing_is_said_twice_and_no_group_more_than_once_a_day(life: Life) -> None:
    reminders = [(moment, kinds) for moment, do, kinds in life.done if do is Do.REMIND]
    said = [kind for _, kinds in reminders for kind in kinds]
    assert len(said) == len(set(said))
    if life.case.tags.urgency == "sedang":
        told = list(days(life, [moment for moment, _ in reminders]))
        assert len(told) == len(set(told))
        assert not any(life.rules.quiet.is_quiet(moment) for moment, _ in reminders)
    if life.case.tags.urgency == "rendah":
        assert reminders == []


@settings(deadline=None)
@given(lives())
def test_whatever_happens_what_is_late_has_been_said(life: Life) -> None:
    if life.case.tags.urgency == "rendah" or life.case.status not in OPEN:
        return
    dues = open_dues(life.case, history_of(life.case, life.moves), life.rules, answered=False)
    assert all(f"{each.step}.due" in life.nudges for each in dues if each.at and each.at <= life.now - 2 * DAY)


@settings(deadline=None)
@given(lives())
def test_whatever_happens_a_closed_case_is_never_looked_at_again(life: Life) -> None:
    final = life.case.status not in OPEN and life.case.status is not Status.MENUNGGU_KONFIRMASI
    if final:
        assert life.plan().next_at is None
        assert life.plan().acts == ()
    if life.plan().spent:
        gross, net = life.plan().spent or (0.0, 0.0)
        assert 0 <= net <= gross


@settings(deadline=None)
@given(lives(), st.data())
def test_whatever_happens_a_hand_over_moves_no_deadline(life: Life, data: st.DataObject) -> None:
    history = history_of(life.case, life.moves)
    taken = [n for n, (_, status) in enumerate(history) if status is Status.DIPROSES]
    if not taken or life.case.status not in OPEN:
        return
    where = data.draw(st.sampled_from(taken))
    moment = history[where][0]
    handed = [*history[: where + 1], (moment, Status.DITERUSKAN), (moment, Status.DIPROSES), *history[where + 1 :]]
    assert open_dues(life.case, handed, life.rules, answered=False) == open_dues(
        life.case, history, life.rules, answered=False
    )


def test_the_present_run_of_statuses_begins_where_it_was_entered() -> None:
    history = [(1.0, Status.DITERIMA), (2.0, Status.DIPROSES), (3.0, Status.DITERUSKAN), (4.0, Status.DITERUSKAN)]
    assert entered(history, FRESH) == 3.0
    assert times(history[:1], OFFICE.calendar, DEADLINES.rules[2]) == (0.0, 0.0)
