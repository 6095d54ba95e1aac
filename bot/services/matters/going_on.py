"""A case goes on in another: what is the same whether a person merges two or Wadul joins them by itself."""

from bot.domain.case import Case
from bot.domain.correcting import alarmed
from bot.domain.trail import FOLLOWED
from bot.services.citizens.telling import root_of
from bot.services.desk.placing import close_menus, place
from bot.services.moving import MACHINE, make_move
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


def follow_root(uow: UnitOfWork, office: Office, case: Case, root: Case) -> Case:
    """A case that was read as another topic stands with the root's unit, as long as it goes on there."""
    return _to_unit(uow, office, case, root.unit) if case.unit != root.unit else case


def back_to_own_unit(uow: UnitOfWork, office: Office, case: Case, *, since: float) -> Case:
    """A case that was parted stands with the unit again that it had before it followed a root, at `since` or later."""
    followed = uow.cases.noted(case.id, FOLLOWED)
    own = followed is not None and followed.at >= since and followed.after == case.unit
    return _to_unit(uow, office, case, followed.before) if own and followed else case


def _to_unit(uow: UnitOfWork, office: Office, case: Case, unit: str) -> Case:
    uow.cases.note(case.id, MACHINE, FOLLOWED, at=office.clock(), before=case.unit, after=unit)
    return uow.cases.change(case.id, unit=unit)


def raise_alarm(uow: UnitOfWork, office: Office, case: Case) -> Case:
    """A case became an emergency, and the one that it was merged into with it; returns the case."""
    case = uow.cases.change(case.id, tags=alarmed(case.tags))
    root = root_of(uow, case)
    place(uow, office, uow.cases.change(root.id, tags=alarmed(root.tags)))
    return case
