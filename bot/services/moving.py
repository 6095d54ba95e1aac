"""Make a move of the status table, with its audit line."""

from bot.domain.case import Case, after
from bot.services.office import Office
from bot.services.ports import UnitOfWork


def make_move(uow: UnitOfWork, office: Office, case: Case, step: str, *, actor: str, **values: object) -> Case:
    """The case after the step, with what else changes; MoveRefused where its status does not allow it."""
    new = after(case.status, step)
    now = office.clock()
    uow.cases.note(case.id, actor, step, at=now, before=case.status, after=new)
    return uow.cases.change(case.id, status=new, updated_at=now, **values)
