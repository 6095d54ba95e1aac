"""Photos that staff send to show what was done: asked for, taken, told to the citizens."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.domain.case import Case
from bot.domain.counter import KANTOR
from bot.domain.incoming import Attachment, Chat, Said
from bot.domain.life import Status
from bot.domain.outgoing import CardLine, Outgoing, Priority, Rows, SendProof, Text
from bot.domain.proof import (
    EARLY_SECONDS,
    HOLDS,
    LARGEST,
    MOST_PHOTOS,
    Evidence,
    Note,
    Proof,
    Stage,
    late_photo,
    together,
    wants_photo,
)
from bot.domain.region import DESK
from bot.services.citizens.confirming import choice
from bot.services.citizens.telling import reporters
from bot.services.desk.placing import MAIN, linked_cards, refresh
from bot.services.office import Office
from bot.services.ports import UnitOfWork
from bot.services.proof.proof_words import PROOF, flag, offer

PICTURES = ("image/jpeg", "image/png", "image/webp")
NO_ROWS: Rows = ()
WRONGS = ("kind", "broken", "huge", "tiny", "away")


@dataclass(frozen=True)
class Finding:
    """What came of looking at a photo. `wrong`: why it cannot be taken."""

    notes: tuple[Note, ...] = ()
    wrong: str = ""


def begin_proof(uow: UnitOfWork, office: Office, case: Case, said: Said, *, noted: str) -> bool:
    """After the sentence of `Selesai`: take the photo that came with it or ask for one; False where none is wanted."""
    if not wanted(office, case):
        return False
    now = office.clock()
    uow.evidence.begin(case.id, case.unit, by=said.sender.actor, at=now)
    lines, rows = [office.texts(noted, code=case.code)], NO_ROWS
    if take_photos(uow, office, case, said):
        lines.append(office.texts("proof.with_it"))
    else:
        lines.append(office.texts("proof.ask"))
        rows = offer(office, case) if _early(uow, case, now) else ()
    _say(uow, office, case, said.chat, "\n".join(lines), reply_to=said.message_id, rows=rows)
    return True


def wanted(office: Office, case: Case) -> bool:
    """Whether this case, once done, wants a photo."""
    return wants_photo(case, office.region.proof, office.region.topics.shown)


def take_photos(uow: UnitOfWork, office: Office, case: Case, said: Said) -> bool:
    """Keep the photos of a message as proof, or for later where the case is not done; whether there were any."""
    if not said.attachments or not wanted(office, case) or not (case.open or late_photo(case)):
        return False
    now, late = office.clock(), late_photo(case)
    proving = uow.evidence.proving(case.id)
    if late and (proving is None or (case.status is Status.SELESAI and proving.state is not Proof.TANPA)):
        return False
    good = [file for file in said.attachments if _is_picture(file)]
    room = MOST_PHOTOS - len([each for each in uow.evidence.of_case(case.id) if late and each.at >= _since(uow, case)])
    if late and (not good or any((file.size or 0) > LARGEST for file in good)):
        key = "proof.wrong.size" if good else "proof.wrong.kind"
        _say(uow, office, case, said.chat, office.texts(key, code=case.code), reply_to=said.message_id)
    good = [file for file in good if (file.size or 0) <= LARGEST][: max(0, room)]
    uow.evidence.attach(case.id, good, said, stage=Stage.BARU if late else Stage.DINI, at=now)
    return bool(good)


def use_early(uow: UnitOfWork, office: Office, case: Case) -> bool:
    """`Pakai foto tadi`: what was sent before `Selesai` is the proof; whether there was any."""
    now = office.clock()
    early = _early(uow, case, now) if late_photo(case) and uow.evidence.proving(case.id) else []
    for each in early:
        uow.evidence.change(each.id, stage=Stage.BARU, at=now)
    return bool(early)


def conclude(uow: UnitOfWork, office: Office, case: Case, found: Mapping[int, Finding]) -> None:
    """Photos were looked at: citizens get the good ones, an admin those that are like another picture."""
    new = [each for each in uow.evidence.of_case(case.id) if each.stage is Stage.BARU and each.id in found]
    watched = uow.desks.chat_of(DESK) is not None
    staged = {each.id: _stage(found[each.id], watched=watched) for each in new}
    for each in new:
        uow.evidence.change(each.id, stage=staged[each.id], notes=found[each.id].notes)
        uow.cases.note(case.id, "wadul", f"proof_{staged[each.id]}", at=office.clock(), after=str(each.id))
    settle(uow, office, case)
    good = [each for each in new if staged[each.id] is Stage.SAH]
    taken = show_reporters(uow, office, case, good)
    for each in new:
        if found[each.id].notes and not found[each.id].wrong:
            flag(uow, office, case, each)
    for message_id, of_message in _by_message(new).items():
        _answer(uow, office, case, message_id, of_message, staged, found, taken=taken)


def settle(uow: UnitOfWork, office: Office, case: Case) -> None:
    """Work out how far the case is proven, and show it on its cards."""
    since = _since(uow, case)
    stages = [each.stage for each in uow.evidence.of_case(case.id) if each.at >= since]
    uow.evidence.settle(case.id, together(stages))
    if Stage.DICEK in stages:
        uow.clock.postpone(case.id, until=office.clock())  # from now on the desk is reminded
    refresh(uow, office, case)


def show_reporters(uow: UnitOfWork, office: Office, case: Case, photos: Sequence[Evidence]) -> str:
    """Everybody who reported it gets the photos, with the question whether it is put right where that is open.

    Who has no chat is told that there are some, and sees them at the counter. Returns the key of what staff read of it.
    """
    taken = "proof.taken"
    if not photos or not late_photo(case):
        return taken
    asking = case.status is Status.MENUNGGU_KONFIRMASI
    for person, own in reporters(uow, case):
        unit = office.unit_name(case.unit, own.register)
        if person.channel == KANTOR:
            office.tell(uow, person, "call.proof", register=own.register, case=own, code=own.code, unit=unit)
            taken = taken if taken == "proof.sent" else "proof.called"
            continue
        caption = office.texts("told.proof", own.register, code=own.code, unit=unit)
        rows = choice(office, own) if asking else ()
        intent = SendProof(own.id, tuple(each.media_id for each in photos), caption, rows)
        uow.outbox.put(Outgoing(person.channel, person.chat_id, intent), now=office.clock())
        taken = "proof.sent"
    return taken


def shown(uow: UnitOfWork, case: Case) -> list[Evidence]:
    """The photos that its reporters may see: the good ones since it was called done last."""
    since = _since(uow, case)
    every = uow.evidence.of_case(case.id) if late_photo(case) else []
    return [each for each in every if each.stage is Stage.SAH and each.at >= since]


def ask_anew(uow: UnitOfWork, office: Office, case: Case, key: str) -> bool:
    """Ask under the card for a photo; False where no card stands."""
    card = next((each for each in linked_cards(uow, case) if each.role == MAIN), None)
    if card is None:
        return False
    office.say_at_card(uow, card, office.texts(key, code=case.code), role=PROOF, priority=Priority.CARD)
    return True


def proof_line(uow: UnitOfWork, office: Office, case: Case) -> Sequence[CardLine]:
    """`Bukti`: whether a photo shows what was done."""
    proving = uow.evidence.proving(case.id) if late_photo(case) else None
    if proving is None:
        return []
    head = "" if proving.state is Proof.TANPA else office.texts("card.proof")
    return [CardLine(office.texts(f"proof.state.{proving.state}"), head)]


def _stage(found: Finding, *, watched: bool) -> Stage:
    if found.wrong:
        return Stage.RUSAK
    held = watched and any(note.doubt in HOLDS for note in found.notes)
    return Stage.DICEK if held else Stage.SAH


def _since(uow: UnitOfWork, case: Case) -> float:
    """When the case was called done last: what was sent before belongs to another round."""
    proving = uow.evidence.proving(case.id)
    return proving.at if proving else 0.0


def _early(uow: UnitOfWork, case: Case, now: float) -> list[Evidence]:
    return [
        each for each in uow.evidence.of_case(case.id) if each.stage is Stage.DINI and now - each.at <= EARLY_SECONDS
    ]


def _by_message(every: Sequence[Evidence]) -> dict[str, list[Evidence]]:
    found: dict[str, list[Evidence]] = {}
    for each in every:
        found.setdefault(each.message_id, []).append(each)
    return found


def _answer(
    uow: UnitOfWork, office: Office, case: Case, message_id: str, photos: Sequence[Evidence],
    staged: Mapping[int, Stage], found: Mapping[int, Finding], *, taken: str,
) -> None:  # fmt: skip
    """Whoever sent them reads what became of them: once for a message, however many photos it had."""
    stages = {staged[each.id] for each in photos}
    lines = []
    if Stage.SAH in stages:
        lines.append(office.texts(taken, code=case.code))
    if Stage.DICEK in stages:
        lines.append(office.texts("proof.looked_at", code=case.code))
    wrongs = dict.fromkeys(found[each.id].wrong for each in photos if found[each.id].wrong)
    lines += [office.texts(f"proof.wrong.{wrong if wrong in WRONGS else 'broken'}", code=case.code) for wrong in wrongs]
    head = photos[0]
    chat = Chat(head.channel, head.chat_id, private=False, thread_id=head.thread_id)
    _say(uow, office, case, chat, "\n".join(lines), reply_to=message_id)


def _say(
    uow: UnitOfWork, office: Office, case: Case, chat: Chat, text: str, *, reply_to: str, rows: Rows = ()
) -> None:
    """Say something in the group to which a photo is the answer."""
    intent = Text(text, reply_to=reply_to, rows=rows, case_id=case.id, role=PROOF)
    uow.outbox.put(Outgoing(chat.channel, chat.id, intent, thread_id=chat.thread_id), now=office.clock())


def _is_picture(file: Attachment) -> bool:
    """A photo, or a picture that was sent as a file."""
    mime = file.mime.partition(";")[0].casefold()
    return mime in PICTURES or (file.kind == "photo" and not mime)
