"""Who decides about people's rights: an admin, in the desk's chat."""

from bot.domain.incoming import Command, Pressed
from bot.domain.region import DESK
from bot.services.office import Office
from bot.services.ports import UnitOfWork


def desk_only(uow: UnitOfWork, office: Office, where: Command | Pressed) -> str | None:
    """The key of the text that says why somebody may not; None where they may."""
    if not office.is_admin(uow, where.sender) or where.sender.standing == "stranger":
        return "rights.admins_only"
    desk = uow.desks.chat_of(DESK)
    here = desk and (desk.channel, desk.chat_id) == (where.chat.channel, where.chat.id)
    return None if here else "rights.where"
