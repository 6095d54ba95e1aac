"""A case, its tags and the moves it may make."""

from dataclasses import dataclass, field
from enum import StrEnum

from bot.domain.errors import MoveRefused
from bot.domain.labels import EMERGENCY


class Status(StrEnum):
    """Where a case stands; the office's own words (docs/glossary.md)."""

    DITERUSKAN = "diteruskan"
    DIPROSES = "diproses"
    MENUNGGU_PELAPOR = "menunggu_pelapor"
    SELESAI = "selesai"
    BUKAN_WEWENANG = "bukan_wewenang"
    DIBATALKAN = "dibatalkan"


OPEN = frozenset({Status.DITERUSKAN, Status.DIPROSES, Status.MENUNGGU_PELAPOR})

MOVES: dict[str, tuple[frozenset[Status], Status | None]] = {
    "terima": (frozenset({Status.DITERUSKAN}), Status.DIPROSES),
    "alihkan": (OPEN, Status.DITERUSKAN),
    "tanya": (OPEN, Status.MENUNGGU_PELAPOR),
    "jawab": (frozenset({Status.MENUNGGU_PELAPOR}), Status.DIPROSES),
    "selesai": (OPEN, Status.SELESAI),
    "bukan_wewenang": (OPEN, Status.BUKAN_WEWENANG),
    "batal": (OPEN, Status.DIBATALKAN),
}  # move: (statuses it may start from, the status it leads to)


def allowed(status: Status, move: str) -> bool:
    """Whether a case in this status may make the move."""
    return status in MOVES[move][0]


def after(status: Status, move: str) -> Status:
    """The status after the move; MoveRefused where the present one does not allow it."""
    start, end = MOVES[move]
    if status not in start:
        raise MoveRefused(f"{move} from {status}")
    return end or status


WORDS = "words"  # what a case awaits of its citizen: a sentence to a wordless report, or an answer
ANSWER = "answer"
MODEL = "model"  # who set the topic: the classifier, the rules that stand in for it, or a person
RULES = "aturan"
PERSON = "petugas"
ROUTED = "dialihkan"  # a person chose the department and left the topic as it was


@dataclass(frozen=True)
class Tags:
    """What the classifier, or a person after it, said of a case. Probabilities are 0 to 1."""

    kind: str
    topic: str
    urgency: str
    language: str
    further: tuple[str, ...] = ()
    location: str | None = None
    unsure: bool = False
    guesses: tuple[tuple[str, float], ...] = ()
    p_topic: float = 0.0
    model: str | None = None
    set_by: str = MODEL
    alarming: bool = False  # the rules' danger words are in the text; only known of words just tagged

    @property
    def emergency(self) -> bool:
        return self.urgency == EMERGENCY

    @property
    def settled(self) -> bool:
        """A person decided where the case belongs; later words do not move it."""
        return self.set_by in (PERSON, ROUTED)


@dataclass(frozen=True)
class Reasons:
    """The citizen's own words that carried the tags, heaviest first."""

    topic: tuple[str, ...] = ()
    urgency: tuple[str, ...] = ()


@dataclass(frozen=True)
class Case:
    """One complaint with its public code. `unit` is the department id, or the desk's."""

    id: int
    code: str
    person_id: int
    channel: str
    chat_id: str
    status: Status
    tags: Tags
    unit: str
    register: str
    created_at: float
    updated_at: float
    taken_by: str | None = None
    taken_by_id: str | None = None
    awaiting: str | None = None
    last_said_at: float = 0.0
    outcome: str | None = None
    informed: tuple[str, ...] = field(default=())

    @property
    def open(self) -> bool:
        return self.status in OPEN

    @property
    def taken(self) -> bool:
        """Somebody has begun work, so that later short messages no longer rewrite it."""
        return self.status is not Status.DITERUSKAN
