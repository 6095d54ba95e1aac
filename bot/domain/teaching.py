"""Which message an admin labels next, and what the labels say: live accuracy, and where two admins differ."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt

from bot.domain.learning import Learning

Z = 1.96  # of 95 %


class Reason(StrEnum):
    """Why a message is shown."""

    UNCERTAIN = "uncertain"
    RARE = "rare"
    DIVERSE = "diverse"
    RANDOM = "random"
    SECOND = "second"
    """A label that may be wrong."""
    AGAIN = "again"
    """A second admin looks, blind to the first one's answer and to the model's."""


@dataclass(frozen=True)
class Task:
    """A case to label, with what the model said of it. `admin` is empty while nobody has it."""

    id: int
    case_id: int
    reason: Reason
    kind: str
    topic: str
    urgency: str
    model: str | None
    admin: str
    at: float

    @property
    def blind(self) -> bool:
        return self.reason is Reason.AGAIN


@dataclass(frozen=True)
class Answer:
    """What an admin said of a task; skipped, its labels are empty."""

    task_id: int
    case_id: int
    admin: str
    kind: str
    topic: str
    urgency: str
    at: float
    seconds: float = 0.0

    @property
    def skipped(self) -> bool:
        return not self.topic


@dataclass(frozen=True)
class Candidate:
    """A case that may be labelled next."""

    case_id: int
    topic: str
    language: str
    margin: float


@dataclass(frozen=True)
class Score:
    """How many of `n` were right, as a share with the bounds of its Wilson interval."""

    right: int
    n: int
    low: float
    high: float

    @property
    def share(self) -> float:
        return self.right / self.n if self.n else 0.0


@dataclass(frozen=True)
class Disagreement:
    """A field of a case that admins see differently: who said what."""

    case_id: int
    field: str
    said: tuple[tuple[str, str], ...]


def margin_of(guesses: Sequence[tuple[str, float]], p_topic: float) -> float:
    """How far the best guess lies before the next."""
    likely = sorted((p for _, p in guesses), reverse=True)
    return likely[0] - likely[1] if len(likely) > 1 else p_topic


def choose_reason(draw: float, possible: Sequence[Reason], learning: Learning) -> Reason:
    """The reason, of at least one, that a number from 0 to 1 falls on.

    The random share is what it is; the others divide the rest.
    """
    shares = {Reason.RANDOM: learning.random_share, Reason.AGAIN: learning.blind_share}
    fixed = {reason: share for reason, share in shares.items() if reason in possible}
    others = [reason for reason in possible if reason not in fixed]
    if not others:
        total = sum(fixed.values())
        fixed = {reason: share / total for reason, share in fixed.items()} if total else fixed
    each = (1 - sum(fixed.values())) / len(others) if others else 0.0
    reached = 0.0
    for reason, share in (fixed | dict.fromkeys(others, each)).items():
        reached += share
        if draw < reached:
            return reason
    return possible[-1]


def most_uncertain(candidates: Sequence[Candidate]) -> Candidate:
    """The one whose two best guesses lie closest."""
    return min(candidates, key=lambda c: c.margin)


def rarest(candidates: Sequence[Candidate], labelled: Mapping[str, int]) -> Candidate:
    """The one whose guessed topic was labelled least and comes least; of these the most uncertain."""
    comes = Counter(c.topic for c in candidates)
    return min(candidates, key=lambda c: (labelled.get(c.topic, 0), comes[c.topic], c.margin))


def most_different(
    candidates: Sequence[Candidate], labelled: Mapping[tuple[str, str], int], likeness: Mapping[int, float], *,
    draw: float,
) -> Candidate:  # fmt: skip
    """The one least like what was labelled.

    `likeness` says for cases, where that is known, how alike the likest labelled one is in meaning. A `draw` from 0 to
    1 gives those whose meaning is not kept their share: of them the one whose topic was labelled least in its language.
    """
    known = [each for each in candidates if each.case_id in likeness]
    if draw < len(known) / len(candidates):
        return min(known, key=lambda c: (likeness[c.case_id], c.margin))
    rest = [each for each in candidates if each.case_id not in likeness]
    return min(rest, key=lambda c: (labelled.get((c.topic, c.language), 0), c.margin))


def wilson(right: int, n: int) -> Score:
    """A share with its 95 % interval; it stays between 0 and 1, also where there is next to nothing."""
    if n == 0:
        return Score(0, 0, 0.0, 1.0)
    share, square = right / n, Z * Z
    middle = (share + square / (2 * n)) / (1 + square / n)
    half = Z * sqrt(share * (1 - share) / n + square / (4 * n * n)) / (1 + square / n)
    return Score(right, n, max(0.0, middle - half), min(1.0, middle + half))


def disagreement(answers: Sequence[Answer], field: str) -> Disagreement | None:
    """What admins say differently of one case, oldest first; None where most of them agree."""
    latest = {each.admin: str(getattr(each, field)) for each in answers if not each.skipped}
    counted = Counter(latest.values()).most_common()
    if not counted or counted[0][1] * 2 > len(latest):
        return None
    return Disagreement(answers[0].case_id, field, tuple(latest.items()))
