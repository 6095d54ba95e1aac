"""A silent trial: a model tags along beside the one in use, and how often they agree is counted."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.case import Tags


@dataclass(frozen=True)
class ShadowRun:
    """A trial of `model` beside `against`, asked for in a chat, until then."""

    id: int
    model: str
    against: str
    actor: str
    channel: str
    chat_id: str
    thread_id: str | None
    at: float
    until: float
    ended_at: float | None = None


@dataclass(frozen=True)
class Agreement:
    """Of the messages that the model in use called `topic`, how many the other one tagged the same."""

    topic: str
    asked: int = 0
    topic_same: int = 0
    kind_same: int = 0
    urgency_same: int = 0

    def __add__(self, other: "Agreement") -> "Agreement":
        return Agreement(
            self.topic, self.asked + other.asked, self.topic_same + other.topic_same,
            self.kind_same + other.kind_same, self.urgency_same + other.urgency_same,
        )  # fmt: skip


def agreement(first: Tags, second: Tags) -> Agreement:
    """One message, as both tagged it."""
    return Agreement(
        first.topic, 1, first.topic == second.topic, first.kind == second.kind, first.urgency == second.urgency
    )


def in_all(counts: Sequence[Agreement]) -> Agreement:
    """All topics together."""
    return sum(counts, Agreement(""))


def least_agreed(counts: Sequence[Agreement], *, most: int) -> list[Agreement]:
    """The topics on which they differ most often, by messages."""
    differing = [each for each in counts if each.topic_same < each.asked]
    return sorted(differing, key=lambda each: each.topic_same - each.asked)[:most]
