"""Deadlines as data: which step of which report class may take how long, and the clock that measures it.

Hours and calendar days run always. The clock of working days runs all 24 local hours of each and stands on other
days, so n of them are n × 24 running hours; what begins on a Saturday begins to count on Monday at 00:00. Gross and net
time are measured by the same clock. Who has the case does not matter: a hand-over changes nothing here.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import takewhile
from math import inf

from bot.domain.calendar import Calendar
from bot.domain.errors import RegionError
from bot.domain.labels import OVERSIGHT
from bot.domain.life import OPEN, Status

HOUR, DAY = 3600.0, 86400.0
LONGEST = 1000 * DAY
MOST_ALARM = 60

Pause = tuple[float, float | None]  # from, to; None: still paused


class Step(StrEnum):
    """What has a deadline."""

    VERIFIKASI = "verifikasi"
    JAWABAN_PERTAMA = "jawaban_pertama"
    PENYELESAIAN = "penyelesaian"


class ReportClass(StrEnum):
    """LAPOR!'s classes; a pengaduan with oversight content (berkadar pengawasan) may take longer."""

    INFORMASI = "informasi"
    ASPIRASI = "aspirasi"
    PENGADUAN_BIASA = "pengaduan_biasa"
    PENGADUAN_PENGAWASAN = "pengaduan_pengawasan"


class TimeUnit(StrEnum):
    """What a limit is counted in."""

    JAM = "jam"
    HARI = "hari"
    HARI_KERJA = "hari_kerja"


class Start(StrEnum):
    """The moment from which a deadline counts."""

    DITERIMA = "diterima"
    DIVERIFIKASI = "diverifikasi"
    DITERUSKAN = "diteruskan"


@dataclass(frozen=True)
class Rule:
    """One step of some classes: `limit` units from `start`; its clock stands in the statuses of `pauses`.

    `source` is the legal text it rests on, and says so where nobody has checked it.
    """

    step: Step
    classes: tuple[ReportClass, ...]
    limit: int
    unit: TimeUnit
    start: Start
    pauses: tuple[Status, ...] = (Status.MENUNGGU_PELAPOR,)
    source: str = ""

    def __post_init__(self) -> None:
        if not self.classes:
            raise RegionError(f"deadlines.rule {self.step} has no classes: name one, or leave the line out for all.")
        if not 0 < self.seconds <= LONGEST:
            raise RegionError(f"deadlines.rule {self.step}: limit is {self.limit}: write 1 or more, up to 1000 days.")

    @property
    def seconds(self) -> float:
        """The limit in running seconds."""
        return self.limit * (HOUR if self.unit is TimeUnit.JAM else DAY)


@dataclass(frozen=True)
class Deadlines:
    """All rules of an office, and the calendar days after which silence of the citizen ends a wait.

    Without any rule nothing has a deadline; with some, every class must have one for its completion.
    """

    rules: tuple[Rule, ...] = ()
    confirm_days: int = 10
    question_days: int = 10

    def __post_init__(self) -> None:
        pairs = [(rule.step, of) for rule in self.rules for of in rule.classes]
        for step, of in pairs:
            if pairs.count((step, of)) > 1:
                raise RegionError(f"deadlines: two rules give {step} of {of}: leave it in one.")
        for of in ReportClass if self.rules else ():
            if not self.rule(Step.PENYELESAIAN, of):
                raise RegionError(f"deadlines: no rule gives {Step.PENYELESAIAN} of {of}: add a [[deadlines.rule]].")

    def rule(self, step: Step, of: ReportClass) -> Rule | None:
        """The rule for a step of a class; None where it has no deadline."""
        return next((rule for rule in self.rules if rule.step is step and of in rule.classes), None)


@dataclass(frozen=True)
class Reminders:
    """After which share of its time a group is reminded of a deadline, and whether the head hears of late cases.

    The alarm of an emergency that nobody takes repeats every `alarm_minutes`; after `alarm_head_after` of them the
    head hears it too.
    """

    before: float = 0.75
    escalate: bool = True
    alarm_minutes: int = 3
    alarm_head_after: int = 3

    def __post_init__(self) -> None:
        if not 0 < self.before < 1:
            raise RegionError(f"reminders.before is {self.before}: write a share between 0 and 1, such as 0.75.")
        for name in ("alarm_minutes", "alarm_head_after"):
            if not 1 <= getattr(self, name) <= MOST_ALARM:
                raise RegionError(f"reminders.{name} is {getattr(self, name)}: write 1 to {MOST_ALARM}, such as 3.")


def report_class(kind: str, topic: str, further: Sequence[str] = ()) -> ReportClass:
    """LAPOR!'s class of a report; what is neither wish nor question is treated as a complaint."""
    if kind in (ReportClass.INFORMASI, ReportClass.ASPIRASI):
        return ReportClass(kind)
    return ReportClass.PENGADUAN_PENGAWASAN if OVERSIGHT in (topic, *further) else ReportClass.PENGADUAN_BIASA


def pauses_in(rule: Rule, history: Sequence[tuple[float, Status]]) -> tuple[Pause, ...]:
    """When a rule's clock stood, from the statuses of a case and the moments it entered them, in order.

    It also stands while the office owes nothing: what is opened again does not pay for the time it was thought done.
    """
    ends = [*(at for at, _ in history[1:]), None]
    stays = zip(history, ends, strict=False)
    return tuple((at, end) for (at, status), end in stays if status in rule.pauses or status not in OPEN)


def running(calendar: Calendar, unit: TimeUnit, begin: float, end: float) -> float:
    """Seconds that a unit's clock ran between two moments; 0 where the end is not after the beginning."""
    if unit is not TimeUnit.HARI_KERJA:
        return max(0.0, end - begin)
    spans = takewhile(lambda span: span[0] < end, calendar.spans(begin))
    return sum((min(closes, end) - opens for opens, closes in spans), 0.0)


def due(
    calendar: Calendar, rule: Rule, start: float, pauses: Sequence[Pause] = (), *, share: float = 1.0
) -> float | None:
    """The moment a rule's time, or a share of it, is used up; None while the clock stands before that.

    A pause that begins after that moment changes nothing: what was late stays late.
    """
    at, left = start, rule.seconds * share
    for begin, end in _stops(pauses, start):
        ran = running(calendar, rule.unit, at, begin)
        if ran >= left:
            break
        if end == inf:
            return None
        at, left = end, left - ran
    return _after(calendar, rule.unit, at, left)


def spent(calendar: Calendar, rule: Rule, start: float, pauses: Sequence[Pause], now: float) -> tuple[float, float]:
    """(gross, net) running seconds since the start; net leaves the pauses out."""
    gross = running(calendar, rule.unit, start, now)
    stood = (running(calendar, rule.unit, begin, min(end, now)) for begin, end in _stops(pauses, start))
    return gross, gross - sum(stood)


def remaining(calendar: Calendar, rule: Rule, start: float, pauses: Sequence[Pause], now: float) -> float:
    """Running seconds that are left, pauses not counted; below 0 is late."""
    return rule.seconds - spent(calendar, rule, start, pauses, now)[1]


def _stops(pauses: Sequence[Pause], start: float) -> Iterator[tuple[float, float]]:
    """Pauses after the start in order, overlaps cut; one that is still on ends at infinity."""
    at = start
    for begin, end in sorted((begin, inf if end is None else end) for begin, end in pauses):
        if end > max(begin, at):
            yield max(begin, at), end
            at = end


def _after(calendar: Calendar, unit: TimeUnit, begin: float, seconds: float) -> float:
    """The first moment at which so many seconds (more than 0) have run."""
    if unit is not TimeUnit.HARI_KERJA:
        return begin + seconds
    spans = calendar.spans(begin)
    opens, closes = next(spans)
    while seconds > closes - opens:
        seconds -= closes - opens
        opens, closes = next(spans)
    return opens + seconds
