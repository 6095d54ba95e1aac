"""What people taught in a case, as a training row: the last word on each field, and how much it weighs."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.correcting import KIND, LOCATION, TOPIC, URGENCY
from bot.domain.labels import NOT_A_REPORT, OTHER
from bot.domain.records import Lesson
from bot.domain.topics import Topics

AGREED = "setuju"  # a department took the case as the model had sent it
MERGE = "merge"
FIELDS = (TOPIC, KIND, URGENCY, LOCATION)
CALM = "rendah"

WEIGHTS = {"two": 1.5, "correction": 1.0, "confirmed": 0.7, "agreement": 0.2}
"""By source: two people said the same; one corrected the model; one confirmed it; a department just took the case."""


@dataclass(frozen=True)
class Taught:
    """The labels that people gave, where each comes from, and when the last of them was given."""

    labels: dict[str, str]
    source: str
    at: float

    @property
    def weight(self) -> float:
        return WEIGHTS[self.source]


def taught(lessons: Sequence[Lesson], topics: Topics) -> Taught | None:
    """What the lessons of one case say, oldest first; None where nothing is left of them.

    A topic that was retired is read by the map; one that was split says nothing until somebody chooses.
    """
    labels: dict[str, str] = {}
    sources: dict[str, str] = {}
    for field in FIELDS:
        said = [lesson for lesson in lessons if lesson.field == field]
        if field == TOPIC:
            said = said or [lesson for lesson in lessons if lesson.field == AGREED]
        value = _value(said[-1], topics) if said else None
        if value:
            labels[field] = value
            sources[field] = _source(said, topics)
    if not labels:
        return None
    if labels.get(KIND) == NOT_A_REPORT:
        labels |= {TOPIC: OTHER, URGENCY: CALM}
    said = [lesson for lesson in lessons if lesson.field in (*FIELDS, AGREED)]
    return Taught(labels, _strongest(sources), said[-1].at)


def _strongest(sources: dict[str, str]) -> str:
    """What a row weighs by: the topic that a person said, which most of it is about; else what weighs most."""
    topic = sources.get(TOPIC, "agreement")
    return topic if topic != "agreement" else max(sources.values(), key=lambda source: WEIGHTS[source])


def _source(said: Sequence[Lesson], topics: Topics) -> str:
    """Where the last word on a field comes from. The model's own guess is what the first person met."""
    last = _value(said[-1], topics)
    if said[-1].field == AGREED:
        return "agreement"
    latest = {lesson.who: _value(lesson, topics) for lesson in said}
    if sum(value == last for value in latest.values()) > 1:
        return "two"
    return "confirmed" if _read(said[0].field, said[0].before, topics) == last else "correction"


def _value(lesson: Lesson, topics: Topics) -> str | None:
    return _read(lesson.field, lesson.after, topics)


def _read(field: str, value: str, topics: Topics) -> str | None:
    if field not in (TOPIC, AGREED) or value == OTHER:
        return value
    read = topics.read(value)
    return None if read == OTHER else read
