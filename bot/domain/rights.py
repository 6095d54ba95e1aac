"""What people may ask of their data, and what the office notes of it: requests, bars, incidents, one register.

Deadlines: the law on personal data (UU 27/2022) gives a controller 3 × 24 hours for access, correction, restriction
and for the notice of a breach. Read in secondary sources; the articles themselves were not seen.
"""

from dataclasses import dataclass
from enum import StrEnum

DAY = 86400.0
ANSWER_SECONDS = 3 * DAY
LOOK_SECONDS = DAY  # a bundle of held reports should be looked at within a day
REMIND_SHARE = 2 / 3
HEAD_SHARE = 11 / 12


class RequestStatus(StrEnum):
    """Where a request to be erased stands."""

    WAITING = "menunggu"
    LATER = "nanti"  # granted for as soon as the last report has ended
    DONE = "selesai"
    REFUSED = "ditolak"


OPEN_REQUESTS = frozenset({RequestStatus.WAITING, RequestStatus.LATER})
REASONS = ("hukum", "periksa", "sengketa")
"""Why an office may refuse to erase: a law keeps it, it is being investigated, a dispute hangs on it."""


@dataclass(frozen=True)
class DataRequest:
    """Somebody asks to be erased."""

    id: int
    person_id: int
    at: float
    status: RequestStatus = RequestStatus.WAITING
    reason: str = ""
    decided_by: str = ""
    decided_at: float | None = None


@dataclass(frozen=True)
class Bar:
    """An admin bars somebody for a time. What they send is kept; emergencies and an appeal still go through."""

    id: int
    person_id: int
    code: str
    reason: str
    by: str
    at: float
    until: float
    ended_at: float | None = None

    def holds(self, now: float) -> bool:
        """Whether it stands at this moment."""
        return self.ended_at is None and now < self.until


@dataclass(frozen=True)
class Appeal:
    """What somebody who is barred says against it. `answer`: buka, tetap; empty while nobody decided."""

    id: int
    bar_id: int
    text: str
    at: float
    answer: str = ""


@dataclass(frozen=True)
class Incident:
    """A breach of personal data, as the law wants it noted: what, whom it touches, what was done."""

    id: int
    what: str
    found_at: float
    by: str
    touched: str = ""
    done: str = ""
    told_at: float | None = None
    closed_at: float | None = None


class Kind(StrEnum):
    """What a message of the desk is about; its subject is a request, a person, an appeal, an incident, an unsealing."""

    REQUEST = "hapus"
    HELD = "tahan"
    APPEAL = "banding"
    INCIDENT = "insiden"
    UNSEAL = "rahasia"


@dataclass(frozen=True)
class Notice:
    """A message of ours at the desk that waits for a decision; drawn from the present state when it is sent."""

    id: int
    kind: Kind
    subject_id: int
    at: float
    due_at: float
    channel: str = ""
    chat_id: str = ""
    message_id: str | None = None
    reminded_at: float | None = None
    escalated_at: float | None = None
    closed_at: float | None = None

    @property
    def remind_at(self) -> float:
        """When the desk is reminded: with a third of the time left."""
        return self.at + REMIND_SHARE * (self.due_at - self.at)

    @property
    def head_at(self) -> float:
        """When the head hears of it: shortly before the time is over."""
        return self.at + HEAD_SHARE * (self.due_at - self.at)


@dataclass(frozen=True)
class Line:
    """A line of the register: what was done, to which class of data, how often; it names nobody."""

    at: float
    what: str
    group: str
    count: int
