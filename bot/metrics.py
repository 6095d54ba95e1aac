"""Every figure Wadul reports, in one registry per application. Labels are ids, never words of people."""

from typing import Final

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    generate_latest,
)

from bot.domain.performance import Performance

CONTENT_TYPE: Final = CONTENT_TYPE_LATEST
# The budgets' own borders stand among the buckets: 20 ms a text, 250 ms to acknowledge, 1 s to the receipt.
INFERENCE: Final = (0.002, 0.005, 0.01, 0.015, 0.02, 0.03, 0.05, 0.1, 0.25, 0.5, 1.0)
LATENCY: Final = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 15.0, 60.0, 300.0)


class Metrics:
    """Counters, ages and times; services call its small methods and know no Prometheus."""

    def __init__(self) -> None:
        r = self.registry = CollectorRegistry()
        ProcessCollector(registry=r)
        self._messages = Counter("wadul_messages", "Events taken in", ("channel", "kind"), registry=r)
        self._cases = Counter("wadul_cases", "Cases opened", ("topic", "urgency", "unsure"), registry=r)
        self._sends = Counter("wadul_sends", "Attempts to send", ("channel", "outcome"), registry=r)
        self._failures = Counter("wadul_send_failures", "Sends that failed", ("channel", "reason"), registry=r)
        self._poison = Counter("wadul_poison_updates", "Updates set aside", registry=r)
        self._thinking = Histogram("wadul_classify_seconds", "Time per classified text", buckets=INFERENCE, registry=r)
        self._wait = Histogram("wadul_send_wait_seconds", "Intent to sent", ("kind",), buckets=LATENCY, registry=r)
        self._inbox = Histogram("wadul_inbox_wait_seconds", "Received to carried out", buckets=LATENCY, registry=r)
        self._depth = Gauge("wadul_queue_depth", "Rows that wait", ("queue",), registry=r)
        self._age = Gauge("wadul_queue_age_seconds", "Age of the oldest row that waits", ("queue",), registry=r)
        self._unplaced = Gauge("wadul_unplaced_cases", "Cases that no linked chat may be shown", registry=r)
        self._agreed = Gauge("wadul_agreement", "Officers kept the model's topic", ("by", "label"), registry=r)
        self._doubted = Gauge("wadul_unsure_share", "Cases of the week that the model doubted", registry=r)
        self._live = Gauge("wadul_live_accuracy", "Right on the random share", ("field", "bound"), registry=r)
        self._drift = Gauge("wadul_drift", "Population stability index of the week", ("of",), registry=r)

    def message(self, channel: str, kind: str) -> None:
        """An event was taken in."""
        self._messages.labels(channel, kind).inc()

    def case_opened(self, topic: str, urgency: str, *, unsure: bool) -> None:
        """A case was opened."""
        self._cases.labels(topic, urgency, str(unsure).lower()).inc()

    def sent(self, channel: str, kind: str, seconds: float) -> None:
        """An intent was carried out, so many seconds after it was made."""
        self._sends.labels(channel, "sent").inc()
        self._wait.labels(kind).observe(_since(seconds))

    def failed(self, channel: str, reason: str) -> None:
        """A send failed, for now or for good; ``reason`` is a short id."""
        self._sends.labels(channel, reason).inc()
        self._failures.labels(channel, reason).inc()

    def poison(self) -> None:
        """An update was set aside."""
        self._poison.inc()

    def classified(self, seconds: float, texts: int) -> None:
        """So many texts were classified in so many seconds."""
        for _ in range(texts):
            self._thinking.observe(seconds / texts)

    def carried_out(self, seconds: float) -> None:
        """An update was carried out, so many seconds after it was received."""
        self._inbox.observe(_since(seconds))

    def queues(self, *, inbox: tuple[int, float], outbox: tuple[int, float]) -> None:
        """Depth and age of the queues, as (rows, seconds)."""
        for name, (depth, age) in (("inbox", inbox), ("outbox", outbox)):
            self._depth.labels(name).set(depth)
            self._age.labels(name).set(_since(age))

    def unplaced(self, cases: int) -> None:
        """So many open cases complain about an office and stand in no chat."""
        self._unplaced.set(cases)

    def performed(self, found: Performance) -> None:
        """How the model does, as it was last counted."""
        self._agreed.clear()
        groups = {"all": (("all", found.whole),), "topic": found.topics, "language": found.languages}
        for by, scores in groups.items():
            for label, score in scores:
                self._agreed.labels(by, label).set(score.share)
        self._doubted.set(found.weeks[-1].doubted.share)
        for field, score in found.live.items():
            for bound, share in (("low", score.low), ("share", score.share), ("high", score.high)):
                self._live.labels(field, bound).set(share)
        self._drift.labels("topic").set(found.topic_drift.index)
        self._drift.labels("confidence").set(found.confidence_drift.index)

    def render(self) -> bytes:
        """Everything in Prometheus' text format; its type is ``CONTENT_TYPE``."""
        return generate_latest(self.registry)


def _since(seconds: float) -> float:
    """Clocks of two machines may differ a little: no time is negative."""
    return max(0.0, seconds)
