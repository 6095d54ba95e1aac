"""Take down what a caller or walk-in reports, and the slip that they are given."""

from collections.abc import Iterator
from dataclasses import replace
from uuid import uuid4

from bot.domain.calendar import local
from bot.domain.case import PLACE, Case
from bot.domain.counter import KANTOR, Form, clean_name
from bot.domain.counter_records import TakenDown
from bot.domain.incoming import Chat, Said, Sender
from bot.domain.labels import NOT_A_REPORT
from bot.domain.records import Person
from bot.domain.region import DESK
from bot.services.citizens.opening import numbers, open_case
from bot.services.office import Office
from bot.services.ports import UnitOfWork


def take_down(
    uow: UnitOfWork, office: Office, form: Form, *, operator: Sender, once: str, chat: Chat | None = None
) -> Case:
    """The case of a report that somebody told an operator; told twice in the same act (`once`) it is one.

    `chat` is where operators are told later that the reporter must be called; without one it is the desk.
    """
    known = uow.offices.taken_once(once)
    case = uow.cases.by_id(known.case_id) if known else None
    if case:
        return case
    now = office.clock()
    person = uow.offices.caller(uuid4().hex, name=clean_name(form.name), phone=form.phone, now=now)
    uow.offices.stands_here(person.id)
    said = words_of(office, person, form.words, through=operator)
    tags = office.tagger.tag(form.words)
    if tags.kind == NOT_A_REPORT:  # an operator heard it and says that it is one
        tags = replace(tags, kind="pengaduan", unsure=True)
    marks = {"anonymous": form.anonymous, "secret": form.secret}
    case = open_case(uow, office, person, said, tags, marks=marks if any(marks.values()) else None)
    where = chat if chat and not chat.private else None
    uow.offices.take_down(
        TakenDown(
            case.id, once, form.how, operator.actor, operator.name, where.channel if where else "",
            where.id if where else "", now,
        )
    )  # fmt: skip
    uow.cases.note(case.id, operator.actor, "taken_down", at=now, after=form.how)
    return case


def words_of(office: Office, person: Person, text: str, *, through: Sender) -> Said:
    """Somebody's words as if they had written them; the report itself is theirs, later words name who brought them."""
    chat = Chat(KANTOR, person.chat_id, private=True)
    sender = Sender(KANTOR, person.user_id, person.name)
    return Said(chat, sender, f"catat:{uuid4().hex}", office.clock(), text=text, through=through.name or "Petugas")


def slip(uow: UnitOfWork, office: Office, case: Case) -> str:
    """What the reporter reads or is told, in their register; from the present state, so that it can be reprinted."""
    person = uow.people.by_id(case.person_id)
    return "\n\n".join(_slip(uow, office, case, reachable=bool(person and person.phone)))


def _slip(uow: UnitOfWork, office: Office, case: Case, *, reachable: bool) -> Iterator[str]:
    register, texts = case.register, office.texts
    if case.tags.emergency:
        yield texts("slip.emergency", register, numbers=numbers(office), code=case.code)
    elif case.unit == DESK or uow.desks.chat_of(case.unit) is None:
        yield texts("slip.desk", register, code=case.code)
    else:
        topic, unit = texts(f"topic.{case.tags.topic}", register), office.unit_name(case.unit, register)
        yield texts("slip.department", register, code=case.code, topic=topic, department=unit)
    yield texts("slip.call" if reachable else "slip.come", register)
    if case.secret:
        yield texts("slip.secret", register)
    elif case.anonymous:
        yield texts("slip.anonymous", register)
    if office.region.working_hours:
        yield texts("slip.hours", register, hours=office.region.working_hours)
    yield texts("slip.privacy", register)


def for_operator(uow: UnitOfWork, office: Office, case: Case) -> str:
    """The slip with what the operator must know beside it."""
    taken = uow.offices.taken_down(case.id)
    when = f"{local(case.created_at, office.region.timezone):%d-%m-%Y %H.%M}"
    how = office.texts(f"how.{taken.how}") if taken else ""
    head = office.texts("counter.saved", code=case.code, unit=office.unit_name(case.unit), how=how, when=when)
    parts = [head, office.texts("counter.say", text=slip(uow, office, case))]
    if case.awaiting == PLACE:
        parts.append(office.texts("counter.ask_place", code=case.code))
    else:
        parts.append(office.texts("counter.more", code=case.code))
    return "\n\n".join(parts)
