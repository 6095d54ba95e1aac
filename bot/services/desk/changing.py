"""`Ubah`: a person sets topic, urgency, kind or place. Each is a lesson, and later words leave it as it is."""

from bot.domain import buttons
from bot.domain.case import PLACE, Case
from bot.domain.correcting import KIND, LOCATION, URGENCY, corrected
from bot.domain.errors import PressRefused
from bot.domain.handing import crosses
from bot.domain.incoming import Said
from bot.domain.labels import EMERGENCY, KINDS, NOT_A_REPORT, URGENCIES
from bot.domain.lengths import cut
from bot.domain.records import AT_WORK, Lesson
from bot.domain.secrecy import home_apart
from bot.services.citizens.opening import emergency_answer
from bot.services.citizens.telling import reporters
from bot.services.desk.handing_over import hand_over, show_menu
from bot.services.desk.hands import Hand, allow
from bot.services.desk.menus import is_change_menu
from bot.services.desk.placing import close_menus, place, refresh, reroute
from bot.services.matters.twins import look_again
from bot.services.office import Office
from bot.services.ports import UnitOfWork

PLACE_UNITS = 300


def open_change(uow: UnitOfWork, office: Office, hand: Hand) -> str:
    """`Ubah`: the card offers what can be changed, or the values of one thing."""
    allow(office, hand.case, "alihkan")
    argument = hand.press.argument
    if not is_change_menu(argument):
        raise PressRefused("toast.unknown")
    return show_menu(uow, office, hand, f"{buttons.CHANGE}:{argument}".rstrip(":"))


def set_topic(uow: UnitOfWork, office: Office, hand: Hand) -> str:
    """A topic was chosen: the case stays where that topic is answered for, or is handed over."""
    allow(office, hand.case, "alihkan")
    topic = _label(hand, office.region.topics.ids)
    home = home_apart(office.region, hand.case, topic)
    if crosses(office.region, hand.case.unit, home):  # another level must accept: only the topic changes here
        hand_over(uow, office, hand, hand.case.unit, topic=topic)
        return office.texts("toast.topic_elsewhere", unit=office.unit_name(home))
    return hand_over(uow, office, hand, home, topic=topic)


def set_urgency(uow: UnitOfWork, office: Office, hand: Hand) -> str:
    """An urgency was chosen. `darurat` alarms the duty chat and gives the citizen the numbers, once a case."""
    allow(office, hand.case, "alihkan")
    urgency = _label(hand, URGENCIES)
    before = hand.case
    known = before.tags.emergency or _was_emergency(uow, before)
    case = correct(uow, office, before, URGENCY, urgency, actor=hand.actor)
    if case.tags.emergency and not known:
        for person, own in reporters(uow, case):
            emergency_answer(uow, office, person, own)
    if case.tags.emergency and not case.taken:
        reroute(uow, office, case)  # danger does not wait at the desk
    else:
        place(uow, office, case)
    return office.texts("toast.ok")


def set_kind(uow: UnitOfWork, office: Office, hand: Hand) -> str:
    """A kind was chosen. What is no report may be closed, but only a person does that."""
    allow(office, hand.case, "alihkan")
    case = correct(uow, office, hand.case, KIND, _label(hand, KINDS), actor=hand.actor)
    refresh(uow, office, case)
    if case.tags.kind == NOT_A_REPORT:
        office.say_at_card(uow, hand.card, office.texts("card.no_report", name=hand.name, code=case.code))
    return office.texts("toast.ok")


def set_place(uow: UnitOfWork, office: Office, case: Case, said: Said) -> None:
    """The sentence of `Tempat`: where it is. A place may belong to another department (`[[override]]`)."""
    where = cut(" ".join(said.text.split()), PLACE_UNITS)
    case = correct(uow, office, case, LOCATION, where, actor=said.sender.actor)
    if case.awaiting == PLACE:
        case = uow.cases.change(case.id, awaiting=None)
    if case.taken or case.tags.unsure:
        place(uow, office, case)
    else:
        case = reroute(uow, office, case)
    look_again(uow, office, case)


def correct(uow: UnitOfWork, office: Office, case: Case, field: str, value: str, *, actor: str) -> Case:
    """Set a tag as a person wants it: a lesson, also where it confirms the guess, and an audit line."""
    tags = corrected(case.tags, field, value)
    now = office.clock()
    before = {URGENCY: case.tags.urgency, KIND: case.tags.kind, LOCATION: case.tags.location or ""}[field]
    uow.cases.learn(Lesson(case.id, field, before, value, actor, case.tags.model, now))
    shown = ("", "") if field == LOCATION else (before, value)  # a place may be somebody's house
    uow.cases.note(case.id, actor, field, at=now, before=shown[0], after=shown[1])
    close_menus(uow, case)
    return uow.cases.change(case.id, tags=tags, updated_at=now)


def _label(hand: Hand, labels: tuple[str, ...]) -> str:
    if hand.press.argument not in labels:
        raise PressRefused("toast.unknown")
    return hand.press.argument


def _was_emergency(uow: UnitOfWork, case: Case) -> bool:
    """Whether a case that is no emergency was one: only a person takes that away."""
    at_work = [each for each in uow.cases.lessons(case.id) if each.source == AT_WORK]
    return any(each.field == URGENCY and each.before == EMERGENCY for each in at_work)
