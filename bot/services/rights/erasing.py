"""Somebody wants to be erased: at once what nobody needs any more, the rest by an admin's word or at its end."""

from dataclasses import replace

from bot.domain.case import Case
from bot.domain.counter import KANTOR
from bot.domain.errors import PressRefused
from bot.domain.incoming import Command
from bot.domain.life import allowed
from bot.domain.records import Person
from bot.domain.registers import DEFAULT
from bot.domain.retention import erasable
from bot.domain.rights import ANSWER_SECONDS, DataRequest, Kind, RequestStatus
from bot.services.citizens.telling import root_of
from bot.services.desk.admins import RIGHTS, objection
from bot.services.desk.notices import close_notice, put_notice, refresh_notice
from bot.services.desk.placing import close_menus, refresh
from bot.services.desk.pointing import pointed
from bot.services.matters.merging import succeed
from bot.services.moving import make_move
from bot.services.office import Office
from bot.services.ports import UnitOfWork
from bot.services.rights.registering import count
from bot.services.secrecy.recalling import recall

ENDS = ("batal", "diam")  # how a case ends that its reporter no longer wants, from whatever status allows it
ERASED = "hapus"


def ask_to_be_erased(uow: UnitOfWork, office: Office, person: Person) -> None:
    """The second `yes`: erase what may go at once, and ask the desk for the rest."""
    register = person.register or DEFAULT
    if uow.rights.request_of(person.id) is not None:
        office.tell(uow, person, "mydata.asked_already", register=register)
        return
    request = uow.rights.ask(person.id, at=office.clock())
    uow.cases.note(None, f"citizen:{person.id}", "erase_asked", at=office.clock())
    if go_on(uow, office, request):
        return
    codes = ", ".join(case.code for case in uow.erasing.cases(person.id))
    office.tell(uow, person, "mydata.asked", register=register, codes=codes)
    put_notice(uow, office, Kind.REQUEST, request.id, seconds=ANSWER_SECONDS)


def ask_for_somebody(uow: UnitOfWork, office: Office, command: Command) -> None:
    """`/hapusdata CODE`: somebody asked an admin by letter, by phone or at the counter, or has no chat at all."""
    if why := objection(uow, office, command, RIGHTS):
        raise PressRefused(why)
    case, _ = pointed(uow, office, command)
    person = uow.people.by_id(case.person_id) if case and not case.erased else None
    if case is None or person is None:
        raise PressRefused("rights.erase_how")
    request = uow.rights.request_of(person.id) or uow.rights.ask(person.id, at=office.clock())
    uow.cases.note(case.id, command.sender.actor, "erase_asked", at=office.clock())
    put_notice(uow, office, Kind.REQUEST, request.id, seconds=ANSWER_SECONDS)


def go_on(uow: UnitOfWork, office: Office, request: DataRequest) -> bool:
    """Erase of a request what may go by now; whether it is over."""
    person = uow.people.by_id(request.person_id)
    if person is None:
        return True
    left = [case for case in uow.erasing.cases(person.id) if not _may_go(uow, office, case)]
    gone = [case for case in uow.erasing.cases(person.id) if case not in left]
    for case in gone:
        erase_case(uow, office, case)
    if left:
        if gone and (notice := uow.notices.about(Kind.REQUEST, request.id)):
            refresh_notice(uow, office, notice)
        return False
    _finish(uow, office, person, request, actor=request.decided_by)
    return True


def erase_now(uow: UnitOfWork, office: Office, request: DataRequest, *, actor: str) -> None:
    """An admin's word: open cases end as if withdrawn, and everything goes."""
    person = uow.people.by_id(request.person_id)
    if person is None:
        return
    for case in uow.erasing.cases(person.id):
        erase_case(uow, office, _end(uow, office, case))
    _finish(uow, office, person, request, actor=actor)


def erase_later(uow: UnitOfWork, office: Office, request: DataRequest, *, actor: str) -> None:
    """Granted for as soon as the last report has ended."""
    _decide(uow, office, request, RequestStatus.LATER, actor=actor)
    _tell(uow, office, request, "mydata.later")


def refuse(uow: UnitOfWork, office: Office, request: DataRequest, reason: str, *, actor: str) -> None:
    """Refused, with the reason and where one may turn to."""
    _decide(uow, office, request, RequestStatus.REFUSED, actor=actor, reason=reason)
    register = _register(uow, request)
    why = office.texts(f"mydata.reason.{reason}", register)
    contact = office.region.privacy_contact or office.region.name
    _tell(uow, office, request, "mydata.refused", reason=why, contact=contact)


def erase_case(uow: UnitOfWork, office: Office, case: Case, *, what: str = ERASED) -> None:
    """Take a case's words, files and place; its cards are drawn anew without them."""
    close_menus(uow, case)
    recall(uow, office, replace(case, merged_into=None))
    uow.similar.forget(case.id)
    uow.erasing.case(case, salt=uow.lessons.salt(), at=office.clock())
    uow.cases.note(case.id, "wadul", "erased", at=office.clock())
    refresh(uow, office, case)
    root = root_of(uow, case)
    if root.id != case.id:
        refresh(uow, office, root)
        office.desk(uow, "rights.merged_left", code=case.code)  # quoted under the other's card, bound to that one
    count(uow, office, what, "laporan")


def _finish(uow: UnitOfWork, office: Office, person: Person, request: DataRequest, *, actor: str) -> None:
    """Nothing is left but the account: say so a last time, and forget whom it was said to."""
    if person.channel != KANTOR:  # who has no chat hears it where they asked
        office.tell(uow, person, "mydata.erased", register=person.register or DEFAULT)
    notice = uow.notices.about(Kind.REQUEST, request.id)
    _decide(uow, office, request, RequestStatus.DONE, actor=actor or "wadul")
    close_notice(uow, office, notice)
    close_notice(uow, office, uow.notices.about(Kind.HELD, person.id))
    forget_person(uow, office, person)


def forget_person(uow: UnitOfWork, office: Office, person: Person, *, what: str = ERASED) -> None:
    """Leave a stub of somebody, and a line in the register."""
    uow.erasing.person(person, at=office.clock())
    count(uow, office, what, "orang")


def _may_go(uow: UnitOfWork, office: Office, case: Case) -> bool:
    return erasable(
        case, root_of(uow, case), now=office.clock(), objection_days=office.region.deadlines.confirm_days,
        rules=office.region.rights.retention,
    )


def _end(uow: UnitOfWork, office: Office, case: Case) -> Case:
    """A case that nobody goes on with; those who reported the same go on without it."""
    step = next((each for each in ENDS if allowed(case.status, each)), None)
    if step is None:
        return case
    root = root_of(uow, case)
    case = make_move(uow, office, case, step, actor=f"citizen:{case.person_id}", awaiting=None, merged_into=None)
    uow.desks.answered(case.id)
    if root.id != case.id:
        refresh(uow, office, root)
    succeed(uow, office, case)
    return case


def _decide(
    uow: UnitOfWork, office: Office, request: DataRequest, status: RequestStatus, *, actor: str, reason: str = ""
) -> None:
    now = office.clock()
    uow.rights.decide(request.id, status=status, reason=reason, decided_by=actor, decided_at=now)
    uow.cases.note(None, actor, "erase_decided", at=now, after=f"{request.id} {status}")
    if status is not RequestStatus.DONE:
        count(uow, office, status, "permintaan")
        close_notice(uow, office, uow.notices.about(Kind.REQUEST, request.id))


def _tell(uow: UnitOfWork, office: Office, request: DataRequest, key: str, **fields: object) -> None:
    person = uow.people.by_id(request.person_id)
    if person and not person.blocked:
        office.tell(uow, person, "plain", register=_register(uow, request),
                    text=office.texts(key, _register(uow, request), **fields))  # fmt: skip


def _register(uow: UnitOfWork, request: DataRequest) -> str:
    person = uow.people.by_id(request.person_id)
    return (person and person.register) or DEFAULT
