"""Proof that something was put right: which matters want a photo, what becomes of one, what an admin should look at.

Words matter: a note says what a photo has in common with another, never that somebody cheated.
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from math import asin, cos, radians, sin, sqrt

from bot.domain.case import Case
from bot.domain.labels import OVERSIGHT
from bot.domain.life import ANSWERED

PHYSICAL = frozenset(
    (
        "jalan",  # a hole that is filled can be seen
        "penerangan_jalan",  # a lamp that burns
        "pengairan",  # a drain that is clear, a dyke that stands
        "air_bersih",  # a pipe that is mended
        "listrik",  # a pole that stands, a cable that hangs
        "sampah",  # a place that is clean
        "lingkungan",  # a tree that was cut, waste that is gone
        "perhubungan",  # a sign, a crossing, a light
        "ketertiban",  # a pavement that is free again
        "pariwisata",  # a park, a square, a playground
    )
)
"""Topics whose result stands somewhere and can be photographed. Not among them: papers, aid, prices, people (a photo
would show whoever was helped), and perils, where help and not a picture is owed."""
DAY = 86400.0
EARLY_SECONDS = DAY  # a photo sent before `Selesai` may still be meant as proof for so long
LONG_BEFORE = 2 * DAY  # clocks of cameras are off by hours, seldom by days
EARTH_KM = 6371.0
MOST_PHOTOS = 10  # of one case; an album has as many
LARGEST = 20 * 1024 * 1024


class Proof(StrEnum):
    """How far a case that was called done is proven."""

    TANPA = "tanpa"  # no photo
    DICEK = "dicek"  # one that an admin looks at first
    FOTO = "foto"


class Stage(StrEnum):
    """What became of a photo."""

    DINI = "dini"  # sent before `Selesai`; counts when its sender says so
    BARU = "baru"  # not looked at yet
    DICEK = "dicek"  # like another picture: waits for an admin
    SAH = "sah"
    DITOLAK = "ditolak"  # an admin asked for another
    RUSAK = "rusak"  # cannot be opened


class Doubt(StrEnum):
    """What an admin should look at."""

    REPORT = "laporan"  # like a photo of the report itself
    EARLIER = "bukti"  # like the proof of another case
    OTHER = "lain"  # like a photo of another report
    OLD = "lama"  # taken long before the report, its file says
    FAR = "jauh"  # taken far from the place, its file says
    MADE = "buatan"  # a program that makes pictures left its mark in the file


HOLDS = frozenset({Doubt.REPORT, Doubt.EARLIER, Doubt.OTHER})
"""Doubts for which a photo waits for an admin before citizens get it."""


@dataclass(frozen=True)
class Note:
    """A doubt. `media_id`: the picture that it is like; `value`: days, kilometres, or the mark."""

    doubt: Doubt
    media_id: int | None = None
    value: str = ""


@dataclass(frozen=True)
class ProofRules:
    """The table [proof]. `topics`: those that want a photo, instead of `PHYSICAL` and the office's own."""

    topics: tuple[str, ...] | None = None
    far_km: float = 5.0


@dataclass(frozen=True)
class Marks:
    """What a file says of its making: seconds UTC, WGS 84 degrees, the mark of a program that makes pictures."""

    taken_at: float | None = None
    lat: float | None = None
    lon: float | None = None
    made_by: str = ""


@dataclass(frozen=True)
class Evidence:
    """A photo that staff sent as proof; where they sent it is where they are answered."""

    id: int
    case_id: int
    media_id: int
    at: float
    by: str
    name: str
    stage: Stage
    channel: str
    chat_id: str
    thread_id: str | None
    message_id: str
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True)
class Proving:
    """A case that was called done and wants a photo: since when, and how far it is proven."""

    case_id: int
    unit: str
    at: float
    state: Proof
    asked_by: str = ""


def wants_photo(case: Case, rules: ProofRules, own: Collection[str] = ()) -> bool:
    """Whether this matter, once done, can be shown. Never what is secret. `own`: topics of the office that say so."""
    wanted = PHYSICAL.union(own) if rules.topics is None else frozenset(rules.topics)
    return case.tags.topic in wanted and case.tags.topic != OVERSIGHT and not case.secret and not case.tags.oversight


def late_photo(case: Case) -> bool:
    """Whether a photo that comes now belongs to what was called done."""
    return case.status in ANSWERED


def marked(marks: Marks, *, reported_at: float, point: tuple[float, float] | None, rules: ProofRules) -> list[Note]:
    """What a photo's own file says against it. That it says nothing is usual: most chats take such marks out."""
    notes = []
    if marks.taken_at is not None and reported_at - marks.taken_at > LONG_BEFORE:
        notes.append(Note(Doubt.OLD, value=str(int((reported_at - marks.taken_at) // DAY))))
    if point and marks.lat is not None and marks.lon is not None:
        away = kilometres(point, (marks.lat, marks.lon))
        if away > rules.far_km:
            notes.append(Note(Doubt.FAR, value=str(round(away))))
    if marks.made_by:
        notes.append(Note(Doubt.MADE, value=marks.made_by))
    return notes


def kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """How far two places on earth are apart."""
    (lat1, lon1), (lat2, lon2) = (tuple(map(radians, each)) for each in (one, other))
    half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_KM * asin(min(1.0, sqrt(half)))


def together(stages: Collection[Stage]) -> Proof:
    """How far all photos of a case prove it: one good one is enough."""
    if Stage.SAH in stages:
        return Proof.FOTO
    return Proof.DICEK if Stage.DICEK in stages else Proof.TANPA
