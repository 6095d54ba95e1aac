"""A citizen says something in a private chat: which case does it belong to, or is it a new one, or none?"""

from dataclasses import replace

from bot.domain import buttons
from bot.domain.case import ANSWER, MISSING, PLACE, WORDS, Case, Tags
from bot.domain.codes import find_code
from bot.domain.incoming import Said
from bot.domain.joining import goes_on_with_others, has_own_topic, joins
from bot.domain.labels import NOT_A_REPORT
from bot.domain.life import allowed
from bot.domain.outgoing import Button
from bot.domain.places_needed import does_not_know
from bot.domain.records import Person
from bot.domain.registers import DEFAULT
from bot.domain.smalltalk import TIMES_OF_DAY, register_of, smalltalk
from bot.services.citizens.adding import add_to_case, answer_question
from bot.services.citizens.confirming import asked_to_confirm, hear_confirmation, may_confirm
from bot.services.citizens.context import as_a_place, in_context
from bot.services.citizens.hearing_place import close_question, goes_on, hear_place, waits_for_place
from bot.services.citizens.opening import join, learn_register, open_case
from bot.services.citizens.pacing import barred
from bot.services.citizens.telling import in_hand
from bot.services.desk.placing import place
from bot.services.office import Office
from bot.services.ports import NewEntry, UnitOfWork
from bot.services.secrecy.objecting import objects
from bot.services.visits.meeting import hears_subject

QUESTION_OPEN = 14 * 86400.0
WORDS_OPEN = 3600.0
CLEARLY_NEW_P = 0.8
CLEARLY_NEW_WORDS = 6


def hear(uow: UnitOfWork, office: Office, said: Said) -> None:
    """Take a citizen's message. What it belongs to is asked in the order that leaves least room for error."""
    person = uow.people.meet(said.sender, said.chat, now=office.clock())
    if said.phone:
        _keep_phone(uow, office, person, said)
        return
    if said.unsupported and not said.text and not said.attachments:
        office.tell(uow, person, "unsupported", register=person.register or DEFAULT)
        return
    text = said.text.strip()
    tags = office.tagger.tag(text) if text else None
    case = _own_case(uow, office, person, said)
    if text and objects(uow, office, person, text, case):
        return
    if case is not None:
        _continue(uow, office, person, case, said, tags)
        return
    if person.asked and hears_subject(uow, office, person, said):
        return
    done = asked_to_confirm(uow, person, said)
    if done is not None and not (tags and (tags.emergency or _cannot_tell_where(uow, office, person, said, tags))):
        hear_confirmation(uow, office, person, done, said)
        return
    talk = smalltalk(text) if text and not said.attachments and said.point is None else None
    if talk and not (tags and tags.emergency) and not _answers_when(uow, office, person, text):
        _chat(uow, office, person, talk, text)
        return
    _file(uow, office, person, said, tags)


def hear_for(uow: UnitOfWork, office: Office, person: Person, case: Case, said: Said) -> None:
    """Take the words that an operator brings of somebody about their case."""
    text = said.text.strip()
    if objects(uow, office, person, text, case):
        return
    _continue(uow, office, person, case, said, office.tagger.tag(text) if text else None)


def _answers_when(uow: UnitOfWork, office: Office, person: Person, text: str) -> bool:
    """`malam` is a greeting, but not from somebody who was just asked when it happened."""
    if text.strip(" .!,").casefold() not in TIMES_OF_DAY:
        return False
    asked = _asked(in_hand(uow, person), office.clock())
    return asked is not None and asked.awaiting == ANSWER


def _cannot_tell_where(uow: UnitOfWork, office: Office, person: Person, said: Said, tags: Tags) -> bool:
    """`ora ngerti` begins like a `not yet`, but not from somebody who was just asked for the place."""
    if not does_not_know(tags, said.text):
        return False
    asked = _asked(in_hand(uow, person), office.clock())
    return asked is not None and asked.awaiting == PLACE


def _own_case(uow: UnitOfWork, office: Office, person: Person, said: Said) -> Case | None:
    """The person's case that a message names: by reply, by album, by code."""
    case_id: int | None = None
    if said.reply_to:
        bound = uow.desks.bound_to(said.chat.channel, said.chat.id, said.reply_to)
        earlier = uow.cases.entry_of(person.id, said.reply_to)
        case_id = bound.case_id if bound else earlier.case_id if earlier else None
    if case_id is None and said.group_key:
        case_id = uow.cases.album_case(person.id, said.group_key)
    case = uow.cases.lock(case_id) if case_id is not None else None
    if case is None:
        prefix = office.region.prefix
        code = find_code(said.text, prefix) or find_code(said.reply_text, prefix)
        case = uow.cases.by_code(code) if code else None
    return case if case and case.person_id == person.id else None


def _continue(
    uow: UnitOfWork, office: Office, person: Person, case: Case, said: Said, tags: Tags | None
) -> None:
    tags = as_a_place(uow, office, case, said, tags)
    if may_confirm(uow, case):
        hear_confirmation(uow, office, person, case, said)
    elif case.merged_into is not None:
        add_to_case(uow, office, person, case, said, tags)
    elif case.awaiting == ANSWER and (case.open or allowed(case.status, "jawab_terlambat")):
        answer_question(uow, office, person, case, said, tags)
    elif hear_place(uow, office, person, case, said, tags):
        return
    elif case.open and not case.taken and (case.held or not barred(person, office.clock())):
        join(uow, office, person, case, said, tags=tags)
    else:
        add_to_case(uow, office, person, case, said, tags)


def _file(uow: UnitOfWork, office: Office, person: Person, said: Said, tags: Tags | None) -> None:
    """No case is named: an open question, the words just before, or something new."""
    now = office.clock()
    cases = in_hand(uow, person)
    asked = _asked(cases, now)
    tags = as_a_place(uow, office, asked, said, tags) if asked else tags
    if asked and not _is_new(asked, said, tags):
        _continue(uow, office, person, asked, said, tags)
        return
    latest = max(cases, key=lambda case: (case.last_said_at, case.id), default=None)
    window = office.region.join_seconds
    if latest and now - latest.last_said_at <= window:
        if tags is None:
            _continue(uow, office, person, latest, said, tags)
            return
        tags = in_context(uow, office, latest, said, tags)
        if joins(latest, tags, text=said.text, now=now, last_said_at=latest.last_said_at, window=window):
            join(uow, office, person, latest, said, tags=tags)
            return
        answers = latest.taken and not tags.emergency and not has_own_topic(tags, said.text)
        if answers or goes_on_with_others(latest, tags):
            add_to_case(uow, office, person, latest, said, tags)  # the second half of an answer, or of a joined report
            return
    if tags and no_report(said, tags):
        _invite(uow, office, person, said, tags)
        return
    close_question(uow, cases)
    open_case(uow, office, person, said, tags)


def _asked(cases: list[Case], now: float) -> Case | None:
    """The case whose question is still open, the latest asked first.

    A department's question waits for days; the wish for a place or for a sentence to a photo only for an hour, the
    latter not once somebody works on it: whatever is told later is a matter of its own.
    """
    waiting = [
        case
        for case in cases
        if (case.awaiting in (ANSWER, MISSING) and now - case.updated_at <= QUESTION_OPEN)
        or (case.awaiting == WORDS and not case.taken and now - case.last_said_at <= WORDS_OPEN)
        or waits_for_place(case, now)
    ]
    return max(waiting, key=lambda case: case.updated_at, default=None)


def _is_new(asked: Case, said: Said, tags: Tags | None) -> bool:
    """Whether a message is a matter of its own although a question is open."""
    if asked.awaiting == PLACE:
        return not goes_on(asked, said, tags)
    if tags is None:
        return asked.awaiting == WORDS
    if tags.emergency and not asked.tags.emergency:
        return True
    if asked.awaiting == WORDS:
        return False
    own = has_own_topic(tags, said.text) and tags.p_topic >= CLEARLY_NEW_P and tags.topic != asked.tags.topic
    return own and len(said.text.split()) >= CLEARLY_NEW_WORDS


def no_report(said: Said, tags: Tags) -> bool:
    """Whether the classifier is sure that a message is no report, and nothing else speaks for one."""
    return (
        tags.kind == NOT_A_REPORT
        and not tags.unsure
        and not tags.emergency
        and not said.attachments
        and said.point is None
        and not said.forwarded
    )


def _chat(uow: UnitOfWork, office: Office, person: Person, talk: str, text: str) -> None:
    """A human answer to a greeting or thanks, in its own register; `assalamualaikum` and `P` have none."""
    register = register_of(text) or person.register or DEFAULT
    spoken = register.partition("@")[0] in office.region.languages
    office.tell(uow, person, f"talk.{talk}", register=register if spoken else DEFAULT)


def _invite(uow: UnitOfWork, office: Office, person: Person, said: Said, tags: Tags) -> None:
    """What seems no report gets a human answer, and a button for when the machine is wrong."""
    register = learn_register(uow, office, person, tags)
    entry_id = uow.cases.say(
        NewEntry("citizen", "talk", said.text, office.clock(), person_id=person.id, message_id=said.message_id)
    )
    words = office.texts("button.is_report", register)
    rows = ((Button(words, buttons.encode(buttons.IS_REPORT, str(entry_id))),),)
    office.tell(uow, person, "talk.other", register=register, rows=rows)


def _keep_phone(uow: UnitOfWork, office: Office, person: Person, said: Said) -> None:
    uow.people.change(person.id, phone=(said.phone or "")[:32])
    register = person.register or DEFAULT
    latest = in_hand(uow, person)
    if latest:
        uow.cases.note(latest[0].id, f"citizen:{person.id}", "phone", at=office.clock())
        place(uow, office, latest[0])
        office.tell(uow, person, "phone.case", register=register, case=latest[0], code=latest[0].code)
    else:
        office.tell(uow, person, "phone.kept", register=register)


def accept_as_report(uow: UnitOfWork, office: Office, said: Said, entry_id: int) -> bool:
    """The citizen insists that what seemed no report is one: it becomes a case at the desk."""
    person = uow.people.meet(said.sender, said.chat, now=office.clock())
    found = uow.cases.entry(entry_id)
    if found is None or found[1] != person.id or found[0].case_id is not None:
        return False
    tags = office.tagger.tag(found[0].text)
    tags = replace(tags, kind="pengaduan", unsure=True)
    words = Said(said.chat, said.sender, found[0].message_id or "", said.at, text=found[0].text)
    open_case(uow, office, person, words, tags, entry_id=entry_id)
    return True
