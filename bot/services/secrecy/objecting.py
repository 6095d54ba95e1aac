"""A reporter answers RAHASIA: what two admins were about to open stays secret."""

import re

from bot.domain.case import Case
from bot.domain.records import Person
from bot.services.office import Office
from bot.services.ports import UnitOfWork
from bot.services.secrecy.hiding import insist

_KEEP = re.compile(r"(?:(?:tolong|mohon|nyuwun|tulung|tetap|tetep|keep it|keep) )*(?:rahasia\w*|secret|confidential)"
                   r"(?: (?:saja|aja|wae|bae|mawon|ya|pak|bu|mas|mbak|terus|tetap|tetep))*")  # fmt: skip


def objects(uow: UnitOfWork, office: Office, person: Person, text: str, case: Case | None = None) -> bool:
    """Whether these words keep a case secret that is about to be shown: `case`, or the latest they were told of."""
    if not _KEEP.fullmatch(" ".join(re.findall(r"\w+", text.casefold()))):
        return False
    standing = uow.unsealings.of(case.id) if case else uow.unsealings.of_person(person.id)
    if standing is None or standing.confirmed_at is None:
        return False
    mine = uow.cases.lock(standing.case_id)
    if mine is None:
        return False
    insist(uow, office, mine)
    office.tell(uow, person, "unseal.kept", register=mine.register, case=mine, code=mine.code)
    return True
