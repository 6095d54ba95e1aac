"""The gate: champion and challenger on the same frozen messages; what was lost beyond a margin blocks the challenger.

Three sets, none of which the judged model learnt: the shipped one (`training/held_out.jsonl`), in it the emergencies
and what only looks like them, and the office's own newest corrections. The last are judged by the fit that does not
know them (``apart``, see `training.refit`), the others by the challenger itself, which is what would be used: a batch
that poisons only the newest corrections is seen there. Where the older corrections make next to none of the newest
right, they contradict each other, and nothing good can have been learnt from them.

A topic that only the challenger knows cannot stand in the shipped set. A message that goes to one is judged by the best
of the other topics, and how many do so is guarded as a figure of its own.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from classifier.verdict import EMERGENCY
from training.corrections import LabelMap, read_corrections
from training.data import Example, read
from training.errors import DataError
from training.gate_models import Model, Said, encoded, open_model, said, same_encoder
from training.gate_scores import Margins, Slice, calibrated, compared, contradicted, grouped
from training.gate_words import sentences

HELD_OUT = Path(__file__).resolve().parent / "held_out.jsonl"
MOST_OWN = 1000  # newest corrections that are asked
PASSED, BLOCKED = "passed", "blocked"
Pair = tuple[list[Said], list[Said]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Inputs of one judgement."""

    champion: Path
    challenger: Path
    apart: Path | None = None
    """The fit without the newest corrections; without one the challenger is asked, which must not have learnt them."""
    own: Path | None = None
    shipped: Path = HELD_OUT
    margins: Margins = field(default_factory=Margins)
    names: Mapping[str, str] = field(default_factory=dict)
    """Topic id → its name for people."""
    threads: int = 2


def judge(question: Question) -> dict[str, Any]:
    """The report: figures, the verdict, and the reasons as data and as sentences."""
    began = time.monotonic()
    champion, challenger = open_model(question.champion), open_model(question.challenger)
    apart = open_model(question.apart) if question.apart is not None else challenger
    _same_office(champion, challenger, apart)
    labels = _map(challenger)
    shipped, own = read([question.shipped]), _own(question.own, challenger, labels)
    added = frozenset(challenger.parts.labels["topic"]) - frozenset(champion.parts.labels["topic"])
    first = _asked(champion, challenger, shipped, hidden=added, threads=question.threads)
    second = _asked(champion, apart, own, hidden=frozenset(), threads=question.threads)
    found = [*_shipped(shipped, first, labels, question.margins), *_own_slices(own, second, labels, question.margins)]
    reasons = [item.plain() for item in found if item.blocked]
    report: dict[str, Any] = {
        "verdict": BLOCKED if reasons else PASSED,
        "champion": champion.id, "challenger": challenger.id,
        "judged_by": {"shipped": challenger.id, "own": apart.id if own else None},
        "rows": {"shipped": len(shipped), "own": len(own)},
        "reasons": reasons,
        "slices": [item.plain() for item in found],
        "confusion": _confusion([*shipped, *own], ([*first[0], *second[0]], [*first[1], *second[1]]), labels),
        "names": dict(question.names),
        "seconds": round(time.monotonic() - began, 1),
    }  # fmt: skip
    return report | {"sentences": sentences(report)}


def right(answer: str, truth: str, labels: LabelMap) -> bool:
    """Whether a topic is right under the office's map: a retired one counts as what it became, a part of a split one
    as the whole."""
    wanted = {truth, *labels.split[truth]} if truth in labels.split else {labels.now(truth)}
    return (answer if answer in labels.split else labels.now(answer)) in wanted - {None}


def _same_office(*models: Model) -> None:
    for model in models:
        if model.manifest.get("task", "office") != "office":
            raise DataError(f"model {model.id} was made for another task: only models of an office can be compared")


def _map(challenger: Model) -> LabelMap:
    topics = challenger.manifest.get("topics", {})
    return LabelMap(
        dict.fromkeys(topics.get("added", ()), ()), topics.get("retired", {}),
        {old: tuple(new) for old, new in topics.get("split", {}).items()},
    )  # fmt: skip


def _own(path: Path | None, challenger: Model, labels: LabelMap) -> list[Example]:
    if path is None:
        return []
    known = LabelMap({}, labels.retired, labels.split)
    rows = read_corrections([path], sets=challenger.parts.labels, labels=known)[-MOST_OWN:]
    return [Example(row.text, row.labels, row.further, row.group, "own", id=row.id) for row in rows]


def _asked(
    champion: Model, other: Model, rows: Sequence[Example], *, hidden: frozenset[str], threads: int
) -> Pair:  # fmt: skip
    texts = [row.text for row in rows]
    vectors = encoded(champion, texts, threads=threads)
    theirs = vectors if same_encoder(champion, other) else encoded(other, texts, threads=threads)
    return said(champion, rows, vectors, hidden=frozenset()), said(other, rows, theirs, hidden=hidden)


def _shipped(rows: Sequence[Example], pair: Pair, labels: LabelMap, margins: Margins) -> list[Slice]:
    told = [at for at, row in enumerate(rows) if labels.now(row.labels.get("topic", "")) or _split(row, labels)]
    before, after = ([right(side[at].topic, rows[at].labels["topic"], labels) for at in told] for side in pair)
    languages, topics = _groups(rows, told, "language"), _groups(rows, told, "topic")
    sure = [
        (np.array([side[at].sure for at in told]), np.array(flags, float))
        for side, flags in zip(pair, (before, after), strict=True)
    ]
    found = [
        compared("topic", before, after, margin=margins.topic),
        *grouped("language", languages, before, after, margin=margins.language, fewest=margins.fewest),
        *grouped("one_topic", topics, before, after, margin=margins.one_topic, fewest=margins.fewest),
        _kinds("kind", rows, pair, margin=margins.kind, certain=False),
        *_emergencies(rows, pair, margins),
        calibrated(sure[0], sure[1], margin=margins.calibration),
        compared("unsure", *([seen.unsure for seen in side] for side in pair), less_is_better=True),
        compared("new_topics", *([seen.new for seen in side] for side in pair), margin=margins.new_topics,
                 less_is_better=True),
    ]  # fmt: skip
    return [item for item in found if item is not None]


def _split(row: Example, labels: LabelMap) -> bool:
    return row.labels.get("topic") in labels.split


def _groups(rows: Sequence[Example], told: Sequence[int], head: str) -> dict[str, list[int]]:
    """Label → places among ``told``."""
    out: dict[str, list[int]] = {}
    for place, at in enumerate(told):
        if head in rows[at].labels:
            out.setdefault(rows[at].labels[head], []).append(place)
    return out


def _kinds(name: str, rows: Sequence[Example], pair: Pair, *, margin: float, certain: bool) -> Slice | None:
    told = [at for at, row in enumerate(rows) if "kind" in row.labels]
    before, after = ([side[at].kind == rows[at].labels["kind"] for at in told] for side in pair)
    return compared(name, before, after, margin=margin, certain=certain)


def _emergencies(rows: Sequence[Example], pair: Pair, margins: Margins) -> list[Slice | None]:
    """The emergencies that are caught, and the alarms that what only looks like one sets off."""
    real = [at for at, row in enumerate(rows) if row.labels.get("urgency") == EMERGENCY]
    traps = [at for at, row in enumerate(rows) if row.trap and row.labels.get("urgency") != EMERGENCY]
    return [
        compared("emergencies", *([side[at].emergency for at in real] for side in pair), margin=margins.emergencies),
        compared("false_alarms", *([side[at].emergency for at in traps] for side in pair), margin=margins.false_alarms,
                 less_is_better=True),
    ]  # fmt: skip


def _own_slices(rows: Sequence[Example], pair: Pair, labels: LabelMap, margins: Margins) -> list[Slice]:
    told = [at for at, row in enumerate(rows) if "topic" in row.labels]
    before, after = ([right(side[at].topic, rows[at].labels["topic"], labels) for at in told] for side in pair)
    urgent = [at for at, row in enumerate(rows) if "urgency" in row.labels]
    alarms = [
        [side[at].emergency == (rows[at].labels["urgency"] == EMERGENCY) for at in urgent] for side in pair
    ]
    topics = compared("own", before, after, margin=margins.own, certain=True)
    found = [
        contradicted(topics, margins) if topics else None,
        _kinds("own_kind", rows, pair, margin=margins.own, certain=True),
        compared("own_emergencies", alarms[0], alarms[1]),
    ]
    return [item for item in found if item is not None]


def _confusion(rows: Sequence[Example], pair: Pair, labels: LabelMap) -> list[dict[str, object]]:
    """How often a topic is answered with another, or with itself, by either model."""
    counts = [Counter[tuple[str, str]](), Counter[tuple[str, str]]()]
    for at, row in enumerate(rows):
        truth = row.labels.get("topic")
        if truth is not None:
            for count, side in zip(counts, pair, strict=True):
                answer = side[at].topic
                count[truth, truth if right(answer, truth, labels) else answer] += 1
    pairs = sorted({*counts[0], *counts[1]})
    return [
        {"topic": truth, "answer": answer, "before": counts[0][truth, answer], "after": counts[1][truth, answer]}
        for truth, answer in pairs
    ]
