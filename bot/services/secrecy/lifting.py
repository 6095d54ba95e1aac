"""/bukarahasia: two admins open a case that the rule hides by mistake to its department, once its reporter knows.

What a citizen wants secret stays so, and so does what its reporter objects to. Offices complained about stay away.
"""

from bot.domain import buttons
from bot.domain.answers import gives_reason
from bot.domain.case import Case
from bot.domain.codes import find_code
from bot.domain.counter import KANTOR
from bot.domain.errors import PressRefused
from bot.domain.incoming import Chat, Command, Pressed
from bot.domain.outgoing import Button
from bot.domain.privacy import mask
from bot.domain.readings import Why
from bot.domain.records import Bound, Person
from bot.domain.region import DESK
from bot.domain.rights import Kind
from bot.domain.secrecy import LIFTED, RULE, WISHED, sheltered
from bot.domain.unsealing import ADMINS_NEEDED, CONFIRM_SECONDS, OBJECTION_SECONDS, Outcome, Unsealing, opens_at
from bot.services.desk.notices import close_notice, put_notice, refresh_notice
from bot.services.desk.placing import place, refresh, show_media, show_overflow
from bot.services.moments import written
from bot.services.office import Office
from bot.services.ports import UnitOfWork
from bot.services.secrecy.apart import read_by_accused
from bot.services.secrecy.hiding import SECRET, SHOWN
from bot.services.secrecy.recalling import recall
from bot.services.secrecy.unsealing import log_reading

BACK = "batal"
ROLE = "unseal"  # our message that tells the reporter: known by it that it arrived
REASON_CHARS = 500


def ask_to_lift(uow: UnitOfWork, office: Office, command: Command) -> str:
    """/bukarahasia CODE reason: ask for it; `batal` in place of the reason takes it back, or hides the case again."""
    code = find_code(command.argument, office.region.prefix)
    case = uow.cases.by_code(code) if code else None
    if case is None or case.erased or _apart_here(uow, case, command.chat):
        raise PressRefused("bukarahasia.how")
    case = uow.cases.lock(case.id) or case
    reason = " ".join(w for w in command.argument.split() if find_code(w, office.region.prefix) is None)
    actor = command.sender.actor
    if reason.casefold() == BACK:
        return _take_back(uow, office, case, actor)
    if not gives_reason(reason):
        raise PressRefused("bukarahasia.how")
    _allow(uow, office, case)
    topics = tuple(sorted(sheltered(case.tags)))
    now = office.clock()
    asked = uow.unsealings.ask(case.id, by=actor, reason=reason[:REASON_CHARS], topics=topics, at=now)
    put_notice(uow, office, Kind.UNSEAL, asked.id, seconds=CONFIRM_SECONDS)
    uow.cases.note(case.id, actor, "unseal_asked", at=now)
    log_reading(uow, office, case, reader=actor, unit=DESK, why=Why.LIFTED, kinds=("minta",))
    return office.texts("bukarahasia.asked", code=case.code)


def confirm(uow: UnitOfWork, office: Office, asked: Unsealing, pressed: Pressed) -> None:
    """Another admin agrees: the reporter is told, and has time to object."""
    case = uow.cases.lock(asked.case_id)
    actor, now = pressed.sender.actor, office.clock()
    if case is None or asked.ended_at is not None or asked.confirmed_at is not None or now > asked.confirm_until:
        raise PressRefused("toast.done_already")
    if _apart_here(uow, case, pressed.chat):
        raise PressRefused("toast.unknown")
    if actor == asked.asked_by:
        raise PressRefused("bukarahasia.same")
    person = _allow(uow, office, case, asked)
    at = opens_at(now, timezone=office.region.timezone, reachable=person.channel != KANTOR)
    uow.unsealings.change(asked.id, confirmed_by=actor, confirmed_at=now, opens_at=at)
    uow.cases.note(case.id, actor, "unseal_confirmed", at=now)
    log_reading(uow, office, case, reader=actor, unit=DESK, why=Why.LIFTED, kinds=("setuju",))
    rows = ((Button(office.texts("unseal.button.keep", case.register), buttons.encode(buttons.SECRET, case.code)),),)
    office.tell(
        uow, person, "unseal.told", register=case.register, case=case, rows=rows, role=ROLE, code=case.code,
        unit=office.unit_name(case.unit, case.register), reason=mask(asked.reason).text, until=written(office, at),
    )
    if notice := uow.notices.about(Kind.UNSEAL, asked.id):
        refresh_notice(uow, office, notice)


def stop(uow: UnitOfWork, office: Office, asked: Unsealing, pressed: Pressed) -> None:
    """An admin thinks better of it."""
    case = uow.cases.lock(asked.case_id)
    if case is None or asked.ended_at is not None:
        raise PressRefused("toast.done_already")
    _stop(uow, office, case, asked, pressed.sender.actor)


def lift_ripe(uow: UnitOfWork, office: Office) -> None:
    """Show the cases whose reporters did not object in time, and let go of what nobody confirmed."""
    for asked in uow.unsealings.due(now=office.clock()):
        case = uow.cases.lock(asked.case_id)
        if case is None:
            continue
        person = uow.people.by_id(case.person_id)
        if asked.confirmed_at is None or person is None or _objection(uow, office, case, person):
            _end(uow, office, asked, Outcome.LAPSED)
        elif person.channel != KANTOR and not _arrived(uow, person, case):
            uow.unsealings.change(asked.id, opens_at=office.clock() + OBJECTION_SECONDS)
        else:
            _open(uow, office, case, person, asked)


def _open(uow: UnitOfWork, office: Office, case: Case, person: Person, asked: Unsealing) -> None:
    """The department reads it; offices complained about do not, for no card of theirs is drawn."""
    now = office.clock()
    uow.cases.note(case.id, asked.asked_by, SECRET, at=now, before=asked.confirmed_by or "", after=SHOWN)
    case = uow.cases.change(case.id, secret=False, secret_by=LIFTED, updated_at=now)
    _end(uow, office, asked, Outcome.OPENED)
    refresh(uow, office, case)
    if case.open:
        place(uow, office, case)
    told = "\n".join(each.text for each in uow.cases.entries(case.id) if each.author == "citizen")
    show_overflow(uow, office, case, told)
    show_media(uow, office, case, [media.id for media in uow.cases.media(case.id)])
    unit = office.unit_name(case.unit, case.register)
    office.tell(uow, person, "unseal.opened", register=case.register, case=case, code=case.code, unit=unit)


def _take_back(uow: UnitOfWork, office: Office, case: Case, actor: str) -> str:
    """What is under way is stopped; what was opened is secret again."""
    if asked := uow.unsealings.of(case.id):
        _stop(uow, office, case, asked, actor)
        return office.texts("bukarahasia.stopped", code=case.code)
    if case.secret or case.secret_by != LIFTED:
        raise PressRefused("bukarahasia.nothing", code=case.code)
    uow.cases.note(case.id, actor, SECRET, at=office.clock(), before=SHOWN)
    case = uow.cases.change(case.id, secret=True, secret_by=RULE, updated_at=office.clock())
    uow.similar.forget(case.id)
    recall(uow, office, case)
    refresh(uow, office, case)
    _tell(uow, office, case, "unseal.kept")
    return office.texts("bukarahasia.restored", code=case.code)


def _allow(uow: UnitOfWork, office: Office, case: Case, asked: Unsealing | None = None) -> Person:
    """Its reporter, where everything speaks for it; PressRefused with what does not."""
    person = uow.people.by_id(case.person_id)
    key = _objection(uow, office, case, person)
    standing = uow.unsealings.of(case.id)
    if key is None and standing and (asked is None or standing.id != asked.id):
        key = "bukarahasia.standing"
    if key is not None or person is None:
        raise PressRefused(key or "bukarahasia.unreachable", code=case.code)
    return person


def _objection(uow: UnitOfWork, office: Office, case: Case, person: Person | None) -> str | None:
    if not case.secret:
        return "bukarahasia.not_secret"
    if case.secret_by in WISHED:
        return "bukarahasia.citizen"
    if case.merged_into is not None or uow.cases.merged(case.id):
        return "bukarahasia.merged"
    if person is None or person.blocked:
        return "bukarahasia.unreachable"
    return "bukarahasia.one_admin" if len(office.every_admin(uow)) < ADMINS_NEEDED else None


def _arrived(uow: UnitOfWork, person: Person, case: Case) -> bool:
    return bool(uow.desks.messages_in(person.channel, person.chat_id, Bound(case.id, ROLE)))


def _apart_here(uow: UnitOfWork, case: Case, chat: Chat) -> bool:
    return read_by_accused(uow, case, chat.channel, chat.id)


def _stop(uow: UnitOfWork, office: Office, case: Case, asked: Unsealing, actor: str) -> None:
    uow.cases.note(case.id, actor, "unseal_stopped", at=office.clock())
    _end(uow, office, asked, Outcome.STOPPED)
    if asked.confirmed_at is not None:
        _tell(uow, office, case, "unseal.kept")


def _end(uow: UnitOfWork, office: Office, asked: Unsealing, outcome: Outcome) -> None:
    uow.unsealings.change(asked.id, ended_at=office.clock(), outcome=str(outcome))
    close_notice(uow, office, uow.notices.about(Kind.UNSEAL, asked.id))


def _tell(uow: UnitOfWork, office: Office, case: Case, key: str) -> None:
    person = uow.people.by_id(case.person_id)
    if person and not person.blocked:
        office.tell(uow, person, key, register=case.register, case=case, code=case.code)
