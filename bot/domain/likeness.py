"""How likely two reports tell the same: a small logistic formula over meaning, words, place and time.

Its weights were fitted by `python -m bench.duplicates --fit`; no likeness may speak against two reports.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from bot.domain.place_units import parts_of
from bot.domain.same_words import Words, alike, read_words, word_set
from bot.domain.searching import words_of
from bot.domain.similar import HOUR, SimilarRules
from bot.domain.where import Agreement, Point, Where, agree, near, same_spot

BIAS = -2.92
WEIGHTS: Mapping[str, float] = {
    "same_place": 2.68, "near": 2.68, "unnamed": 1.35, "other_place": -0.73,
    "trouble": 1.30, "own": 0.23, "late": -1.81,
}  # fmt: skip
SURE_COSINE = 0.84  # of what may be joined without asking
SHARED = 2  # groups of words, its trouble among them
SETTINGS = word_set(
    """
    murid jalan rumah sekolah mobil banyu pasar petugas lama sepuh puskesmas kades taman masjid surat sungai
    loket tembok sawah kuburan dana biaya wisata kapal guru tiang bus truk
    """
)
"""Groups that say where and among whom, and not what is wrong."""
LIKELY = 0.3  # from this probability a card says `Mirip`


@dataclass(frozen=True)
class Told:
    """What a report tells, as far as it is compared: words, place, topics, and when (seconds)."""

    text: str
    topics: tuple[str, ...]
    at: float
    phrase: str = ""
    point: Point | None = None

    @cached_property
    def where(self) -> Where:
        return Where(self.phrase, self.point, self.words.every)

    @property
    def words(self) -> Words:
        return read_words(self.text)

    @cached_property
    def own_words(self) -> frozenset[str]:
        """Words of substance that do not name the place."""
        place = {word for part in parts_of(self.phrase) for name in part.names for word in words_of(name)}
        return self.words.own - place


def within(one: Told, other: Told, rules: SimilarRules, *, joins: bool = False) -> bool:
    """Whether both were told closely enough after each other for their topics."""
    matters = [matter for told in (one, other) if (matter := rules.matter(told.topics[0]))]
    if len(matters) < 2:
        return False
    hours = min(each.joins for each in matters) if joins else max(each.hours for each in matters)
    return abs(one.at - other.at) <= hours * HOUR


def features(one: Told, other: Told, rules: SimilarRules) -> dict[str, float]:
    """What the formula looks at, each 0 to 1."""
    place = agree(one.where, other.where)
    unknown = place is Agreement.UNKNOWN
    unnamed = unknown and not (one.where.parts and other.where.parts)
    shared = (one.words.groups & other.words.groups) - SETTINGS
    own = sum(any(alike(word, each) for each in other.own_words) for word in one.own_words)
    hours = max(matter.hours for told in (one, other) if (matter := rules.matter(told.topics[0])))
    return {
        "same_place": float(place is Agreement.SAME),
        "near": float(unknown and not unnamed and near(one.where, other.where)),
        "unnamed": float(unnamed),
        "other_place": float(place is Agreement.DIFFERENT),
        "trouble": min(len(shared), 2) / 2,
        "own": min(own, 2) / 2,
        "late": abs(one.at - other.at) / (hours * HOUR),
    }


def likeness(one: Told, other: Told, rules: SimilarRules) -> float:
    """How probable it is that both tell the same, 0 to 1; 0 where they were told too long after each other."""
    if not within(one, other, rules):
        return 0.0
    found = features(one, other, rules)
    return 1 / (1 + math.exp(-(BIAS + sum(WEIGHTS[name] * value for name, value in found.items()))))


def beyond_doubt(one: Told, other: Told, cosine: float, rules: SimilarRules) -> bool:
    """Whether two reports may be joined without asking: one topic, one time, one place, one kind of trouble."""
    matter = rules.matter(one.topics[0])
    if matter is None or not matter.joins or one.topics[0] != other.topics[0]:
        return False
    if not within(one, other, rules, joins=True):
        return False
    if not (one.where.parts and other.where.parts):
        return False  # a name among the words may be anything's
    shared = one.words.groups & other.words.groups
    if cosine < SURE_COSINE or len(shared) < SHARED or shared.isdisjoint(matter.troubles):
        return False
    return same_spot(one.where, other.where) if matter.spot else agree(one.where, other.where) is Agreement.SAME
