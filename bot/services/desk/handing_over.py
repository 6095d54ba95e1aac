"""`Alihkan`: choose the department, then the topic or `topik tetap`; the card moves, a chosen topic is a lesson.

Afterwards the presser is asked why, and need not answer.
"""

from dataclasses import replace

from bot.domain import buttons
from bot.domain.case import PERSON, PLACE, ROUTED, WORDS, Case, Tags
from bot.domain.correcting import TOPIC
from bot.domain.errors import PressRefused
from bot.domain.records import Lesson
from bot.domain.region import DESK
from bot.domain.routing import owner_of
from bot.domain.secrecy import is_apart
from bot.services.citizens.telling import tell_reporters
from bot.services.desk.hands import SILENT, Hand, allow
from bot.services.desk.level_menus import is_level_menu
from bot.services.desk.offers import free_to_move
from bot.services.desk.passing_on import ask_reason
from bot.services.desk.placing import place, reroute, show
from bot.services.desk.rerouting import note_move
from bot.services.matters.twins import look_again
from bot.services.moving import status_at
from bot.services.office import Office
from bot.services.ports import UnitOfWork
from bot.services.secrecy.hiding import review


def open_menu(uow: UnitOfWork, office: Office, hand: Hand) -> str:
    """`Alihkan`: the card offers the departments."""
    allow(office, hand.case, "alihkan")
    return show_menu(uow, office, hand, buttons.MOVE)


def back(uow: UnitOfWork, office: Office, hand: Hand) -> str:
    """`Kembali`: the card offers its usual buttons again."""
    return show_menu(uow, office, hand, None)


def show_menu(uow: UnitOfWork, office: Office, hand: Hand, menu: str | None) -> str:
    """Let the card that was pressed offer a menu, or its usual buttons."""
    uow.desks.change_card(hand.card.id, menu=menu)
    show(uow, office, hand.card)
    return SILENT


def open_levels(uow: UnitOfWork, office: Office, hand: Hand) -> str:
    """`Naikkan`, `Turunkan`, the departments of a level, another page of them."""
    allow(office, hand.case, "alihkan")
    if not is_level_menu(hand.press.argument):
        raise PressRefused("toast.unknown")
    return show_menu(uow, office, hand, f"{buttons.LEVEL}:{hand.press.argument}")


def choose_department(uow: UnitOfWork, office: Office, hand: Hand) -> str:
    """A department was chosen; one with several topics is asked for the topic next."""
    allow(office, hand.case, "alihkan")
    unit = hand.press.argument
    department = office.region.department(unit)
    if department is None and unit != DESK:
        raise PressRefused("toast.unknown")
    if unit != hand.case.unit:
        free_to_move(uow, office, hand.case, unit)
    if department is None or len(department.topics) == 0:
        return hand_over(uow, office, hand, unit, topic=None)
    if len(department.topics) == 1:
        return hand_over(uow, office, hand, unit, topic=department.topics[0])
    return show_menu(uow, office, hand, f"{buttons.MOVE}:{unit}")


def choose_topic(uow: UnitOfWork, office: Office, hand: Hand) -> str:
    """A topic was chosen, in the menu or among the desk's guesses: a lesson, and the case goes to its department."""
    allow(office, hand.case, "alihkan")
    topic = office.region.topics.read(hand.press.argument)
    department = office.region.department((hand.card.menu or "").partition(":")[2])
    here = department is not None and topic in department.topics
    owner = department.id if department and here else owner_of(office.region, topic, hand.case.tags.location)
    if owner is None:
        raise PressRefused("toast.unknown")
    return hand_over(uow, office, hand, owner, topic=topic)


def keep_topic(uow: UnitOfWork, office: Office, hand: Hand) -> str:
    """`topik tetap`: routing only, no lesson."""
    allow(office, hand.case, "alihkan")
    unit = hand.press.argument
    if not office.region.knows(unit):
        raise PressRefused("toast.unknown")
    return hand_over(uow, office, hand, unit, topic=None)


def refuse_accused(office: Office, case: Case, unit: str) -> None:
    """Refuse a move to an office that the case complains about."""
    if is_apart(case, (unit,)):
        raise PressRefused("toast.accused", unit=office.unit_name(unit))


def hand_over(uow: UnitOfWork, office: Office, hand: Hand, unit: str, *, topic: str | None) -> str:
    """Move a case; a topic that a person chose is kept as a lesson, also where it confirms the guess."""
    before = hand.case
    refuse_accused(office, before, unit)
    if unit != before.unit:
        free_to_move(uow, office, before, unit)
    tags = with_topic(before.tags, topic) if topic else _routed(before.tags)
    if topic:
        _learn(uow, office, hand, topic)
    same = unit == before.unit
    values: dict[str, object] = {} if same else {"taken_by": None, "taken_by_id": None}
    now = office.clock()
    status = before.status
    if not same:
        status = status_at(uow, office, before, unit, actor=hand.actor)
        uow.cases.note(before.id, hand.actor, "unit", at=now, before=before.unit, after=unit)
        if topic is None:
            note_move(uow, office, before, unit, actor=hand.actor)
    uow.desks.change_card(hand.card.id, menu=None)
    if not same:
        uow.desks.answered(before.id)
    case = uow.cases.change(
        before.id, status=status, unit=unit, informed=(), tags=tags,
        awaiting=before.awaiting if same or before.awaiting in (PLACE, WORDS) else None,
        updated_at=now, **values,
    )  # fmt: skip
    case = review(uow, office, case)
    if case.unit in case.accused:
        case = reroute(uow, office, case)
    else:
        place(uow, office, case)
    look_again(uow, office, case)
    if same:
        return office.texts("toast.ok")
    tell_reporters(uow, office, case, "told.moved")
    ask_reason(uow, office, hand)
    return office.texts("toast.moved", unit=office.unit_name(unit))


def with_topic(tags: Tags, topic: str) -> Tags:
    """The tags with a topic that a person set."""
    further = tuple(t for t in tags.further if t != topic)
    return replace(tags, topic=topic, further=further, unsure=False, set_by=PERSON)


def _routed(tags: Tags) -> Tags:
    return replace(tags, unsure=False, set_by=tags.set_by if tags.settled else ROUTED)


def _learn(uow: UnitOfWork, office: Office, hand: Hand, topic: str) -> None:
    tags = hand.case.tags
    now = office.clock()
    uow.cases.learn(Lesson(hand.case.id, TOPIC, tags.topic, topic, hand.actor, tags.model, now))
    uow.cases.note(hand.case.id, hand.actor, TOPIC, at=now, before=tags.topic, after=topic)
