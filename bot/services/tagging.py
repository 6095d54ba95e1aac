"""Tags from the classifier; where it is missing or throws, its rules stand in."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from time import perf_counter
from typing import Any, TypeVar

import structlog

from bot.domain.case import MODEL, RULES, Reasons, Tags
from bot.services.office import Meaning
from classifier import Verdict
from classifier.explain import Weight

MEMORY = 2048
VECTORS = 128  # of the latest texts, for a model that tags along
Classify = Callable[[Sequence[str]], list[Verdict]]
Kept = TypeVar("Kept")
log = structlog.get_logger()


class ModelTagger:
    """Tags by model, remembered for a moment so that a batch can be classified ahead of its transaction."""

    def __init__(
        self, model: Classify | None, *, rules: Classify, explaining: Classify | None = None,
        timed: Callable[[float, int], None] = lambda _s, _n: None,
    ) -> None:  # fmt: skip
        """`model` may be None where none could be loaded; `rules` must not fail on any text; `explaining` gives
        verdicts with the words that carried them."""
        self._model = model
        self._rules = rules
        self._explaining = explaining
        self._timed = timed
        self._memory: OrderedDict[str, Tags] = OrderedDict()
        self._reasons: OrderedDict[str, Reasons] = OrderedDict()
        self._meanings: OrderedDict[str, Meaning] = OrderedDict()
        self._lock = threading.Lock()

    def use(self, model: Classify, *, explaining: Classify) -> None:
        """Go on with another model; what the one before said is forgotten, but for the cases that carry it."""
        with self._lock:
            self._model, self._explaining = model, explaining
            for memory in (self._memory, self._reasons, self._meanings):
                memory.clear()

    def recall(self, text: str) -> tuple[Tags, Any] | None:
        """What was said of a text of late, and its vector, where the model has vectors."""
        with self._lock:
            tags, meaning = self._memory.get(text), self._meanings.get(text)
            return None if tags is None else (tags, meaning.vector if meaning else None)

    def prime(self, texts: Sequence[str]) -> None:
        """Classify a batch and remember the tags."""
        with self._lock:
            new = [text for text in dict.fromkeys(texts) if text.strip() and text not in self._memory]
        try:
            for text, tags in zip(new, self._tags(new), strict=True):
                self._remember(text, tags)
        except Exception:  # being ahead is only a help: each message meets its own fault later, alone
            log.exception("priming_failed", texts=len(new))

    def tag(self, text: str) -> Tags:
        """The tags of one text."""
        with self._lock:
            known = self._memory.get(text)
        if known is None:
            known = self._tags([text])[0]
            self._remember(text, known)
        return known

    def meaning(self, text: str) -> Meaning | None:
        """What a text means as a vector; None without a model that has one."""
        with self._lock:
            known = self._meanings.get(text)
        if known is None and text.strip():
            self._tags([text])
            with self._lock:
                known = self._meanings.get(text)
        return known

    def explain(self, text: str) -> Reasons:
        """The words that carried topic and urgency; remembered, so that a card drawn again costs nothing."""
        with self._lock:
            known = self._reasons.get(text)
        if known is None:
            known = self._explained(text)
            with self._lock:
                _keep(self._reasons, text, known)
        return known

    def _explained(self, text: str) -> Reasons:
        if self._explaining is None or not text.strip():
            return Reasons()
        try:
            because = self._explaining([text])[0].because
        except Exception:  # the edge to the model: a card without its reasons is still a card
            log.exception("explaining_failed")
            return Reasons()
        return Reasons(_words(because.topic), _words(because.urgency)) if because else Reasons()

    def _remember(self, text: str, tags: Tags) -> None:
        with self._lock:
            _keep(self._memory, text, tags)

    def _tags(self, texts: Sequence[str]) -> list[Tags]:
        if not texts:
            return []
        started = perf_counter()
        try:
            verdicts = (self._model or self._rules)(texts)
        except Exception:  # the edge to the model: whatever it throws, the rules must answer
            log.exception("classifier_failed", texts=len(texts))
            verdicts = self._rules(texts)
        self._timed(perf_counter() - started, len(texts))
        with self._lock:
            for text, verdict in zip(texts, verdicts, strict=True):
                if verdict.vector is not None:
                    _keep(self._meanings, text, Meaning(verdict.encoder, verdict.vector), most=VECTORS)
        return [to_tags(verdict) for verdict in verdicts]


def to_tags(verdict: Verdict) -> Tags:
    """A verdict as a case keeps it."""
    return Tags(
        kind=verdict.kind.label,
        topic=verdict.topics[0].label,
        urgency=verdict.urgency.label,
        language=verdict.language.label,
        further=tuple(label.label for label in verdict.topics[1:3]),
        location=verdict.location,
        unsure=verdict.unsure,
        guesses=tuple((label.label, round(label.p, 4)) for label in verdict.guesses),
        p_topic=round(verdict.topics[0].p, 4),
        model=verdict.model or None,
        alarming=verdict.alarming,
        set_by=MODEL if verdict.model else RULES,
    )


def _keep(memory: OrderedDict[str, Kept], text: str, value: Kept, *, most: int = MEMORY) -> None:
    memory[text] = value
    while len(memory) > most:
        memory.popitem(last=False)


def _words(weights: Sequence[Weight]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(weight.word for weight in weights))
