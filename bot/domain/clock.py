"""What time asks of a case: reminders, alarms, ends by silence; and when to look at it again."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import time, timedelta
from enum import StrEnum

from bot.domain.case import Case
from bot.domain.deadlines import DAY, Step, report_class
from bot.domain.due import Due, History, Rules, entered, open_dues, times
from bot.domain.life import ANSWERED, FRESH, OPEN, Status
from bot.domain.quiet import Quiet

PRESSING = frozenset({"darurat", "tinggi"})
"""They know no quiet hours, no digest, no daily limit."""
LOW = "rendah"  # no message of its own: the morning digest tells of it
NIGHT = (time(20), time(6))  # when citizens are let alone, also by an office that has no quiet hours
ALARM, HEAD_ALARMED, HEAD_CALMED, QUESTION = "alarm", "alarm.head", "alarm.taken", "question"
PROOF, HELD = "proof", "proof.held"
SOON, OVER = "soon", "due"


class Do(StrEnum):
    """What the clock may do."""

    REMIND = "remind"
    BEGIN_ALARM = "begin_alarm"
    ALARM = "alarm"
    ALARM_HEAD = "alarm_head"
    CALM_HEAD = "calm_head"
    ASK_AGAIN = "ask_again"
    CLOSE_SILENT = "close_silent"
    CLOSE_UNANSWERED = "close_unanswered"
    ASK_PROOF = "ask_proof"
    REMIND_HELD = "remind_held"


@dataclass(frozen=True)
class Nudge:
    """What the clock did of a kind, when last and how often; it keeps it from doing so twice."""

    kind: str
    at: float
    times: int = 1


@dataclass(frozen=True)
class Past:
    """What a plan must know of a case's past; `answered`: staff have written to the citizen."""

    history: History
    nudges: Mapping[str, Nudge] = field(default_factory=dict[str, Nudge])
    answered: bool = False
    unproven_since: float | None = None  # called done without the photo that it wants
    held_since: float | None = None  # a photo of what was done waits for an admin


@dataclass(frozen=True)
class Act:
    """Something to do now, and what to remember once it is done.

    `dues` are the deadlines that a reminder speaks of, `since` is when an emergency began to wait for somebody.
    """

    do: Do
    nudges: tuple[Nudge, ...] = ()
    dues: tuple[Due, ...] = ()
    since: float = 0.0


@dataclass(frozen=True)
class Plan:
    """What to do now, when to look again (None: never, unless the case changes), and what to keep with the case.

    `due_at` is the earliest deadline that still stands, `spent` its gross and net running seconds once it is done.
    """

    acts: tuple[Act, ...] = ()
    next_at: float | None = None
    due_at: float | None = None
    spent: tuple[float, float] | None = None


Part = tuple[tuple[Act, ...], tuple[float, ...]]  # what to do, and the moments to look again, all after now
NOTHING: Part = ((), ())


def plan(case: Case, past: Past, rules: Rules, now: float) -> Plan:
    """What time asks of a case now."""
    dues = open_dues(case, past.history, rules, answered=past.answered) if case.status in OPEN else ()
    parts = (
        _alarm(case, past, rules, now),
        _calm(case, past, now),
        _remind(case, dues, past, rules, now),
        _wait(case, past, rules, now),
        _ask_proof(case, past, rules, now),
        _remind_held(case, past, rules, now),
    )
    return Plan(
        acts=tuple(act for acts, _ in parts for act in acts),
        next_at=min((moment for _, moments in parts for moment in moments), default=None),
        due_at=min((each.at for each in dues if each.at is not None), default=None),
        spent=None if case.status in OPEN else _spent(case, past, rules),
    )


def opening(rules: Rules, now: float) -> float:
    """When the next local day begins for its groups."""
    midnight = rules.calendar.midnight(rules.quiet.local_day(now) + timedelta(days=1))
    return rules.quiet.next_open(midnight) if rules.quiet.hours else rules.quiet.next_digest(midnight)


def _alarm(case: Case, past: Past, rules: Rules, now: float) -> Part:
    """An emergency that nobody has taken sounds again and again; after some times the head hears of it too."""
    if not case.tags.emergency or case.status not in FRESH:
        return NOTHING
    every = rules.reminders.alarm_minutes * 60.0
    since = entered(past.history, FRESH)
    last = _since(past, ALARM, since)
    if last is None:  # the card itself has just sounded
        return (Act(Do.BEGIN_ALARM, (Nudge(ALARM, now, 0),)),), (now + every,)
    if last.at + every > now:
        return (), (last.at + every,)
    again = Nudge(ALARM, now, last.times + 1)
    acts = [Act(Do.ALARM, (again,), since=since)]
    if again.times >= rules.reminders.alarm_head_after and _since(past, HEAD_ALARMED, since) is None:
        acts.append(Act(Do.ALARM_HEAD, (Nudge(HEAD_ALARMED, now, again.times),), since=since))
    return tuple(acts), (now + every,)


def _calm(case: Case, past: Past, now: float) -> Part:
    """Once somebody has taken what the head was alarmed of, or it is over, the head hears that too."""
    alarmed = past.nudges.get(HEAD_ALARMED)
    if alarmed is None or case.status in FRESH or _since(past, HEAD_CALMED, alarmed.at):
        return NOTHING
    return (Act(Do.CALM_HEAD, (Nudge(HEAD_CALMED, now),)),), ()


def _remind(case: Case, dues: tuple[Due, ...], past: Past, rules: Rules, now: float) -> Part:
    """Whatever deadlines there is to speak of by now goes into one message, as soon as one may be sent."""
    if case.tags.urgency == LOW:
        return NOTHING
    stages = [(moment, kind, each) for each in dues for moment, kind in _stages(each, past, now)]
    later = tuple(moment for moment, _, _ in stages if moment > now)
    ripe = [(kind, each) for moment, kind, each in stages if moment <= now]
    if not ripe:
        return (), later
    free = _free(case, past, rules, now)
    if free > now:
        return (), (*later, free)
    nudges = tuple(Nudge(kind, now) for kind, _ in ripe)
    return (Act(Do.REMIND, nudges, tuple(each for _, each in ripe)),), later


def _stages(each: Due, past: Past, now: float) -> Iterator[tuple[float, str]]:
    """When a deadline wants to be spoken of: once before it, once when it is over; never what was said already."""
    soon, over = f"{each.step}.{SOON}", f"{each.step}.{OVER}"
    if over in past.nudges:
        return
    if each.at is not None:
        yield each.at, over
    if each.soon is not None and not each.paused and not each.late(now) and soon not in past.nudges:
        yield each.soon, soon


def _free(case: Case, past: Past, rules: Rules, now: float) -> float:
    """The first moment from now on at which the group may be sent a message of the clock about this case."""
    if case.tags.urgency in PRESSING:
        return now
    said = [nudge.at for kind, nudge in past.nudges.items() if kind.endswith((f".{SOON}", f".{OVER}"))]
    today = rules.quiet.local_day(now)
    told_today = any(rules.quiet.local_day(at) >= today for at in said)
    return rules.quiet.next_open(opening(rules, now) if told_today else now)


def _wait(case: Case, past: Past, rules: Rules, now: float) -> Part:
    """Silence of the citizen: reminded once of a question, and at last the case ends by rule."""
    since = past.history[-1][0]
    if case.status is Status.MENUNGGU_KONFIRMASI:
        end = _kindly(rules, since + rules.deadlines.confirm_days * DAY, now)
        return ((Act(Do.CLOSE_SILENT),), ()) if end <= now else ((), (end,))
    if case.status is not Status.MENUNGGU_PELAPOR:
        return NOTHING
    end = _kindly(rules, since + rules.deadlines.question_days * DAY, now)
    if end <= now:
        return (Act(Do.CLOSE_UNANSWERED),), ()
    if _since(past, QUESTION, since):
        return (), (end,)
    half = _kindly(rules, since + rules.deadlines.question_days * DAY / 2, now)
    if half <= now:
        return (Act(Do.ASK_AGAIN, (Nudge(QUESTION, now),)),), (end,)
    return (), (half, end)


def _ask_proof(case: Case, past: Past, rules: Rules, now: float) -> Part:
    """A photo of what was done is missing: after a working day staff are asked once more, and never again."""
    since = past.unproven_since
    if since is None or case.status not in ANSWERED or _since(past, PROOF, since):
        return NOTHING
    ripe = rules.quiet.next_open(_a_working_day_after(rules, since))
    if ripe > now:
        return (), (ripe,)
    free = rules.quiet.next_open(now)
    return ((Act(Do.ASK_PROOF, (Nudge(PROOF, now),)),), ()) if free <= now else ((), (free,))


def _remind_held(case: Case, past: Past, rules: Rules, now: float) -> Part:
    """A photo waits for an admin: the desk is reminded each time a working day has passed, never in quiet hours."""
    since = past.held_since
    if since is None or case.status not in ANSWERED:
        return NOTHING
    said = _since(past, HELD, since)
    ripe = rules.quiet.next_open(_a_working_day_after(rules, said.at if said else since))
    if ripe > now:
        return (), (ripe,)
    free = rules.quiet.next_open(now)
    if free > now:
        return (), (free,)
    again = rules.quiet.next_open(_a_working_day_after(rules, now))
    return (Act(Do.REMIND_HELD, (Nudge(HELD, now, said.times + 1 if said else 1),)),), (again,)


def _a_working_day_after(rules: Rules, moment: float) -> float:
    """The moment by which an office has worked a whole day since."""
    left = DAY
    for opens, closes in rules.calendar.spans(moment):
        if closes - opens >= left:
            return opens + left
        left -= closes - opens
    return moment


def _kindly(rules: Rules, moment: float, now: float) -> float:
    """The first moment from then on, and from now on, at which a citizen may be written to: never at night."""
    quiet = rules.quiet if rules.quiet.hours else Quiet(rules.quiet.timezone, NIGHT, time(12))
    return quiet.next_open(max(moment, now))


def _since(past: Past, kind: str, since: float) -> Nudge | None:
    """What was done of a kind since a moment; what lies before belongs to another round."""
    nudge = past.nudges.get(kind)
    return nudge if nudge and nudge.at >= since else None


def _spent(case: Case, past: Past, rules: Rules) -> tuple[float, float] | None:
    of = report_class(case.tags.kind, case.tags.topic, case.tags.further)
    rule = rules.deadlines.rule(Step.PENYELESAIAN, of)
    return times(past.history, rules.calendar, rule) if rule else None
