"""Whether the messages of the latest week are still those that the weeks before brought: topics, and the model's doubt.

Two things must come together before it counts: the change is large (population stability index) and more than chance
(G-test). A small office's few messages scatter; a large one's would find the smallest change significant.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import log, sqrt

LARGE = 0.2  # index: below 0.1 nothing, from 0.2 on something to look at
CERTAIN = 3.09  # deviations from what chance gives: once in a thousand weeks
FEWEST_NOW, FEWEST_BEFORE = 30, 100
EXPECTED = 5.0  # rarer classes are taken together: the test needs so many
REST = "*"


@dataclass(frozen=True)
class Drift:
    """How far the latest week lies from those before. `moved` has key, share before, share now; the farthest first."""

    now: int
    before: int
    index: float
    deviations: float
    moved: tuple[tuple[str, float, float], ...]

    @property
    def enough(self) -> bool:
        """Whether there are enough messages to say anything."""
        return self.now >= FEWEST_NOW and self.before >= FEWEST_BEFORE

    @property
    def alarming(self) -> bool:
        return self.enough and self.index >= LARGE and self.deviations >= CERTAIN


def drift_of(now: Mapping[str, int], before: Mapping[str, int]) -> Drift:
    """Compare the counts of two times by class."""
    n, m = sum(now.values()), sum(before.values())
    keys = sorted({*now, *before})
    shares = {key: (before.get(key, 0) / m if m else 0.0, now.get(key, 0) / n if n else 0.0) for key in keys}
    moved = sorted(((key, *pair) for key, pair in shares.items()), key=lambda each: -abs(each[2] - each[1]))
    pairs = _together([(now.get(key, 0), before.get(key, 0)) for key in keys], n, m)
    return Drift(n, m, _index(pairs), _deviations(pairs), tuple(moved))


def _together(pairs: list[tuple[int, int]], n: int, m: int) -> list[tuple[int, int]]:
    """The classes with those that are too rare for the test as one."""
    share = n / max(n + m, 1)
    kept = sorted(pairs, key=sum)
    rest = (0, 0)
    while len(kept) > 1 and (sum(kept[0]) * share < EXPECTED or 0 < sum(rest) * share < EXPECTED):
        now, before = kept.pop(0)
        rest = (rest[0] + now, rest[1] + before)
    return [*kept, rest] if any(rest) else kept


def _index(pairs: list[tuple[int, int]]) -> float:
    """Population stability index; half a message is added everywhere, so that an empty class is not infinite."""
    n, m = (sum(side) + len(pairs) / 2 for side in zip(*pairs, strict=True)) if pairs else (1.0, 1.0)
    shares = [((now + 0.5) / n, (before + 0.5) / m) for now, before in pairs]
    return sum((p - q) * log(p / q) for p, q in shares)


def _deviations(pairs: list[tuple[int, int]]) -> float:
    """The G statistic in standard deviations (Wilson and Hilferty): what chance alone gives lies around 0."""
    n, m = (sum(side) for side in zip(*pairs, strict=True)) if pairs else (0, 0)
    free = len(pairs) - 1
    if free < 1 or not n or not m:
        return 0.0
    total, g = n + m, 0.0
    for now, before in pairs:
        for count, side in ((now, n), (before, m)):
            if count:
                g += 2 * count * log(count * total / ((now + before) * side))
    spread = 2 / (9 * free)
    return float(((g / free) ** (1 / 3) - (1 - spread)) / sqrt(spread))
