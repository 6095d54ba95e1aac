"""/blokir: an admin bars the person behind a code for a time; /banding: they object; an admin answers.

Nobody learns who it is. What a barred person sends is kept; emergencies and the objection still go through.
"""

from bot.domain.errors import PressRefused
from bot.domain.incoming import Command
from bot.domain.records import Person
from bot.domain.registers import DEFAULT
from bot.domain.retention import DAY
from bot.domain.rights import ANSWER_SECONDS, Appeal, Bar, Kind
from bot.services.desk.admins import RIGHTS, objection
from bot.services.desk.notices import LIFT, put_notice
from bot.services.desk.pointing import pointed
from bot.services.office import Office
from bot.services.ports import UnitOfWork
from bot.services.rights.registering import count, when

REASON_CHARS = 300
APPEAL_CHARS = 2000


def bar(uow: UnitOfWork, office: Office, command: Command) -> None:
    """`/blokir CODE reason`: they are told why, until when, and how to object."""
    if why := objection(uow, office, command, RIGHTS):
        raise PressRefused(why)
    case, reason = pointed(uow, office, command)
    person = uow.people.by_id(case.person_id) if case else None
    if case is None or person is None or case.erased or len(reason.split()) < 2:
        raise PressRefused("rights.bar_how")
    now = office.clock()
    until = now + office.region.rights.bar_days * DAY
    new = uow.rights.bar(
        Bar(0, person.id, case.code, reason.strip()[:REASON_CHARS], command.sender.actor, now, until)
    )
    uow.cases.note(case.id, command.sender.actor, "barred", at=now)
    count(uow, office, "blokir", "orang")
    _tell(uow, office, person, "barred.told", reason=new.reason, until=when(office, until))
    text = office.texts("rights.barred", code=case.code, until=when(office, until))
    office.say(uow, command.chat, "plain", reply_to=command.message_id, text=text)


def object_to_bar(uow: UnitOfWork, office: Office, person: Person, command: Command) -> None:
    """`/banding words`: the objection reaches the desk, with a timer."""
    register = person.register or DEFAULT
    standing = uow.rights.bar_of(person.id)
    if standing is None or not standing.holds(office.clock()):
        office.tell(uow, person, "barred.none", register=register)
        return
    text = command.argument.strip()
    if not text:
        office.tell(uow, person, "barred.how", register=register)
        return
    appeal = uow.rights.appeal(standing.id, text[:APPEAL_CHARS], at=office.clock())
    put_notice(uow, office, Kind.APPEAL, appeal.id, seconds=ANSWER_SECONDS)
    office.tell(uow, person, "barred.heard", register=register)


def answer_appeal(uow: UnitOfWork, office: Office, appeal: Appeal, answer: str, *, actor: str) -> None:
    """`Buka blokir`, `Tetap`: they are told; PressRefused where it was answered already."""
    standing = uow.rights.bar_by_id(appeal.bar_id)
    person = uow.people.by_id(standing.person_id) if standing else None
    if standing is None or person is None or appeal.answer:
        raise PressRefused("toast.done_already")
    now = office.clock()
    uow.rights.answer(appeal.id, answer)
    uow.cases.note(None, actor, "appeal", at=now, after=f"{appeal.id} {answer}")
    if answer == LIFT:
        uow.rights.lift(standing, at=now)
        count(uow, office, "buka_blokir", "orang")
        _tell(uow, office, person, "barred.lifted")
    else:
        _tell(uow, office, person, "barred.stays", until=when(office, standing.until))


def _tell(uow: UnitOfWork, office: Office, person: Person, key: str, **fields: object) -> None:
    if not person.blocked:
        register = person.register or DEFAULT
        office.tell(uow, person, "plain", register=register, text=office.texts(key, register, **fields))
