"""Is the office that a report complains about found, and one that is only mentioned let alone? Precision and recall.

    python -m bench.accused              # the development set, for work on the rules
    python -m bench.accused --testing    # the testing set: looked at once the rules stand
    python -m bench.accused --wrong      # with the sentences that came out wrong

Both sets are written for this (tests/bot/domain/accused_*.jsonl): Indonesian, ngoko, krama and ngapak; the departments
are those of `wadul.toml`. A pair of report and office counts as found, missed, or wrongly said.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from bot.domain.accused import accused_of
from bot.domain.region import Region
from bot.region_file import load_region

ROOT = Path(__file__).parents[1]
REGION = ROOT / "wadul.toml"
SETS = ROOT / "tests/bot/domain"
LANGUAGES = ("id", "ngoko", "krama", "ngapak")


@dataclass(frozen=True)
class Row:
    """A report, the offices that it complains about, and those that were found."""

    text: str
    language: str
    accused: frozenset[str]
    found: frozenset[str]


@dataclass(frozen=True)
class Score:
    """Pairs of report and office."""

    found: int
    missed: int
    wrong: int

    @property
    def precision(self) -> float:
        """Of the offices said, the share that is complained about."""
        return self.found / max(1, self.found + self.wrong)

    @property
    def recall(self) -> float:
        """Of the offices complained about, the share that was said."""
        return self.found / max(1, self.found + self.missed)


def rows_of(name: str, region: Region) -> list[Row]:
    """A set, with what the rules find in it."""
    lines = (SETS / f"accused_{name}.jsonl").read_text(encoding="utf-8").splitlines()
    read = [json.loads(line) for line in lines]
    return [
        Row(each["text"], each["language"], frozenset(each["accused"]), frozenset(accused_of(region, each["text"])))
        for each in read
    ]


def score(rows: Iterable[Row]) -> Score:
    """How the rules do on these rows."""
    every = list(rows)
    return Score(
        sum(len(row.accused & row.found) for row in every),
        sum(len(row.accused - row.found) for row in every),
        sum(len(row.found - row.accused) for row in every),
    )


def lines_of(rows: Sequence[Row]) -> Iterable[str]:
    """The figures, whole and by language."""
    for name in ("all", *LANGUAGES):
        some = [row for row in rows if name in ("all", row.language)]
        got = score(some)
        yield (
            f"{name:7} {len(some):4} reports  precision {got.precision:.3f}  recall {got.recall:.3f}"
            f"  (found {got.found}, missed {got.missed}, wrongly said {got.wrong})"
        )


def main(
    *,
    testing: Annotated[bool, typer.Option("--testing", help="The testing set.")] = False,
    wrong: Annotated[bool, typer.Option("--wrong", help="Show what came out wrong.")] = False,
) -> None:
    """Print how well offices complained about are found."""
    rows = rows_of("test" if testing else "dev", load_region(REGION))
    for line in lines_of(rows):
        typer.echo(line)
    for row in rows if wrong else ():
        if row.accused != row.found:
            typer.echo(f"{sorted(row.accused)} but {sorted(row.found)}: {row.text}")


if __name__ == "__main__":
    typer.run(main)
