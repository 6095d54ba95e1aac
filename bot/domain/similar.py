"""Which reports may be one matter: how long after each other, told by how many, and what Wadul may join by itself.

Hours from practice, not from a law: a flood is over in days, a pothole waits for weeks until it is mended.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property

from bot.domain.borders import PRIVATE, torn
from bot.domain.case import WORDS, Case
from bot.domain.labels import COMPLAINT, NOT_A_REPORT

HOUR = 3600.0
SUGGESTED = 2  # codes that a card names
ENOUGH = 3  # people who tell the same before Wadul joins their reports by itself


class Pair(StrEnum):
    """What is known of two cases: likened on a card, joined by Wadul itself, or parted by a person."""

    LIKE = "mirip"
    JOINED = "gabung"
    APART = "pisah"


@dataclass(frozen=True)
class Neighbour:
    """What an open case near in meaning tells: its vector (float16), words, topics, place, and when (seconds).

    `topics`: as it is tagged, the main one first, of a doubted one its likeliest guesses too.
    """

    case_id: int
    unit: str
    vector: bytes
    text: str
    topics: tuple[str, ...]
    phrase: str
    point: tuple[float, float] | None
    at: float


@dataclass(frozen=True)
class Matter:
    """What a topic is like: hours within which two reports may be one matter; `joins`: within which Wadul joins them.

    `joins` is 0 where many people never suffer from one and the same. `troubles`: groups of words of which both must
    name one, for a whole village suffers from a flood, but not from a fire. `spot`: a village is no place enough, one
    lamp is not another.
    """

    hours: float
    joins: float = 0.0
    troubles: tuple[str, ...] = ()
    spot: bool = False


EVENTS = frozenset({"banjir", "gempa", "angin", "ombak"})
"""Troubles of a whole village, whatever each sees of it; of any other, all must name the same things."""
EVENT, WEEK = 48.0, 168.0
MATTERS: Mapping[str, Matter] = {
    "bencana": Matter(EVENT, 24, tuple(sorted(EVENTS))),
    "pengairan": Matter(120, 48, ("banjir", "kering")),  # floods, dikes, drains that overflow
    "listrik": Matter(72, 12, ("mati",)),
    "air_bersih": Matter(WEEK, 48, ("mati", "mili", "kering")),
    "lingkungan": Matter(WEEK, 24, ("asap", "bau", "debu")),  # smoke and smell lie over a village
    "jalan": Matter(21 * 24, WEEK, ("lubang", "rusak"), spot=True),
    "penerangan_jalan": Matter(21 * 24, WEEK, ("mati", "gelap"), spot=True),
    "sampah": Matter(14 * 24, WEEK, ("sampah", "bau"), spot=True),
    "perhubungan": Matter(WEEK, 24, ("mati", "macet"), spot=True),
    "keamanan": Matter(72),
    "ketertiban": Matter(WEEK),
    "kesehatan": Matter(WEEK),
    "pendidikan": Matter(WEEK),
    "pertanian": Matter(WEEK),
    "perdagangan": Matter(WEEK),
    "pariwisata": Matter(WEEK),
    "pelayanan": Matter(WEEK),
    "pemerintahan_desa": Matter(WEEK),
    "perumahan": Matter(WEEK),
    "kominfo": Matter(WEEK),
    "keagamaan": Matter(WEEK),
    "pajak": Matter(WEEK),
    "ketenagakerjaan": Matter(WEEK),
    "kepegawaian": Matter(WEEK),
    "perizinan": Matter(WEEK),
    "lainnya": Matter(WEEK),
}
"""Topics that can have twins. Missing: what is one person's own (papers, aid, violence at home) and oversight."""


@dataclass(frozen=True)
class SimilarRules:
    """The table [similar] of the region file."""

    on: bool = True
    joins: bool = True
    hours: Mapping[str, float] = field(default_factory=dict)

    def matter(self, topic: str) -> Matter | None:
        """What a topic is like; None where its reports are not compared. An own topic is like a week's service."""
        if topic in PRIVATE:
            return None
        known = MATTERS.get(topic, Matter(WEEK))
        hours = self.hours.get(topic, known.hours)
        return replace(known, hours=hours, joins=min(known.joins, hours))

    @cached_property
    def longest(self) -> float:
        """Seconds after which no two reports are compared."""
        return HOUR * max([*self.hours.values(), *(each.hours for each in MATTERS.values())])


def may_have_twins(case: Case, rules: SimilarRules) -> bool:
    """Whether a case may be compared at all: nothing secret, nothing that oversees, nothing without words."""
    hidden = case.secret or case.erased or case.set_apart or case.accused or case.tags.oversight
    wordless = case.awaiting == WORDS or case.tags.kind == NOT_A_REPORT
    return rules.on and case.open and not (hidden or wordless) and rules.matter(case.tags.topic) is not None


def may_join(case: Case, rules: SimilarRules) -> bool:
    """Whether Wadul may let a case join others by itself: told as a complaint, its topic sure, untouched by hands.

    A topic that is doubted between two of one event (`borders.ONE_EVENT`) is sure enough.
    """
    matter = rules.matter(case.tags.topic)
    sure = not case.tags.unsure or (case.tags.kind == COMPLAINT and torn(case.tags))
    free = not case.held and case.awaiting is None
    return may_have_twins(case, rules) and rules.joins and matter is not None and matter.joins > 0 and sure and free
