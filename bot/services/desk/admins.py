"""Admins, and the places where they teach, train and look: alone with us, or in the chat of a desk."""

from typing import NamedTuple

from bot.domain.incoming import Chat, Command, Pressed
from bot.domain.region import DESK
from bot.services.office import Office
from bot.services.ports import UnitOfWork


class Refusals(NamedTuple):
    """The keys of the texts that say why not: to whoever is no admin, and to an admin elsewhere."""

    no_admin: str
    elsewhere: str


LABELLING = Refusals("label.admins_only", "label.where")
TRAINING = Refusals("training.admins_only", "training.where")


def objection(uow: UnitOfWork, office: Office, where: Command | Pressed, refusals: Refusals) -> str | None:
    """Why somebody may not do here what admins do alone with us or at the desk; None where they may."""
    if not office.is_admin(uow, where.sender):
        return refusals.no_admin
    return None if is_place(uow, where.chat, DESK) else refusals.elsewhere


def is_place(uow: UnitOfWork, chat: Chat, *units: str) -> bool:
    """Whether a chat is private, or that of one of these units."""
    links = (uow.desks.chat_of(unit) for unit in units)
    return chat.private or any(
        (link.channel, link.chat_id) == (chat.channel, chat.id) and link.thread_id in (None, chat.thread_id)
        for link in links if link
    )  # fmt: skip
