"""The confusion matrix of the picture: few topics, by name, those that are mistaken most."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from training.gate_words import named, shortened

if TYPE_CHECKING:
    from matplotlib.figure import Figure

MOST = 8  # topics: a phone shows no more so that they can be read
FEWEST = 2  # mistakes of a pair from which it is worth a square
LONGEST = 17  # letters of a name that fit
SMALL = 16.5
INK, GREY, RIGHT, WRONG = "#1A1A1A", "#555555", "#DCEBF5", (0.835, 0.369, 0.0)


@dataclass(frozen=True, slots=True)
class Cell:
    """How many messages of a topic got which answer from the new model."""

    topic: str
    answer: str
    count: int


def mistaken(confusion: Sequence[Mapping[str, Any]], names: Mapping[str, str]) -> list[Cell]:
    """The squares among the topics that are mistaken most, named; none where nothing is."""
    pairs = [item for item in confusion if item["topic"] != item["answer"] and item["after"] >= FEWEST]
    wrong: Counter[str] = Counter()
    for item in sorted(pairs, key=lambda item: -item["after"]):
        if len({*wrong, item["topic"], item["answer"]}) <= MOST:
            wrong[item["topic"]] += item["after"]
            wrong[item["answer"]] += item["after"]

    def shown(topic: str) -> str:
        return shortened(named(topic, names), LONGEST)

    return [
        Cell(shown(item["topic"]), shown(item["answer"]), item["after"])
        for item in confusion
        if item["topic"] in wrong and item["answer"] in wrong and item["after"]
    ]


def draw_matrix(figure: Figure, cells: Sequence[Cell], *, bottom: float, height: float, inch: float) -> None:
    """Rows: what it was; columns: what the model said."""
    topics = sorted({cell.topic for cell in cells} | {cell.answer for cell in cells})
    axes = figure.add_axes((0.3, bottom + 0.3 * inch, 0.66, height - 4.7 * inch))
    most = max((cell.count for cell in cells if cell.topic != cell.answer), default=1)
    axes.set_xlim(-0.5, len(topics) - 0.5)
    axes.set_ylim(len(topics) - 0.5, -0.5)
    for cell in cells:
        x, y = topics.index(cell.answer), topics.index(cell.topic)
        shade = (*WRONG, 0.15 + 0.7 * cell.count / most)
        colour = RIGHT if x == y else shade
        axes.fill([x - 0.47, x + 0.47, x + 0.47, x - 0.47], [y - 0.47, y - 0.47, y + 0.47, y + 0.47], color=colour)
        axes.text(x, y, str(cell.count), ha="center", va="center", fontsize=SMALL + 2, color=INK,
                  weight="normal" if x == y else "bold")  # fmt: skip
    axes.xaxis.tick_top()
    for at in range(len(topics) + 1):
        axes.axhline(at - 0.5, color="#E6E6E6", linewidth=1, zorder=0)
        axes.axvline(at - 0.5, color="#E6E6E6", linewidth=1, zorder=0)
    axes.set_xticks(range(len(topics)), topics, rotation=90, fontsize=SMALL)
    axes.set_yticks(range(len(topics)), topics, fontsize=SMALL)
    axes.tick_params(length=0)
    for side in axes.spines.values():
        side.set_visible(False)
    figure.text(0.04, bottom + height - 0.8 * inch, "baris: topik sebenarnya · kolom: jawaban model baru\n"
                "biru: benar · oranye: tertukar", fontsize=SMALL, va="top", color=GREY, linespacing=1.4)  # fmt: skip
