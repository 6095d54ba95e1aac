"""Topic and place decide the department (wadul.toml); doubt goes to the admin desk."""

from dataclasses import dataclass

from bot.domain.case import Case, Tags
from bot.domain.labels import OVERSIGHT
from bot.domain.region import DESK, Region


@dataclass(frozen=True)
class Route:
    """The unit that must act, and the departments that are only told."""

    unit: str
    informed: tuple[str, ...] = ()


def route(region: Region, tags: Tags) -> Route:
    """Where a case goes. An emergency never waits at the desk while a department can be guessed."""
    owner = owner_of(region, tags.topic, tags.location)
    if owner is None and tags.emergency:
        likely = (owner_of(region, topic, tags.location) for topic, _ in tags.guesses)
        owner = next((unit for unit in likely if unit), None)
    if owner is None or (tags.unsure and not tags.emergency):
        return Route(DESK)
    return Route(owner, _informed(region, tags, owner))


def home_of(region: Region, case: Case, topic: str) -> str:
    """The unit of a case with this topic: its own, where that answers for the topic already."""
    here = region.department(case.unit)
    if here and region.topics.read(topic) in here.topics:
        return here.id
    return owner_of(region, topic, case.tags.location) or DESK


def owner_of(region: Region, topic: str, location: str | None) -> str | None:
    """The department that answers for a topic in a place: of the lowest level that covers it; None for `lainnya`."""
    topic = region.topics.read(topic)
    if topic != OVERSIGHT and location:
        for override in region.overrides:
            if override.covers(topic, location):
                return override.department
    department = region.areas.owner(topic, location) if region.areas.leveled else region.owner(topic)
    return department.id if department else None


def _informed(region: Region, tags: Tags, owner: str) -> tuple[str, ...]:
    """Second departments, only if the file says so, and never for oversight cases."""
    if tags.oversight:
        return ()
    department = region.department(owner)
    if not (region.inform_secondary or (department and department.inform_secondary)):
        return ()
    units = (owner_of(region, topic, tags.location) for topic in tags.further)
    return tuple(dict.fromkeys(unit for unit in units if unit and unit != owner))
