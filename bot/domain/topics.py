"""The topics of a region: those of the label guide, the office's own, and what became of retired ones.

Nothing in the data is ever rewritten: a case keeps the id it was tagged with, and the map says how to read it.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from bot.domain.errors import RegionError
from bot.domain.labels import OTHER, OVERSIGHT, TOPICS

FEWEST_EXAMPLES = 3
NAME_CHARS = 40  # on a button there stands more beside it
ALWAYS = (OTHER, OVERSIGHT)  # doubt and misconduct have ways of their own


@dataclass(frozen=True)
class Topic:
    """What wadul.toml says of a topic. Without a `name` the texts name it, which know the label guide's."""

    id: str
    name: str = ""
    examples: tuple[str, ...] = ()
    department: str = ""
    retired: bool = False
    becomes: str = ""
    split: tuple[str, ...] = ()
    needs_place: bool = False  # nobody could act on it without a place; the label guide's own say so themselves
    proof: bool = False  # once done, a photo should show it; the label guide's own are listed in domain/proof.py

    @property
    def over(self) -> bool:
        """No case gets it any more."""
        return self.retired or bool(self.becomes or self.split)


@dataclass(frozen=True)
class Topics:
    """Which topics there are. `ids`: those in use, `lainnya` last."""

    said: tuple[Topic, ...] = ()
    ids: tuple[str, ...] = field(init=False, repr=False, compare=False)
    _by_id: Mapping[str, Topic] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        own = [topic.id for topic in self.said if topic.id not in TOPICS]
        over = {topic.id for topic in self.said if topic.over}
        used = [topic for topic in dict.fromkeys((*TOPICS, *own)) if topic not in over and topic != OTHER]
        object.__setattr__(self, "ids", (*used, OTHER))
        object.__setattr__(self, "_by_id", {topic.id: topic for topic in self.said})
        check_topics(self)

    @property
    def own(self) -> tuple[Topic, ...]:
        """The topics in use that the label guide does not know."""
        return tuple(topic for topic in self.said if topic.id not in TOPICS and not topic.over)

    @property
    def placed(self) -> frozenset[str]:
        """The topics whose tables say that a complaint needs a place."""
        return frozenset(topic.id for topic in self.said if topic.needs_place)

    @property
    def shown(self) -> frozenset[str]:
        """The topics whose tables say that a photo should show what was done."""
        return frozenset(topic.id for topic in self.said if topic.proof)

    def knows(self, topic: str) -> bool:
        """Whether a topic is in use here."""
        return topic in self.ids

    def read(self, topic: str) -> str:
        """The topic as it is read today: what a retired one became; `lainnya` where a person must choose."""
        if self.knows(topic):
            return topic
        said = self._by_id.get(topic)
        return said.becomes if said and said.becomes else OTHER

    def parts(self, topic: str) -> tuple[str, ...]:
        """What a topic was split into."""
        said = self._by_id.get(topic)
        return said.split if said else ()

    def successor(self, topic: str) -> str | None:
        """What to write instead of a topic that is not in use, where the map says it."""
        return self._by_id[topic].becomes or None if topic in self._by_id else None

    def over(self, topic: str) -> bool:
        """Whether a topic was retired here."""
        return topic in self._by_id and self._by_id[topic].over

    def names(self) -> dict[str, str]:
        """The names of the region's file, by id."""
        return {topic.id: topic.name for topic in self.said if topic.name}

    def renamed(self) -> dict[str, str]:
        """Retired topics that carry the name of what they became."""
        return {topic.id: topic.becomes for topic in self.said if topic.becomes}


def for_refit(topics: Topics, known: Collection[str] = ()) -> dict[str, object]:
    """What `python -m training refit --labels FILE` reads. `known`: the topics that the model has learnt already."""
    over = [topic for topic in topics.said if topic.over]
    return {
        "added": [{"id": t.id, "examples": list(t.examples)} for t in topics.own if t.id not in known],
        "retired": {t.id: t.becomes or None for t in over if not t.split},
        "split": {t.id: list(t.split) for t in over if t.split},
    }


def check_topics(topics: Topics) -> None:
    """Raise RegionError, naming the fix, where the map cannot work."""
    ids = [topic.id for topic in topics.said]
    for topic in topics.said:
        if not re.fullmatch(r"[a-z_]{2,24}", topic.id):
            raise RegionError(f"topic id {topic.id!r}: use 2 to 24 small letters and underscores.")
        if ids.count(topic.id) > 1:
            raise RegionError(f"topic {topic.id!r} has two [[topic]] tables: leave one.")
        if topic.over:
            _check_end(topics, topic)
        else:
            _check_words(topic)


def _check_words(topic: Topic) -> None:
    if len(topic.name) > NAME_CHARS or "\n" in topic.name:
        raise RegionError(f"topic {topic.id!r}: its name must be one line of at most {NAME_CHARS} characters.")
    if topic.id in TOPICS:
        return
    if not topic.name.strip():
        raise RegionError(f'topic {topic.id!r} has no name: write name = "…", the words that people read.')
    if len(set(topic.examples)) < FEWEST_EXAMPLES:
        raise RegionError(
            f"topic {topic.id!r} has {len(set(topic.examples))} examples:"
            f" write at least {FEWEST_EXAMPLES} messages that citizens could send."
        )


def _check_end(topics: Topics, topic: Topic) -> None:
    if topic.id in ALWAYS:
        raise RegionError(f"topic {topic.id!r} cannot be retired: remove retired, becomes and split from its table.")
    if topic.becomes and topic.split:
        raise RegionError(f"topic {topic.id!r} has becomes and split: leave one of them.")
    if topic.becomes:
        _check_successor(topics, topic.id, "becomes", topic.becomes)
    if topic.split and len(set(topic.split)) < 2:
        raise RegionError(f"topic {topic.id!r} is split into one: name at least two topics, or write becomes.")
    for part in topic.split:
        _check_successor(topics, topic.id, "is split into", part)


def _check_successor(topics: Topics, topic: str, verb: str, other: str) -> None:
    if topics.knows(other) and other != OTHER:
        return
    if topics.over(other):
        raise RegionError(f"topic {topic!r} {verb} {other!r}, which is retired: name a topic that is in use.")
    if other == OTHER:
        raise RegionError(f"topic {topic!r} {verb} lainnya: write retired = true instead.")
    raise RegionError(f"topic {topic!r} {verb} {other!r}, which does not exist: add a [[topic]] with that id.")
