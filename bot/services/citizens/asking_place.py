"""Ask a citizen once for the place of a report that nobody could act on without one."""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.case import PLACE, WORDS, Case, Tags
from bot.domain.places_needed import is_bare, lacks_place, place_in
from bot.domain.records import Entry, told
from bot.services.moving import MACHINE
from bot.services.office import Office
from bot.services.ports import UnitOfWork

ASKED = "place_asked"


def wish_again(uow: UnitOfWork, office: Office, case: Case, *, worded: bool) -> Case:
    """What a case awaits of its citizen after further words or files: its place, if missing and never asked for."""
    wish = None if case.awaiting == WORDS and worded else case.awaiting
    pointed = any(entry.lat is not None for entry in uow.cases.entries(case.id))
    if not lacks_place(case.tags, pointed=pointed, own=office.region.topics.placed):
        wish = None if wish == PLACE else wish
    elif wish is None and worded and uow.cases.noted(case.id, ASKED) is None:
        wish = PLACE
        note_asked(uow, office, case)
    return uow.cases.change(case.id, awaiting=wish) if wish != case.awaiting else case


def note_asked(uow: UnitOfWork, office: Office, case: Case) -> None:
    """Remember that the citizen was asked, so that it happens once."""
    uow.cases.note(case.id, MACHINE, ASKED, at=office.clock())


def question(office: Office, case: Case) -> str:
    """The question, in the register of the case; the map is named where the channel can send a place on it."""
    return office.texts("ask.place" if office.sends_places(case.channel) else "ask.place_words", case.register)


def read_report(office: Office, entries: Sequence[Entry]) -> Tags:
    """The tags of a report's words; an answer to `where` gives the place and, if it is nothing more, no topic."""
    report = told(entries)
    matter: list[Entry] = []
    place: str | None = None
    for entry in report:
        tags = office.tagger.tag(entry.text) if entry.kind == PLACE else None
        if tags is not None:
            place = place_in(tags, entry.text)
        if tags is None or not (tags.location is None or is_bare(tags, entry.text)):
            matter.append(entry)
    tags = office.tagger.tag("\n".join(entry.text for entry in matter or report))
    return replace(tags, location=place) if place else tags
