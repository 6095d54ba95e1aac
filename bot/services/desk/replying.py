"""Staff reply in a group: the sentence a button asked for, or a note."""

from collections.abc import Collection

from bot.domain.answers import unfit
from bot.domain.case import ANSWER, WORDS, Case
from bot.domain.incoming import Pressed, Said, Sender
from bot.domain.life import Status, allowed
from bot.domain.outgoing import EditText, Outgoing, Priority
from bot.domain.records import Bound, Prompt
from bot.domain.roles import Action
from bot.services.citizens.confirming import ask_whether_done
from bot.services.citizens.opening import learn_register, retag
from bot.services.citizens.telling import noted_as, reporters, tell_reporters
from bot.services.desk import handing_levels
from bot.services.desk.changing import set_place
from bot.services.desk.closing import REASON, close_with_reason
from bot.services.desk.handing_levels import asked_here
from bot.services.desk.passing_on import WHY, handed_over_here, keep_reason
from bot.services.desk.placing import close_menus, refresh, reroute
from bot.services.desk.pointing import case_here, may_act
from bot.services.desk.roles import objection, stopped
from bot.services.moving import make_move
from bot.services.office import Office
from bot.services.ports import NewEntry, UnitOfWork
from bot.services.proof.proving import begin_proof, take_photos

CARD_REPLY_SECONDS = 3600.0  # a reply to the card counts as the sentence for so long after the button


def reply(uow: UnitOfWork, office: Office, said: Said) -> None:
    """A plain reply to a message of ours in a linked group; anything else there is not our business."""
    if not said.reply_to:
        return
    found = case_here(uow, office, said) or handed_over_here(uow, office, said)
    found = found or asked_here(uow, office, said)
    if found is None or stopped(uow, office, said):
        return
    case, bound = found
    text = said.text.strip()
    asked_for = bound.role.partition("prompt:")[2]
    owed = _owed(uow, office, case, said, bound)
    if owed and (wrong := unfit(owed.kind, text)):
        take_photos(uow, office, case, said)
        office.say(uow, said.chat, wrong, reply_to=said.message_id, code=case.code)
    elif owed:
        uow.desks.answered(case.id, owed.user_id)
        if asked_for and owed.kind != WHY:  # that one has no button
            _close_prompt(uow, office, case, said, asked_for)
        ANSWERS[owed.kind](uow, office, case, said)
    elif asked_for:
        mine = bound.user_id == said.sender.id
        office.say(uow, said.chat, "toast.done_already" if mine else "prompt.not_you", reply_to=said.message_id)
    else:
        take_photos(uow, office, case, said)
        if text:
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
    if owed.kind == WHY and may_act(uow, office, said, case):
        return None  # nothing waits for a reason: what is said to a card that one works on is a note
    on_card = bound.role == "card" and office.clock() - owed.at <= CARD_REPLY_SECONDS
    return owed if on_card else None


def _close_prompt(uow: UnitOfWork, office: Office, case: Case, said: Said, kind: str) -> None:
    """An answered question keeps its words and loses its button."""
    text = office.texts(f"prompt.{kind}", name=said.sender.name or "Petugas", code=case.code)
    edit = EditText(said.reply_to or "", text)
    uow.outbox.put(
        Outgoing(said.chat.channel, said.chat.id, edit, Priority.CARD, said.chat.thread_id), now=office.clock()
    )


def cancel_prompt(uow: UnitOfWork, office: Office, pressed: Pressed, code: str) -> str:
    """`Urung`: the presser takes the question back; returns the toast."""
    if why := objection(uow, pressed.sender, Action.WORK):
        return office.texts(why)
    case = uow.cases.by_code(code)
    if case is None or uow.desks.asked(case.id, pressed.sender.id) is None:
        return office.texts("toast.done_already")
    uow.desks.answered(case.id, pressed.sender.id)
    return office.texts("toast.cancelled")


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
    told = _tell_end(uow, office, case, said, key=key)
    close_menus(uow, case)
    refresh(uow, office, case)
    noted = noted_as(case, f"{step}.noted") if told else "balas.gone"
    if step == "selesai" and begin_proof(uow, office, case, said, noted=noted):
        return
    office.say(uow, said.chat, noted, reply_to=said.message_id, code=case.code)


def _tell_end(uow: UnitOfWork, office: Office, case: Case, said: Said, *, key: str) -> int:
    """Tell the citizens how it ended; where the office calls it done, ask whether it is."""
    text = said.text.strip()
    if case.status is not Status.MENUNGGU_KONFIRMASI:
        return say_to_citizens(uow, office, case, said.sender, text, kind="outcome", key=key)
    uow.cases.say(NewEntry("staff", "outcome", text, office.clock(), case_id=case.id, name=said.sender.name))
    return ask_whether_done(uow, office, case, text=text)


def _ask_citizen(uow: UnitOfWork, office: Office, case: Case, said: Said) -> None:
    """The sentence of `Tanya pelapor`: the citizen is asked, their answer is bound to the case."""
    if not _still_allowed(uow, office, case, said, "tanya"):
        return
    case = _move(uow, office, case, said, "tanya", awaiting=ANSWER)
    others = {person.id for person, _ in reporters(uow, case)} - {case.person_id}
    told = say_to_citizens(
        uow, office, case, said.sender, said.text.strip(), kind="question", key="told.question", but=others
    )
    refresh(uow, office, case)
    noted = noted_as(case, "tanya.noted") if told else "balas.gone"
    office.say(uow, said.chat, noted, reply_to=said.message_id, code=case.code)


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
        tell_reporters(uow, office, case, "told.moved")


def _note(uow: UnitOfWork, office: Office, case: Case, said: Said) -> None:
    name = said.sender.name
    uow.cases.say(NewEntry("staff", "note", said.text.strip(), office.clock(), case_id=case.id, name=name))
    refresh(uow, office, case)


def say_to_citizens(
    uow: UnitOfWork, office: Office, case: Case, sender: Sender, text: str, *, kind: str, key: str,
    but: Collection[int] = (),
) -> int:  # fmt: skip
    """Keep the words and send them to everybody who reported it; how many: 0 where all have blocked us."""
    uow.cases.say(NewEntry("staff", kind, text, office.clock(), case_id=case.id, name=sender.name))
    return tell_reporters(uow, office, case, key, but=but, text=text)


def _still_allowed(uow: UnitOfWork, office: Office, case: Case, said: Said, step: str) -> bool:
    if allowed(case.status, step):
        return True
    status = office.status_of(case)
    office.say(uow, said.chat, "toast.status", reply_to=said.message_id, code=case.code, status=status)
    return False


def _close(uow: UnitOfWork, office: Office, case: Case, said: Said) -> None:
    """The reason that `/tutup` asked for."""
    if _still_allowed(uow, office, case, said, "tutup"):
        close_with_reason(uow, office, case, said, said.text.strip())


def _place(uow: UnitOfWork, office: Office, case: Case, said: Said) -> None:
    """The sentence of `Tempat`."""
    if _still_allowed(uow, office, case, said, "alihkan"):
        set_place(uow, office, case, said)


ANSWERS = {
    "selesai": _resolve, "bukan": _not_ours, "tanya": _ask_citizen, WORDS: _type_words, REASON: _close,
    "tempat": _place, WHY: keep_reason,
    handing_levels.WHY: handing_levels.begin, handing_levels.NO: handing_levels.refuse,
}  # fmt: skip
