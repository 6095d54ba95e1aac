"""Reports that tell the same: found when a report comes in, named on its card, joined where beyond doubt."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.domain.beside import bordering_units, own_units
from bot.domain.borders import may_tell_the_same, readings
from bot.domain.case import Case
from bot.domain.life import allowed
from bot.domain.likeness import LIKELY, Told, beyond_doubt, likeness
from bot.domain.records import Person
from bot.domain.region import DESK
from bot.domain.similar import ENOUGH, SUGGESTED, Neighbour, may_have_twins, may_join
from bot.domain.where import Point
from bot.services.citizens.telling import tell_reporter
from bot.services.desk.placing import ALARM, WORDS_OF_CITIZEN, kept, linked_cards, quoted, refresh
from bot.services.matters.going_on import TOLD, follow_root, go_on_in, raise_alarm
from bot.services.matters.vectors import cosine, pack
from bot.services.moving import MACHINE
from bot.services.office import Office
from bot.services.ports import UnitOfWork

Danger = Callable[[UnitOfWork, Office, Person, Case], None]


@dataclass(frozen=True)
class Compared:
    """How alike a neighbour is, 0 to 1; `sure`: the same beyond doubt."""

    case_id: int
    told: Told
    unit: str
    vector: bytes
    probable: float
    sure: bool


@dataclass(frozen=True)
class Twin:
    """An open case that may tell the same."""

    case: Case
    likeness: Compared

    @property
    def sure(self) -> bool:
        return self.likeness.sure


def see_twins(uow: UnitOfWork, office: Office, case: Case, *, fresh: bool = False) -> list[Twin]:
    """Keep what a case means, and note on it what it is likened to; the likeliest first. `fresh`: opened just now."""
    rules = office.region.similar
    if not may_have_twins(case, rules):
        uow.similar.forget(case.id)
        return []
    text, point = uow.similar.told(case.id)
    meaning = office.tagger.meaning(text) if text else None
    if meaning is None:
        return []
    told = _told(office, readings(case.tags), text, case.tags.location or "", point, case.created_at)
    vector = pack(meaning.vector, told)
    uow.similar.keep(case.id, meaning.encoder, vector, at=case.created_at, fresh=fresh)
    parted = frozenset() if fresh else uow.similar.parted(case.id)
    since = case.created_at - rules.longest
    units = own_units(office.region, case.tags, case.unit)
    beside = bordering_units(office.region, case.tags, case.unit)
    near = uow.similar.nearest(case.id, units, meaning.encoder, vector, since=since, beside=beside)
    known = [each for each in near if each.case_id not in parted and _bordering(office, told, each, units)]
    compared = [_compare(office, told, vector, each) for each in known]
    twins = _open_ones(uow, office, sorted(compared, key=lambda pair: (-pair.probable, pair.case_id)))
    suggested = [(twin.case.id, twin.likeness.probable) for twin in twins[:SUGGESTED]]
    uow.similar.suggest(case.id, suggested, at=office.clock(), fresh=fresh)
    return twins


def join_by_itself(uow: UnitOfWork, office: Office, case: Case, *, danger: Danger, fresh: bool = False) -> Case:
    """Look for twins; where enough people told the same beyond doubt, their reports go on in the first one.

    `danger` tells a reporter the numbers where another's words made the whole an emergency. Returns the case.
    """
    twins = see_twins(uow, office, case, fresh=fresh)
    rules = office.region.similar
    sure = [twin for twin in twins if twin.sure and may_join(twin.case, rules)]
    roots = [twin for twin in sure if twin.case.unit != DESK]
    if not roots or not may_join(case, rules) or uow.similar.parted(case.id):
        return case
    root = min(roots, key=lambda twin: twin.case.id)
    others = [twin for twin in sure if twin is not root and _joins(uow, office, twin, root)]
    merged = uow.cases.merged(root.case.id)
    people = {each.person_id for each in (case, root.case, *merged, *(twin.case for twin in others))}
    locked = uow.cases.lock(root.case.id)
    if len(people) < ENOUGH or locked is None or not allowed(locked.status, "gabung"):
        return case
    for twin in others:
        _absorb(uow, office, twin.case, locked, danger=danger, tell=True)
    return _absorb(uow, office, case, locked, danger=danger, tell=bool(uow.desks.cards_of(case.id)))


def look_again(uow: UnitOfWork, office: Office, case: Case) -> None:
    """A person moved a case or told its place: its card names what it is likened to now."""
    if case.open:
        see_twins(uow, office, case)


def likened(uow: UnitOfWork, case: Case) -> list[Case]:
    """The open cases that a card names as likely the same, the likeliest first; merged ones by their root."""
    suggested = uow.similar.suggested(case.id) if case.open and not case.secret else []
    parted = uow.similar.parted(case.id) if suggested else frozenset()
    found: dict[int, Case] = {}
    for other_id in suggested:
        other = uow.cases.by_id(other_id)
        root = uow.cases.by_id(other.merged_into) if other and other.merged_into is not None else other
        if root and root.open and not root.secret and root.id not in {case.id, *parted}:
            found[root.id] = root
    return list(found.values())


def _told(
    office: Office, topics: Sequence[str], text: str, phrase: str, point: Point | None, at: float
) -> Told:
    """A report as it is compared, its topics as they are read today."""
    return Told(text, tuple(office.region.topics.read(topic) for topic in topics), at, phrase, point)


def _bordering(office: Office, told: Told, near: Neighbour, units: Sequence[str]) -> bool:
    """Whether a neighbour stands in one of the report's own units, or its topics border on the report's."""
    topics = [office.region.topics.read(topic) for topic in near.topics]
    return near.unit in units or may_tell_the_same(told.topics, topics)


def _compare(office: Office, told: Told, vector: bytes, near: Neighbour) -> Compared:
    rules = office.region.similar
    other = _told(office, near.topics, near.text, near.phrase, near.point, near.at)
    sure = beyond_doubt(told, other, cosine(vector, near.vector), rules)
    return Compared(near.case_id, other, near.unit, near.vector, likeness(told, other, rules), sure)


def _open_ones(uow: UnitOfWork, office: Office, ranked: Sequence[Compared]) -> list[Twin]:
    """The likeliest that may have twins, as many as a card names, and all that are the same beyond doubt."""
    twins: list[Twin] = []
    for each in ranked:
        if not (each.sure or (each.probable >= LIKELY and len(twins) < SUGGESTED)):
            continue
        case = uow.cases.by_id(each.case_id)
        if case and may_have_twins(case, office.region.similar):
            twins.append(Twin(case, each))
    return twins


def _joins(uow: UnitOfWork, office: Office, twin: Twin, root: Twin) -> bool:
    """Whether a further twin may go on in the root too: nobody works on it, and it agrees with the root itself."""
    free = not twin.case.taken and not uow.similar.parted(twin.case.id) and not uow.cases.merged(twin.case.id)
    return free and _surely(office, twin.likeness, root.likeness)


def _surely(office: Office, one: Compared, other: Compared) -> bool:
    return beyond_doubt(one.told, other.told, cosine(one.vector, other.vector), office.region.similar)


def _absorb(uow: UnitOfWork, office: Office, case: Case, root: Case, *, danger: Danger, tell: bool) -> Case:
    """Let a case go on in the root, by the machine: no lesson, one edit of the root's card; returns the case."""
    case = follow_root(uow, office, go_on_in(uow, office, case, root, actor=MACHINE), root)
    uow.similar.join(case.id, root.id, at=office.clock())
    refresh(uow, office, case)
    _alarm(uow, office, case, root, danger=danger)
    refresh(uow, office, root)
    person = uow.people.by_id(case.person_id)
    if tell and person and not person.blocked:
        tell_reporter(uow, office, person, case, "told.merged", unit=root.unit)
    uow.cases.note(case.id, MACHINE, TOLD, at=office.clock())  # by that message, or by the receipt
    return case


def _alarm(uow: UnitOfWork, office: Office, case: Case, root: Case, *, danger: Danger) -> None:
    """An emergency among them makes the whole one; the duty chat reads the words of each, wherever the cards stand."""
    if not case.tags.emergency:
        return
    now = uow.cases.by_id(root.id) or root
    if not now.tags.emergency:
        now = raise_alarm(uow, office, now)
        if person := uow.people.by_id(root.person_id):
            danger(uow, office, person, now)
    words = quoted(office, uow.cases.entries(case.id), keep=kept(now))
    for card in linked_cards(uow, now):
        if card.role == ALARM:
            told = office.texts("gabung.alarm", code=case.code, text=words)
            office.say_at_card(uow, card, told, role=WORDS_OF_CITIZEN)
