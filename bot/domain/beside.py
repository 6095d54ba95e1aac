"""Whose open cases a report is compared with, to find those that tell the same."""

from bot.domain.borders import GUESSES, beyond
from bot.domain.case import Tags
from bot.domain.region import DESK, Region
from bot.domain.routing import owner_of


def own_units(region: Region, tags: Tags, unit: str) -> list[str]:
    """Whose cases a report is compared with whatever their topics: its unit's; at the desk its guesses' too."""
    if unit != DESK:
        return [unit]
    guessed = [region.owner(topic) for topic, _ in tags.guesses[:GUESSES]]
    return list(dict.fromkeys([DESK, *(owner.id for owner in guessed if owner)]))


def bordering_units(region: Region, tags: Tags, unit: str) -> list[str]:
    """The further units among whose cases the same may have been told, as another topic or as one the desk doubts."""
    topics = dict.fromkeys((tags.topic, *tags.further, *sorted(beyond(tags.topic))))
    owners = [owner for topic in topics if (owner := owner_of(region, topic, tags.location))]
    known = own_units(region, tags, unit)
    return [each for each in dict.fromkeys([*owners, DESK]) if each not in known]
