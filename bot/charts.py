"""python -m bot.charts FILE: draw the picture of /kinerja from JSON on stdin.

A process of its own, for matplotlib takes memory that the bot shall not carry about. Drawn for a phone: 1080 pixels
wide, nothing smaller than 22. Agreement is blue with dots, doubt orange with squares: neither needs colours to be told
apart.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

DPI, WIDTH = 100, 10.8
SMALL, PLAIN, LARGE = 16.5, 18.0, 26.0  # points; at 100 dots an inch a point is 1.39 pixels
AGREED, DOUBTED, INK, GREY, PALE = "#0072B2", "#D55E00", "#1A1A1A", "#555555", "#E6E6E6"
LEFT, RIGHT = 0.36, 0.8
HEAD, LINE, WEEKS, TITLE, ROW = 1.35, 0.4, 4.6, 0.9, 0.62  # inches
ENOUGH = 3  # weeks with fewer cases are left out of a line
Data = Mapping[str, Any]


def draw(data: Data, path: Path) -> None:
    """Write the PNG."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    groups = [(key, data[key]) for key in ("topics", "languages", "moved") if data[key]]
    blocks = [TITLE + ROW * len(rows) + 0.35 for _, rows in groups]
    heights = [HEAD + LINE * len(_wrapped(data["lines"])), WEEKS, *blocks]
    figure = Figure(figsize=(WIDTH, sum(heights)), dpi=DPI, facecolor="white")
    FigureCanvasAgg(figure)
    places = _places(heights)
    _head(figure, data, places[0])
    _weeks(figure, data, places[1])
    for (key, rows), place in zip(groups, places[2:], strict=True):
        axes = _rows(figure, data["words"][key], rows, place, sum(heights))
        _moved(axes, rows, data["words"]) if key == "moved" else _scores(axes, rows)
    figure.savefig(path, format="png", dpi=DPI)


def _places(heights: Sequence[float]) -> list[tuple[float, float]]:
    """(bottom, height) of each block, from the top, in shares of the figure."""
    total, top, out = sum(heights), 1.0, []
    for height in heights:
        top -= height / total
        out.append((top, height / total))
    return out


def _head(figure: Figure, data: Data, place: tuple[float, float]) -> None:
    bottom, height = place
    top = height * 0.62 / (HEAD + LINE * len(_wrapped(data["lines"])))
    figure.text(0.04, bottom + height - top, data["title"], fontsize=LARGE, weight="bold", va="center", color=INK)
    words = "\n".join(_wrapped(data["lines"]))
    figure.text(0.04, bottom + height - top - 0.65 * top, words, fontsize=PLAIN, va="top", color=INK, linespacing=1.5)


def _wrapped(lines: Sequence[str]) -> list[str]:
    return [part for line in lines for part in wrap(line, 66)]


def _weeks(figure: Figure, data: Data, place: tuple[float, float]) -> None:
    bottom, height = place
    words, weeks = data["words"], data["weeks"]
    figure.text(0.04, bottom + 0.94 * height, words["weeks"], fontsize=PLAIN + 3, weight="bold", va="top", color=INK)
    axes = figure.add_axes((0.11, bottom + 0.14 * height, 0.83, 0.58 * height))
    for key, colour, mark in (("agreed", AGREED, "o"), ("doubted", DOUBTED, "s")):
        points = [(at, 100 * week[key]["share"]) for at, week in enumerate(weeks) if week[key]["n"] >= ENOUGH]
        if points:
            look = {"color": colour, "marker": mark, "markersize": 11, "linewidth": 3.5, "label": words[key],
                    "clip_on": False}  # fmt: skip
            axes.plot(*zip(*points, strict=True), **look)
    if axes.lines:
        axes.legend(loc="lower left", bbox_to_anchor=(0, 1.0), ncols=2, fontsize=SMALL, frameon=False)
    else:
        axes.text(0.5, 0.5, words["nothing"], transform=axes.transAxes, ha="center", fontsize=PLAIN, color=GREY)
    axes.set_xlim(-0.5, len(weeks) - 0.5)
    axes.set_ylim(0, 104)
    axes.set_xticks(range(len(weeks) - 1, -1, -3), [weeks[at]["name"] for at in range(len(weeks) - 1, -1, -3)])
    axes.set_yticks((0, 50, 100), ("0 %", "50 %", "100 %"))
    axes.grid(axis="y", color=PALE, linewidth=2)
    _bare(axes)


def _rows(figure: Figure, title: str, rows: Sequence[Data], place: tuple[float, float], inches: float) -> Axes:
    """A block of rows: its title, the names at the left, and the axes for what they show."""
    bottom, height = place
    top = bottom + height
    figure.text(0.04, top - 0.1 / inches, title, fontsize=PLAIN + 3, weight="bold", va="top", color=INK)
    axes = figure.add_axes((LEFT, bottom + 0.35 / inches, RIGHT - LEFT, ROW * len(rows) / inches))
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.set_yticks(range(len(rows)), [_short(row["name"]) for row in rows])
    _bare(axes)
    return axes


def _short(name: str) -> str:
    return name if len(name) <= 24 else name[:23].rstrip() + "…"


def _scores(axes: Axes, rows: Sequence[Data]) -> None:
    for at, row in enumerate(rows):
        share = 100 * row["share"]
        axes.barh(at, share, height=0.56, color=AGREED)
        axes.plot((100 * row["low"], 100 * row["high"]), (at, at), color=INK, linewidth=3, solid_capstyle="butt")
        axes.text(104, at, f"{share:.0f} % · {row['n']:.0f}", va="center", fontsize=SMALL, color=INK)
    axes.set_xlim(0, 100)
    axes.set_xticks((0, 50, 100), ("", "", ""))
    axes.grid(axis="x", color=PALE, linewidth=2)
    axes.set_axisbelow(True)


def _moved(axes: Axes, rows: Sequence[Data], words: Mapping[str, str]) -> None:
    most = max(max(row["before"], row["now"]) for row in rows) or 1.0
    for at, row in enumerate(rows):
        before, now = 100 * row["before"], 100 * row["now"]
        axes.plot((before, now), (at, at), color=GREY, linewidth=4, zorder=1)
        axes.scatter(before, at, s=150, facecolor="white", edgecolor=GREY, linewidth=3, zorder=2,
                     label=words["before"] if at == 0 else None)  # fmt: skip
        axes.scatter(now, at, s=190, marker="s", color=DOUBTED, zorder=3, label=words["now"] if at == 0 else None)
        axes.text(108 * most, at, f"{before:.0f} % → {now:.0f} %", va="center", fontsize=SMALL, color=INK)
    axes.set_xlim(-4 * most, 104 * most)
    axes.set_xticks(())
    axes.legend(loc="lower right", bbox_to_anchor=(1.3, 1.0), ncols=2, fontsize=SMALL, frameon=False, borderaxespad=0)


def _bare(axes: Axes) -> None:
    axes.tick_params(labelsize=SMALL, length=0, colors=INK, pad=8)
    for spine in axes.spines.values():
        spine.set_visible(False)


if __name__ == "__main__":
    draw(json.load(sys.stdin), Path(sys.argv[1]))
