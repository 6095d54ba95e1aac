"""Who has a case passes it on: to a colleague with `Ambil alih`, to another department with the reason."""

from bot.domain.case import Case
from bot.domain.errors import PressRefused
from bot.domain.incoming import Said
from bot.domain.life import Status, allowed
from bot.domain.records import Bound, Prompt
from bot.domain.region import DESK
from bot.services.desk.hands import Hand
from bot.services.desk.placing import refresh
from bot.services.desk.pointing import meant
from bot.services.office import Office
from bot.services.ports import NewEntry, UnitOfWork

WHY = "alasan"  # the prompt that asks why a case was handed over
PROMPT = f"prompt:{WHY}"


def take_over(uow: UnitOfWork, office: Office, hand: Hand) -> str:
    """`Ambil alih`: the presser has the case from now on; the citizen need not know."""
    case = hand.case
    if not case.open or not case.taken_by or allowed(case.status, "terima"):
        raise PressRefused("toast.status", status=office.status_of(case), code=case.code)
    if case.taken_by_id == hand.actor:
        raise PressRefused("toast.yours_already", code=case.code)
    now = office.clock()
    uow.cases.note(case.id, hand.actor, "ambil", at=now, before=case.taken_by_id or "", after=hand.actor)
    case = uow.cases.change(case.id, taken_by=hand.name, taken_by_id=hand.actor, updated_at=now)
    uow.desks.change_card(hand.card.id, menu=None)
    refresh(uow, office, case)
    return office.texts("toast.taken_by_you", code=case.code)


def ask_reason(uow: UnitOfWork, office: Office, hand: Hand) -> None:
    """Ask whoever handed a case over why. Nothing waits for it; the desk's sorting needs no reason."""
    case = hand.case
    if case.unit == DESK and case.status is Status.DITERIMA:
        return
    chat, user_id = hand.pressed.chat, hand.pressed.sender.id
    uow.desks.ask(Prompt(0, case.id, user_id, WHY, chat.channel, chat.id, office.clock()))
    text = office.texts("prompt.alasan", name=hand.name, code=case.code)
    office.say_at_card(uow, hand.card, text, role=PROMPT, user_id=user_id)


def handed_over_here(uow: UnitOfWork, office: Office, said: Said) -> tuple[Case, Bound] | None:
    """The case that a reply means which its writer handed over from this chat, where it has no say any more."""
    chat = said.chat
    found = meant(uow, office, said)
    if found is None or found[1].role not in ("card", PROMPT) or not uow.desks.units_in(chat.channel, chat.id):
        return None
    as_group = said.sender.id == chat.id  # an anonymous administrator presses as a person
    owed = uow.desks.asked(found[0].id, (found[1].user_id or "") if as_group else said.sender.id)
    return found if owed and owed.kind == WHY and owed.chat_id == chat.id else None


def keep_reason(uow: UnitOfWork, office: Office, case: Case, said: Said) -> None:
    """The reason for a hand-over: it stands on the card, where the next department reads it."""
    name, text = said.sender.name, said.text.strip()
    uow.cases.say(NewEntry("staff", "reason", text, office.clock(), case_id=case.id, name=name))
    refresh(uow, office, case)
    unit = office.unit_name(case.unit)
    office.say(uow, said.chat, "prompt.reason_noted", reply_to=said.message_id, code=case.code, unit=unit)
