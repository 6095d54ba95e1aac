"""The citizen says whether what the office called done is put right: confirms, reopens, rates; silence closes."""

from bot.domain import buttons
from bot.domain.buttons import Press
from bot.domain.case import MISSING, Case
from bot.domain.confirming import confirmation
from bot.domain.incoming import Pressed, Said
from bot.domain.life import ANSWERED, Status, allowed
from bot.domain.outgoing import Button, EditCaption, EditText, Outgoing, Rows
from bot.domain.records import Person
from bot.domain.registers import DEFAULT
from bot.services.citizens.adding import bring
from bot.services.citizens.telling import root_of, spoken_for, tell_reporter, tell_reporters
from bot.services.desk.placing import MAIN, linked_cards, place, refresh
from bot.services.moving import make_move
from bot.services.office import Office
from bot.services.ports import UnitOfWork
from bot.services.proof.proof_words import PROOF

SURVEY_EVERY = 7 * 86400.0
STARS = 5
CONFIRMED = "pasti"  # the audit line of a merged case whose reporter said that it is put right


def ask_whether_done(uow: UnitOfWork, office: Office, case: Case, *, text: str) -> int:
    """Tell everybody who reported it what the office did, and ask whether that put it right; returns how many."""
    return tell_reporters(uow, office, case, "told.done", rows=lambda own: choice(office, own), text=text)


def choice(office: Office, case: Case) -> Rows:
    """`Sudah beres` and `Belum`."""
    words = ((buttons.FIXED, "button.beres"), (buttons.NOT_FIXED, "button.belum"))
    return (tuple(Button(office.texts(key, case.register), buttons.encode(each, case.code)) for each, key in words),)


def press_confirmation(uow: UnitOfWork, office: Office, pressed: Pressed, what: Press) -> str:
    """A citizen pressed `Sudah beres`, `Belum` or a star; returns the toast."""
    case = uow.cases.by_code(what.subject)
    person = uow.people.find(pressed.sender.channel, pressed.sender.id)
    if case is None or person is None or case.person_id != person.id or not pressed.chat.private:
        return office.texts("toast.done_already", (person and person.register) or DEFAULT)
    if what.action == buttons.RATE:
        return _rate(uow, office, pressed, case, what.argument)
    step = "beres" if what.action == buttons.FIXED else "belum"
    root = root_of(uow, case)
    if not allowed(root.status, step) or (step == "beres" and _has_confirmed(uow, case, root)):
        return office.texts("toast.done_already", case.register)
    _close_question(uow, office, pressed, case, root)
    case = spoken_for(uow, person, case)
    if step == "beres":
        confirm(uow, office, person, case)
    else:
        reopen(uow, office, person, case)
    return office.texts("toast.ok", case.register)


def hear_confirmation(uow: UnitOfWork, office: Office, person: Person, case: Case, said: Said) -> None:
    """Words to a case that the office called done: a yes, a not yet, or something that leaves it open."""
    case = spoken_for(uow, person, case)
    root = root_of(uow, case)
    meant = confirmation(said.text)
    if meant and allowed(root.status, "beres"):
        confirm(uow, office, person, case)
        return
    bring(uow, office, person, case, said, kind="addition", key="card.addition")
    if meant is False:
        reopen(uow, office, person, case, told_what=len(said.text.split()) > 2 or bool(said.attachments))
        return
    refresh(uow, office, root)
    key = "confirm.which" if root.status is Status.MENUNGGU_KONFIRMASI else "confirm.closed"
    office.tell(uow, person, key, register=case.register, case=case, rows=choice(office, case), code=case.code)


def asked_to_confirm(uow: UnitOfWork, person: Person, said: Said) -> Case | None:
    """The one case whose question a bare yes or not yet must mean."""
    if confirmation(said.text) is None:
        return None
    mine = (spoken_for(uow, person, case) for case in uow.cases.of_person(person.id))
    waiting = {case.id for case in mine if root_of(uow, case).status is Status.MENUNGGU_KONFIRMASI}
    return uow.cases.lock(waiting.pop()) if len(waiting) == 1 else None


def confirm(uow: UnitOfWork, office: Office, person: Person, case: Case) -> None:
    """It is put right: the case ends; at most once a week the citizen is asked how it went.

    Of a merged case it is only noted: the matter ends when the root's own reporter says so, or all are silent.
    """
    actor = f"citizen:{person.id}"
    if case.merged_into is None:
        case = make_move(uow, office, case, "beres", actor=actor, awaiting=None)
        refresh(uow, office, case)
        office.tell(uow, person, "confirm.thanks", register=case.register, case=case, code=case.code)
        know = {person.id, *_who_confirmed(uow, case)}
        tell_reporters(uow, office, case, "told.confirmed", rows=lambda own: _only_no(office, own), but=know)
    else:
        uow.cases.note(case.id, actor, CONFIRMED, at=office.clock())
        office.tell(uow, person, "confirm.noted", register=case.register, case=case, code=case.code)
    now = office.clock()
    if now - person.surveyed_at >= SURVEY_EVERY:
        uow.people.change(person.id, surveyed_at=now)
        stars = tuple(Button(f"{n} ⭐", buttons.encode(buttons.RATE, case.code, str(n))) for n in range(1, STARS + 1))
        office.tell(uow, person, "confirm.rate", register=case.register, case=case, rows=(stars,), code=case.code)


def reopen(uow: UnitOfWork, office: Office, person: Person, case: Case, *, told_what: bool = False) -> None:
    """It is not: the matter is open at once, its department hears of it, the citizen is asked what is missing."""
    root = make_move(
        uow, office, root_of(uow, case), "belum", actor=f"citizen:{person.id}", taken_by=None, taken_by_id=None,
        awaiting=None,
    )  # fmt: skip
    uow.cases.change(case.id, awaiting=None if told_what else MISSING, updated_at=office.clock())
    place(uow, office, root)
    for card in linked_cards(uow, root):
        if card.role == MAIN:
            office.say_at_card(uow, card, office.texts("card.reopened", code=root.code), role="citizen_words")
    key = "reopen.done" if told_what else "reopen.ask"
    tell_reporter(uow, office, person, case, key, unit=root.unit)
    tell_reporters(uow, office, root, "told.reopened", but={person.id})


def close_by_silence(uow: UnitOfWork, office: Office, case: Case, *, days: int) -> Case:
    """Nobody said that it is not put right: the case ends by rule; `Belum` still reopens it."""
    case = make_move(uow, office, case, "diam", actor="wadul:rule", awaiting=None)
    refresh(uow, office, case)
    know = _who_confirmed(uow, case)
    tell_reporters(uow, office, case, "silent.closed", rows=lambda own: _only_no(office, own), but=know, days=days)
    return case


def close_unanswered(uow: UnitOfWork, office: Office, case: Case, *, days: int) -> Case:
    """The department's question was never answered: the case ends by rule; a late answer opens it again."""
    case = make_move(uow, office, case, "tanpa_jawaban", actor="wadul:rule")
    refresh(uow, office, case)
    person = uow.people.by_id(case.person_id)
    if person:
        office.tell(uow, person, "unanswered.closed", register=case.register, case=case, code=case.code, days=days)
    tell_reporters(uow, office, case, "unanswered.closed_others", but={case.person_id})
    return case


def may_confirm(uow: UnitOfWork, case: Case) -> bool:
    """Whether words to this case may say that it is, or is not, put right."""
    return root_of(uow, case).status in ANSWERED


def _only_no(office: Office, case: Case) -> Rows:
    """`Belum` alone, where the case is closed."""
    return (choice(office, case)[0][1:],)


def _has_confirmed(uow: UnitOfWork, case: Case, root: Case) -> bool:
    """Whether the reporter of a merged case has said `Sudah beres` since the office last called the root done."""
    if case.merged_into is None:
        return False
    said, done = uow.cases.noted(case.id, CONFIRMED), uow.cases.noted(root.id, "selesai")
    return said is not None and done is not None and said.at >= done.at


def _who_confirmed(uow: UnitOfWork, root: Case) -> set[int]:
    return {case.person_id for case in uow.cases.merged(root.id) if _has_confirmed(uow, case, root)}


def _close_question(uow: UnitOfWork, office: Office, pressed: Pressed, case: Case, root: Case) -> None:
    """The question keeps its words and loses its buttons."""
    if root.status is not Status.MENUNGGU_KONFIRMASI or not root.outcome:
        return
    unit = office.unit_name(root.unit, case.register)
    text = office.texts("told.done", case.register, code=case.code, unit=unit, text=root.outcome)
    bound = uow.desks.bound_to(pressed.chat.channel, pressed.chat.id, pressed.message_id)
    if bound and bound.role == PROOF:  # the question hung under a photo
        caption = office.texts("told.proof", case.register, code=case.code, unit=unit)
        edit = EditCaption(pressed.message_id, caption)
        uow.outbox.put(Outgoing(pressed.chat.channel, pressed.chat.id, edit), now=office.clock())
        return
    _edit(uow, office, pressed, text)


def _rate(uow: UnitOfWork, office: Office, pressed: Pressed, case: Case, stars: str) -> str:
    if case.rating is not None or not stars.isdigit() or not 1 <= int(stars) <= STARS:
        return office.texts("toast.done_already", case.register)
    case = uow.cases.change(case.id, rating=int(stars))
    uow.cases.note(case.id, f"citizen:{case.person_id}", "rated", at=office.clock(), after=stars)
    _edit(uow, office, pressed, office.texts("confirm.rated", case.register, stars="⭐" * int(stars)))
    refresh(uow, office, case)
    return office.texts("toast.ok", case.register)


def _edit(uow: UnitOfWork, office: Office, pressed: Pressed, text: str) -> None:
    edit = EditText(pressed.message_id, text)
    uow.outbox.put(Outgoing(pressed.chat.channel, pressed.chat.id, edit), now=office.clock())
