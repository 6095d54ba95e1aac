"""A case and its tags."""

from dataclasses import dataclass, field

from bot.domain.labels import EMERGENCY, OVERSIGHT
from bot.domain.life import FRESH, OPEN, Status

WORDS = "words"  # what a case awaits of its citizen: a sentence to a wordless report, an answer,
ANSWER = "answer"
MISSING = "missing"  # or what is still missing of what the office called done,
PLACE = "place"  # or where it is; words that tell it are kept under this name too
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
    fixed: tuple[str, ...] = ()  # urgency, kind, location: which of them a person set

    @property
    def emergency(self) -> bool:
        return self.urgency == EMERGENCY

    @property
    def oversight(self) -> bool:
        """Misconduct is told, as the matter itself or beside it."""
        return OVERSIGHT in (self.topic, *self.further)

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
    merged_into: int | None = None
    rating: int | None = None
    due_at: float | None = None  # its next deadline; None while the clock stands, or without a rule
    anonymous: bool = False  # anonim: staff do not see who reported it
    secret: bool = False  # rahasia: the card shows code, topic and urgency only
    secret_by: str = ""  # who made it so: the rule, or the citizen
    accused: tuple[str, ...] = ()  # units complained about, which neither see nor handle it
    held: bool = False  # one of too many, or of somebody who is barred: the desk looks at it first
    erased: bool = False  # its words and files are gone, as its reporter or the law of retention wanted

    @property
    def open(self) -> bool:
        return self.status in OPEN

    @property
    def set_apart(self) -> bool:
        """The desk has not looked at it yet, and until then it stands on no card. An emergency never waits."""
        return self.held and not self.tags.emergency

    @property
    def taken(self) -> bool:
        """Somebody has begun work, so that later short messages no longer rewrite it."""
        return self.status not in FRESH
