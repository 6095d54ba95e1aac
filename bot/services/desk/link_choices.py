"""The units that `/hubungkan` offers as buttons: all at once, or by level and in pages where there are many."""

from collections.abc import Sequence

from bot.domain import buttons
from bot.domain.handing import levels_in_use
from bot.domain.heads import head_of
from bot.domain.incoming import Pressed
from bot.domain.levels import Level
from bot.domain.outgoing import Button, EditText, Outgoing, Rows
from bot.domain.region import RESERVED
from bot.services.office import Office
from bot.services.ports import UnitOfWork

FLAT = 24  # so many departments stand in one message, beside the desks
PAGE = 10


def choices(office: Office) -> Rows:
    """Every unit, or the levels to choose from."""
    departments, heads = office.region.departments, office.region.heads.units
    if not office.region.areas.leveled or len(departments) + len(heads) <= FLAT:
        return _pairs([_unit(office, unit) for unit in (*(d.id for d in departments), *RESERVED, *heads)])
    counts = [(level, len(_units(office, level))) for level in levels_in_use(departments)]
    levels = tuple((_level(f"{office.texts(f'level.{level}')} ({count})", level, 0),) for level, count in counts)
    return (*levels, *_pairs([_unit(office, unit) for unit in RESERVED]))


def turn(uow: UnitOfWork, office: Office, pressed: Pressed, level: str, page: str) -> None:
    """A level was chosen, another page of it, or the way back: the same message offers that."""
    known = level in list(Level) and page.isascii() and page.isdigit()
    rows = _page(office, Level(level), int(page)) if known else choices(office)
    chat = pressed.chat
    edit = EditText(pressed.message_id, office.texts("link.which"), rows)
    uow.outbox.put(Outgoing(chat.channel, chat.id, edit, thread_id=chat.thread_id), now=office.clock())


def _page(office: Office, level: Level, number: int) -> Rows:
    units = _units(office, level)
    number = min(number, max(0, (len(units) - 1) // PAGE))
    rows = tuple((_unit(office, unit),) for _, unit in units[number * PAGE : (number + 1) * PAGE])
    way = [Button(office.texts("button.kembali"), buttons.encode(buttons.LINK_LEVEL))]
    if number > 0:
        way.append(_level(office.texts("button.laman_lalu"), level, number - 1))
    if (number + 1) * PAGE < len(units):
        way.append(_level(office.texts("button.laman_lanjut"), level, number + 1))
    return (*rows, tuple(way))


def _units(office: Office, level: Level) -> list[tuple[str, str]]:
    """The departments of a level and their heads, by name."""
    ids = [d.id for d in office.region.departments if d.level is level]
    heads = [head for each in ids if office.region.heads.name(head := head_of(each))]
    return sorted((office.unit_name(unit), unit) for unit in (*ids, *heads))


def _unit(office: Office, unit: str) -> Button:
    return Button(office.unit_name(unit), buttons.encode(buttons.LINK, unit))


def _level(words: str, level: Level, number: int) -> Button:
    return Button(words, buttons.encode(buttons.LINK_LEVEL, level, str(number)))


def _pairs(every: Sequence[Button]) -> Rows:
    return tuple(tuple(every[i : i + 2]) for i in range(0, len(every), 2))
