"""What every retrain begins with: the champion, the office's topics, the corrections."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from training.carrying import Carrying
from training.champion import Champion, open_champion
from training.corrections import Correction, read_corrections, read_labels


@dataclass(frozen=True, slots=True, eq=False)
class Opening:
    """`carrying` leads from the champion's topics to those of the new model."""

    champion: Champion
    carrying: Carrying
    sets: dict[str, tuple[str, ...]]
    """Head → the labels of the new model."""
    corrections: list[Correction]


def read_opening(model: Path, data: Sequence[Path], labels: Path | None) -> Opening:
    """Read all of it; ArtefactError or DataError says what is wrong."""
    champion = open_champion(model)
    known = champion.parts.labels["topic"]
    found = read_labels(labels, known=known)
    carrying = Carrying(known, found.topics(known), found)
    sets = {**champion.parts.labels, "topic": carrying.new}
    return Opening(champion, carrying, sets, read_corrections(data, sets=sets, labels=found))
