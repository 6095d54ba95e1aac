"""The rows of buttons that a card shows for the moment instead of its own: `Alihkan`, `Ubah`."""

import re

from bot.domain import buttons
from bot.domain.case import PERSON, Case
from bot.domain.labels import KINDS, URGENCIES
from bot.domain.outgoing import Button, Rows
from bot.domain.region import DESK
from bot.domain.secrecy import home_apart, is_apart
from bot.services.desk.level_menus import first_rows, page_rows
from bot.services.office import Office

TOPIC, EVERY_TOPIC, URGENCY, KIND = "topik", "semua", "urgensi", "jenis"
PAGE = 10
LIKELY = 6  # topics that the desk, which has none of its own, is offered first
_CHANGE = re.compile(rf"(?:{TOPIC}|{URGENCY}|{KIND}|{EVERY_TOPIC}:\d)?")


def is_change_menu(argument: str) -> bool:
    """Whether `Ubah` has such a menu."""
    return _CHANGE.fullmatch(argument) is not None


def row(office: Office, case: Case, *actions: str) -> tuple[Button, ...]:
    """Buttons that need nothing but the case."""
    return tuple(Button(office.texts(f"button.{a}"), buttons.encode(a, case.code)) for a in actions)


def menu_rows(office: Office, case: Case, menu: str) -> Rows:
    """The rows of a card's menu, with the way back."""
    name, _, argument = menu.partition(":")
    if name == buttons.LEVEL:
        return (*page_rows(office, case, argument), row(office, case, buttons.BACK))
    if name == buttons.CHANGE:
        return _change_rows(office, case, argument)
    if not argument:
        return (*_department_rows(office, case), row(office, case, buttons.BACK))
    department = office.region.department(argument)
    topics = _likely_first(case, department.topics if department else ())
    every = [Button(office.texts(f"topic.{t}"), buttons.encode(buttons.MOVE_TOPIC, case.code, t)) for t in topics]
    keep = (Button(office.texts("button.tetap"), buttons.encode(buttons.KEEP_TOPIC, case.code, argument)),)
    return (*_pairs(every), keep, row(office, case, buttons.BACK))


def _department_rows(office: Office, case: Case) -> Rows:
    if office.region.areas.leveled:
        return first_rows(office, case)
    units = [d.id for d in office.region.departments if d.id != case.unit or case.tags.set_by != PERSON]
    units = [unit for unit in units if not is_apart(case, (unit,))]
    every = [Button(office.unit_name(u), buttons.encode(buttons.MOVE_TO, case.code, u)) for u in units]
    if case.unit != DESK:
        every.append(Button(office.unit_name(DESK), buttons.encode(buttons.MOVE_TO, case.code, DESK)))
    return _pairs(every)


def _change_rows(office: Office, case: Case, argument: str) -> Rows:
    what, _, page = argument.partition(":")
    if what == EVERY_TOPIC:
        return _page(office, case, int(page))
    rows: Rows
    if what == TOPIC:
        rows = (*_topics(office, case), (_to(office, case, "button.topik_lain", f"{EVERY_TOPIC}:0"),))
    elif what == URGENCY:
        rows = _pairs([_value(office, case, buttons.NEW_URGENCY, "urgency", u) for u in URGENCIES])
    elif what == KIND:
        rows = _pairs([_value(office, case, buttons.NEW_KIND, "kind", k) for k in KINDS])
    else:
        return _what(office, case)
    return (*rows, (_to(office, case, "button.kembali", ""),))


def _what(office: Office, case: Case) -> Rows:
    """What can be changed."""
    first = (_to(office, case, "button.ubah_topik", TOPIC), _to(office, case, "button.ubah_urgensi", URGENCY))
    place = row(office, case, buttons.NEW_PLACE)
    return (first, (_to(office, case, "button.ubah_jenis", KIND), *place), row(office, case, buttons.BACK))


def _topics(office: Office, case: Case) -> Rows:
    """The topics of the department that has the case; at the desk, which has none, the likely ones."""
    department = office.region.department(case.unit)
    if department:
        return _pairs([_topic(office, case, t) for t in _likely_first(case, department.topics)])
    topics = office.region.topics
    now = topics.read(case.tags.topic)
    likely = dict.fromkeys([now, *topics.parts(case.tags.topic), *(t for t, _ in case.tags.guesses if topics.knows(t))])
    return tuple((_topic(office, case, t),) for t in list(likely)[:LIKELY])


def _page(office: Office, case: Case, number: int) -> Rows:
    """Every topic by name, with the unit it would take the case to."""
    ordered = sorted(office.region.topics.ids, key=lambda t: office.texts(f"topic.{t}").casefold())
    last = (len(ordered) - 1) // PAGE
    number = min(number, last)
    shown = [(_topic(office, case, t),) for t in ordered[number * PAGE : (number + 1) * PAGE]]
    turn: list[Button] = []
    if number > 0:
        turn.append(_to(office, case, "button.laman_lalu", f"{EVERY_TOPIC}:{number - 1}"))
    if number < last:
        turn.append(_to(office, case, "button.laman_lanjut", f"{EVERY_TOPIC}:{number + 1}"))
    return (*shown, tuple(turn), (_to(office, case, "button.kembali", TOPIC),))


def _topic(office: Office, case: Case, topic: str) -> Button:
    """A topic to choose; it says so where the case would go elsewhere with it."""
    button = _value(office, case, buttons.NEW_TOPIC, "topic", topic)
    home = home_apart(office.region, case, topic)
    return button if home == case.unit else Button(f"{button.words} → {office.unit_name(home)}", button.data)


def _value(office: Office, case: Case, action: str, field: str, label: str) -> Button:
    """A label to choose; the present one is ticked."""
    topic = office.region.topics.read(case.tags.topic)
    now = {"topic": topic, "urgency": case.tags.urgency, "kind": case.tags.kind}[field]
    words = office.texts(f"{field}.{label}")
    return Button(f"✓ {words}" if label == now else words, buttons.encode(action, case.code, label))


def _to(office: Office, case: Case, key: str, menu: str) -> Button:
    """A button that leads to another menu of `Ubah`."""
    return Button(office.texts(key), buttons.encode(buttons.CHANGE, case.code, menu))


def _likely_first(case: Case, topics: tuple[str, ...]) -> list[str]:
    likely = dict(case.tags.guesses)
    return sorted(topics, key=lambda t: -likely.get(t, 0.0) - (t == case.tags.topic))


def _pairs(every: list[Button]) -> Rows:
    return tuple(tuple(every[i : i + 2]) for i in range(0, len(every), 2))
