"""``python -m bench.duplicates``: precision and recall of `Mirip` and of joining; ``--fit`` makes the weights anew.

Thresholds and weights were chosen on choosing.jsonl, the rule of joining on joining.jsonl: pairs that all sound like
one matter beyond doubt. ``--testing`` scores testing.jsonl, on which nothing was chosen but this: after its counts the
rule of joining was three times made stricter, without a look at the pairs.
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Callable, Sequence

import numpy as np

from bench.duplicates.fitting import design, fit
from bench.duplicates.pairs import Pair, read, strangers
from bot.domain.likeness import LIKELY

KEYS: dict[str, Callable[[Pair], str]] = {
    "difference": lambda pair: pair.difference, "language": lambda pair: pair.language,
}  # fmt: skip
STRANGERS = 600
STRANGE = 3.0  # how much all strangers together weigh beside the pairs


def interval(hits: int, of: int) -> str:
    """A share with its 95 % interval (Wilson)."""
    if not of:
        return "–"
    z, p = 1.96, hits / of
    middle, spread = p + z * z / (2 * of), z * math.sqrt(p * (1 - p) / of + z * z / (4 * of * of))
    low, high = ((middle + sign * spread) / (1 + z * z / of) for sign in (-1, 1))
    return f"{p:.3f} [{low:.3f}, {high:.3f}] ({hits} of {of})"


def report(name: str, pairs: Sequence[Pair], says: Callable[[Pair], bool]) -> None:
    """Precision, recall, and what is said by kind of difference and by language."""
    said = [pair for pair in pairs if says(pair)]
    right = [pair for pair in said if pair.same]
    print(f"\n{name}: precision {interval(len(right), len(said))}")
    print(f"{' ' * len(name)}  recall    {interval(len(right), sum(pair.same for pair in pairs))}")
    for title, key in KEYS.items():
        for value in dict.fromkeys(key(pair) for pair in sorted(pairs, key=lambda pair: -pair.same)):
            here = [pair for pair in pairs if key(pair) == value]
            same = sum(pair.same for pair in here)
            print(f"  {title:10} {value:11} said {sum(map(says, here)):3} of {len(here):3} ({same} are the same)")


def refit(pairs: Sequence[Pair]) -> None:
    """Print bias and weights as the domain writes them, and what each threshold gives on these pairs."""
    pairs = [pair for pair in pairs if not pair.private]
    every = [*pairs, *(pair for pair in strangers(pairs, count=STRANGERS) if not pair.private)]
    share = np.array([STRANGE * len(pairs) / STRANGERS if pair.difference == "strangers" else 1.0 for pair in every])
    names, matrix, truth = design(every)
    bias, *weights = fit(names, matrix, truth, share)
    print(f"BIAS = {bias:.2f}")
    print({name: round(float(weight), 2) for name, weight in zip(names, weights, strict=True)})


def main() -> None:
    """See the module."""
    parser = argparse.ArgumentParser(prog="python -m bench.duplicates", description=__doc__)
    parser.add_argument("--fit", action="store_true", help="fit the weights on choosing.jsonl and print them")
    parser.add_argument("--testing", action="store_true", help="score testing.jsonl, once, at the end")
    asked = parser.parse_args()
    pairs = read("testing.jsonl" if asked.testing else "choosing.jsonl")
    if asked.fit:
        refit(pairs)
        return
    others = strangers(pairs, count=STRANGERS)
    for threshold in (LIKELY, 0.4, 0.6, 0.7, 0.8) if not asked.testing else (LIKELY,):
        report(f"Mirip at {threshold}", pairs, lambda pair, t=threshold: pair.likeness >= t)  # type: ignore[misc]
    report("joined by itself", pairs, lambda pair: pair.joined)
    if not asked.testing:
        report("joined by itself, of joining.jsonl", read("joining.jsonl"), lambda pair: pair.joined)
    likely, joined = sum(p.likeness >= LIKELY for p in others), sum(p.joined for p in others)
    print(f"\nstrangers of one topic: Mirip {interval(likely, len(others))}, joined {interval(joined, len(others))}")


if __name__ == "__main__":
    main()
