"""The morning digest: what need not disturb anybody comes together in one message for each group, on working days."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from bot.domain.case import Case
from bot.domain.due import open_dues
from bot.domain.heads import headed
from bot.domain.outgoing import Outgoing, Priority, Text
from bot.domain.records import UnitChat
from bot.domain.region import DESK, DUTY, HEAD
from bot.domain.secrecy import is_apart
from bot.services.desk.heads import heard_by
from bot.services.moments import age_of, day_of, rules_of, weekday, written
from bot.services.office import Office
from bot.services.ports import UnitOfWork

MOST_LINES = 20
MOST_CASES = 1000
SECTIONS = ("late", "soon", "new")


@dataclass(frozen=True)
class Morning:
    """One group's digest: the chat, its key, and the text, empty where there is nothing to tell."""

    chat: UnitChat
    place: str
    text: str


def opened_today(office: Office, now: float) -> float | None:
    """Today's time of the digest; None while it is not there yet, and on days on which nobody works."""
    quiet, calendar = office.region.quiet, office.region.calendar
    today = quiet.local_day(now)
    opens = quiet.next_digest(calendar.midnight(today) - 1)
    return opens if calendar.is_working(today) and opens <= now and not quiet.is_quiet(now) else None


def gather(uow: UnitOfWork, office: Office, *, opened: float, now: float) -> list[Morning]:
    """The digest of every linked group that has not had today's."""
    chats: dict[str, list[UnitChat]] = {}
    every = uow.desks.all_links()
    linked = {link.unit for link in every}
    for link in every:
        chats.setdefault(f"{link.channel}|{link.chat_id}|{link.thread_id or ''}", []).append(link)
    mornings: list[Morning] = []
    for place, links in chats.items():
        last = uow.clock.last_digest(place)
        if last is None or last < opened:
            units = _units(uow, office, links)
            sitting = [link.unit for link in uow.desks.units_in(links[0].channel, links[0].chat_id)]
            heard = _hears_late(office, links, linked)
            text = _text(uow, office, units, heard=heard, sitting=sitting, last=last or 0.0, now=now)
            mornings.append(Morning(links[0], place, text))
    return mornings


def send(uow: UnitOfWork, office: Office, morning: Morning, *, opened: float, now: float) -> None:
    """Send a group's digest, unless another process just did."""
    chat = morning.chat
    if uow.clock.begin_digest(morning.place, opened=opened, now=now) and morning.text:
        intent = Text(morning.text)
        uow.outbox.put(Outgoing(chat.channel, chat.chat_id, intent, Priority.CARD, chat.thread_id), now=now)


def _units(uow: UnitOfWork, office: Office, links: Sequence[UnitChat]) -> list[str]:
    """The units whose cases stand in a chat; the desk has those of departments without one."""
    units = [link.unit for link in links if link.unit not in (DUTY, HEAD) and not headed(link.unit)]
    if DESK in units:
        units += [each.id for each in office.region.departments if uow.desks.chat_of(each.id) is None]
    return units


def _hears_late(office: Office, links: Iterable[UnitChat], linked: Collection[str]) -> list[str]:
    """The units of whose late cases a head hears here."""
    here = {link.unit for link in links}
    return heard_by(office.region, here, linked) if office.region.reminders.escalate else []


def _text(
    uow: UnitOfWork, office: Office, units: Sequence[str], *, heard: Sequence[str], sitting: Sequence[str],
    last: float, now: float,
) -> str:  # fmt: skip
    """The whole message; a head hears, once, of the cases of the units `heard` that have become late since the last.

    `sitting` are the units whose people read it: what complains about one of them is left out.
    """
    found: dict[str, dict[int, str]] = {section: {} for section in SECTIONS}
    low = [case for case in uow.clock.low(units, limit=MOST_CASES) if not is_apart(case, sitting)] if units else []
    _sort(uow, office, found, low, last=last, now=now)
    if every := [unit for unit in heard if unit not in units]:
        also: dict[str, dict[int, str]] = {section: {} for section in SECTIONS}
        low = [case for case in uow.clock.low(every, limit=MOST_CASES) if not is_apart(case, sitting)]
        _sort(uow, office, also, low, last=last, now=now, late_since=last)
        found["late"] |= also["late"]
    return _layout(office, found, now)


def _sort(
    uow: UnitOfWork, office: Office, found: dict[str, dict[int, str]], cases: Sequence[Case], *, last: float,
    now: float, late_since: float = 0.0,
) -> None:  # fmt: skip
    """Put each case's line where it belongs: late, due soon, or new since the last digest; or nowhere."""
    rules = rules_of(office)
    past = uow.clock.past(cases)
    for case in cases:
        dues = open_dues(case, past[case.id].history, rules, answered=past[case.id].answered)
        first = dues[0] if dues else None
        if first and first.at and first.late(now):
            if first.at >= late_since:
                found["late"][case.id] = _line(office, case, now, at=first.at)
        elif first and first.at and first.soon is not None and first.soon <= now:
            found["soon"][case.id] = _line(office, case, now, at=first.at)
        elif case.created_at > last:
            found["new"][case.id] = _line(office, case, now)


def _line(office: Office, case: Case, now: float, *, at: float | None = None) -> str:
    topic, age = office.texts(f"topic.{case.tags.topic}"), age_of(office, case, now)
    if at is None:
        return office.texts("clock.digest_line", code=case.code, topic=topic, age=age)
    when = day_of(office, at) if case.secret else written(office, at)
    return office.texts("clock.digest_due", code=case.code, topic=topic, age=age, when=when)


def _layout(office: Office, found: dict[str, dict[int, str]], now: float) -> str:
    """Sections with their heads, at most so many lines of cases in all."""
    count = sum(len(lines) for lines in found.values())
    if not count:
        return ""
    day = office.region.calendar.local_day(now)
    parts = [office.texts("clock.digest", when=f"{weekday(office, day)} {day:%d-%m}")]
    room = MOST_LINES
    for section, lines in found.items():
        if shown := list(lines.values())[:room]:
            parts += ["", office.texts(f"clock.section.{section}", count=len(lines)), *shown]
        room -= len(shown)
    if count > MOST_LINES:
        parts += ["", office.texts("clock.digest_more", count=count - MOST_LINES)]
    return "\n".join(parts)
