"""Tell everybody who reported a matter: whoever reported a case, and whoever reported one merged into it."""

from collections.abc import Callable, Collection

from bot.domain.case import Case
from bot.domain.counter import KANTOR, spoken
from bot.domain.outgoing import Rows
from bot.domain.records import Person
from bot.services.office import Office
from bot.services.ports import UnitOfWork


def root_of(uow: UnitOfWork, case: Case) -> Case:
    """The case that stands for the matter: the one that this was merged into, or itself."""
    root = uow.cases.lock(case.merged_into) if case.merged_into is not None else None
    return root or case


def spoken_for(uow: UnitOfWork, person: Person, case: Case) -> Case:
    """The case that a citizen speaks for: the root, where they reported that too."""
    root = root_of(uow, case)
    return root if root.person_id == person.id else case


def in_hand(uow: UnitOfWork, person: Person) -> list[Case]:
    """A person's cases that the office still owes something, merged ones by their root; the latest first."""
    return [case for case in uow.cases.of_person(person.id, open_only=True) if root_of(uow, case).open]


def reporters(uow: UnitOfWork, case: Case) -> list[tuple[Person, Case]]:
    """Everybody who reported a matter and can be told, each once, with their own case of it; the root's first."""
    found: dict[int, tuple[Person, Case]] = {}
    for own in (case, *uow.cases.merged(case.id)):
        person = uow.people.by_id(own.person_id)
        if person and not person.blocked:
            found.setdefault(person.id, (person, own))
    return list(found.values())


def tell_reporters(
    uow: UnitOfWork, office: Office, case: Case, key: str, *, rows: Callable[[Case], Rows] | None = None,
    but: Collection[int] = (), **fields: object,
) -> int:  # fmt: skip
    """Tell everybody, each in the register and with the code of their own case; returns how many.

    `rows` makes the buttons under each one's message; `but` are persons who know already.
    """
    told = [(person, own) for person, own in reporters(uow, case) if person.id not in but]
    unit = root_of(uow, case).unit
    for person, own in told:
        tell_reporter(uow, office, person, own, key, unit=unit, rows=rows(own) if rows else (), **fields)
    return len(told)


def tell_reporter(
    uow: UnitOfWork, office: Office, person: Person, own: Case, key: str, *, unit: str, rows: Rows = (),
    **fields: object,
) -> None:  # fmt: skip
    """Tell one of them something of their case, which `unit` handles."""
    name = office.unit_name(unit, own.register)
    text = office.texts(spoken(key, person.channel), own.register, code=own.code, unit=name, **fields)
    office.tell(uow, person, "plain", register=own.register, case=own, rows=rows, text=text)


def noted_as(case: Case, key: str) -> str:
    """What staff read once the reporter was told; of one who has no chat, that operators will tell them."""
    return "counter.noted" if case.channel == KANTOR else key
