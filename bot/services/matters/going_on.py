"""A case goes on in another: what is the same whether a person merges two or Wadul joins them by itself."""

from bot.domain.case import Case
from bot.domain.correcting import alarmed
from bot.services.citizens.telling import root_of
from bot.services.desk.placing import close_menus, place
from bot.services.moving import make_move
from bot.services.office import Office
from bot.services.ports import UnitOfWork

TOLD = "kabar_gabung"  # the audit line of a reporter who was told that their case was merged,
MOVED = "induk"  # and of a case that goes on in another, which it names


def go_on_in(uow: UnitOfWork, office: Office, case: Case, root: Case, *, actor: str) -> Case:
    """The case becomes part of the root: nothing is asked of it any more, its card offers no menu; returns it."""
    case = make_move(uow, office, case, "gabung", actor=actor, merged_into=root.id, awaiting=None)
    uow.cases.note(case.id, actor, MOVED, at=office.clock(), after=root.code)
    uow.desks.answered(case.id)
    close_menus(uow, case)
    return case


def raise_alarm(uow: UnitOfWork, office: Office, case: Case) -> Case:
    """A case became an emergency, and the one that it was merged into with it; returns the case."""
    case = uow.cases.change(case.id, tags=alarmed(case.tags))
    root = root_of(uow, case)
    place(uow, office, uow.cases.change(root.id, tags=alarmed(root.tags)))
    return case
