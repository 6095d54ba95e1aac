"""How the model does in the office: agreement with the officers, doubt and confidence, week by week."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from bot.domain.correcting import TOPIC
from bot.domain.drift import Drift, drift_of
from bot.domain.teaching import Score, wilson
from bot.domain.topics import Topics

WEEK = 7 * 86400.0
WEEKS = 12
BEFORE = range(1, 9)  # the weeks that the latest one is compared with
BINS = 10


@dataclass(frozen=True)
class Word:
    """What was said of a case's topic at work: by the model before, by an officer after."""

    case_id: int
    field: str
    before: str
    after: str
    at: float
    language: str


@dataclass(frozen=True)
class Reading:
    """So many cases of a week (0 is the latest) that the model read alike; `bin` is its confidence in tenths."""

    week: int
    topic: str
    bin: int
    doubted: bool
    count: int


@dataclass(frozen=True)
class Heard:
    """A case on which model and officers can be compared."""

    topic: str
    language: str
    at: float
    agreed: bool


@dataclass(frozen=True)
class Week:
    """A week: how often they agreed, and how often the model doubted."""

    begins: float
    agreed: Score
    doubted: Score


@dataclass(frozen=True)
class Performance:
    """Everything that /kinerja shows. Weeks are oldest first, topics and languages the most heard of first."""

    whole: Score
    weeks: tuple[Week, ...]
    topics: tuple[tuple[str, Score], ...]
    languages: tuple[tuple[str, Score], ...]
    live: dict[str, Score] = field(default_factory=dict)
    topic_drift: Drift = field(default_factory=lambda: drift_of({}, {}))
    confidence_drift: Drift = field(default_factory=lambda: drift_of({}, {}))
    confidence: tuple[float, float] = (0.0, 0.0)
    """Mean confidence before and now."""


def perform(
    words: Sequence[Word], readings: Sequence[Reading], topics: Topics, *, now: float, live: dict[str, Score]
) -> Performance:  # fmt: skip
    """Count it all."""
    cases = heard(words, topics)
    return Performance(
        whole=_score(cases),
        weeks=tuple(_week(cases, readings, number, now) for number in reversed(range(WEEKS))),
        topics=_by(cases, lambda each: each.topic),
        languages=_by(cases, lambda each: each.language),
        live=live,
        topic_drift=_drift(readings, lambda each: topics.read(each.topic)),
        confidence_drift=_drift(readings, lambda each: str(each.bin)),
        confidence=(_confidence(readings, BEFORE), _confidence(readings, (0,))),
    )


def heard(words: Sequence[Word], topics: Topics) -> list[Heard]:
    """One entry a case: what the first officer met against the last word; who takes a case as it came agrees."""
    by_case: dict[int, list[Word]] = {}
    for word in words:
        by_case.setdefault(word.case_id, []).append(word)
    return [_heard(said, topics) for said in by_case.values()]


def _heard(said: Sequence[Word], topics: Topics) -> Heard:
    chosen = [word for word in said if word.field == TOPIC] or said
    first, last = topics.read(chosen[0].before), topics.read(chosen[-1].after)
    return Heard(last, chosen[-1].language, said[-1].at, first == last)


def _score(cases: Sequence[Heard]) -> Score:
    return wilson(sum(each.agreed for each in cases), len(cases))


def _by(cases: Sequence[Heard], key: Callable[[Heard], str]) -> tuple[tuple[str, Score], ...]:
    groups: dict[str, list[Heard]] = {}
    for each in cases:
        groups.setdefault(key(each), []).append(each)
    return tuple(sorted(((name, _score(group)) for name, group in groups.items()), key=lambda pair: -pair[1].n))


def _week(cases: Sequence[Heard], readings: Sequence[Reading], number: int, now: float) -> Week:
    begins = now - (number + 1) * WEEK
    mine = [each for each in readings if each.week == number]
    doubted = sum(each.count for each in mine if each.doubted)
    return Week(
        begins, _score([each for each in cases if begins < each.at <= begins + WEEK]),
        wilson(doubted, sum(each.count for each in mine)),
    )  # fmt: skip


def _drift(readings: Sequence[Reading], key: Callable[[Reading], str]) -> Drift:
    return drift_of(_counted(readings, (0,), key), _counted(readings, BEFORE, key))


def _counted(readings: Sequence[Reading], weeks: Iterable[int], key: Callable[[Reading], str]) -> Counter[str]:
    found: Counter[str] = Counter()
    for each in readings:
        if each.week in weeks:
            found[key(each)] += each.count
    return found


def _confidence(readings: Sequence[Reading], weeks: Iterable[int]) -> float:
    mine = [each for each in readings if each.week in weeks]
    total = sum(each.count for each in mine)
    return sum((each.bin + 0.5) / BINS * each.count for each in mine) / total if total else 0.0
