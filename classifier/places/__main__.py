"""`python -m classifier.places --data FILE…`: how well `locate` finds the `location` of labelled rows."""

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from classifier.places import locate

_WORD = re.compile(r"\w+")


@dataclass(slots=True)
class Score:
    """Sums over the rows of one file."""

    rows: int = 0
    named: int = 0
    exact: int = 0
    overlap: float = 0.0
    missed: int = 0
    spurious: int = 0

    def add(self, given: str | None, found: str | None) -> None:
        """Count one row: the labelled phrase and the found one, compared as words in lower case."""
        self.rows += 1
        if given is None:
            self.spurious += found is not None
            return
        self.named += 1
        self.missed += found is None
        if found is not None:
            self.exact += words(given) == words(found)
            self.overlap += f1(given, found)

    def __str__(self) -> str:
        """One line for people."""
        named, empty = max(self.named, 1), self.rows - self.named
        return (
            f"places {self.named}, exact {self.exact / named:.3f}, overlap F1 {self.overlap / named:.3f}, "
            f"missed {self.missed}, spurious {self.spurious} of {empty}"
        )


def words(phrase: str) -> list[str]:
    """A phrase's words in lower case, without marks."""
    return _WORD.findall(phrase.lower())


def f1(given: str, found: str) -> float:
    """Harmonic mean of precision and recall over words."""
    left, right = Counter(words(given)), Counter(words(found))
    total = left.total() + right.total()
    return 2 * (left & right).total() / total if total else 1.0


def main(argv: Sequence[str] | None = None) -> None:
    """Print one line per file and, with --wrong, the rows that differ."""
    parser = argparse.ArgumentParser(prog="python -m classifier.places", description=__doc__)
    parser.add_argument("--data", nargs="+", type=Path, required=True, metavar="FILE", help="JSON lines")
    parser.add_argument("--wrong", action="store_true", help="print what differs")
    options = parser.parse_args(argv)
    for path in options.data:
        score = Score()
        for given, found in _compared(rows(path)):
            score.add(given, found)
            if options.wrong and words(given or "") != words(found or ""):
                print(f"  labelled {given!r}, found {found!r}")
        print(f"{path.name}: {score}")


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """The rows of one file."""
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def _compared(found: Iterable[dict[str, Any]]) -> Iterator[tuple[str | None, str | None]]:
    for row in found:
        if "location" in row:
            yield row["location"] or None, locate(row["text"])


if __name__ == "__main__":
    main()
