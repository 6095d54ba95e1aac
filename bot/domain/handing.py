"""Which departments a case may be handed to: up, down, or beside at the same level; the likeliest first."""

from collections.abc import Sequence

from bot.domain.case import Case
from bot.domain.levels import Level
from bot.domain.region import Department, Region


def crosses(region: Region, unit: str, other: str) -> bool:
    """Whether a move leads to another level, so that the target must accept. The desk stands outside the levels."""
    found = (region.department(unit), region.department(other))
    return len({each.level for each in found if each}) > 1


def above(region: Region, case: Case) -> list[Department]:
    """Where a case can go up: to those that answer for the topic first, then along the line of the parents."""
    here = region.department(case.unit)
    if here is None:
        return []
    line = [each.id for each in region.areas.above(here)]
    higher = [each for each in region.departments if each.level.rank > here.level.rank]
    near = [each for each in higher if _over(region, each, case, line)]
    return sorted(near, key=lambda d: (not _lists(region, d, case), d.level.rank, d.id not in line, d.name))


def below(region: Region, case: Case) -> list[Department]:
    """Where a case can go down: to those whose place it names first, then those that answer for the topic."""
    here = region.department(case.unit)
    if here is None:
        return []
    lower = [each for each in region.departments if each.level.rank < here.level.rank]
    near = [each for each in lower if _under(region, here, each, case)]
    return sorted(
        near, key=lambda d: (not _named(region, d, case), not _lists(region, d, case), -d.level.rank, d.name)
    )


def beside(region: Region, unit: str) -> list[Department]:
    """The departments of a unit's own level, its neighbours under the same parent first; itself among them."""
    here = region.department(unit)
    if here is None:
        return list(region.departments)
    same = [each for each in region.departments if each.level is here.level]
    seat = region.areas.seat(here)
    return sorted(same, key=lambda d: (region.areas.seat(d) is not seat, region.areas.seat(d).parent != seat.parent))


def of_level(region: Region, level: Level, case: Case) -> list[Department]:
    """Every department of a level: those whose place a case names, then those that answer for its topic."""
    those = [each for each in region.departments if each.level is level]
    return sorted(those, key=lambda d: (not _named(region, d, case), not _lists(region, d, case), d.name))


def levels_in_use(departments: Sequence[Department]) -> list[Level]:
    """The levels that there are, the highest first."""
    return [level for level in reversed(Level) if any(each.level is level for each in departments)]


def _over(region: Region, there: Department, case: Case, line: Sequence[str]) -> bool:
    """Whether a higher department may concern a case: its area holds where the case is, or who has it."""
    areas = region.areas
    return areas.covers(there, case.tags.location) or areas.seat(there).id in line


def _under(region: Region, here: Department, there: Department, case: Case) -> bool:
    areas = region.areas
    if areas.everywhere(here) or areas.everywhere(there) or areas.covers(there, case.tags.location):
        return True
    return areas.seat(here).id in [each.id for each in areas.above(there)]


def _named(region: Region, department: Department, case: Case) -> bool:
    areas = region.areas
    return not areas.everywhere(department) and areas.covers(department, case.tags.location)


def _lists(region: Region, department: Department, case: Case) -> bool:
    return region.topics.read(case.tags.topic) in department.topics
