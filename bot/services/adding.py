"""A citizen adds to a case that people work on, or answers their question."""

from bot.domain.case import Case, Tags
from bot.domain.incoming import Said
from bot.domain.labels import EMERGENCY
from bot.domain.privacy import mask
from bot.domain.records import Person
from bot.services.moving import make_move
from bot.services.office import Office
from bot.services.opening import acknowledge, emergency_answer, keep_words, with_urgency
from bot.services.placing import MAIN, linked_cards, place, refresh, show_media
from bot.services.ports import UnitOfWork


def add_to_case(
    uow: UnitOfWork, office: Office, person: Person, case: Case, said: Said, tags: Tags | None
) -> None:
    """Words or files for a case already taken or closed: they stand on the card and under it."""
    _bring(uow, office, person, case, said, kind="addition", key="card.addition")
    if tags and tags.emergency and case.open and not case.tags.emergency:
        case = uow.cases.change(case.id, tags=with_urgency(case.tags, EMERGENCY))
        emergency_answer(uow, office, person, case)
        place(uow, office, case)
        return
    refresh(uow, office, case)
    key = "added" if case.open else "added.closed"
    office.tell(uow, person, key, register=case.register, case=case, code=case.code)


def answer_question(
    uow: UnitOfWork, office: Office, person: Person, case: Case, said: Said, tags: Tags | None
) -> None:
    """The answer to what a department asked: the case goes on."""
    now = office.clock()
    _bring(uow, office, person, case, said, kind="answer", key="card.answer")
    was_emergency = case.tags.emergency
    new_tags = with_urgency(case.tags, EMERGENCY) if tags and tags.emergency else case.tags
    actor = f"citizen:{person.id}"
    case = make_move(uow, office, case, "jawab", actor=actor, awaiting=None, last_said_at=now, tags=new_tags)
    place(uow, office, case)
    acknowledge(uow, office, person, case, "answered", was_emergency=was_emergency)


def _bring(
    uow: UnitOfWork, office: Office, person: Person, case: Case, said: Said, *, kind: str, key: str
) -> None:
    """Keep the words and show them, masked, under the main card, so that the group notices."""
    keep_words(uow, office, case, person, said, kind=kind)
    media_ids = uow.cases.attach(case.id, said.chat.channel, said.attachments, at=office.clock())
    if said.text.strip():
        text = office.texts(key, code=case.code, text=mask(said.text).text)
        if not any(card.role == MAIN for card in linked_cards(uow, case)):
            place(uow, office, case)  # its chat was unlinked meanwhile: the words must reach somebody
        for card in linked_cards(uow, case):
            if card.role == MAIN:
                office.say_at_card(uow, card, text, role="citizen_words")
    show_media(uow, office, case, media_ids)
