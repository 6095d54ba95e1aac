"""Whether two reports speak of one place. Only what surely is another counts as different, or as the same."""

import math
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.place_units import BARE, LANE, ROW, SCHOOLS, STREET, VILLAGE, WARD, WIDE, Part, kind_of, parts_of
from bot.domain.same_words import alike

NEAR = 200.0  # metres within which two points are one place,
FAR = 2000.0  # and from which they are two
SPOT = 50.0  # metres within which two points are one spot
EARTH = 6_371_000.0
AREAS = frozenset({BARE, VILLAGE, WIDE})
LONG = frozenset({STREET, "kali", "perum"})  # one name, and many lamps and holes along it
NUMBERED = frozenset({ROW, WARD, LANE, "blok", *SCHOOLS})
Point = tuple[float, float]


class Agreement(StrEnum):
    """What is known of two places."""

    SAME = "same"
    DIFFERENT = "different"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Where:
    """What a report says of its place: the phrase, a point on the map (degrees), and every word of the report."""

    phrase: str = ""
    point: Point | None = None
    words: frozenset[str] = frozenset()

    @property
    def parts(self) -> tuple[Part, ...]:
        return parts_of(self.phrase)


def agree(one: Where, other: Where) -> Agreement:
    """Whether both are one place, surely two, or it cannot be told."""
    metres = _metres(one, other)
    if metres is not None and (metres <= NEAR or metres >= FAR):
        return Agreement.SAME if metres <= NEAR else Agreement.DIFFERENT
    if _numbers_differ(one.parts, other.parts):
        return Agreement.DIFFERENT
    head, theirs = _head(one), _head(other)
    if head is None or theirs is None:
        return Agreement.SAME if _mentions(other, head) or _mentions(one, theirs) else Agreement.UNKNOWN
    comparable = head.kind == theirs.kind or {head.kind, theirs.kind} <= AREAS
    if comparable and _share(head, theirs):
        return _surely(head, theirs, _names(one.parts), _names(other.parts))
    if not comparable:
        spots = [(where, part) for where, part in ((other, head), (one, theirs)) if part.kind not in AREAS]
        return Agreement.SAME if any(_mentions(where, part) for where, part in spots) else Agreement.UNKNOWN
    inside = _any_alike(head.names[:1], _names(other.parts)) or _any_alike(theirs.names[:1], _names(one.parts))
    if inside or _mentions(other, head) or _mentions(one, theirs):
        return Agreement.UNKNOWN  # one lies in the other, or both lie in a third
    return Agreement.DIFFERENT


def near(one: Where, other: Where) -> bool:
    """Whether both at least speak of one village or street: a name of one stands in the other."""
    mine, theirs = _names(one.parts), _names(other.parts)
    return _any_alike(mine, theirs) or _any_alike(mine, other.words) or _any_alike(theirs, one.words)


def same_spot(one: Where, other: Where) -> bool:
    """Whether both name one landmark, one row of houses or one point, and not only one village or street."""
    metres = _metres(one, other)
    if metres is not None:
        return metres <= SPOT
    if agree(one, other) is not Agreement.SAME:
        return False
    rows = _numbers(one.parts).items() & _numbers(other.parts).items()
    if any(kind in (ROW, LANE) for kind, _ in rows):
        return True
    spots = [[part for part in each.parts if part.kind not in AREAS | LONG and part.names] for each in (one, other)]
    return any(a.kind == b.kind and _share(a, b) for a in spots[0] for b in spots[1])


def _head(where: Where) -> Part | None:
    """The smallest place that has a name."""
    return next((part for part in where.parts if part.names), None)


def _numbers(parts: Iterable[Part]) -> dict[str, str]:
    return {part.kind: part.number for part in parts if part.number and part.kind in NUMBERED}


def _numbers_differ(one: Collection[Part], other: Collection[Part]) -> bool:
    """Another row, lane or school: RT 2 is not RT 5, SD 1 is not SD 3, and no primary school is a kindergarten."""
    mine, theirs = _numbers(one), _numbers(other)
    if any(mine[kind] != theirs[kind] for kind in mine.keys() & theirs.keys()):
        return True
    schools = [{part.kind for part in each if part.kind in SCHOOLS} for each in (one, other)]
    return bool(schools[0] and schools[1] and not schools[0] & schools[1])


def _surely(head: Part, other: Part, names: list[str], others: list[str]) -> Agreement:
    """Two of one name: the same, but for the halves of a village, and for a name that two towns have."""
    if head.half != other.half:
        return Agreement.DIFFERENT if head.half and other.half else Agreement.UNKNOWN
    shared = sum(1 for a, b in zip(names, others, strict=False) if alike(a, b))
    rest, theirs = names[shared:], others[shared:]
    return Agreement.UNKNOWN if rest and theirs and not _any_alike(rest, theirs) else Agreement.SAME


def _share(one: Part, other: Part) -> bool:
    """Whether two names begin alike, or one stands whole in the other."""
    if one.number and other.number and one.number != other.number:
        return False
    if alike(one.names[0], other.names[0]):
        return True
    short, long = sorted((one.names, other.names), key=len)
    return one.kind not in AREAS and all(_any_alike([name], long) for name in short)


def _mentions(where: Where, part: Part | None) -> bool:
    """Whether a place stands among the words of a report: its name, and what it is where that is no village."""
    if part is None or not _any_alike(part.names[:1], where.words):
        return False
    return part.kind in AREAS or any(kind_of(word) == part.kind for word in where.words)


def _names(parts: Iterable[Part]) -> list[str]:
    return [name for part in parts for name in part.names]


def _any_alike(names: Iterable[str], others: Collection[str]) -> bool:
    return any(alike(name, other) for name in names for other in others)


def _metres(one: Where, other: Where) -> float | None:
    """How far two points are apart (haversine); None where one has none."""
    if one.point is None or other.point is None:
        return None
    (lat, lon), (lat2, lon2) = ((math.radians(x) for x in point) for point in (one.point, other.point))
    half = math.sin((lat2 - lat) / 2) ** 2 + math.cos(lat) * math.cos(lat2) * math.sin((lon2 - lon) / 2) ** 2
    return 2 * EARTH * math.asin(math.sqrt(half))
