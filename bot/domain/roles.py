"""Who may do what in a department's chat: roles, membership, and one table that decides."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

Standing = Literal["", "member", "stranger"]
"""What the platform says of somebody in a chat; "" where it was not asked or did not answer."""


class Role(StrEnum):
    """What somebody is to Wadul; the office's own words (docs/glossary.md)."""

    PETUGAS = "petugas"
    PENGAMAT = "pengamat"
    KEPALA = "kepala"


class Action(StrEnum):
    """What somebody wants to do with a case."""

    LOOK = "look"
    WORK = "work"
    SEE_DATA = "see_data"


class Refusal(StrEnum):
    """Why somebody may not: the key of the text that says so."""

    NOT_MEMBER = "toast.not_member"
    OBSERVER = "toast.observer"
    UNPROVEN = "toast.unproven"


ALLOWED: dict[Action, frozenset[Role]] = {
    Action.LOOK: frozenset(Role),
    Action.WORK: frozenset({Role.PETUGAS, Role.KEPALA}),
    Action.SEE_DATA: frozenset({Role.PETUGAS, Role.KEPALA}),
}
PROVEN = frozenset({Action.SEE_DATA})
"""Personal data: here a platform that does not answer is no reason to believe somebody."""


@dataclass(frozen=True)
class Holder:
    """Somebody whose role an admin has set; `name` may be unknown."""

    channel: str
    user_id: str
    role: Role
    name: str = ""

    @property
    def actor(self) -> str:
        """How settings and the audit write a person: `telegram:9001`."""
        return f"{self.channel}:{self.user_id}"


def refusal(role: Role, standing: Standing, action: Action) -> Refusal | None:
    """Why somebody may not act, or None where they may. Without an answer, whoever the platform let in is a member."""
    if standing == "stranger":
        return Refusal.NOT_MEMBER
    if role not in ALLOWED[action]:
        return Refusal.OBSERVER
    if action in PROVEN and standing != "member":
        return Refusal.UNPROVEN
    return None


def may(role: Role, standing: Standing, action: Action) -> bool:
    """Whether somebody of this role and standing may do it."""
    return refusal(role, standing, action) is None
