"""A case that no chat may be shown: each that could take it is read by an office complained about, or there is none.

It is never lost silently: those named for secret cases are told in private, else the admins; its reporter knows how it
stands; the figures and `bot check` name it; and once a chat is linked that may have it, its card goes there.
"""

from collections.abc import Iterator

import structlog

from bot.domain.case import Case
from bot.domain.clock import Nudge, Past, opening
from bot.domain.outgoing import Outgoing, Priority, Text
from bot.domain.records import Person
from bot.domain.region import DESK, DUTY, HEAD
from bot.domain.roles import Role
from bot.domain.secrecy import is_apart
from bot.services.citizens.telling import tell_reporters
from bot.services.desk.placing import main_chat
from bot.services.moments import rules_of
from bot.services.office import Office
from bot.services.ports import UnitOfWork
from bot.services.secrecy.unsealing import named_readers

TOLD, FOUND = "unplaced", "placed"  # nudges: somebody was told, its reporter heard that a chat was found
AGAIN_SECONDS = 3600.0  # where nobody could be told
log = structlog.get_logger()


def is_unplaced(uow: UnitOfWork, office: Office, case: Case) -> bool:
    """Whether a case that complains about an office has no chat it may stand in."""
    ours = bool(case.accused) and case.open and not case.set_apart and case.merged_into is None
    return ours and main_chat(uow, office, case) is None


def tend(uow: UnitOfWork, office: Office, case: Case, past: Past) -> list[float]:
    """Tell who may know, at once and then once a working day; the moments to look again."""
    if not case.accused or not case.open:
        return []
    said, now = past.nudges.get(TOLD), office.clock()
    if not is_unplaced(uow, office, case):
        if said and FOUND not in past.nudges and case.merged_into is None:
            uow.clock.remember(case.id, [Nudge(FOUND, now)])
            tell_reporters(uow, office, case, "told.placed")
        return []
    rules = rules_of(office)
    if said and (again := opening(rules, said.at)) > now:
        return [again]
    if not _tell(uow, office, case):
        log.warning("case_has_no_chat", case_id=case.id)
        return [now + AGAIN_SECONDS]
    uow.clock.remember(case.id, [Nudge(TOLD, now, said.times + 1 if said else 1)])
    return [opening(rules, now)]


def _tell(uow: UnitOfWork, office: Office, case: Case) -> int:
    """Code, topic and urgency to each in private; how many could be told."""
    names = ", ".join(office.unit_name(unit) for unit in case.accused)
    text = office.texts(
        "unplaced.told", code=case.code, topic=office.texts(f"topic.{case.tags.topic}"),
        urgency=office.texts(f"urgency.{case.tags.urgency}"), units=names,
    )
    priority = Priority.ALARM if case.tags.emergency else Priority.CARD
    people = [*_reachable(uow, _named(uow, office, case))] or [*_reachable(uow, _admins(uow, office, case))]
    for person in people:
        uow.outbox.put(Outgoing(person.channel, person.chat_id, Text(text), priority), now=office.clock())
    return len(people)


def _named(uow: UnitOfWork, office: Office, case: Case) -> list[str]:
    """Who is named for secret cases, in units that are not complained about: the case's own and the desk's first."""
    units = (case.unit, DESK, DUTY, *(each.id for each in office.region.departments))
    return [who for unit in units if not is_apart(case, (unit,)) for who in named_readers(uow, office, unit)]


def _admins(uow: UnitOfWork, office: Office, case: Case) -> list[str]:
    """Every admin; not one who is the head complained about."""
    found = sorted(office.every_admin(uow))
    if is_apart(case, (HEAD,)):
        found = [each for each in found if uow.roles.of(*each) is not Role.KEPALA]
    return [":".join(each) for each in found]


def _reachable(uow: UnitOfWork, actors: list[str]) -> Iterator[Person]:
    """Those of them who have greeted us in private."""
    for actor in dict.fromkeys(actors):
        channel, _, user_id = actor.partition(":")
        person = uow.people.find(channel, user_id)
        if person and not person.blocked:
            yield person
