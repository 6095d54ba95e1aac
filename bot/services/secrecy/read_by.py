"""Tell people who read what of theirs: the unit and the day, never an officer's name."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.case import Case
from bot.services.office import Office
from bot.services.ports import UnitOfWork

LATEST = 5


def read_by(uow: UnitOfWork, office: Office, case: Case, register: str) -> str:
    """The latest readings of a case as its reporter may know them; empty where nobody read anything."""
    zone = ZoneInfo(office.region.timezone)
    days = (
        (office.unit_name(each.unit, register), datetime.fromtimestamp(each.at, zone).strftime("%d-%m-%Y"))
        for each in uow.readings.of_case(case.id)
    )
    lines = [f"– {unit}, {day}" for unit, day in dict.fromkeys(days)][-LATEST:]
    return office.texts("status.read_by", register, lines="\n".join(lines)) if lines else ""
