"""A reading: who saw whose identity, or what a card hides, when and why. Every one is kept and listed on request."""

from dataclasses import dataclass
from enum import StrEnum


class Why(StrEnum):
    """What somebody read it by."""

    DATA = "lihat_data"
    OPENED = "buka"
    ALARM = "alarm"
    COUNTER = "loket"
    LIFTED = "dibuka"


@dataclass(frozen=True)
class Reading:
    """One reading. `reader` as the audit writes people, or the unit whose whole chat read it; `kinds` of what."""

    at: float
    reader: str
    unit: str
    case_id: int
    person_id: int
    kinds: tuple[str, ...]
    why: Why


@dataclass(frozen=True)
class Wish:
    """What somebody wants for their next report, until then."""

    person_id: int
    anonymous: bool
    secret: bool
    until: float


@dataclass(frozen=True)
class SecretReader:
    """Somebody who may open what is `rahasia` in a unit."""

    unit: str
    channel: str
    user_id: str

    @property
    def actor(self) -> str:
        """How settings and the audit write a person: `telegram:9001`."""
        return f"{self.channel}:{self.user_id}"


@dataclass(frozen=True)
class Listing:
    """A message of ours in a group that lists cases."""

    channel: str
    chat_id: str
    message_id: str
    thread_id: str | None = None
