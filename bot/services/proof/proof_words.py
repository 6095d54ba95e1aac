"""What admins and the head read of a photo that is like another picture, and what they may press under it."""

from collections.abc import Iterator, Sequence

from bot.domain import buttons
from bot.domain.case import Case
from bot.domain.outgoing import Button, Rows, ShowPair
from bot.domain.proof import Doubt, Evidence, Note
from bot.domain.region import DESK
from bot.services.desk.heads import head_chat
from bot.services.office import Office
from bot.services.ports import UnitOfWork

PROOF = "proof"  # the role of a message to which a photo is the answer
ELSEWHERE = frozenset({Doubt.EARLIER, Doubt.OTHER})
USE, FINE, ANEW = "pakai", "wajar", "baru"


def offer(office: Office, case: Case) -> Rows:
    """The button for a photo that was sent before `Selesai`."""
    return ((_key(office, case, USE),),)


def flag(uow: UnitOfWork, office: Office, case: Case, photo: Evidence) -> None:
    """The desk and the head see a photo beside what it is like; the desk decides."""
    chats = []
    for chat in (uow.desks.chat_of(DESK), head_chat(uow, office, case)):
        place = (chat.channel, chat.chat_id, chat.thread_id) if chat else None
        if chat and place not in chats:
            chats.append(place)
            office.post(uow, chat, ShowPair(photo.id, decides=chat.unit == DESK))


def words(uow: UnitOfWork, office: Office, case: Case, photo: Evidence, *, end: str = "") -> str:
    """What is said of a photo; `end`: what was decided."""
    unit = office.unit_name(case.unit)
    lines = [office.texts("proof.flag", code=case.code, unit=unit, name=photo.name or "Petugas")]
    lines += [f"• {line}" for line in _notes(uow, office, photo.notes)]
    lines.append(end or office.texts("proof.flag_end"))
    return "\n".join(lines)


def _notes(uow: UnitOfWork, office: Office, notes: Sequence[Note]) -> Iterator[str]:
    for note in notes:
        other = _case_of(uow, note.media_id)
        if other and note.doubt in ELSEWHERE and is_closed(other):
            yield office.texts("proof.note.rahasia", code=other.code)
            continue
        code, unit = (other.code, office.unit_name(other.unit)) if other else ("–", "–")
        yield office.texts(f"proof.note.{note.doubt}", code=code, unit=unit, value=note.value)


def is_closed(case: Case) -> bool:
    """Whether those who look at a photo of another case may read no more of this one than its code."""
    return case.secret or bool(case.accused)


def _case_of(uow: UnitOfWork, media_id: int | None) -> Case | None:
    held = uow.evidence.files([media_id]).get(media_id) if media_id is not None else None
    return uow.cases.by_id(held[0].case_id) if held else None


def decisions(office: Office, case: Case, photo: Evidence) -> Rows:
    """What an admin may press."""
    return ((_key(office, case, FINE, photo.id), _key(office, case, ANEW, photo.id)),)


def _key(office: Office, case: Case, action: str, evidence_id: int | None = None) -> Button:
    argument = action if evidence_id is None else f"{action}:{evidence_id}"
    return Button(office.texts(f"button.proof_{action}"), buttons.encode(buttons.PROOF, case.code, argument))
