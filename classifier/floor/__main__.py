"""`python -m classifier.floor --data FILE…`: what the floor catches and where it cries wolf, on labelled rows."""

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from classifier.floor import register
from classifier.floor.judge import judge
from classifier.verdict import EMERGENCY


@dataclass(slots=True)
class Tally:
    """Caught and all, per group of rows."""

    caught: Counter[str] = field(default_factory=Counter)
    all: Counter[str] = field(default_factory=Counter)

    def add(self, group: str, *, hit: bool) -> None:
        """Count one row."""
        self.all[group] += 1
        self.caught[group] += hit

    def lines(self, title: str) -> Iterator[str]:
        """One line per group, the whole first."""
        yield _line(title, self.caught.total(), self.all.total())
        for group in sorted(self.all):
            yield _line(f"  {group}", self.caught[group], self.all[group])


def main(argv: Sequence[str] | None = None) -> None:
    """Print recall by language, false alarms by trap, and the accuracy of the guessed register."""
    parser = argparse.ArgumentParser(prog="python -m classifier.floor", description=__doc__)
    parser.add_argument("--data", nargs="+", type=Path, required=True, metavar="FILE", help="JSON lines")
    parser.add_argument("--wrong", action="store_true", help="print missed ids and false alarms with their cues")
    options = parser.parse_args(argv)
    recall, alarms, languages = Tally(), Tally(), Tally()
    for row in _rows(options.data):
        verdict, emergency = judge(row["text"]), row["urgency"] == EMERGENCY
        language = row.get("language", "?")
        languages.add(language, hit=register(row["text"]) == language)
        if emergency:
            recall.add(language, hit=verdict.emergency)
        else:
            alarms.add(row.get("trap") or "no trap", hit=verdict.emergency)
        if options.wrong and verdict.emergency != emergency:
            kind = "missed" if emergency else "false alarm"
            print(f"{kind} {row.get('id')}: {verdict.danger} +{verdict.boost} -{verdict.excuse}")
    for tally, title in ((recall, "emergencies caught"), (alarms, "false alarms"), (languages, "register right")):
        print("\n".join(tally.lines(title)))


def _rows(paths: Sequence[Path]) -> Iterator[dict[str, Any]]:
    for path in paths:
        with path.open(encoding="utf-8") as file:
            yield from (row for line in file if (row := json.loads(line)).get("urgency"))


def _line(title: str, caught: int, whole: int) -> str:
    share = caught / whole if whole else 0.0
    return f"{title:24} {caught:5} of {whole:5}  {share:.3f}"


if __name__ == "__main__":
    main()
