"""Every figure Wadul reports, in one registry per application. Labels are ids, never words of people."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

SECONDS = (0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 15.0, 60.0)


class Metrics:
    """Counters, ages and times; services call its small methods and know no Prometheus."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        made = {"registry": self.registry, "namespace": "wadul"}
        self._messages = Counter("messages", "Events taken in", ("channel", "kind"), **made)
        self._cases = Counter("cases", "Cases opened", ("topic", "urgency", "unsure"), **made)
        self._sends = Counter("sends", "Intents carried out", ("channel", "kind"), **made)
        self._failures = Counter("send_failures", "Sends that failed", ("channel", "reason"), **made)
        self._poison = Counter("poison_updates", "Updates set aside", **made)
        self._classified = Counter("classified_texts", "Texts classified", **made)
        self._thinking = Histogram("classify_seconds", "Time per classified text", buckets=SECONDS, **made)
        self._latency = Histogram("send_wait_seconds", "From intent to sent", ("kind",), buckets=SECONDS, **made)
        self._depth = Gauge("queue_depth", "Rows that wait", ("queue",), **made)
        self._age = Gauge("queue_age_seconds", "Age of the oldest row that waits", ("queue",), **made)

    def message(self, channel: str, kind: str) -> None:
        """An event was taken in."""
        self._messages.labels(channel, kind).inc()

    def case_opened(self, topic: str, urgency: str, *, unsure: bool) -> None:
        """A case was opened."""
        self._cases.labels(topic, urgency, str(unsure).lower()).inc()

    def sent(self, channel: str, kind: str, seconds: float) -> None:
        """An intent was carried out, so many seconds after it was made."""
        self._sends.labels(channel, kind).inc()
        self._latency.labels(kind).observe(seconds)

    def failed(self, channel: str, reason: str) -> None:
        """A send failed, for now or for good."""
        self._failures.labels(channel, reason).inc()

    def poison(self) -> None:
        """An update was set aside."""
        self._poison.inc()

    def classified(self, seconds: float, texts: int) -> None:
        """So many texts were classified in so many seconds."""
        self._classified.inc(texts)
        if texts:
            self._thinking.observe(seconds / texts)

    def queues(self, *, inbox: tuple[int, float], outbox: tuple[int, float]) -> None:
        """Depth and age of the queues, as (rows, seconds)."""
        for name, (depth, age) in (("inbox", inbox), ("outbox", outbox)):
            self._depth.labels(name).set(depth)
            self._age.labels(name).set(age)

    def render(self) -> bytes:
        """Everything in Prometheus' text format."""
        return generate_latest(self.registry)
