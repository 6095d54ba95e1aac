"""A loaded classifier: artefact + encoder + rules. `load` once, `classify` from any thread."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from classifier import artefact, floor, ngrams, places, rules
from classifier.artefact import Artefact
from classifier.decide import MULTI, Calibration, decide, log_odds, mix, sigmoid, softmax
from classifier.errors import TextError
from classifier.explain import occlude
from classifier.text import clean, has_words
from classifier.verdict import HEADS, OTHER_TOPIC, Because, Floats, Verdict

if TYPE_CHECKING:
    from classifier.encoder import Encoder

_PLAIN: Final = Calibration()


class Classifier:
    """An opened model folder; immutable, so threads may share it."""

    def __init__(self, parts: Artefact, encoder: "Encoder | None") -> None:
        """Keep both halves; use `load`."""
        self._parts = parts
        self._encoder = encoder
        self._sees_by = _digest(parts.seal) if encoder is not None else ""

    @property
    def id(self) -> str:
        """The artefact's id, as verdicts carry it."""
        return self._parts.id

    @property
    def labels(self) -> Mapping[str, tuple[str, ...]]:
        """Label ids per head, in the artefact's order."""
        return self._parts.labels

    def probabilities(self, text: str, vector: Floats | None) -> dict[str, Floats]:
        """Calibrated probabilities per head of one cleaned text and its pooled vector."""
        parts = self._parts
        row = ngrams.features(text, buckets=parts.buckets, idf=parts.idf) if parts.ngrams else None
        found: dict[str, Floats] = {}
        for head in (*HEADS, MULTI):
            weights, linear = parts.heads.get(head), parts.ngrams.get(head)
            deep = weights[0] @ vector + weights[1] if weights and vector is not None else None
            wide = linear.logits(row) if linear and row is not None else None
            if deep is None and wide is None:
                continue
            logits = mix(deep, wide, parts.mix.get(head, 0.5))
            scaled = parts.calibration.get(head, _PLAIN).apply(logits)
            found[head] = sigmoid(scaled) if head == MULTI else softmax(scaled)
        return found

    def shares(self, other: "Classifier") -> bool:
        """Whether both see texts through one encoder, so that a vector of one is a vector of the other."""
        return self._encoder is not None and self._encoder is other._encoder

    def verdicts(
        self, texts: Sequence[str], *, top: int = 3, explain: bool = False,
        vectors: Sequence[Floats | None] | None = None,
    ) -> list[Verdict]:  # fmt: skip
        """One verdict per text, order kept; `vectors` of a classifier that shares the encoder save the reading."""
        cleaned = [clean(text) for text in texts]
        seen = self._vectors(cleaned) if vectors is None else vectors
        found = [
            self._verdict(raw, text, vector, top=top)
            for raw, text, vector in zip(texts, cleaned, seen, strict=True)
        ]
        if not explain:
            return found
        return [
            replace(verdict, because=self.because(text, verdict)) for text, verdict in zip(cleaned, found, strict=True)
        ]

    def because(self, text: str, verdict: Verdict) -> Because:
        """The words of a cleaned text that carried the verdict's primary topic and urgency."""
        asked = (("topic", verdict.topics[0].label), ("urgency", verdict.urgency.label))
        places = [(head, self._parts.labels[head].index(label)) for head, label in asked]

        def odds(variants: Sequence[str]) -> Floats:
            found = []
            for variant, vector in zip(variants, self._vectors(variants), strict=True):
                p = self.probabilities(variant, vector)
                found.append([log_odds(float(p[head][at])) for head, at in places])
            return np.array(found, dtype=np.float32)

        topic, urgency = occlude(text, odds)
        return Because(topic if verdict.topics[0].label != OTHER_TOPIC else (), urgency)

    def _vectors(self, texts: Sequence[str]) -> Sequence[Floats | None]:
        if self._encoder is None or not texts:
            return [None] * len(texts)
        return list(self._encoder.encode(texts))

    def _verdict(self, raw: str, text: str, vector: Floats | None, *, top: int) -> Verdict:
        alarming = floor.emergency(text)
        decision = decide(
            self.probabilities(text, vector),
            self._parts.labels,
            self._parts.thresholds,
            floor=alarming,
            has_words=has_words(text),
            top=top,
        )
        return Verdict(
            kind=decision.kind,
            topics=decision.topics,
            guesses=decision.guesses,
            urgency=decision.urgency,
            language=decision.language,
            location=places.locate(raw),
            unsure=decision.unsure,
            model=self._parts.id,
            vector=vector,
            p_darurat=decision.p_darurat,
            alarming=alarming,
            encoder=self._sees_by,
        )


def _digest(seal: Sequence[str]) -> str:
    return sha256("".join(seal).encode()).hexdigest()[:16]


def load(path: str | Path | None = None, *, threads: int = 1, like: Classifier | None = None) -> Classifier:
    """Open a model folder (None: the released one); `threads` per call. ArtefactError says what is wrong.

    Where the encoder is the same as that of `like`, as after a quick retrain, the open one is shared.
    """
    parts = artefact.read(path)
    if parts.encoder is None:
        return Classifier(parts, None)
    if like is not None and parts.seal == like._parts.seal and parts.encoder == like._parts.encoder:
        return Classifier(parts, like._encoder)
    # An artefact of n-grams alone runs without onnxruntime, which takes 0.2 s and 40 MB to import.
    from classifier.encoder import Encoder

    return Classifier(parts, Encoder(parts.path, parts.encoder, threads=threads))


def classify(
    model: Classifier | None, texts: Sequence[str], *, top: int = 3, explain: bool = False,
    vectors: Sequence[Floats | None] | None = None,
) -> list[Verdict]:  # fmt: skip
    """Verdicts in the order of `texts`, which may have any length and content; `top`: how many guesses;
    `explain`: with the words that carried them; `vectors`: from verdicts of a model that shares the encoder.

    Without a model (None) the rules answer: emergencies are found, everything is unsure.
    """
    for at, text in enumerate(texts):
        if not isinstance(text, str):
            raise TextError(f"text {at} is {type(text).__name__}, not str")
    if model is None:
        return [rules.verdict(text, clean(text)) for text in texts]
    return model.verdicts(texts, top=top, explain=explain, vectors=vectors)
