"""How likely two reports tell the same: a small logistic formula over meaning, words, place and time.

Its weights were fitted by `python -m bench.duplicates --fit`; no likeness may speak against two reports.
"""

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property

from bot.domain.borders import one_event
from bot.domain.doubts import things, told_apart, unsaid
from bot.domain.place_units import parts_of
from bot.domain.same_words import Words, alike, read_words, word_set
from bot.domain.searching import words_of
from bot.domain.similar import EVENTS, HOUR, Matter, SimilarRules
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
    """Whether two reports may be joined without asking: one event, time, place, trouble, and nothing against it."""
    shared = one.words.groups & other.words.groups
    matters = _suffered(one, other, shared, rules)
    if not matters or not one_event(one.topics, other.topics) or not within(one, other, rules, joins=True):
        return False
    if not (one.where.parts and other.where.parts):
        return False  # a name among the words may be anything's
    if cosine < SURE_COSINE or len(shared) < SHARED:
        return False
    troubles = frozenset(word for each in matters for word in each.troubles)
    if any(unsaid(told.text, troubles) for told in (one, other)):
        return False
    if told_apart(one.text, other.text, (one.phrase, other.phrase)):
        return False
    if not EVENTS & troubles & shared and things(one.words.groups) != things(other.words.groups):
        return False
    spot = any(each.spot for each in matters)
    return same_spot(one.where, other.where) if spot else agree(one.where, other.where) is Agreement.SAME


def _suffered(one: Told, other: Told, shared: Collection[str], rules: SimilarRules) -> list[Matter]:
    """What many people may suffer from and both name; empty where one of the topics is never joined."""
    matters = [rules.matter(told.topics[0]) for told in (one, other)]
    if any(matter is None or not matter.joins for matter in matters):
        return []
    return [matter for matter in matters if matter and not set(matter.troubles).isdisjoint(shared)]
