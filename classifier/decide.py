"""From logits to labels: mixing, calibration, thresholds and the rules of the label guide. Pure.

mix         logits = (1 - w) · encoder + w · n-grams, w per head from the manifest's "mix" (no encoder: w = 1)
calibration {head: T} or {head: {"temperature": T, "bias": [per label]}}: p = softmax((logits + bias) / T);
            "topics" is the multi-label head and goes through the sigmoid instead
thresholds  see `Thresholds`
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from classifier.verdict import (
    CALM,
    CALM_KINDS,
    EMERGENCY,
    NO_REPORT,
    OTHER_LANGUAGE,
    OTHER_TOPIC,
    REPORT,
    Floats,
    Label,
)

MULTI = "topics"
BOTH = "both"
_MAX_FURTHER = 2


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Probabilities at which a decision turns; the manifest's "thresholds" may set each."""

    topics: float | Mapping[str, float] = 0.4
    """A further topic is named at or above this: one number, or one per topic id."""
    darurat: float = 0.4
    """`darurat` at or above this, even when another urgency is likelier."""
    darurat_floor: float = 0.1
    """The same when the word-and-pattern floor sees an emergency too."""
    unsure: Mapping[str, float] = field(default_factory=lambda: {"kind": 0.5, "topic": 0.5, NO_REPORT: 0.7})
    """Unsure below: `both` is p(kind) · p(topic) of a report, `kind` and `topic` limit each alone, `bukan_laporan` is
    for what would be answered without a case."""

    def further(self, topic: str) -> float:
        """Threshold of one further topic."""
        return self.topics if isinstance(self.topics, float | int) else self.topics.get(topic, 1.1)


@dataclass(frozen=True, slots=True)
class Calibration:
    """p = f((logits + bias) / temperature)."""

    temperature: float = 1.0
    bias: Floats | None = None

    def apply(self, logits: Floats) -> Floats:
        """Scaled logits, same shape."""
        shifted = logits if self.bias is None else logits + self.bias
        return np.asarray(shifted / self.temperature, dtype=np.float32)


@dataclass(frozen=True, slots=True)
class Decision:
    """The labels of one message, before place and model id are added."""

    kind: Label
    topics: tuple[Label, ...]
    guesses: tuple[Label, ...]
    urgency: Label
    language: Label
    unsure: bool
    p_darurat: float


def mix(encoder: Floats | None, ngrams: Floats | None, weight: float) -> Floats:
    """Join the two halves' logits of one head; `weight` is the n-grams' share."""
    if encoder is None:
        if ngrams is None:
            raise ValueError("a head needs an encoder or n-grams")
        return ngrams
    return encoder if ngrams is None else (1.0 - weight) * encoder + weight * ngrams


def softmax(logits: Floats) -> Floats:
    """Along the last axis."""
    raised = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=-1, keepdims=True), dtype=np.float32)


def sigmoid(logits: Floats) -> Floats:
    """Each logit alone; clipped so that exp does not overflow."""
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(logits, -30.0, 30.0))), dtype=np.float32)


def log_odds(p: float) -> float:
    """How far a probability lies from even, in natural logarithms; kept finite."""
    kept = min(max(p, 1e-6), 1 - 1e-6)
    return float(np.log(kept / (1 - kept)))


def decide(
    p: Mapping[str, Floats],
    labels: Mapping[str, Sequence[str]],
    thresholds: Thresholds,
    *,
    floor: bool = False,
    has_words: bool = True,
    top: int = 3,
) -> Decision:
    """Labels from one message's probabilities; `floor`: the emergency patterns match, `top`: how many guesses."""
    kind = _kind(p, labels)
    p_darurat = float(p["urgency"][labels["urgency"].index(EMERGENCY)])
    emergency = p_darurat >= (thresholds.darurat_floor if floor else thresholds.darurat)
    overruled = emergency and kind.label == NO_REPORT
    if overruled:
        kind = Label(REPORT, float(p["kind"][labels["kind"].index(REPORT)]))
    guesses = _ranked(p["topic"], labels["topic"])[: max(top, 1)]
    topics = _topics(kind, p, labels, thresholds)
    language = _best(p["language"], labels["language"]) if has_words else Label(OTHER_LANGUAGE, 1.0)
    return Decision(
        kind=kind,
        topics=topics,
        guesses=guesses,
        urgency=Label(EMERGENCY, p_darurat) if emergency else _calmer(kind, p["urgency"], labels["urgency"]),
        language=language,
        unsure=overruled or not has_words or _unsure(kind, topics[0], thresholds.unsure),
        p_darurat=p_darurat,
    )


def empty(p: Mapping[str, Floats], labels: Mapping[str, Sequence[str]]) -> npt.NDArray[np.bool_]:
    """(N,) of probabilities (N, labels): which messages are no report.

    Kind and topic are asked together, since `bukan_laporan` always has topic `lainnya`: a message is empty where that
    pair is likelier than a report of the likeliest topic. So one head's doubt does not make a plain matter unheard.
    """
    kind, topic = p["kind"], p["topic"]
    nothing = kind[:, labels["kind"].index(NO_REPORT)]
    other = topic[:, labels["topic"].index(OTHER_TOPIC)]
    return np.asarray(nothing * other > (1.0 - nothing) * topic.max(axis=1))


def _kind(p: Mapping[str, Floats], labels: Mapping[str, Sequence[str]]) -> Label:
    at = labels["kind"].index(NO_REPORT)
    if empty({head: p[head][None] for head in ("kind", "topic")}, labels)[0]:
        return Label(NO_REPORT, float(p["kind"][at]))
    return next(label for label in _ranked(p["kind"], labels["kind"]) if label.label != NO_REPORT)


def _topics(
    kind: Label, p: Mapping[str, Floats], labels: Mapping[str, Sequence[str]], thresholds: Thresholds
) -> tuple[Label, ...]:
    if kind.label == NO_REPORT:
        return (Label(OTHER_TOPIC, kind.p),)
    primary = _best(p["topic"], labels["topic"])
    rest = (
        further
        for further in _ranked(p.get(MULTI, p["topic"]), labels["topic"])
        if further.label not in (primary.label, OTHER_TOPIC) and further.p >= thresholds.further(further.label)
    )
    return (primary, *list(rest)[:_MAX_FURTHER])


def _calmer(kind: Label, p: Floats, urgencies: Sequence[str]) -> Label:
    # The guide: a question, a wish or no report at all has no time pressure.
    if kind.label in CALM_KINDS:
        return Label(CALM, max(kind.p, float(p[urgencies.index(CALM)])))
    return next(label for label in _ranked(p, urgencies) if label.label != EMERGENCY)


def _unsure(kind: Label, topic: Label, limits: Mapping[str, float]) -> bool:
    if kind.label == NO_REPORT:
        return kind.p < limits.get(NO_REPORT, 0.0)
    p = {"kind": kind.p, "topic": topic.p, BOTH: kind.p * topic.p}
    return any(value < limits.get(name, 0.0) for name, value in p.items())


def _best(p: Floats, names: Sequence[str]) -> Label:
    at = int(p.argmax())
    return Label(names[at], float(p[at]))


def _ranked(p: Floats, names: Sequence[str]) -> tuple[Label, ...]:
    return tuple(Label(names[at], float(p[at])) for at in np.argsort(-p, kind="stable"))
