"""Recount to the reporter what happened to a case so far: a short list of dated steps."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.case import Case
from bot.domain.life import MOVES
from bot.domain.trail import PublicStep, public_steps, with_root
from bot.services.office import Office
from bot.services.ports import UnitOfWork

LATEST = 6


def recount(uow: UnitOfWork, office: Office, case: Case, root: Case, register: str) -> list[str]:
    """The latest steps, oldest first, a line each; `root` is the case that this one goes on in, or itself."""
    steps = list(public_steps(uow.cases.trail(case.id), MOVES))
    if root.id != case.id:
        steps = with_root(steps, public_steps(uow.cases.trail(root.id), MOVES))
    return [_line(office, step, register) for step in steps[-LATEST:]]


def _line(office: Office, step: PublicStep, register: str) -> str:
    zone = ZoneInfo(office.region.timezone)
    at, now = datetime.fromtimestamp(step.at, zone), datetime.fromtimestamp(office.clock(), zone)
    day = at.strftime("%d-%m" if at.year == now.year else "%d-%m-%Y")
    return f"{day} " + office.texts(f"history.{step.key}", register, unit=office.unit_name(step.unit, register))
