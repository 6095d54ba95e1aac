"""What a citizen reads of their meeting with the head: when, where, under which number; and its buttons."""

from bot.domain import buttons
from bot.domain.appointments import Appointment
from bot.domain.calendar import local
from bot.domain.labels import NOT_A_REPORT
from bot.domain.outgoing import Button, Rows
from bot.services.moments import WEEKDAYS
from bot.services.office import Office

MOVE, CANCEL, WAIT, REPORT, TAKE = "pindah", "batal", "tunggu", "lapor", "ambil"


def booked_words(office: Office, booked: Appointment) -> tuple[str, Rows]:
    """The number, the time, the place; and what may still be done with it."""
    opening = office.region.openings.get(booked.head)
    if opening is None or booked.slot is None:
        return office.texts("temu.none", booked.register), ()
    when = spoken_slot(office, booked.slot, booked.register)
    fields = {"number": booked.number, "when": when, "whom": opening.whom, "where": opening.where}
    text = office.texts("temu.booked", booked.register, subject=booked.subject, **fields)
    rows: list[tuple[Button, ...]] = [
        (button(office, booked, "temu.button.pindah", MOVE), button(office, booked, "temu.button.batal", CANCEL))
    ]
    if booked.case_id is None and office.tagger.tag(booked.subject).kind != NOT_A_REPORT:
        rows.append((button(office, booked, "temu.button.lapor", REPORT),))
    return text, tuple(rows)


def offered_words(office: Office, has: Appointment) -> tuple[str, Rows]:
    """A place became free: whoever waited longest may take it, until then it is theirs."""
    when = spoken_slot(office, has.slot or 0.0, has.register)
    until = spoken_slot(office, has.hold_until or 0.0, has.register)
    rows = ((button(office, has, "temu.button.ambil", TAKE), button(office, has, "temu.button.batal", CANCEL)),)
    return office.texts("temu.offered", has.register, when=when, until=until), rows


def button(office: Office, has: Appointment, key: str, what: str) -> Button:
    """A button of this appointment."""
    return Button(office.texts(key, has.register), buttons.encode(buttons.MEET, str(has.id), what))


def spoken_slot(office: Office, moment: float, register: str) -> str:
    """A time as people say it, in their register: Selasa 24-11 pukul 09.00."""
    at = local(moment, office.region.timezone)
    day = office.texts(f"hari.{WEEKDAYS[at.weekday()]}", register)
    return office.texts("temu.when", register, day=day, date=f"{at:%d-%m}", time=f"{at:%H.%M}")
