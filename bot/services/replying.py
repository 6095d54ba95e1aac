"""Staff reply in a group: the sentence a button asked for, a message to the citizen, or a note."""

from bot.domain.case import ANSWER, WORDS, Case, allowed
from bot.domain.codes import find_code, find_codes
from bot.domain.incoming import Chat, Command, Pressed, Said, Sender
from bot.domain.outgoing import EditText, Outgoing, Priority
from bot.domain.records import Bound, Prompt
from bot.domain.region import DESK
from bot.services.moving import make_move
from bot.services.office import Office
from bot.services.opening import learn_register, retag
from bot.services.placing import INFORM, refresh, reroute
from bot.services.ports import NewEntry, UnitOfWork

CARD_REPLY_SECONDS = 3600.0  # a reply to the card counts as the sentence for so long after the button


def reply(uow: UnitOfWork, office: Office, said: Said) -> None:
    """A plain reply to a message of ours in a linked group; anything else there is not our business."""
    if not said.reply_to:
        return
    found = _case_here(uow, office, said)
    if found is None:
        return
    case, bound = found
    text = said.text.strip()
    asked_for = bound.role.partition("prompt:")[2]
    owed = _owed(uow, office, case, said, bound)
    if owed and not text:
        office.say(uow, said.chat, "prompt.words_please", reply_to=said.message_id)
    elif owed:
        uow.desks.answered(case.id, owed.user_id)
        if asked_for:
            _close_prompt(uow, office, case, said, asked_for)
        ANSWERS[owed.kind](uow, office, case, said)
    elif asked_for:
        mine = bound.user_id == said.sender.id
        office.say(uow, said.chat, "toast.done_already" if mine else "prompt.not_you", reply_to=said.message_id)
    elif text:
        _note(uow, office, case, said)


def _owed(uow: UnitOfWork, office: Office, case: Case, said: Said, bound: Bound) -> Prompt | None:
    """The sentence that a reply gives: to the question itself, or to the card soon after the button was pressed.

    Whoever writes as the group (an anonymous administrator) presses as a person: their reply to the question counts.
    """
    asked_for = bound.role.partition("prompt:")[2]
    as_group = said.sender.id == said.chat.id and asked_for
    owed = uow.desks.asked(case.id, bound.user_id or "" if as_group else said.sender.id)
    if owed is None or owed.chat_id != said.chat.id:
        return None
    if asked_for:
        return owed if asked_for == owed.kind and bound.user_id == owed.user_id else None
    on_card = bound.role == "card" and office.clock() - owed.at <= CARD_REPLY_SECONDS
    return owed if on_card else None


def _close_prompt(uow: UnitOfWork, office: Office, case: Case, said: Said, kind: str) -> None:
    """An answered question keeps its words and loses its button."""
    text = office.texts(f"prompt.{kind}", name=said.sender.name or "Petugas", code=case.code)
    edit = EditText(said.reply_to or "", text)
    uow.outbox.put(
        Outgoing(said.chat.channel, said.chat.id, edit, Priority.CARD, said.chat.thread_id), now=office.clock()
    )


def answer_citizen(uow: UnitOfWork, office: Office, command: Command) -> None:
    """`/balas teks` as a reply to the card, or `/balas CODE teks`."""
    case: Case | None = None
    text = command.argument.strip()
    first, _, rest = text.partition(" ")
    if code := find_code(first, office.region.prefix):  # a code that is written out means its own case
        case, text = uow.cases.by_code(code), rest.strip()
    elif command.reply_to:
        found = _case_here(uow, office, command)
        case = found[0] if found else None
    if case is None or not _may_act(uow, command.chat, case):
        office.say(uow, command.chat, "balas.which", reply_to=command.message_id)
        return
    if not text:
        office.say(uow, command.chat, "balas.empty", reply_to=command.message_id)
        return
    told = _say_to_citizen(uow, office, case, command.sender, text, kind="reply", key="told.reply")
    key = "balas.sent" if told else "balas.gone"
    office.say(uow, command.chat, key, reply_to=command.message_id, code=case.code)
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
        codes = find_codes(said.reply_text, office.region.prefix)
        case = uow.cases.by_code(codes[0]) if len(codes) == 1 else None
        bound = Bound(case.id, "card") if case else None
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
    case = _move(uow, office, case, said, step, outcome=text, awaiting=None)
    uow.desks.answered(case.id)
    told = _say_to_citizen(uow, office, case, said.sender, text, kind="outcome", key=key)
    _close_menus(uow, case)
    refresh(uow, office, case)
    noted = f"{step}.noted" if told else "balas.gone"
    office.say(uow, said.chat, noted, reply_to=said.message_id, code=case.code)


def _ask_citizen(uow: UnitOfWork, office: Office, case: Case, said: Said) -> None:
    """The sentence of `Tanya pelapor`: the citizen is asked, their answer is bound to the case."""
    if not _still_allowed(uow, office, case, said, "tanya"):
        return
    case = _move(uow, office, case, said, "tanya", awaiting=ANSWER)
    told = _say_to_citizen(uow, office, case, said.sender, said.text.strip(), kind="question", key="told.question")
    refresh(uow, office, case)
    office.say(uow, said.chat, "tanya.noted" if told else "balas.gone", reply_to=said.message_id, code=case.code)


def _move(uow: UnitOfWork, office: Office, case: Case, said: Said, step: str, **values: object) -> Case:
    """Move a case by a sentence; whoever gives it takes a case that nobody has taken."""
    actor = said.sender.actor
    if not case.taken_by:
        values |= {"taken_by": said.sender.name, "taken_by_id": actor}
    return make_move(uow, office, case, step, actor=actor, **values)


def _type_words(uow: UnitOfWork, office: Office, case: Case, said: Said) -> None:
    """Staff typed the words of a report without any: it is tagged and routed like every other."""
    if not _still_allowed(uow, office, case, said, "alihkan"):
        return
    before = case.unit
    now = office.clock()
    name = said.sender.name
    uow.cases.say(NewEntry("staff", WORDS, said.text.strip(), now, case_id=case.id, name=name))
    tags = retag(uow, office, case)
    case = uow.cases.change(case.id, tags=tags, awaiting=None, updated_at=now)
    person = uow.people.by_id(case.person_id)
    if person:
        learn_register(uow, office, person, tags)
    uow.cases.note(case.id, said.sender.actor, WORDS, at=now)
    case = reroute(uow, office, case)
    if case.unit != before:
        office.tell_reporter(uow, case, "told.moved")


def _note(uow: UnitOfWork, office: Office, case: Case, said: Said) -> None:
    name = said.sender.name
    uow.cases.say(NewEntry("staff", "note", said.text.strip(), office.clock(), case_id=case.id, name=name))
    refresh(uow, office, case)


def _say_to_citizen(
    uow: UnitOfWork, office: Office, case: Case, sender: Sender, text: str, *, kind: str, key: str
) -> bool:
    """Keep the words and send them; False where the citizen has blocked us and will not read them."""
    uow.cases.say(NewEntry("staff", kind, text, office.clock(), case_id=case.id, name=sender.name))
    person = uow.people.by_id(case.person_id)
    if person is None or person.blocked:
        return False
    unit = office.unit_name(case.unit, case.register)
    office.tell(uow, person, key, register=case.register, case=case, code=case.code, unit=unit, text=text)
    return True


def _still_allowed(uow: UnitOfWork, office: Office, case: Case, said: Said, step: str) -> bool:
    if allowed(case.status, step):
        return True
    status = office.status_of(case)
    office.say(uow, said.chat, "toast.status", reply_to=said.message_id, code=case.code, status=status)
    return False


def _close_menus(uow: UnitOfWork, case: Case) -> None:
    for card in uow.desks.cards_of(case.id):
        if card.menu:
            uow.desks.change_card(card.id, menu=None)


ANSWERS = {"selesai": _resolve, "bukan": _not_ours, "tanya": _ask_citizen, WORDS: _type_words}
