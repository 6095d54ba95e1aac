"""Who plays on the coba page: a few citizens with a phone each, a few officers who share the departments' chats."""

from dataclasses import dataclass

from bot.domain.incoming import Chat, Sender
from bot.domain.region import RESERVED, Region

NAME = "coba"


@dataclass(frozen=True)
class Citizen:
    """A citizen: the id is that of the person and of the private chat. Degrees are WGS 84."""

    id: str
    name: str
    lat: float
    lon: float


@dataclass(frozen=True)
class Officer:
    """A member of staff."""

    id: str
    name: str


CITIZENS = (
    Citizen("warga:1", "Bu Siti", -6.89170, 109.38060),
    Citizen("warga:2", "Mas Agus", -6.87560, 109.43420),
    Citizen("warga:3", "Mbah Karto", -7.11080, 109.33410),
)
OFFICERS = (Officer("petugas:1", "Rina"), Officer("petugas:2", "Bagas"))


PHONES: tuple[Citizen | Officer, ...] = (*CITIZENS, *OFFICERS)
"""Everybody with a private chat; officers read there what is for them alone."""


def units(region: Region) -> tuple[str, ...]:
    """Every unit that has a chat here: the desks and the head first, the heads of single units last."""
    return (*RESERVED, *(department.id for department in region.departments), *region.heads.units)


def chat_for(region: Region, chat_id: str) -> Chat | None:
    """The chat of this id, or None."""
    if any(person.id == chat_id for person in PHONES):
        return Chat(NAME, chat_id, private=True)
    return Chat(NAME, chat_id, private=False) if chat_id in units(region) else None


def sender_in(chat: Chat, sender_id: str) -> Sender | None:
    """Who writes, if they may write in this chat: anybody on their own phone, an officer in any department's."""
    people = [person for person in PHONES if person.id == chat.id] if chat.private else OFFICERS
    return next((Sender(NAME, person.id, person.name) for person in people if person.id == sender_id), None)
