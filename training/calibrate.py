"""Sets mixing, certainty and thresholds of a trained model on rows it never saw, and scores them out of fold.

Every figure of the report comes from rows that the settings behind it were not chosen on: the rows are cut into
five parts by story, and each part is judged with what the other four would have chosen. What is saved is then chosen
on all of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from classifier import floor
from classifier.decide import MULTI, Decision, Thresholds, decide
from classifier.text import clean, has_words
from training.artefact import seal
from training.data import Example, read
from training.evaluate import note
from training.labels import HEADS
from training.mixing import Mixing, choose_mixing, marks, truths
from training.report import report
from training.score import Logits, logits, manifest_of
from training.thresholds import Limits, choose_thresholds
from training.twins import grouped

Floats = npt.NDArray[np.float32]
FOLDS = 5
FEW = 50  # messages below which a language is not scored on its own


def calibrate(folder: Path, files: Sequence[Path], *, seed: int, limits: Limits | None = None) -> dict[str, Any]:
    """Write mixing, temperatures and thresholds into the manifest; the out-of-fold report, also kept in metrics.json
    as "out_of_fold" with one entry for all, for each file and for its languages."""
    rows = grouped(read(files))
    found = logits(folder, [row.text for row in rows])
    limits = limits or Limits()
    judged = out_of_fold(rows, found, seed=seed, limits=limits)
    mixing, thresholds = choose(rows, found, limits=limits)
    manifest = manifest_of(folder)
    manifest |= {"mix": mixing.weights, "calibration": mixing.temperatures, "thresholds": thresholds}
    seal(folder, manifest)
    scores = {
        name: report([rows[at] for at in picked], [judged[at] for at in picked])
        for name, picked in slices(rows).items()
    }
    note(folder, "out_of_fold", scores)
    return scores


def slices(rows: Sequence[Example]) -> dict[str, list[int]]:
    """Places of the rows: all, of each file, and of a file's languages where it holds both Indonesian and Javanese."""
    out = {"all": list(range(len(rows)))}
    for source in dict.fromkeys(row.source for row in rows):
        out[source] = [at for at, row in enumerate(rows) if row.source == source]
        indonesian = [at for at in out[source] if rows[at].labels.get("language") == "id"]
        javanese = [at for at in out[source] if rows[at].labels.get("language", "").startswith(("jv", "campur"))]
        if min(len(indonesian), len(javanese)) >= FEW:
            out |= {f"{source}, Indonesian": indonesian, f"{source}, Javanese and mixed": javanese}
    return out


def out_of_fold(rows: Sequence[Example], found: Logits, *, seed: int, limits: Limits) -> list[Decision]:
    """Every row judged by settings chosen without its fold, in order."""
    fold = _folds(rows, seed=seed)
    decisions: dict[int, Decision] = {}
    for number in range(FOLDS):
        rest, own = np.flatnonzero(fold != number).tolist(), np.flatnonzero(fold == number).tolist()
        mixing, thresholds = choose([rows[at] for at in rest], _at(found, rest), limits=limits)
        part = _at(found, own)
        judged = decisions_of([rows[at] for at in own], mixing.probabilities(part.deep, part.wide), thresholds)
        decisions.update(zip(own, judged, strict=True))
    return [decisions[at] for at in range(len(rows))]


def choose(rows: Sequence[Example], found: Logits, *, limits: Limits) -> tuple[Mixing, dict[str, Any]]:
    """Mixing and thresholds that suit these rows."""
    true: dict[str, npt.NDArray[np.generic]] = dict(truths(rows, HEADS))
    true[MULTI] = marks(rows, HEADS["topic"])
    mixing = choose_mixing(found.deep, found.wide, true)
    p = mixing.probabilities(found.deep, found.wide)
    return mixing, choose_thresholds(p, rows, HEADS, limits=limits)


def decisions_of(
    rows: Sequence[Example], p: Mapping[str, Floats], thresholds: Mapping[str, Any]
) -> list[Decision]:
    """What would be served for each row."""
    chosen = Thresholds(**thresholds)
    out = []
    for at, row in enumerate(rows):
        text = clean(row.text)
        own = {head: values[at] for head, values in p.items()}
        out.append(decide(own, HEADS, chosen, floor=floor.emergency(text), has_words=has_words(text)))
    return out


def _folds(rows: Sequence[Example], *, seed: int) -> npt.NDArray[np.int64]:
    names = list(dict.fromkeys(row.group for row in rows))
    order = np.random.default_rng(seed).permutation(len(names))
    place = {names[at]: number % FOLDS for number, at in enumerate(order)}
    return np.array([place[row.group] for row in rows])


def _at(found: Logits, places: list[int]) -> Logits:
    return Logits(
        {head: values[places] for head, values in found.deep.items()},
        {head: values[places] for head, values in found.wide.items()},
    )
