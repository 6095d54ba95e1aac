"""Give every department and desk its chat on the coba page, and take them away again."""

from bot.channels.coba.cast import NAME, OFFICERS, units
from bot.domain.incoming import Chat, Sender
from bot.domain.records import UnitChat
from bot.domain.region import Region
from bot.services.ports import UnitOfWork


def link_all(uow: UnitOfWork, region: Region, now: float) -> None:
    """Link every unit that has no chat; one linked to a real platform is left alone, or the office would lose it.

    Officers have greeted us on their own phones, where they read what is for them alone.
    """
    for officer in OFFICERS:
        uow.people.meet(Sender(NAME, officer.id, officer.name), Chat(NAME, officer.id, private=True), now=now)
    for unit in units(region):
        before = uow.desks.chat_of(unit)
        if before is not None and before.channel != NAME:
            continue
        department = region.department(unit)
        link = UnitChat(unit, NAME, unit, None, department.name if department else "")
        if link != before:
            uow.desks.link(link, by=NAME, now=now)


def unlink_all(uow: UnitOfWork) -> None:
    """Forget the page's chats: with a real channel nobody would see what is sent there."""
    for link in uow.desks.all_links():
        if link.channel == NAME:
            uow.desks.unlink(link.unit)
