"""Make a move of the status table, with its audit line."""

from bot.domain.case import Case
from bot.domain.life import OPEN, Status, after
from bot.domain.region import DESK
from bot.services.office import Office
from bot.services.ports import UnitOfWork

MACHINE = "wadul"


def make_move(uow: UnitOfWork, office: Office, case: Case, step: str, *, actor: str, **values: object) -> Case:
    """The case after the step, with what else changes; MoveRefused where its status does not allow it."""
    new = note_steps(uow, office, case.id, case.status, step, actor=actor)
    return uow.cases.change(case.id, status=new, updated_at=office.clock(), **values)


def note_steps(uow: UnitOfWork, office: Office, case_id: int, status: Status, *steps: str, actor: str) -> Status:
    """The status after the steps, each with its audit line."""
    for step in steps:
        new = after(status, step)
        uow.cases.note(case_id, actor, step, at=office.clock(), before=status, after=new)
        status = new
    if office.region.areas.leveled and status not in OPEN:  # what waits for another level waits no more
        uow.handovers.lapse(case_id, by=actor, at=office.clock())
    return status


def status_at(uow: UnitOfWork, office: Office, case: Case, unit: str, *, actor: str) -> Status:
    """The status of a case that goes to a unit. Leaving the desk it counts as verified; the machine's second
    thoughts bring it back there unverified, a person's hand-over to the desk does not."""
    if case.status is Status.DITERIMA:
        steps: tuple[str, ...] = () if unit == DESK else ("verifikasi", "teruskan")
    else:
        steps = ("ragukan",) if unit == DESK and actor == MACHINE else ("alihkan",)
    return note_steps(uow, office, case.id, case.status, *steps, actor=actor)
