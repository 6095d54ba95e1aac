"""Who answers for which place: areas of departments, who stands above and below whom, and what contradicts itself.

A department without `places` answers everywhere. One under a parent of its own level, an agency of a kabupaten, shares
the parent's area. Whoever has places also covers those of everybody below.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import TYPE_CHECKING

from bot.domain.errors import RegionError
from bot.domain.labels import OVERSIGHT
from bot.domain.levels import Level, PlaceName, names_another, words_of

if TYPE_CHECKING:
    from bot.domain.region import Department

LOW = (Level.DESA, Level.KECAMATAN)


class Areas:
    """The departments of a region as they stand above and below each other; built once, raises RegionError."""

    def __init__(self, departments: Sequence[Department]) -> None:
        self._all = tuple(departments)
        self._by_id = {each.id: each for each in departments}
        self.leveled = any(each.level is not Level.KABUPATEN or each.parent or each.places for each in departments)
        self._above = {each.id: tuple(self._climb(each)) for each in departments}
        self._own = {each.id: tuple(PlaceName.read(p, each.level) for p in each.places) for each in departments}
        self._seat = {each.id: self._topmost(each) for each in departments}
        self._area = self._areas()
        self._near = self._by_word()
        self._far = {
            (topic, each.level): each for each in departments if self.everywhere(each) for topic in each.topics
        }
        self._low_only = all(each.level in LOW for each in departments)
        if self.leveled:
            self._check()

    def everywhere(self, department: Department) -> bool:
        """Whether it answers for every place."""
        return not self._own[self.seat(department).id]

    def covers(self, department: Department, location: str | None) -> bool:
        """Whether a place phrase lies in its area; without one, whether it answers everywhere."""
        if self.everywhere(department):
            return True
        return location is not None and self._names(department, location)

    def seat(self, department: Department) -> Department:
        """The department whose places are its area: the topmost of its own level above it, or itself."""
        return self._by_id[self._seat[department.id]]

    def above(self, department: Department) -> tuple[Department, ...]:
        """Parent, its parent, and so on."""
        return tuple(self._by_id[each] for each in self._above[department.id])

    def owner(self, topic: str, location: str | None) -> Department | None:
        """Who answers for a topic in a place: the lowest level that covers it. Where two could be meant, none of both.

        Misconduct is no business of a village or a district: it may be their own.
        """
        near = [each for each in self._candidates(location) if topic in each.topics and self.covers(each, location)]
        for level in Level:
            if topic == OVERSIGHT and level in LOW and not self._low_only:
                continue
            here = [each for each in near if each.level is level]
            if len(here) > 1 and location is not None:
                here = [each for each in here if self._confirmed(each, location)]
            if len(here) == 1:
                return here[0]
            if far := self._far.get((topic, level)):
                return far
        return None

    def twins(self) -> Iterator[tuple[str, Department, Department]]:
        """Places of one name under two departments of a level, in different districts: told apart by the district."""
        for place, one, other in self._contested():
            yield str(place), one, other

    def _candidates(self, location: str | None) -> list[Department]:
        """Whoever has a place in its area that begins with a word of the phrase."""
        ids = (each for word in words_of(location or "") for each in self._near.get(word, ()))
        return [self._by_id[each] for each in dict.fromkeys(ids)]

    def _names(self, department: Department, location: str) -> bool:
        area = self._area[self._seat[department.id]]
        if not any(place.named_in(location) for word in words_of(location) for place in area.get(word, ())):
            return False
        seats = [self.seat(department), *self.above(department)]
        return not any(self._own[s.id] and names_another(location, s.level, self._own[s.id]) for s in seats)

    def _confirmed(self, department: Department, location: str) -> bool:
        """Whether the phrase also names what stands above: the district of the village."""
        higher = [each for each in self.above(department) if each.level is not department.level]
        return any(place.named_in(location) for each in higher for place in self._own[each.id])

    def _topmost(self, department: Department) -> str:
        same = [each for each in self._above[department.id] if self._by_id[each].level is department.level]
        return same[-1] if same else department.id

    def _areas(self) -> dict[str, dict[str, list[PlaceName]]]:
        """The places of each seat and of everybody below it, by their first word."""
        found: dict[str, dict[str, list[PlaceName]]] = {seat: {} for seat in self._seat.values()}
        for each in self._all:
            seats = dict.fromkeys(self._seat[unit] for unit in (each.id, *self._above[each.id]))
            for seat in (seat for seat in seats if self._own[seat]):
                for place in self._own[each.id]:
                    found[seat].setdefault(place.first, []).append(place)
        return found

    def _by_word(self) -> dict[str, list[str]]:
        """Which departments have a place in their area that begins with a word."""
        found: dict[str, list[str]] = {}
        for each in self._all:
            for word in self._area[self._seat[each.id]]:
                found.setdefault(word, []).append(each.id)
        return found

    def _climb(self, department: Department) -> Iterator[str]:
        seen, here = {department.id}, department
        while here.parent:
            if here.parent not in self._by_id:
                raise RegionError(f"department {here.id!r} has parent {here.parent!r}, which is not in the file.")
            parent = self._by_id[here.parent]
            if parent.id in seen:
                raise RegionError(f"department {department.id!r} stands above itself: look at the parents in its line.")
            if parent.level.rank < here.level.rank:
                raise RegionError(
                    f"department {here.id!r} ({here.level}) has parent {parent.id!r} ({parent.level}), which is lower:"
                    " name one of the same level or a higher one."
                )
            seen.add(parent.id)
            yield parent.id
            here = parent

    def _check(self) -> None:
        highest = max(each.level.rank for each in self._all)
        for each in self._all:
            low = each.level in LOW and each.level.rank < highest
            if low and each.topics and self.everywhere(each):
                raise RegionError(
                    f"department {each.id!r} is a {each.level} without places, yet lists topics:"
                    ' write places = ["…"], the names of its villages.'
                )
            if low and OVERSIGHT in each.topics:
                raise RegionError(
                    f"department {each.id!r} is a {each.level} and lists {OVERSIGHT}: leave it to a higher level."
                )
        self._check_names()
        for place, one, other in self._contested():
            if self.seat(one).parent == self.seat(other).parent:
                raise RegionError(
                    f"place {str(place)!r} stands under {one.id!r} and {other.id!r}:"
                    " leave it in one, or give each the district above it as its parent."
                )

    def _check_names(self) -> None:
        known: dict[str, Department] = {}
        for each in self._all:
            other = known.setdefault(each.name.casefold(), each)
            if other is not each:
                raise RegionError(
                    f"departments {other.id!r} and {each.id!r} have the same name {each.name!r}:"
                    " write the district with it, so that people can tell them apart."
                )

    def _contested(self) -> Iterator[tuple[PlaceName, Department, Department]]:
        """Places that two departments of a level claim, for a topic that both list or where neither lists any."""
        claims: dict[tuple[Level, PlaceName], list[Department]] = {}
        for each in self._all:
            for place in self._own[self.seat(each).id]:
                claims.setdefault((each.level, place), []).append(each)
        for (_, place), claiming in claims.items():
            for one, other in combinations(claiming, 2):
                alike = set(one.topics) & set(other.topics) or not (one.topics or other.topics)
                if alike and self.seat(one) is not self.seat(other):
                    yield place, one, other
