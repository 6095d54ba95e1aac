"""The register: what was erased, destroyed, refused or barred, by day and class; it names nobody. `/register`."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.errors import PressRefused
from bot.domain.incoming import Command
from bot.domain.rights import Line
from bot.services.desk.admins import RIGHTS, objection
from bot.services.office import Office
from bot.services.ports import UnitOfWork

MOST = 30
INCIDENTS = 5


def count(uow: UnitOfWork, office: Office, what: str, group: str, number: int = 1) -> None:
    """Add to today's line."""
    if number:
        now = office.clock()
        day = office.region.calendar.local_day(now).isoformat()
        uow.rights.count(what, group, number, day=day, at=now)


def show_register(uow: UnitOfWork, office: Office, command: Command) -> None:
    """`/register` in the desk's chat."""
    if why := objection(uow, office, command, RIGHTS):
        raise PressRefused(why)
    text = register_text(uow, office)
    office.say(uow, command.chat, "plain", reply_to=command.message_id, text=text)


def register_text(uow: UnitOfWork, office: Office, *, most: int = MOST) -> str:
    """The latest lines, what waits now, and the latest incidents."""
    lines = [_line(office, each) for each in uow.rights.lines(most=most)]
    waiting = [
        office.texts("rights.waits", kind=office.texts(f"rights.kind.{each.kind}"), due=when(office, each.due_at))
        for each in uow.notices.standing()
    ]
    incidents = [
        office.texts("rights.incident_line", number=each.id, when=when(office, each.found_at), what=each.what)
        for each in uow.rights.incidents(most=INCIDENTS)
    ]
    parts = [("rights.register", lines), ("rights.register_waits", waiting), ("rights.register_incidents", incidents)]
    nothing = office.texts("rights.nothing")
    return "\n\n".join("\n".join([office.texts(key), *(found or [nothing])]) for key, found in parts)


def when(office: Office, at: float) -> str:
    """A moment as the office writes it."""
    return datetime.fromtimestamp(at, ZoneInfo(office.region.timezone)).strftime("%d-%m-%Y %H.%M")


def _line(office: Office, line: Line) -> str:
    return office.texts(
        "rights.line", when=when(office, line.at)[:10], what=office.texts(f"rights.what.{line.what}"),
        group=office.texts(f"rights.group.{line.group}"), count=line.count,
    )
