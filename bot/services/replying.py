"""Staff reply in a group: the sentence a button asked for, a message to the citizen, or a note."""

from bot.domain.case import Case, after, allowed
from bot.domain.codes import find_code, normalise
from bot.domain.incoming import Chat, Command, Pressed, Said, Sender
from bot.domain.records import Bound, Card
from bot.domain.region import DESK
from bot.services.office import Office
from bot.services.opening import ANSWER, WORDS, learn_register, retag
from bot.services.placing import INFORM, refresh, reroute
from bot.services.ports import NewEntry, UnitOfWork


def reply(uow: UnitOfWork, office: Office, said: Said) -> None:
    """A plain reply to a message of ours in a linked group; anything else there is not our business."""
    if not said.reply_to:
        return
    found = _case_here(uow, office, said)
    if found is None:
        return
    case, bound = found
    text = said.text.strip()
    owed = uow.desks.asked(case.id, said.sender.id)
    asked_for = bound.role.partition("prompt:")[2]
    if owed and asked_for and bound.user_id == said.sender.id and asked_for != owed.kind:
        office.say(uow, said.chat, "toast.done_already", reply_to=said.message_id)  # a newer question replaced it
    elif owed and owed.chat_id == said.chat.id:
        if not text:
            office.say(uow, said.chat, "prompt.words_please", reply_to=said.message_id)
            return
        uow.desks.answered(case.id, said.sender.id)
        ANSWERS[owed.kind](uow, office, case, said)
    elif asked_for and bound.user_id and bound.user_id != said.sender.id:
        office.say(uow, said.chat, "prompt.not_you", reply_to=said.message_id)
    elif text:
        _note(uow, office, case, said)


def answer_citizen(uow: UnitOfWork, office: Office, command: Command) -> None:
    """`/balas teks` as a reply to the card, or `/balas CODE teks`."""
    case: Case | None = None
    text = command.argument.strip()
    if command.reply_to:
        found = _case_here(uow, office, command)
        case = found[0] if found else None
    if case is None and text:
        first, _, rest = text.partition(" ")
        code = normalise(first, office.region.prefix)
        case = uow.cases.by_code(code) if code else None
        text = rest.strip()
    if case is None or not _may_act(uow, command.chat, case):
        office.say(uow, command.chat, "balas.which", reply_to=command.message_id)
        return
    if not text:
        office.say(uow, command.chat, "balas.empty", reply_to=command.message_id)
        return
    _say_to_citizen(uow, office, case, command.sender, text, kind="reply", key="told.reply")
    office.say(uow, command.chat, "balas.sent", reply_to=command.message_id, code=case.code)
    refresh(uow, office, case)


def cancel_prompt(uow: UnitOfWork, office: Office, pressed: Pressed, code: str) -> str:
    """`Urung`: the presser takes the question back; returns the toast."""
    case = uow.cases.by_code(code)
    if case is None or uow.desks.asked(case.id, pressed.sender.id) is None:
        return office.texts("toast.done_already")
    uow.desks.answered(case.id, pressed.sender.id)
    return office.texts("toast.cancelled")


def _case_here(uow: UnitOfWork, office: Office, said: Said | Command) -> tuple[Case, Bound] | None:
    """The case of the message replied to, if this chat may act on it; by its code where its id is unknown."""
    chat = said.chat
    bound = uow.desks.bound_to(chat.channel, chat.id, said.reply_to or "")
    if bound is None:
        code = find_code(said.reply_text, office.region.prefix)
        case = uow.cases.by_code(code) if code else None
        bound = Bound(case.id, "note") if case else None
    else:
        case = uow.cases.lock(bound.case_id)
    return (case, bound) if case and bound and _may_act(uow, chat, case) else None


def _may_act(uow: UnitOfWork, chat: Chat, case: Case) -> bool:
    linked = {u.unit for u in uow.desks.units_in(chat.channel, chat.id)}
    cards = [c for c in uow.desks.cards_of(case.id) if (c.channel, c.chat_id) == (chat.channel, chat.id)]
    return bool(linked & {case.unit, DESK}) or any(c.unit in linked and c.role != INFORM for c in cards)


def _resolve(uow: UnitOfWork, office: Office, case: Case, said: Said) -> None:
    """The sentence of `Selesai`: the citizen is told, the case is done."""
    _finish(uow, office, case, said, step="selesai", key="told.done")


def _not_ours(uow: UnitOfWork, office: Office, case: Case, said: Said) -> None:
    """The name given to `Bukan wewenang`: the citizen is told who is responsible."""
    _finish(uow, office, case, said, step="bukan_wewenang", key="told.not_ours")


def _finish(uow: UnitOfWork, office: Office, case: Case, said: Said, *, step: str, key: str) -> None:
    if not _still_allowed(uow, office, case, said, step):
        return
    text = said.text.strip()
    new = after(case.status, step)
    now = office.clock()
    actor = f"{said.sender.channel}:{said.sender.id}"
    uow.cases.note(case.id, actor, step, at=now, before=case.status, after=new)
    taken = {} if case.taken_by else {"taken_by": said.sender.name, "taken_by_id": actor}
    case = uow.cases.change(case.id, status=new, outcome=text, awaiting=None, updated_at=now, **taken)
    uow.desks.answered(case.id)
    _say_to_citizen(uow, office, case, said.sender, text, kind="outcome", key=key)
    _close_menus(uow, case)
    refresh(uow, office, case)
    office.say(uow, said.chat, f"{step}.noted", reply_to=said.message_id, code=case.code)


def _ask_citizen(uow: UnitOfWork, office: Office, case: Case, said: Said) -> None:
    """The sentence of `Tanya pelapor`: the citizen is asked, their answer is bound to the case."""
    if not _still_allowed(uow, office, case, said, "tanya"):
        return
    new = after(case.status, "tanya")
    now = office.clock()
    actor = f"{said.sender.channel}:{said.sender.id}"
    uow.cases.note(case.id, actor, "tanya", at=now, before=case.status, after=new)
    taken = {} if case.taken_by else {"taken_by": said.sender.name, "taken_by_id": actor}
    case = uow.cases.change(case.id, status=new, awaiting=ANSWER, updated_at=now, **taken)
    _say_to_citizen(uow, office, case, said.sender, said.text.strip(), kind="question", key="told.question")
    refresh(uow, office, case)
    office.say(uow, said.chat, "tanya.noted", reply_to=said.message_id, code=case.code)


def _type_words(uow: UnitOfWork, office: Office, case: Case, said: Said) -> None:
    """Staff typed the words of a report without any: it is tagged and routed like every other."""
    now = office.clock()
    name = said.sender.name
    uow.cases.say(NewEntry("staff", "words", said.text.strip(), now, case_id=case.id, name=name))
    tags = retag(uow, office, case)
    case = uow.cases.change(case.id, tags=tags, awaiting=None, updated_at=now)
    person = uow.people.by_id(case.person_id)
    if person:
        learn_register(uow, office, person, tags)
    uow.cases.note(case.id, f"{said.sender.channel}:{said.sender.id}", WORDS, at=now)
    reroute(uow, office, case)


def _note(uow: UnitOfWork, office: Office, case: Case, said: Said) -> None:
    name = said.sender.name
    uow.cases.say(NewEntry("staff", "note", said.text.strip(), office.clock(), case_id=case.id, name=name))
    refresh(uow, office, case)


def _say_to_citizen(
    uow: UnitOfWork, office: Office, case: Case, sender: Sender, text: str, *, kind: str, key: str
) -> None:
    uow.cases.say(NewEntry("staff", kind, text, office.clock(), case_id=case.id, name=sender.name))
    person = uow.people.by_id(case.person_id)
    if person:
        unit = office.unit_name(case.unit, case.register)
        office.tell(uow, person, key, register=case.register, case=case, code=case.code, unit=unit, text=text)


def _still_allowed(uow: UnitOfWork, office: Office, case: Case, said: Said, step: str) -> bool:
    if allowed(case.status, step):
        return True
    status = office.texts(f"status.{case.status}", unit=office.unit_name(case.unit))
    office.say(uow, said.chat, "toast.status", reply_to=said.message_id, code=case.code, status=status)
    return False


def _close_menus(uow: UnitOfWork, case: Case) -> None:
    card: Card
    for card in uow.desks.cards_of(case.id):
        if card.menu:
            uow.desks.change_card(card.id, menu=None)


ANSWERS = {"selesai": _resolve, "bukan": _not_ours, "tanya": _ask_citizen, "words": _type_words}
