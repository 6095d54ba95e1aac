"""/insiden: the breach register in the desk's chat: what, when found, whom it touches, what was done, 3 × 24 hours."""

import re

from bot.domain.errors import PressRefused
from bot.domain.incoming import Command
from bot.domain.rights import ANSWER_SECONDS, Incident, Kind
from bot.services.desk.admins import RIGHTS, objection
from bot.services.desk.notices import put_notice, refresh_notice
from bot.services.office import Office
from bot.services.ports import UnitOfWork
from bot.services.rights.registering import count, when

MOST = 10
FIELDS = {"dampak": "touched", "tindakan": "done"}
_MORE = re.compile(r"(\d{1,9})\s+(dampak|tindakan)\s*:?\s+(.+)", re.IGNORECASE | re.DOTALL)


def incident(uow: UnitOfWork, office: Office, command: Command) -> None:
    """`/insiden words` notes one; `/insiden 3 dampak words` and `… tindakan words` add to it; alone it lists them."""
    if why := objection(uow, office, command, RIGHTS):
        raise PressRefused(why)
    text = command.argument.strip()
    if not text:
        words = incident_list(uow, office)
        office.say(uow, command.chat, "plain", reply_to=command.message_id, text=words)
    elif more := _MORE.fullmatch(text):
        _add_to(uow, office, int(more[1]), FIELDS[more[2].casefold()], more[3].strip())
    else:
        note_incident(uow, office, text, by=command.sender.actor)


def note_incident(uow: UnitOfWork, office: Office, what: str, *, by: str, found_at: float | None = None) -> Incident:
    """Keep an incident; the desk sees it with its deadline."""
    now = office.clock()
    new = uow.rights.note_incident(Incident(0, what, found_at if found_at is not None else now, by))
    uow.cases.note(None, by, "incident", at=now, after=str(new.id))
    count(uow, office, "insiden", "kejadian")
    put_notice(uow, office, Kind.INCIDENT, new.id, seconds=new.found_at + ANSWER_SECONDS - now)
    return new


def incident_list(uow: UnitOfWork, office: Office) -> str:
    """The latest incidents, in full."""
    found = uow.rights.incidents(most=MOST)
    nothing = office.texts("rights.not_yet")
    lines = [
        office.texts(
            "rights.incident", number=each.id, what=each.what, when=when(office, each.found_at),
            touched=each.touched or nothing, done=each.done or nothing,
            told=when(office, each.told_at) if each.told_at else nothing,
        )
        for each in found
    ]  # fmt: skip
    return "\n\n".join([*lines, office.texts("rights.incident_how")])


def _add_to(uow: UnitOfWork, office: Office, incident_id: int, field: str, words: str) -> None:
    found = uow.rights.incident(incident_id)
    if found is None:
        raise PressRefused("rights.incident_how")
    earlier = str(getattr(found, field))
    uow.rights.change_incident(incident_id, **{field: f"{earlier}\n{words}".strip()})
    if standing := uow.notices.about(Kind.INCIDENT, incident_id):
        refresh_notice(uow, office, standing)
