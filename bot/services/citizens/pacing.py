"""Too many reports of one person, or of one who is barred: kept as cases, and read together at the desk first.

Emergencies are never slowed. Nothing here refuses a message.
"""

from bot.domain.case import Case, Tags
from bot.domain.errors import PressRefused
from bot.domain.records import Person
from bot.domain.retention import DAY, too_fast
from bot.domain.rights import LOOK_SECONDS, Kind
from bot.services.citizens.telling import tell_reporters
from bot.services.desk.notices import put_notice
from bot.services.desk.placing import reroute
from bot.services.moving import make_move
from bot.services.office import Office
from bot.services.ports import UnitOfWork
from bot.services.rights.registering import count

FOUND = 20  # of somebody's latest cases are read anyway


def barred(person: Person, now: float) -> bool:
    """Whether an admin wants what somebody sends looked at first."""
    return person.barred_until > now


def holds_back(uow: UnitOfWork, office: Office, person: Person, tags: Tags, *, known: int) -> bool:
    """Whether the desk should look at a report first; `known`: how many of the person's latest cases were found."""
    now, pace = office.clock(), office.region.rights.pace
    if tags.emergency:
        return False
    if barred(person, now):
        return True
    if known < min(pace.reports, pace.a_day, FOUND):  # most people: nothing to ask the database for
        return False
    return too_fast(uow.rights.opened(person.id, since=now - DAY), now, pace)


def tell_held(uow: UnitOfWork, office: Office, person: Person, case: Case) -> None:
    """The receipt of a held report, and one message at the desk for everything of one person that waits."""
    key = "slowed.barred" if barred(person, office.clock()) else "slowed.receipt"
    text = office.texts(key, case.register, code=case.code)
    office.tell(uow, person, "plain", register=case.register, case=case, text=text)
    put_notice(uow, office, Kind.HELD, person.id, seconds=LOOK_SECONDS)


def forward_all(uow: UnitOfWork, office: Office, person_id: int, *, actor: str) -> int:
    """`Teruskan semua`: every held report goes where it belongs, and its reporter hears so; how many."""
    cases = uow.rights.held(person_id)
    for case in cases:
        uow.cases.note(case.id, actor, "released", at=office.clock())
        case = reroute(uow, office, uow.cases.change(case.id, held=False, check_at=0.0))
        tell_reporters(uow, office, case, "slowed.released")
    return len(cases)


def close_all(uow: UnitOfWork, office: Office, person_id: int, *, actor: str) -> int:
    """`Tutup semua`: an admin has read them and sees nothing to pass on; the reporter hears so, and may object."""
    cases = uow.rights.held(person_id)
    for case in cases:
        uow.cases.change(case.id, held=False)
        reason = office.texts("slowed.closed", case.register)
        case = make_move(uow, office, case, "tutup", actor=actor, outcome=reason, awaiting=None)
        tell_reporters(uow, office, case, "told.closed", text=reason)
    count(uow, office, "tutup_tahan", "laporan", len(cases))
    return len(cases)


def checked(cases: int) -> int:
    """PressRefused where somebody else was quicker."""
    if not cases:
        raise PressRefused("toast.done_already")
    return cases
