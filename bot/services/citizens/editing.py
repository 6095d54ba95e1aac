"""A citizen changes the words of an earlier message."""

from bot.domain.case import Case, Tags
from bot.domain.correcting import URGENCY, raised
from bot.domain.incoming import Edited, Said
from bot.domain.records import Entry, Person
from bot.services.citizens.asking_place import wish_again
from bot.services.citizens.hearing import hear, no_report
from bot.services.citizens.opening import acknowledge, open_case, retag
from bot.services.citizens.telling import root_of
from bot.services.desk.placing import place, refresh, reroute
from bot.services.matters.going_on import raise_alarm
from bot.services.office import Office
from bot.services.ports import UnitOfWork


def rehear(uow: UnitOfWork, office: Office, edited: Edited) -> None:
    """A citizen changed the words of an earlier message: its case follows; small talk may become a report."""
    person = uow.people.meet(edited.sender, edited.chat, now=office.clock())
    entry = uow.cases.entry_of(person.id, edited.message_id)
    if not edited.text.strip() or edited.text.startswith("/") or (entry and entry.text == edited.text):
        return
    if entry is None or entry.case_id is None:
        _hear_edited(uow, office, person, edited, entry)
        return
    now = office.clock()
    uow.cases.reword(entry.id, edited.text, at=now)
    case = uow.cases.lock(entry.case_id)
    if case is None:
        return
    uow.cases.note(case.id, f"citizen:{person.id}", "edited", at=now)
    before = case
    case = _after_edit(uow, office, case, edited.text, before=entry.text)
    acknowledge(uow, office, person, case, "edited", before=before)


def _hear_edited(uow: UnitOfWork, office: Office, person: Person, edited: Edited, entry: Entry | None) -> None:
    """Words that belonged to no case say something new now."""
    said = Said(
        edited.chat, edited.sender, edited.message_id, edited.at, text=edited.text, group_key=edited.group_key
    )
    if entry is None:
        hear(uow, office, said)
        return
    tags = office.tagger.tag(edited.text.strip())
    if no_report(said, tags):
        uow.cases.reword(entry.id, edited.text, at=office.clock())
    else:
        open_case(uow, office, person, said, tags, entry_id=entry.id)


def _after_edit(uow: UnitOfWork, office: Office, case: Case, text: str, *, before: str) -> Case:
    """Tags follow the new words while nobody has taken the case; afterwards only a new emergency does."""
    now = office.clock()
    if case.open and not case.taken:
        also = _new_danger(office, case, text, before=before) if URGENCY in case.tags.fixed else None
        case = uow.cases.change(case.id, tags=retag(uow, office, case, also=also), updated_at=now)
        return reroute(uow, office, wish_again(uow, office, case, worded=True))
    fresh = _new_danger(office, case, text, before=before)
    root = root_of(uow, case)
    if root.open and fresh and fresh.emergency and raised(root.tags, fresh).emergency:
        case = raise_alarm(uow, office, case)
    place(uow, office, case) if case.open else refresh(uow, office, case)
    return case


def _new_danger(office: Office, case: Case, text: str, *, before: str) -> Tags | None:
    """The tags of changed words; where a person set the urgency, danger that stood there before is judged already."""
    if URGENCY in case.tags.fixed and office.tagger.tag(before).alarming:
        return None
    return office.tagger.tag(text)
