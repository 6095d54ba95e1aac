"""Whom to meet, where several heads receive people: their buttons, those first whose place was named."""

from collections.abc import Callable

from bot.domain.heads import headed
from bot.domain.outgoing import Button, Rows
from bot.services.office import Office

PAGE = 6
CHOSEN, TURN = "@", "#"  # before the unit of a head; before the number of a page

Draw = Callable[[str, str], Button]


def whom_rows(office: Office, subject: str, draw: Draw, *, page: int = 0, register: str = "id") -> Rows:
    """A button for each head, in pages; `draw` makes one of its words and of what it says when pressed."""
    heads = _ranked(office, subject)
    page = min(page, (len(heads) - 1) // PAGE)
    names = office.region.openings
    rows = [(draw(names[head].whom, CHOSEN + head),) for head in heads[page * PAGE : (page + 1) * PAGE]]
    turns = []
    if page > 0:
        turns.append(draw(office.texts("temu.button.lalu", register), f"{TURN}{page - 1}"))
    if (page + 1) * PAGE < len(heads):
        turns.append(draw(office.texts("temu.button.lanjut", register), f"{TURN}{page + 1}"))
    return (*rows, tuple(turns)) if turns else tuple(rows)


def page_of(argument: str) -> int | None:
    """The page that a button asks for; None for every other button."""
    number = argument.removeprefix(TURN)
    return int(number) if argument.startswith(TURN) and number.isascii() and number.isdigit() else None


def chosen(office: Office, argument: str) -> str:
    """The head whom a button names; empty where it names none who receives people."""
    head = argument.removeprefix(CHOSEN)
    return head if argument.startswith(CHOSEN) and head in office.region.openings else ""


def _ranked(office: Office, subject: str) -> list[str]:
    """Those of the place that is named first, the lowest of them before; then in the order of wadul.toml."""
    region = office.region
    location = office.tagger.tag(subject).location

    def far(head: str) -> tuple[bool, int]:
        department = region.department(headed(head))
        if department is None or location is None or region.areas.everywhere(department):
            return True, 0
        return (False, department.level.rank) if region.areas.covers(department, location) else (True, 0)

    return sorted(region.openings, key=far)
