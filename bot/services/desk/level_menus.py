"""The menus of `Alihkan` where there are levels: beside at once, up and down with the target's consent; in pages."""

import re
from collections.abc import Sequence

from bot.domain import buttons
from bot.domain.case import PERSON, Case
from bot.domain.handing import above, below, beside, levels_in_use, of_level
from bot.domain.levels import Level
from bot.domain.outgoing import Button, Rows
from bot.domain.region import DESK, Department
from bot.services.office import Office

UP, DOWN = "naik", "turun"
PAGE = 10
FLAT = 20  # so many departments stand in one menu; more are asked for by level
_MENU = re.compile(rf"({UP}|{DOWN}|{'|'.join(Level)})\.(\d{{1,4}})")


def is_level_menu(argument: str) -> bool:
    """Whether there is such a menu."""
    return _MENU.fullmatch(argument) is not None


def first_rows(office: Office, case: Case) -> Rows:
    """What `Alihkan` offers first."""
    region = office.region
    here = region.department(case.unit)
    same = [each for each in beside(region, case.unit) if each.id != case.unit or case.tags.set_by != PERSON]
    if len(same) <= FLAT:
        rows = _pairs([_button(office, case, buttons.MOVE_TO, each.id) for each in same])
    else:
        levels = [here.level] if here else levels_in_use(region.departments)
        rows = tuple((_to(office, case, office.texts(f"level.{each}"), str(each), 0),) for each in levels)
    if here is None:
        return rows
    desk = (_button(office, case, buttons.MOVE_TO, DESK),)
    ways = [(way, len(found)) for way, found in ((UP, above(region, case)), (DOWN, below(region, case))) if found]
    turns = tuple(_to(office, case, office.texts(f"button.{way}"), way, 0) for way, _ in ways)
    return (*rows, desk, *((turns,) if turns else ()))


def page_rows(office: Office, case: Case, argument: str) -> Rows:
    """One page of the units of a direction or a level, a button a line, with the way on and back."""
    found = _MENU.fullmatch(argument)
    if found is None:
        return first_rows(office, case)
    which, number = found[1], int(found[2])
    units = _units(office, case, which)
    number = min(number, max(0, (len(units) - 1) // PAGE))
    action = buttons.HAND_TO if which in (UP, DOWN) else buttons.MOVE_TO
    shown = units[number * PAGE : (number + 1) * PAGE]
    rows = tuple((_button(office, case, action, each.id),) for each in shown)
    turn: list[Button] = []
    if number > 0:
        turn.append(_to(office, case, office.texts("button.laman_lalu"), which, number - 1))
    if (number + 1) * PAGE < len(units):
        turn.append(_to(office, case, office.texts("button.laman_lanjut"), which, number + 1))
    return (*rows, *((tuple(turn),) if turn else ()))


def _units(office: Office, case: Case, which: str) -> Sequence[Department]:
    return [each for each in _every(office, case, which) if each.id not in case.accused]


def _every(office: Office, case: Case, which: str) -> Sequence[Department]:
    region = office.region
    if which == UP:
        return above(region, case)
    if which == DOWN:
        return below(region, case)
    here = region.department(case.unit)
    if here is None:
        return of_level(region, Level(which), case)
    return [each for each in beside(region, case.unit) if each.id != case.unit] if here.level == which else []


def _button(office: Office, case: Case, action: str, unit: str) -> Button:
    return Button(office.unit_name(unit), buttons.encode(action, case.code, unit))


def _to(office: Office, case: Case, words: str, which: str, number: int) -> Button:
    return Button(words, buttons.encode(buttons.LEVEL, case.code, f"{which}.{number}"))


def _pairs(every: Sequence[Button]) -> Rows:
    return tuple(tuple(every[i : i + 2]) for i in range(0, len(every), 2))
