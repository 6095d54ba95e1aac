"""Lists that a chat may ask for: whose cases it sees, which part of them, and in pages."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.case import Case
from bot.domain.region import DESK, DUTY, HEAD
from bot.domain.secrecy import is_apart, whose

PER_PAGE = 8


class Tab(StrEnum):
    """Which part of the open cases `/tugas` lists."""

    MILIK = "milik"
    TERLAMBAT = "terlambat"
    HARI_INI = "hari_ini"
    SEMUA = "semua"


@dataclass(frozen=True)
class Scope:
    """The cases that a chat may see: those of some units (None: of all); with `emergencies`, those of every unit too.

    An emergency that is also an oversight case is no business of the duty chat once its alarm is over.
    """

    units: frozenset[str] | None
    emergencies: bool = False
    sitting: frozenset[str] = frozenset()  # whose people read it: what complains about one of them is not shown

    @property
    def wide(self) -> bool:
        """Whether cases of more than one unit may stand in one list."""
        return self.units is None or len(self.units) > 1 or self.emergencies

    def covers(self, case: Case) -> bool:
        """Whether a case is among them."""
        if is_apart(case, self.sitting):
            return False
        if self.units is None or case.unit in self.units:
            return True
        return self.emergencies and case.tags.emergency and not case.tags.oversight


@dataclass(frozen=True)
class Page:
    """One page of a list, counted from 1; a number that is none of its pages means the nearest one."""

    number: int
    pages: int

    @property
    def skipped(self) -> int:
        """How many entries stand on the pages before."""
        return (self.number - 1) * PER_PAGE


def page_of(number: int, count: int) -> Page:
    """The page of this number in a list of `count` entries; an empty list has one page."""
    pages = max(1, -(-count // PER_PAGE))
    return Page(min(max(1, number), pages), pages)


def scope_of(linked: Collection[str], *, without_chat: Collection[str], led: Collection[str] = ()) -> Scope:
    """What a chat sees that is linked to these units; the desk stands in for departments without a chat.

    `led` are the departments led by heads whose chat it is.
    """
    if HEAD in linked:
        return Scope(None, sitting=whose(linked))
    units = {*linked, *led, *(without_chat if DESK in linked else ())} - {DUTY}
    return Scope(frozenset(units), emergencies=DUTY in linked, sitting=whose(linked))
