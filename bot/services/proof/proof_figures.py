"""How much of what was called done lacks the photo that it wants: a line above the work list."""

from bot.domain.lists import Scope
from bot.services.office import Office
from bot.services.ports import UnitOfWork

DAYS = 30


def without_photo(uow: UnitOfWork, office: Office, scope: Scope) -> list[str]:
    """`tanpa bukti foto` of the latest days, over all units that the list shows; nothing where none lacks one."""
    now = office.clock()
    found = uow.evidence.without_photo(since=now - DAYS * 86400.0, until=now)
    shown = [counts for unit, counts in found.items() if scope.units is None or unit in scope.units]
    bare, every = sum(each[0] for each in shown), sum(each[1] for each in shown)
    return [office.texts("list.bare", days=DAYS, bare=bare, every=every)] if bare else []
