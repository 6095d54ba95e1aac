"""One picture for the admin: what became better, what worse, and which topics are still mistaken for each other.

Drawn for a phone: 1080 pixels wide, nothing smaller than 22. Better is blue and points right, worse is orange and
points left, so that it can be told without seeing colours.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from training.gate_words import LANGUAGES, named, percents, shortened, why
from training.picture_matrix import Cell, draw_matrix, mistaken

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

DPI = 100
WIDTH = 10.8
SMALL, PLAIN, LARGE = 16.5, 18.0, 26.0  # points; at 100 dots an inch a point is 1.39 pixels
BETTER, WORSE, SAME = "#0072B2", "#D55E00", "#8A8A8A"
INK, GREY, PALE = "#1A1A1A", "#555555", "#E6E6E6"
ROW = 0.86  # inches for one bar with its words
TITLE = 1.5  # inches above the bars
FARTHEST = 0.25  # gain that fills the width: a greater one is cut, so that small losses can still be seen
MOST_TOPICS = 6
LONGEST = 28  # letters that fit beside the bars
SHORT = {
    "own": "Koreksi terbaru kantor", "topic": "Topik benar", "kind": "Jenis pesan benar",
    "emergencies": "Darurat tertangkap", "false_alarms": "Alarm palsu", "unsure": "Ditanyakan ke meja",
    "new_topics": "Terseret ke topik baru",
}  # fmt: skip
ALWAYS = ("own", "topic", "emergencies", "false_alarms", "kind")


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of the picture."""

    title: str
    detail: str
    gain: float
    low: float
    high: float
    blocked: bool


def draw(report: Mapping[str, Any], path: Path) -> None:
    """Write the PNG of a gate's report."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    main, topics = bars(report)
    cells = mistaken(report["confusion"], report["names"])
    heights = [2.4, _bars_height(main), _bars_height(topics), _matrix_height(cells)]
    figure = Figure(figsize=(WIDTH, sum(heights)), dpi=DPI, facecolor="white")
    FigureCanvasAgg(figure)
    places = _places(heights)
    _head(figure, report, places[0])
    _bars(figure, "Model baru dibanding yang sekarang", main, places[1])
    if topics:
        _bars(figure, "Topik yang paling berubah", topics, places[2])
    if cells:
        bottom, height = places[3]
        figure.text(0.04, bottom + height - 0.25 / sum(heights), "Yang masih tertukar", fontsize=PLAIN + 3,
                    weight="bold", va="top", color=INK)  # fmt: skip
        draw_matrix(figure, cells, bottom=bottom, height=height, inch=1 / sum(heights))
    figure.savefig(path, format="png", dpi=DPI)


def bars(report: Mapping[str, Any]) -> tuple[list[Bar], list[Bar]]:
    """(what is always shown, with every slice that was blocked; the topics that changed most)."""
    names = report["names"]
    slices = report["slices"]
    main = [item for name in ALWAYS for item in slices if item["name"] == name]
    main += [item for item in slices if item["name"] in SHORT and item["blocked"] and item["name"] not in ALWAYS]
    main += [item for item in slices if item["name"] == "language" and item["blocked"]]
    moved = [item for item in slices if item["name"] == "one_topic" and item["change"]]
    moved.sort(key=lambda item: (not item["blocked"], -abs(item["change"])))
    moved = sorted(moved[:MOST_TOPICS], key=lambda item: -item["change"])
    return [_bar(item, names) for item in main], [_bar(item, names) for item in moved]


def _bar(item: Mapping[str, Any], names: Mapping[str, str]) -> Bar:
    before, after = percents(item["before"], item["after"])
    sign = -1.0 if item["less_is_better"] else 1.0
    ends = sorted((sign * item["low"], sign * item["high"]))
    title = SHORT.get(item["name"]) or shortened(named(item["label"], names), LONGEST)
    if item["name"] == "language":
        title = LANGUAGES.get(item["label"], item["label"]).capitalize()
    detail = f"tetap {after}" if before == after else f"{before} → {after}"
    return Bar(title, f"{detail} · {item['rows']} pesan", sign * item["change"], ends[0], ends[1], item["blocked"])


def _places(heights: Sequence[float]) -> list[tuple[float, float]]:
    """(bottom, height) of each block, from the top, in shares of the figure."""
    total, top, out = sum(heights), 1.0, []
    for height in heights:
        top -= height / total
        out.append((top, height / total))
    return out


def _head(figure: Figure, report: Mapping[str, Any], place: tuple[float, float]) -> None:
    bottom, height = place
    blocked = bool(report["reasons"])
    word = "TERTAHAN" if blocked else "LOLOS"
    told = why(report["reasons"])
    figure.text(0.04, bottom + 0.76 * height, word, fontsize=LARGE + 8, weight="bold", va="center",
                color=WORSE if blocked else BETTER)  # fmt: skip
    figure.text(0.04, bottom + 0.45 * height, told, fontsize=PLAIN, va="center", color=INK)
    figure.text(0.04, bottom + 0.2 * height, f"baru: {report['challenger']}\nkini: {report['champion']}",
                fontsize=SMALL, va="center", color=GREY, linespacing=1.4)  # fmt: skip


def _bars(figure: Figure, title: str, rows: Sequence[Bar], place: tuple[float, float]) -> None:
    bottom, height = place
    inch = height / _bars_height(rows)
    axes = figure.add_axes((0.5, bottom, 0.46, ROW * len(rows) * inch))
    figure.text(0.04, bottom + height - 0.25 * inch, title, fontsize=PLAIN + 3, weight="bold", va="top", color=INK)
    figure.text(0.04, bottom + height - 0.75 * inch, "garis hitam: rentang\nyang masih mungkin", fontsize=SMALL,
                va="top", color=GREY, linespacing=1.2)  # fmt: skip
    most = min(FARTHEST, max(0.05, *(max(abs(row.low), abs(row.high), abs(row.gain)) for row in rows))) * 1.08
    axes.set_xlim(-most, most)
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.axis("off")
    axes.axvline(0, color=INK, linewidth=2)
    axes.text(-0.04 * most, -0.68, "◀ memburuk", ha="right", fontsize=SMALL, color=WORSE, va="center")
    axes.text(0.04 * most, -0.68, "membaik ▶", ha="left", fontsize=SMALL, color=BETTER, va="center")
    for at, row in enumerate(rows):
        _line(axes, at, row)


def _bars_height(rows: Sequence[Bar]) -> float:
    return TITLE + ROW * len(rows) + 0.2 if rows else 0.0


def _line(axes: Axes, at: int, row: Bar) -> None:
    colour = SAME if row.gain == 0 else BETTER if row.gain > 0 else WORSE
    axes.axhline(at + 0.5, color=PALE, linewidth=1, xmin=-1.1, clip_on=False)
    axes.barh(at, row.gain, height=0.42, color=colour, zorder=2)
    if row.high > row.low:
        axes.plot([row.low, row.high], [at, at], color=INK, linewidth=3, zorder=3, solid_capstyle="butt")
        for end in (row.low, row.high):
            axes.plot([end, end], [at - 0.12, at + 0.12], color=INK, linewidth=3, zorder=3)
    words = axes.get_yaxis_transform()
    mark = "✖ " if row.blocked else ""
    axes.text(-1.0, at - 0.17, mark + row.title, transform=words, fontsize=PLAIN, va="center", color=INK,
              weight="bold" if row.blocked else "normal")  # fmt: skip
    axes.text(-1.0, at + 0.2, row.detail, transform=words, fontsize=SMALL, va="center", color=GREY)


def _matrix_height(cells: Sequence[Cell]) -> float:
    topics = {cell.topic for cell in cells} | {cell.answer for cell in cells}
    return 5.0 + 0.78 * len(topics) if topics else 0.0
