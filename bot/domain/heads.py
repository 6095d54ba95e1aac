"""Heads beside `kepala`: who leads a village, a district, a kabupaten; which cases their chat hears of.

A head belongs to a seat: the department whose places are the area (its agencies share the head). Who has no head of
their own is led by the next one above, at last by `kepala`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from bot.domain.areas import Areas
from bot.domain.errors import RegionError
from bot.domain.levels import KINDS, Level

if TYPE_CHECKING:
    from bot.domain.region import Department

PREFIX = "kepala."  # no department's id has a dot


def head_of(department: str) -> str:
    """The unit of a department's head, under which the head's chat is linked."""
    return f"{PREFIX}{department}"


def headed(unit: str) -> str:
    """The department that a head leads; empty for every other unit, `kepala` too."""
    return unit.removeprefix(PREFIX) if unit.startswith(PREFIX) else ""


class Heads:
    """The heads of a region; built once, raises RegionError. `titles` are what heads of a level are called."""

    def __init__(self, departments: Sequence[Department], areas: Areas, titles: Mapping[Level, str]) -> None:
        self._by_id = {each.id: each for each in departments}
        self._areas = areas
        self._names = {head_of(each.id): name for each in departments if (name := self._name(each, titles))}
        self._over = {each.id: self._climb(each) for each in departments}
        led = {self._by_id[headed(unit)].level for unit in self._names}
        for level in titles:
            if level not in led:
                raise RegionError(f"levels.kepala names {level}, but no department of that level has places.")

    @property
    def units(self) -> tuple[str, ...]:
        """Every head's unit."""
        return tuple(self._names)

    def name(self, unit: str) -> str | None:
        """What people call a head; None for a unit that is none."""
        return self._names.get(unit)

    def over(self, unit: str) -> tuple[str, ...]:
        """The heads of a department, the nearest first."""
        return self._over.get(unit, ())

    def under(self, head: str) -> frozenset[str]:
        """The departments that a head leads, also through heads below."""
        return frozenset(each for each, heads in self._over.items() if head in heads)

    def _name(self, department: Department, titles: Mapping[Level, str]) -> str:
        seat = self._areas.seat(department)
        if department.head and seat is not department:
            raise RegionError(
                f"department {department.id!r} has kepala, but is an agency of {seat.id!r}: write kepala there."
            )
        title = titles.get(department.level, "") if seat is department and department.places else ""
        if department.opening and not (department.head or title):
            raise RegionError(
                f"department {department.id!r} has appointments, but no kepala: write what its head is called."
            )
        return department.head or (_titled(title, department.name) if title else "")

    def _climb(self, department: Department) -> tuple[str, ...]:
        seats = (self._areas.seat(each).id for each in (department, *self._areas.above(department)))
        return tuple(dict.fromkeys(head_of(seat) for seat in seats if head_of(seat) in self._names))


def _titled(title: str, name: str) -> str:
    """`Camat` and `Kecamatan Comal` make `Camat Comal`."""
    first, _, rest = name.partition(" ")
    return f"{title} {rest if rest and first.casefold() in KINDS else name}"
