"""A citizen adds to a case that people work on, or answers their question."""

from bot.domain.case import ANSWER, MISSING, Case, Tags
from bot.domain.correcting import raised
from bot.domain.incoming import Said
from bot.domain.life import allowed
from bot.domain.privacy import mask
from bot.domain.records import Person
from bot.services.citizens.opening import acknowledge, emergency_answer, keep_words
from bot.services.citizens.pacing import barred
from bot.services.citizens.telling import root_of
from bot.services.desk.placing import MAIN, WORDS_OF_CITIZEN, linked_cards, place, refresh, reroute, show_media
from bot.services.matters.going_on import raise_alarm
from bot.services.moving import make_move
from bot.services.office import Office
from bot.services.ports import UnitOfWork
from bot.services.secrecy.hiding import heed, review


def add_to_case(
    uow: UnitOfWork, office: Office, person: Person, case: Case, said: Said, tags: Tags | None
) -> None:
    """Words or files for a case already taken, closed or merged: they stand on the card and under it."""
    bring(uow, office, person, case, said, kind="addition", key="card.addition")
    root = root_of(uow, case)
    if root.open and not case.tags.emergency and tags and tags.emergency and raised(root.tags, tags).emergency:
        case = raise_alarm(uow, office, case)
        emergency_answer(uow, office, person, case)
        return
    if barred(person, office.clock()):
        office.tell(uow, person, "slowed.added", register=case.register, case=case, code=case.code)
        return
    if case.awaiting == MISSING:
        case = uow.cases.change(case.id, awaiting=None, last_said_at=office.clock())
    if case.merged_into is not None and root.awaiting == ANSWER and allowed(root.status, "jawab_terlambat"):
        root = make_move(uow, office, root, "jawab_terlambat", actor=f"citizen:{person.id}", awaiting=None)
        place(uow, office, root)  # the question was another's, but whoever knows more may open it again
    refresh(uow, office, root)
    key = "added" if root.open else "added.closed"
    office.tell(uow, person, key, register=case.register, case=case, code=case.code)


def answer_question(
    uow: UnitOfWork, office: Office, person: Person, case: Case, said: Said, tags: Tags | None
) -> None:
    """The answer to what a department asked: the case goes on."""
    now = office.clock()
    bring(uow, office, person, case, said, kind="answer", key="card.answer")
    before = case
    new_tags = raised(case.tags, tags)
    actor = f"citizen:{person.id}"
    late = not case.open
    step = "jawab_terlambat" if late else "jawab"
    case = make_move(uow, office, case, step, actor=actor, awaiting=None, last_said_at=now, tags=new_tags)
    place(uow, office, case)
    acknowledge(uow, office, person, case, "answered.late" if late else "answered", before=before)


def bring(
    uow: UnitOfWork, office: Office, person: Person, case: Case, said: Said, *, kind: str, key: str
) -> None:
    """Keep the words with the case and show them, masked, under its root's main card, so that the group notices."""
    keep_words(uow, office, case, person, said, kind=kind)
    media_ids = uow.cases.attach(case.id, said.chat.channel, said.attachments, at=office.clock())
    case = review(uow, office, heed(uow, office, person, case, said.text))
    if case.open and case.unit in case.accused:
        case = reroute(uow, office, case)
    root = root_of(uow, case)
    if kind == "addition" and barred(person, office.clock()):
        return  # kept with the case; the group is left alone
    if said.text.strip() or (media_ids and case.secret):
        text = office.texts(key, code=case.code, text=mask(said.text).text)
        if said.through:
            text += "\n" + office.texts("card.through", name=said.through)
        text = office.texts("card.news", code=case.code) if case.secret else text
        if not any(card.role == MAIN for card in linked_cards(uow, root)):
            place(uow, office, root)  # its chat was unlinked meanwhile: the words must reach somebody
        for card in linked_cards(uow, root):
            if card.role == MAIN:
                office.say_at_card(uow, card, text, role="note" if case.secret else WORDS_OF_CITIZEN)
    show_media(uow, office, root, [] if case.secret else media_ids)
