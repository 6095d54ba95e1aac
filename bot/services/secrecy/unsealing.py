"""`Buka`: a named person reads a secret case in their private chat, masked as cards are; every opening is logged."""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.case import Case
from bot.domain.errors import PressRefused
from bot.domain.incoming import Sender
from bot.domain.outgoing import Outgoing, SendFiles, Text
from bot.domain.privacy import mask
from bot.domain.readings import Reading, Why
from bot.domain.records import REPORTED, Card, Entry
from bot.domain.region import DUTY, HEAD
from bot.domain.roles import Role
from bot.domain.secrecy import is_apart
from bot.services.desk.hands import Hand
from bot.services.desk.placing import ALARM, kept, quoted
from bot.services.desk.roles import role_of
from bot.services.office import Office
from bot.services.ports import UnitOfWork


def open_secret(uow: UnitOfWork, office: Office, hand: Hand) -> str:
    """Send the content to the presser alone; the toast, or PressRefused with why not."""
    case, sender = hand.case, hand.pressed.sender
    if not case.secret:
        raise PressRefused("toast.not_secret")
    if not may_open(uow, office, sender, case, hand.card):
        raise PressRefused("toast.not_reader")
    reader = uow.people.find(sender.channel, sender.id)
    if reader is None or reader.blocked:
        raise PressRefused("toast.open_first")
    cases = [case, *uow.cases.merged(case.id)]
    text = "\n\n".join(_content(uow, office, each) for each in cases)
    _send(uow, office, reader.channel, reader.chat_id, Text(office.texts("card.opened", text=text)))
    for each in cases:
        files = tuple(media.id for media in uow.cases.media(each.id))
        if files:
            _send(uow, office, reader.channel, reader.chat_id, SendFiles(files))
        log_reading(
            uow, office, each, reader=sender.actor, unit=unit_of(uow, hand.card), why=Why.OPENED,
            kinds=("isi", *(("berkas",) if files else ())),
        )  # fmt: skip
    return office.texts("toast.opened")


def may_open(uow: UnitOfWork, office: Office, sender: Sender, case: Case, card: Card) -> bool:
    """Whether somebody may read it: those named for the unit (of an alarm the duty's too); where nobody is named,
    heads and admins. A head who is complained about never."""
    head = role_of(uow, sender) is Role.KEPALA
    if head and is_apart(case, (HEAD,)):
        return False
    units = (case.unit, DUTY) if card.role == ALARM else (case.unit,)
    named = {actor for unit in units for actor in named_readers(uow, office, unit)}
    return sender.actor in named if named else head or office.is_admin(uow, sender)


def named_readers(uow: UnitOfWork, office: Office, unit: str) -> list[str]:
    """Who may open what is secret in a unit, by wadul.toml and by an admin's word."""
    department = office.region.department(unit)
    listed = department.secret_readers if department else ()
    return list(dict.fromkeys([*listed, *(each.actor for each in uow.secret_readers.of(unit))]))


def log_reading(
    uow: UnitOfWork, office: Office, case: Case, *, reader: str, unit: str, why: Why, kinds: Iterable[str]
) -> None:
    """Write down who read what of a case, and of whom."""
    uow.readings.add(Reading(office.clock(), reader, unit, case.id, case.person_id, tuple(kinds), why))
    if why is Why.OPENED:
        uow.cases.note(case.id, reader, "opened_secret", at=office.clock(), after=",".join(kinds))


def unit_of(uow: UnitOfWork, card: Card) -> str:
    """The unit in whose chat a card stands."""
    links = uow.desks.units_in(card.channel, card.chat_id)
    return card.unit if any(link.unit == card.unit for link in links) or not links else links[0].unit


def _content(uow: UnitOfWork, office: Office, case: Case) -> str:
    """What was told, then what was said since, in order."""
    entries = uow.cases.entries(case.id)
    words = quoted(office, entries, keep=kept(case)) or office.texts("card.no_words")
    head = f"{case.code} · {office.texts(f'topic.{case.tags.topic}')}"
    parts = [head, f"{office.texts('card.time')}: {_day(office, case.created_at)}"]
    if case.tags.location:
        parts.append(f"{office.texts('card.place')}: {mask(case.tags.location, keep=kept(case)).text}")
    parts.append(f"“{words}”")
    parts += [_said(office, each) for each in entries if each.kind not in REPORTED and each.text.strip()]
    return "\n".join(parts)


def _said(office: Office, entry: Entry) -> str:
    head = office.texts(f"entry.{entry.kind}", name=entry.name)
    return f"{_day(office, entry.at)} · {head}: {mask(entry.text).text}"


def _day(office: Office, at: float) -> str:
    return datetime.fromtimestamp(at, ZoneInfo(office.region.timezone)).strftime("%d-%m-%Y")


def _send(uow: UnitOfWork, office: Office, channel: str, chat_id: str, intent: Text | SendFiles) -> None:
    uow.outbox.put(Outgoing(channel, chat_id, intent), now=office.clock())
