"""Chat words of citizens: /start, /status, /laporanku, /batal, /bantuan, /privasi, /saya."""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.case import Case
from bot.domain.codes import find_code, normalise
from bot.domain.incoming import Command
from bot.domain.life import FRESH, Status, allowed
from bot.domain.records import Person
from bot.domain.registers import DEFAULT
from bot.services.citizens.recounting import recount
from bot.services.citizens.telling import root_of
from bot.services.desk.placing import refresh
from bot.services.matters.merging import succeed
from bot.services.moving import make_move
from bot.services.office import Office
from bot.services.ports import UnitOfWork
from bot.services.rights.barring import object_to_bar
from bot.services.rights.own_data import own_data, span_of
from bot.services.secrecy import discreet
from bot.services.secrecy.read_by import read_by
from bot.services.secrecy.unplaced import is_unplaced

MISSES_ALLOWED = 5
MISSES_WINDOW = 600.0
RECOUNTED = 3  # of so many of one's reports the list tells the steps, so that it stays one message

Handler = Callable[[UnitOfWork, Office, Person, Command], None]


def obey(uow: UnitOfWork, office: Office, command: Command) -> None:
    """Carry out a citizen's chat word; an unknown one is answered with the help."""
    person = uow.people.meet(command.sender, command.chat, now=office.clock())
    WORDS.get(command.name, help_)(uow, office, person, command)


def start(uow: UnitOfWork, office: Office, person: Person, command: Command) -> None:
    """Greet and give the short privacy notice."""
    office.tell(uow, person, "start", register=_register(person), region=office.region.name)


def help_(uow: UnitOfWork, office: Office, person: Person, command: Command) -> None:
    """Say what can be done here."""
    office.tell(uow, person, "help", register=_register(person), region=office.region.name)


def privacy(uow: UnitOfWork, office: Office, person: Person, command: Command) -> None:
    """The longer privacy notice."""
    contact = office.region.privacy_contact or office.region.name
    kept = office.region.rights.retention
    office.tell(
        uow, person, "privacy", register=_register(person), region=office.region.name, contact=contact,
        words=span_of(office, kept.words_days, _register(person)),
        media=span_of(office, kept.media_days, _register(person)),
    )


def own_id(uow: UnitOfWork, office: Office, person: Person, command: Command) -> None:
    """One's own id, as WADUL_ADMINS wants it."""
    office.tell(uow, person, "own_id", register=_register(person), id=f"{person.channel}:{person.user_id}")


def my_reports(uow: UnitOfWork, office: Office, person: Person, command: Command) -> None:
    """One's own cases, the latest first."""
    cases = uow.cases.of_person(person.id)
    register = _register(person)
    if not cases:
        office.tell(uow, person, "mine.none", register=register)
        return
    recent = [_recounted(uow, office, case, register) for case in cases[:RECOUNTED]]
    earlier = [_line(office, case, root_of(uow, case), register) for case in cases[RECOUNTED:]]
    lines = "\n".join([*recent, *earlier])
    office.tell(uow, person, "mine.list", register=register, lines=lines)


def status(uow: UnitOfWork, office: Office, person: Person, command: Command) -> None:
    """The state of a case: everything to its reporter, the public state to anyone else, misses slowed."""
    if not command.argument.strip():
        my_reports(uow, office, person, command)
        return
    register = _register(person)
    wait = _slowed(person, office.clock())
    if wait:
        office.tell(uow, person, "status.slow", register=register, minutes=wait)
        return
    code = _code(office, command.argument)
    case = uow.cases.by_code(code) if code else None
    if case is None or (case.secret and case.person_id != person.id):  # a secret one is as if it were not there
        _missed(uow, office, person)
        office.tell(uow, person, "status.unknown", register=register)
    elif case.person_id == person.id:
        root = root_of(uow, case)
        text = _own_status(office, case, root, register)
        if is_unplaced(uow, office, root):
            text += "\n\n" + office.texts("status.nowhere", register)
        if steps := recount(uow, office, case, root, register):
            text += "\n\n" + office.texts("status.history", register, lines="\n".join(steps))
        if read := read_by(uow, office, case, register):
            text += "\n\n" + read
        office.tell(uow, person, "plain", register=register, case=case, text=text)
    else:
        state = _public_state(office, root_of(uow, case), register)
        text = office.texts("status.public", register, code=case.code, status=state)
        office.tell(uow, person, "plain", register=register, text=text)


def cancel(uow: UnitOfWork, office: Office, person: Person, command: Command) -> None:
    """Take one's own open case back."""
    register = _register(person)
    words = command.argument.strip()
    code = _code(office, words)
    case = uow.cases.by_code(code) if code else None
    if case is None or case.person_id != person.id:
        if words:
            _missed(uow, office, person)
        office.tell(uow, person, "cancel.which" if not words else "cancel.unknown", register=register)
        return
    root = root_of(uow, case)
    if not allowed(case.status, "batal") or not root.open:
        office.tell(
            uow, person, "cancel.closed", register=register, code=case.code, status=office.status_of(root, register)
        )
        return
    case = make_move(uow, office, case, "batal", actor=f"citizen:{person.id}", awaiting=None, merged_into=None)
    uow.desks.answered(case.id)
    refresh(uow, office, case)
    if root.id != case.id:
        refresh(uow, office, root)
    succeed(uow, office, case)
    office.tell(uow, person, "cancel.done", register=register, case=case, code=case.code)


WORDS: dict[str, Handler] = {
    "start": start,
    "status": status,
    "laporanku": my_reports,
    "batal": cancel,
    "bantuan": help_,
    "help": help_,
    "privasi": privacy,
    "saya": own_id,
    "anonim": discreet.obey,
    "rahasia": discreet.obey,
    "dataku": own_data,
    "banding": object_to_bar,
}


def _register(person: Person) -> str:
    return person.register or DEFAULT


def _code(office: Office, argument: str) -> str | None:
    """The code somebody means, written out, with a space in it or without its prefix."""
    first = (argument.split() or [""])[0]
    return find_code(argument, office.region.prefix) or normalise(first, office.region.prefix)


def _public_state(office: Office, case: Case, register: str) -> str:
    """The status for anybody; where oversight is asked for, not even the department."""
    if case.tags.oversight and case.status in FRESH | {Status.DIPROSES}:
        return office.texts("status.in_hand", register)
    return office.status_of(case, register)


def _line(office: Office, case: Case, root: Case, register: str) -> str:
    topic = office.texts(f"topic.{case.tags.topic}", register)
    return f"{case.code} · {topic} · {office.status_of(root, register)}"


def _recounted(uow: UnitOfWork, office: Office, case: Case, register: str) -> str:
    root = root_of(uow, case)
    steps = recount(uow, office, case, root, register)
    return "\n".join([_line(office, case, root, register), *(f"– {step}" for step in steps)])


def _own_status(office: Office, case: Case, root: Case, register: str) -> str:
    """A case as its reporter may know it; where it was merged, with what became of it since."""
    when = datetime.fromtimestamp(case.created_at, ZoneInfo(office.region.timezone)).strftime("%d-%m-%Y %H.%M")
    text = office.texts(
        "status.own",
        register,
        code=case.code,
        topic=office.texts(f"topic.{case.tags.topic}", register),
        unit=office.unit_name(root.unit, register),
        when=when,
        status=office.status_of(root, register),
    )
    if root is not case:
        text += "\n" + office.texts("status.merged", register)
    if root.outcome and not root.open:
        text += "\n" + office.texts("status.outcome", register, outcome=root.outcome)
    return text


def _slowed(person: Person, now: float) -> int:
    """Minutes to wait after too many wrong codes; 0 where none."""
    if person.misses < MISSES_ALLOWED:
        return 0
    left = person.missed_at + MISSES_WINDOW - now
    return max(0, int(left // 60) + 1) if left > 0 else 0


def _missed(uow: UnitOfWork, office: Office, person: Person) -> None:
    now = office.clock()
    fresh = now - person.missed_at > MISSES_WINDOW
    uow.people.change(person.id, misses=1 if fresh else person.misses + 1, missed_at=now)
