"""A citizen who was asked where it is says something: the place, that they cannot tell, or something else."""

from dataclasses import replace

from bot.domain.case import PLACE, Case, Tags
from bot.domain.incoming import Said
from bot.domain.places_needed import belongs, does_not_know, gives_place, is_bare, is_home, place_in
from bot.domain.records import Person
from bot.services.citizens.adding import bring
from bot.services.citizens.opening import join, keep_words
from bot.services.desk.placing import refresh
from bot.services.office import Office
from bot.services.ports import UnitOfWork

PLACE_OPEN = 3600.0  # seconds that the question waits for whatever comes next; a reply to it counts later too


def waits_for_place(case: Case, now: float) -> bool:
    """Whether the next message may be the place that was asked for."""
    return case.open and case.awaiting == PLACE and now - case.last_said_at <= PLACE_OPEN


def goes_on(case: Case, said: Said, tags: Tags | None) -> bool:
    """Whether a message goes on with the case whose place was asked for."""
    return tags is None or said.point is not None or belongs(case, tags, said.text)


def hear_place(
    uow: UnitOfWork, office: Office, person: Person, case: Case, said: Said, tags: Tags | None
) -> bool:
    """Take the answer to `where`; False, and nothing done, where the message does not answer it."""
    if not case.open or case.awaiting != PLACE:
        return False
    late = not waits_for_place(case, office.clock())
    if tags is not None and said.point is None and not said.attachments and does_not_know(tags, said.text):
        _never_mind(uow, office, person, case, said)
        return True
    told = tags is not None and belongs(case, tags, said.text) and gives_place(case, tags, said.text, late=late)
    if not told and said.point is None:
        return False
    vague = told and tags is not None and is_home(place_in(tags, said.text))  # whoever says more is still heard
    case = uow.cases.change(case.id, awaiting=PLACE if vague and said.point is None else None)
    if case.taken:
        _bring_place(uow, office, person, case, said, tags if told else None)
    else:
        bare = tags is None or is_bare(tags, said.text)
        kind = PLACE if told else "report"
        join(uow, office, person, case, said, tags=None if bare else tags, kind=kind, key="place.thanks")
    return True


def close_question(uow: UnitOfWork, cases: list[Case]) -> None:
    """The citizen began another matter: what they say next no longer answers the question about an earlier one."""
    for case in cases:
        if case.awaiting == PLACE:
            uow.cases.change(case.id, awaiting=None)


def _never_mind(uow: UnitOfWork, office: Office, person: Person, case: Case, said: Said) -> None:
    """They cannot tell: that is an answer too, shown on the card; nobody asks them again."""
    keep_words(uow, office, case, person, said, kind="addition")
    case = uow.cases.change(case.id, awaiting=None, last_said_at=office.clock())
    refresh(uow, office, case)
    office.tell(uow, person, "place.unknown", register=case.register, case=case, code=case.code)


def _bring_place(
    uow: UnitOfWork, office: Office, person: Person, case: Case, said: Said, tags: Tags | None
) -> None:
    """The place of a case that somebody works on already: it stands on the card and under it."""
    kind = "addition" if tags is None else PLACE
    bring(uow, office, person, case, said, kind=kind, key="card.addition")
    if tags is not None:
        case = uow.cases.change(case.id, tags=replace(case.tags, location=place_in(tags, said.text) or None))
    case = uow.cases.change(case.id, last_said_at=office.clock())
    refresh(uow, office, case)
    office.tell(uow, person, "place.thanks", register=case.register, case=case, code=case.code)
