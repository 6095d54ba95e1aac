"""Where a case stands against its deadlines: which are open, until when, how long it took; from its statuses alone."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import inf

from bot.domain.calendar import Calendar
from bot.domain.case import Case
from bot.domain.deadlines import Deadlines, Reminders, Rule, Start, Step, due, pauses_in, report_class, spent
from bot.domain.life import FRESH, OPEN, Status
from bot.domain.quiet import Quiet

History = Sequence[tuple[float, Status]]
"""The statuses of a case and the moments it entered them, in order; never empty."""

STARTS_AFTER: dict[Start, frozenset[Status]] = {
    Start.DITERIMA: frozenset(),
    Start.DIVERIFIKASI: frozenset({Status.DITERIMA}),
    Start.DITERUSKAN: frozenset({Status.DITERIMA, Status.DIVERIFIKASI}),
}
"""The statuses that a case must have left before the clock of a rule starts."""


@dataclass(frozen=True)
class Rules:
    """What an office has laid down about time."""

    calendar: Calendar = field(default_factory=Calendar)
    deadlines: Deadlines = field(default_factory=Deadlines)
    reminders: Reminders = field(default_factory=Reminders)
    quiet: Quiet = field(default_factory=Quiet)


@dataclass(frozen=True)
class Due:
    """A deadline that a case has not met: when its group is reminded (`soon`) and when it is over (`at`).

    None where the clock stands before that moment; `paused` where it stands now.
    """

    step: Step
    soon: float | None
    at: float | None
    paused: bool = False

    def late(self, now: float) -> bool:
        """Whether it is over."""
        return self.at is not None and self.at <= now


def history_of(case: Case, moves: History) -> History:
    """The whole history from the moves that are written down; each case began as received."""
    whole = [(case.created_at, Status.DITERIMA), *moves]
    if whole[-1][1] is not case.status:  # brought in from elsewhere, without its moves
        whole.append((case.updated_at, case.status))
    return whole


def open_dues(case: Case, history: History, rules: Rules, *, answered: bool) -> tuple[Due, ...]:
    """The deadlines that a case still has to meet, the next first; `answered`: staff have written to the citizen."""
    tags = case.tags
    of = report_class(tags.kind, tags.topic, tags.further)
    given = [rule for step in Step if not _met(step, history, answered) and (rule := rules.deadlines.rule(step, of))]
    dues = (_due(rule, history, rules) for rule in given)
    return tuple(sorted((each for each in dues if each), key=lambda each: inf if each.at is None else each.at))


def entered(history: History, statuses: frozenset[Status]) -> float:
    """The moment since which a case has been in one of these statuses without a break."""
    since = history[-1][0]
    for at, status in reversed(history):
        if status not in statuses:
            break
        since = at
    return since


def times(history: History, calendar: Calendar, rule: Rule) -> tuple[float, float]:
    """(gross, net) running seconds from the rule's start until the office was done; net leaves the pauses out.

    What came after the office called it done is no time of its own: the citizen confirmed, or was silent.
    """
    end = entered(history, frozenset(Status) - OPEN)
    start = _start(rule, history)
    return (0.0, 0.0) if start is None else spent(calendar, rule, start, pauses_in(rule, history), end)


def _met(step: Step, history: History, answered: bool) -> bool:
    """Whether a step is done."""
    status = history[-1][1]
    if step is Step.VERIFIKASI:
        return status is not Status.DITERIMA
    if step is Step.JAWABAN_PERTAMA:
        return answered or any(status not in FRESH for _, status in history)
    return status not in OPEN


def _due(rule: Rule, history: History, rules: Rules) -> Due | None:
    start = _start(rule, history)
    if start is None:
        return None
    pauses = pauses_in(rule, history)
    soon = due(rules.calendar, rule, start, pauses, share=rules.reminders.before)
    at = due(rules.calendar, rule, start, pauses)
    return Due(rule.step, soon, at, paused=bool(pauses) and pauses[-1][1] is None)


def _start(rule: Rule, history: History) -> float | None:
    """When a rule's clock started: once; what goes back to the desk, or to another department, keeps its start."""
    return next((at for at, status in history if status not in STARTS_AFTER[rule.start]), None)
