"""Admins, and the places where they decide, teach, train and look: the chat of a desk, for some also alone with us."""

from typing import NamedTuple

from bot.domain.incoming import Chat, Command, Pressed
from bot.domain.region import DESK
from bot.services.office import Office
from bot.services.ports import UnitOfWork

OTHER_TOPIC = "admins.other_topic"


class Refusals(NamedTuple):
    """The keys of the texts that say why not: to whoever is no admin, and to an admin elsewhere.

    `alone`: a private chat with us is a place for it too; what concerns people's rights happens before the colleagues.
    """

    no_admin: str
    elsewhere: str
    alone: bool = True


LABELLING = Refusals("label.admins_only", "label.where")
TRAINING = Refusals("training.admins_only", "training.where")
RIGHTS = Refusals("rights.admins_only", "rights.where", alone=False)
SECRECY = Refusals("jejak.admins_only", "jejak.admins_only", alone=False)


def objection(uow: UnitOfWork, office: Office, where: Command | Pressed, refusals: Refusals) -> str | None:
    """Why somebody may not do here what admins do at the desk; None where they may."""
    if not office.is_admin(uow, where.sender) or where.sender.standing == "stranger":
        return refusals.no_admin
    if where.chat.private:
        return None if refusals.alone else refusals.elsewhere
    return misplaced(uow, where.chat, DESK, elsewhere=refusals.elsewhere)


def misplaced(uow: UnitOfWork, chat: Chat, *units: str, elsewhere: str) -> str | None:
    """Why a chat is not the place: another topic of their forum says so, any other chat the key `elsewhere`.

    None where it is private, or that of one of these units. A forum that is linked as a whole is theirs in every topic.
    """
    links = [link for unit in units if (link := uow.desks.chat_of(unit))]
    here = [link for link in links if (link.channel, link.chat_id) == (chat.channel, chat.id)]
    if chat.private or any(link.thread_id in (None, chat.thread_id) for link in here):
        return None
    return OTHER_TOPIC if here else elsewhere
