"""A list that turns its pages: the message that shows it is edited."""

from bot.domain.incoming import Pressed
from bot.domain.outgoing import EditText, Outgoing, Rows
from bot.services.desk.hands import SILENT
from bot.services.office import Office
from bot.services.ports import UnitOfWork


def show_page(
    uow: UnitOfWork, office: Office, pressed: Pressed, text: str, rows: Rows, *, quotes: tuple[int, ...] = ()
) -> str:
    """Show these lines and buttons instead; the toast owed for the press is empty. `quotes` as in `Text`."""
    chat = pressed.chat
    edit = EditText(pressed.message_id, text, rows, quotes)
    uow.outbox.put(Outgoing(chat.channel, chat.id, edit, thread_id=chat.thread_id), now=office.clock())
    return SILENT


def page_number(words: str) -> int:
    """A page's number; whatever is none means the first."""
    return int(words) if words.isascii() and words.isdigit() else 1
