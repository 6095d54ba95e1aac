"""What a person has set stays: a case's tags under corrections, and under later words of the citizen."""

from dataclasses import replace

from bot.domain.case import Tags
from bot.domain.labels import EMERGENCY, OTHER, URGENCIES
from bot.domain.topics import Topics

TOPIC = "topic"
URGENCY = "urgency"
KIND = "kind"
LOCATION = "location"


def corrected(tags: Tags, field: str, value: str) -> Tags:
    """The tags with urgency, kind or location as a person set it."""
    fixed = tuple(sorted({*tags.fixed, field}))
    match field:
        case "urgency":
            return replace(tags, urgency=value, fixed=fixed)
        case "kind":
            return replace(tags, kind=value, fixed=fixed)
        case "location":
            return replace(tags, location=value, fixed=fixed)
        case _:
            raise ValueError(f"{field!r} is not corrected so")


def reread(new: Tags, kept: Tags, fresh: Tags | None = None) -> Tags:
    """The tags after the joined words were read again; `fresh` are the tags of the words just told, alone.

    What a person settled stays, and so does an emergency that any part told.
    """
    if kept.settled:
        new = replace(kept, urgency=new.urgency, language=new.language, location=new.location or kept.location)
    new = replace(
        new,
        fixed=kept.fixed,
        urgency=kept.urgency if URGENCY in kept.fixed else new.urgency,
        kind=kept.kind if KIND in kept.fixed else new.kind,
        location=kept.location if LOCATION in kept.fixed else new.location,
    )
    told_before = kept.emergency and URGENCY not in kept.fixed
    return raised(with_urgency(new, EMERGENCY) if told_before else new, fresh)


def raised(tags: Tags, fresh: Tags | None) -> Tags:
    """The tags after fresh words: an emergency where these tell of one.

    An urgency that a person set gives way to danger words alone, which that person has not read; never to the mere
    opinion of the model.
    """
    if fresh is None or not fresh.emergency or tags.emergency:
        return tags
    return tags if URGENCY in tags.fixed and not fresh.alarming else alarmed(tags)


def alarmed(tags: Tags) -> Tags:
    """The tags of an emergency; where danger was told anew, what a person thought of the words before is past."""
    return replace(tags, urgency=EMERGENCY, fixed=tuple(field for field in tags.fixed if field != URGENCY))


def with_urgency(tags: Tags, urgency: str) -> Tags:
    """The same tags, at least this urgent."""
    return replace(tags, urgency=min(tags.urgency, urgency, key=URGENCIES.index))


def in_region(tags: Tags, topics: Topics) -> Tags:
    """Tags in the topics of the region: a retired one as the map reads it; one that nobody knows here waits unsure."""
    if all(topics.knows(topic) for topic in (tags.topic, *tags.further, *(topic for topic, _ in tags.guesses))):
        return tags
    topic = topics.read(tags.topic)
    lost = topic == OTHER != tags.topic
    further = dict.fromkeys(topics.read(each) for each in tags.further)
    return replace(
        tags,
        topic=topic,
        further=tuple(each for each in further if each not in (topic, OTHER)),
        guesses=_guesses_in(tags, topics),
        p_topic=0.0 if lost else tags.p_topic,
        unsure=tags.unsure or lost,
    )


def _guesses_in(tags: Tags, topics: Topics) -> tuple[tuple[str, float], ...]:
    """The guesses, likeliest first: those that became one add up, one that was split is shared out."""
    likely: dict[str, float] = {}
    for topic, p in ({tags.topic: tags.p_topic} | dict(tags.guesses)).items():
        heirs = topics.parts(topic) or (topics.read(topic),)
        for heir in heirs:
            if heir != OTHER or topic == OTHER:
                likely[heir] = round(likely.get(heir, 0.0) + p / len(heirs), 4)
    return tuple(sorted(likely.items(), key=lambda guess: -guess[1]))
