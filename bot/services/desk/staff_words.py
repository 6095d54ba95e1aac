"""Chat words of staff in their groups: /gabung, /pisah, /tutup, /buka; at the desk /blokir, /insiden, /register."""

from collections.abc import Callable

from bot.domain.errors import PressRefused
from bot.domain.incoming import Command
from bot.services.desk.closing import close, open_again
from bot.services.desk.roles import stopped
from bot.services.matters.merging import merge, split
from bot.services.office import Office
from bot.services.ports import UnitOfWork
from bot.services.rights.barring import bar
from bot.services.rights.erasing import ask_for_somebody
from bot.services.rights.incidents import incident
from bot.services.rights.registering import show_register

Handler = Callable[[UnitOfWork, Office, Command], None]


def obey(uow: UnitOfWork, office: Office, command: Command) -> None:
    """Carry out a chat word of staff, or answer why not."""
    chat = command.chat
    if not uow.desks.units_in(chat.channel, chat.id):
        office.say(uow, chat, "unlink.none", reply_to=command.message_id)
        return
    if stopped(uow, office, command):
        return
    try:
        WORDS[command.name](uow, office, command)
    except PressRefused as refused:
        text = office.texts(refused.key, **refused.fields)
        office.say(uow, chat, "plain", reply_to=command.message_id, text=text)


WORDS: dict[str, Handler] = {
    "gabung": merge, "pisah": split, "tutup": close, "buka": open_again,
    "blokir": bar, "insiden": incident, "register": show_register,
    "hapusdata": ask_for_somebody,
}  # fmt: skip
