"""Open a case, or let further words change one: tags, route, cards, the citizen's receipt."""

from collections.abc import Mapping

from bot.domain.case import PLACE, RULES, WORDS, Case, Tags
from bot.domain.codes import new_code
from bot.domain.correcting import reread
from bot.domain.counter import KANTOR
from bot.domain.errors import WadulError
from bot.domain.incoming import Said
from bot.domain.labels import OTHER
from bot.domain.life import Status
from bot.domain.outgoing import Priority
from bot.domain.places_needed import lacks_place
from bot.domain.records import Person
from bot.domain.region import DESK
from bot.domain.registers import DEFAULT, answer_in
from bot.domain.routing import Route, route
from bot.domain.secrecy import kept_apart
from bot.services.citizens.asking_place import note_asked, question, read_report, wish_again
from bot.services.citizens.pacing import holds_back, tell_held
from bot.services.desk.placing import main_chat, place, reroute, show_media, show_overflow
from bot.services.matters.twins import join_by_itself
from bot.services.moving import MACHINE, note_steps
from bot.services.office import Office
from bot.services.ports import NewCase, NewEntry, UnitOfWork
from bot.services.secrecy.discreet import hidden_lines, receipt_rows
from bot.services.secrecy.hiding import heed, hidden_at_start, note_hidden
from bot.services.secrecy.unplaced import is_unplaced


def open_case(
    uow: UnitOfWork, office: Office, person: Person, said: Said, tags: Tags | None, *, entry_id: int | None = None,
    marks: Mapping[str, bool] | None = None,
) -> Case:  # fmt: skip
    """Open a case from a message; `tags` is None where it has no words. `entry_id`: words kept earlier.

    `marks`: `anonymous` and `secret` where whoever takes it down was told so.
    """
    wordless = tags is None
    tags = tags or Tags("pengaduan", OTHER, "sedang", "lain", unsure=True, set_by=RULES)
    register = person.register or DEFAULT if wordless else learn_register(uow, office, person, tags)
    known = uow.cases.of_person(person.id)
    first = all(earlier.tags.emergency for earlier in known)  # those were not told
    held = holds_back(uow, office, person, tags, known=len(known))
    hidden = hidden_at_start(uow, office, person, said.text, tags, marks)
    around = kept_apart(office.region, route(office.region, tags), hidden.accused, tags.location)
    way = Route(DESK, ()) if held else around
    now = office.clock()
    nowhere = PLACE if lacks_place(tags, pointed=said.point is not None, own=office.region.topics.placed) else None
    case = uow.cases.add(
        NewCase(
            code=_free_code(uow, office), person_id=person.id, channel=said.chat.channel, chat_id=said.chat.id,
            unit=way.unit, informed=way.informed, register=register, tags=tags, at=now, held=held,
            status=Status.DITERIMA if way.unit == DESK else Status.DITERUSKAN, awaiting=WORDS if wordless else nowhere,
        )
    )  # fmt: skip
    case = uow.cases.change(case.id, **hidden.values) if hidden.values else case
    if entry_id is None:
        keep_words(uow, office, case, person, said, kind="report")
    else:
        uow.cases.reword(entry_id, said.text, at=now, case_id=case.id)
    uow.cases.attach(case.id, said.chat.channel, said.attachments, at=now)
    _note_opened(uow, office, case)
    note_hidden(uow, office, case)
    case = join_by_itself(uow, office, case, danger=emergency_answer, fresh=True)
    receipt(uow, office, person, case, first=first)
    if case.merged_into is None:  # what others told already stands on their card
        place(uow, office, case)
    office.counters.case_opened(tags.topic, tags.urgency, unsure=tags.unsure)
    return case


def _note_opened(uow: UnitOfWork, office: Office, case: Case) -> None:
    uow.cases.note(case.id, f"citizen:{case.person_id}", "opened", at=office.clock(), after=case.unit)
    if case.unit != DESK:
        note_steps(uow, office, case.id, Status.DITERIMA, "verifikasi", "teruskan", actor=MACHINE)
    if case.awaiting == PLACE:
        note_asked(uow, office, case)


def receipt(uow: UnitOfWork, office: Office, person: Person, case: Case, *, first: bool) -> None:
    """The answer at once: for an emergency the numbers before anything else; else code, place, honest promise."""
    if person.channel == KANTOR:
        return  # they are given a slip
    register = case.register
    asks = case.awaiting == PLACE
    if case.set_apart:
        tell_held(uow, office, person, case)
    elif case.tags.emergency:
        emergency_answer(uow, office, person, case, asks=asks)
    else:
        chat = main_chat(uow, office, case)
        linked = chat is not None and chat.unit == case.unit != DESK
        nowhere = "receipt.nowhere" if is_unplaced(uow, office, case) else "receipt.desk"
        key = "receipt.department" if linked else nowhere
        parts = [
            office.texts(
                key, register, code=case.code, department=office.unit_name(case.unit, register),
                topic=_topic(office, case, register),
            ),
            promise(office, register),
        ]
        if case.merged_into is not None:
            parts.insert(1, office.texts("receipt.joined", register))
        parts += hidden_lines(office, case)
        if first:
            parts.append(office.texts("receipt.privacy", register))
        if asks:
            parts.append(question(office, case))
        rows = receipt_rows(office, case)
        office.tell(uow, person, "plain", register=register, case=case, rows=rows, text="\n\n".join(parts))
    if case.awaiting == WORDS:
        office.tell(uow, person, "ask.words", register=register, case=case, role="ask", code=case.code)


def promise(office: Office, register: str) -> str:
    """What happens next, with the hours the office really keeps."""
    hours = office.region.working_hours
    return office.texts("receipt.promise", register, hours=hours) if hours else office.texts("receipt.later", register)


def emergency_answer(uow: UnitOfWork, office: Office, person: Person, case: Case, *, asks: bool = False) -> None:
    """The region's numbers first; never a claim that help was sent. `asks` for the place in the last line."""
    text = office.texts("emergency", case.register, numbers=numbers(office), code=case.code)
    joined = [office.texts("receipt.joined", case.register)] if case.merged_into is not None else []
    text = "\n\n".join([text, *joined, *hidden_lines(office, case)])
    text = f"{text}\n\n{question(office, case)}" if asks else text
    office.tell(uow, person, "plain", register=case.register, case=case, priority=Priority.ALARM, text=text)


def acknowledge(uow: UnitOfWork, office: Office, person: Person, case: Case, key: str, *, before: Case) -> None:
    """The answer to further words: the numbers where they made the case an emergency, else a line with its code.

    `before` is the case as it stood: where the words moved it or left its place open, the answer says so.
    """
    asks = case.awaiting == PLACE != before.awaiting
    if case.tags.emergency and not before.tags.emergency:
        emergency_answer(uow, office, person, case, asks=asks)
        return
    text = office.texts(key, case.register, code=case.code)
    if case.unit != before.unit and uow.desks.chat_of(case.unit) is not None:
        unit = office.unit_name(case.unit, case.register)
        text += " " + office.texts("joined.moved", case.register, unit=unit)
    if case.secret and not before.secret:
        text = "\n\n".join([text, *hidden_lines(office, case)])
    if asks:
        text += "\n\n" + question(office, case)
    office.tell(uow, person, "plain", register=case.register, case=case, text=text)


def numbers(office: Office) -> str:
    """The region's emergency numbers, a line each; 112 only where the region runs it."""
    rows = [n for n in office.region.numbers if n.number != "112" or office.region.has_112]
    return "\n".join(f"{n.number} · {n.label}" for n in rows)


def join(
    uow: UnitOfWork, office: Office, person: Person, case: Case, said: Said, *, tags: Tags | None,
    kind: str = "report", key: str = "joined",
) -> Case:  # fmt: skip
    """Add words or files to a case nobody has taken: the joined text is tagged again, the card may move."""
    now = office.clock()
    before = case
    keep_words(uow, office, case, person, said, kind=kind)
    media_ids = uow.cases.attach(case.id, said.chat.channel, said.attachments, at=now)
    case = uow.cases.change(case.id, last_said_at=now, updated_at=now)
    if said.text.strip():
        new = retag(uow, office, case, also=tags)
        case = uow.cases.change(case.id, tags=new, register=learn_register(uow, office, person, new))
    case = wish_again(uow, office, case, worded=bool(said.text.strip()))
    standing = {card.id for card in uow.desks.cards_of(case.id)}
    case = reroute(uow, office, heed(uow, office, person, case, said.text, joined=True))
    case = join_by_itself(uow, office, case, danger=emergency_answer)
    acknowledge(uow, office, person, case, key, before=before)
    if {card.id for card in uow.desks.cards_of(case.id)} <= standing:
        show_media(uow, office, case, media_ids)
        show_overflow(uow, office, case, said.text)
    return case


def retag(uow: UnitOfWork, office: Office, case: Case, *, also: Tags | None = None) -> Tags:
    """Tag a case's joined words again; what a person set stays, and an emergency that any part told."""
    return reread(read_report(office, uow.cases.entries(case.id)), case.tags, also)


def learn_register(uow: UnitOfWork, office: Office, person: Person, tags: Tags) -> str:
    """The register to answer in, remembered for messages without words."""
    if person.register and "register" in person.corrected:
        return person.register  # they chose it themselves
    register = answer_in(tags.language, spoken=office.region.languages)
    if register != (person.register or DEFAULT):
        uow.people.change(person.id, register=register)
    return register


def keep_words(uow: UnitOfWork, office: Office, case: Case, person: Person, said: Said, *, kind: str) -> None:
    """Keep a citizen's words, place and message id with a case."""
    uow.cases.say(
        NewEntry(
            author="citizen", kind=kind, text=said.text, at=office.clock(), case_id=case.id, person_id=person.id,
            message_id=said.message_id, group_key=said.group_key, point=said.point, forwarded=said.forwarded,
            name=said.through,
        )
    )  # fmt: skip


def _topic(office: Office, case: Case, register: str) -> str:
    return office.texts(f"topic.{case.tags.topic}", register)


def _free_code(uow: UnitOfWork, office: Office) -> str:
    for _ in range(20):
        code = new_code(office.region.prefix)
        if not uow.cases.code_taken(code):
            return code
    raise WadulError("no free case code found in 20 draws: the prefix is nearly used up")
