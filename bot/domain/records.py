"""What is kept beside a case: people, words, files, cards, linked chats."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Person:
    """A citizen as a channel knows them: an opaque id and the private chat to answer in."""

    id: int
    channel: str
    user_id: str
    chat_id: str
    name: str = ""
    register: str | None = None
    phone: str | None = None
    blocked: bool = False
    misses: int = 0
    missed_at: float = 0.0
    surveyed_at: float = 0.0
    barred_until: float = 0.0  # an admin wants what they send looked at first; not `blocked`, which they did to us
    corrected: frozenset[str] = frozenset()  # name, register: what they set themselves, and no message changes
    asked: str | None = None  # what their next private message answers, and since when
    asked_at: float = 0.0


@dataclass(frozen=True)
class Entry:
    """Words in the life of a case.

    `kind`: report, place, answer, addition, words, question, reply, note, reason, outcome.
    """

    id: int
    case_id: int | None
    author: str
    kind: str
    text: str
    at: float
    message_id: str | None = None
    name: str = ""
    lat: float | None = None
    lon: float | None = None
    forwarded: bool = False


REPORTED = ("report", "words", "place")
"""Kinds of words that make up the report itself."""


def told(entries: Iterable[Entry]) -> list[Entry]:
    """What makes up the report itself: the citizen's words, and those that staff typed for a wordless one."""
    return [entry for entry in entries if entry.kind in REPORTED and entry.text.strip()]


@dataclass(frozen=True)
class Media:
    """A file of a case: still at the platform (`file_id`), and on disk once `path` is set."""

    id: int
    case_id: int
    channel: str
    kind: str
    file_id: str
    mime: str
    size: int | None = None
    path: str | None = None
    proof: bool = False  # staff sent it to show what was done


@dataclass(frozen=True)
class Card:
    """A case's message in a chat. Roles: main (with buttons), inform (a second department), duty (the alarm)."""

    id: int
    case_id: int
    role: str
    unit: str
    channel: str
    chat_id: str
    thread_id: str | None = None
    message_id: str | None = None
    retired: bool = False
    menu: str | None = None


@dataclass(frozen=True)
class Room:
    """A case's own forum topic in a chat: the words of that case go there. Without `thread_id` it does without one."""

    case_id: int
    channel: str
    chat_id: str
    thread_id: str | None
    name: str = ""
    closed: bool = False


@dataclass(frozen=True)
class UnitChat:
    """The chat linked to a department or a desk."""

    unit: str
    channel: str
    chat_id: str
    thread_id: str | None = None
    title: str = ""


@dataclass(frozen=True)
class Prompt:
    """A question of ours to one person of a department: their next reply is the sentence."""

    id: int
    case_id: int
    user_id: str
    kind: str
    channel: str
    chat_id: str
    at: float


@dataclass(frozen=True)
class Bound:
    """Which case a message belongs to, and in which role."""

    case_id: int
    role: str
    user_id: str | None = None


@dataclass(frozen=True)
class Draft:
    """Words to a citizen that wait for a second person. `author` as the audit writes them, `name` as colleagues do."""

    id: int
    case_id: int
    author: str
    name: str
    text: str
    at: float


@dataclass(frozen=True)
class Noted:
    """A line of the audit trail."""

    at: float
    actor: str
    before: str
    after: str
    what: str = ""


AT_WORK = "kartu"  # where a lesson comes from: the work on the case, or the labelling of messages
LABELLED = "label"


@dataclass(frozen=True)
class Lesson:
    """What a person taught: a tag (topic, urgency, kind, location), that one case is another (merge), or that a
    department took a case as it came (setuju). `undone_at`: since when it no longer counts."""

    case_id: int
    field: str
    before: str
    after: str
    who: str
    model: str | None
    at: float
    source: str = AT_WORK
    undone_at: float | None = None


@dataclass(frozen=True)
class Rerouting:
    """A case that went to another department with its topic as it was: routing, and no lesson."""

    case_id: int
    topic: str
    before: str
    after: str
    who: str
    at: float
