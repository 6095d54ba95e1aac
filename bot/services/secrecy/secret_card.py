"""The card of a secret case: code, topic, urgency, state, deadline, and days instead of hours. No words of anybody.

In an emergency the duty chat also reads where help must go and whom to call (docs/adr/0007).
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.case import Case
from bot.domain.due import open_dues
from bot.domain.outgoing import CardLine, CardView, Rows
from bot.domain.privacy import mask
from bot.domain.records import Card, Entry
from bot.services.desk.offers import handover_lines
from bot.services.desk.placing import ALARM, INFORM, MAIN, kept
from bot.services.matters.merged_lines import merged_line, standing
from bot.services.moments import day_of, hushed, rules_of
from bot.services.office import Office
from bot.services.ports import UnitOfWork

HEARD = ("answer", "addition")


def secret_view(
    uow: UnitOfWork, office: Office, case: Case, card: Card, entries: Sequence[Entry], *, title: str, rows: Rows,
    phones: Sequence[str],
) -> CardView:  # fmt: skip
    """The card as a group may read it; `phones` are those that an alarm may show."""
    return CardView(
        title=title,
        lines=tuple(_facts(office, case, card, phones)),
        quote="",
        footer=tuple(_state(uow, office, case, card, entries)),
        rows=rows,
        colour=case.tags.urgency,
        silent=hushed(office, case),
        name="" if card.role == INFORM else case.code,
        sealed=True,
        tells_phone=case.tags.emergency and card.role == ALARM and bool(phones),
    )


def _facts(office: Office, case: Case, card: Card, phones: Sequence[str]) -> Iterable[CardLine]:
    yield CardLine(office.texts("card.secret"))
    yield CardLine(office.texts(f"topic.{case.tags.topic}"), office.texts("card.topic"))
    day = datetime.fromtimestamp(case.created_at, ZoneInfo(office.region.timezone)).strftime("%d-%m-%Y")
    yield CardLine(day, office.texts("card.time"))
    if case.tags.emergency and card.role == ALARM:
        place = mask(case.tags.location or "", keep=kept(case)).text
        yield CardLine(place or office.texts("card.no_place"), office.texts("card.place"))
        yield CardLine(", ".join(phones) or office.texts("card.no_phone"), office.texts("card.phone"))


def _state(uow: UnitOfWork, office: Office, case: Case, card: Card, entries: Sequence[Entry]) -> Iterable[CardLine]:
    heard = sum(each.kind in HEARD and each.author == "citizen" for each in entries)
    if heard:
        yield CardLine(office.texts("card.heard", count=heard), office.texts("card.from_citizen"))
    yield from merged_line(office, uow.cases.merged(case.id))
    if card.role == INFORM:
        yield CardLine(office.texts("card.inform_only", unit=office.unit_name(case.unit)))
    yield from _instead(uow, office, case, card)
    yield from handover_lines(uow, office, case, card)
    if card.role == MAIN:
        yield from _deadline(uow, office, case)
    status = standing(uow, office, case)
    if case.taken_by and case.open:
        status = office.texts("card.taken", status=status, name=case.taken_by)
    yield CardLine(status, office.texts("card.status"))


def _instead(uow: UnitOfWork, office: Office, case: Case, card: Card) -> Iterable[CardLine]:
    """Why the card stands here and not with its unit: that has no chat, or shares one with who is complained about."""
    own = uow.desks.chat_of(case.unit)
    if card.role == MAIN and (own is None or (own.channel, own.chat_id) != (card.channel, card.chat_id)):
        key = "card.no_chat_apart" if own else "card.no_chat"
        yield CardLine(office.texts(key, unit=office.unit_name(case.unit)))


def _deadline(uow: UnitOfWork, office: Office, case: Case) -> Iterable[CardLine]:
    """The next deadline by its day: its hour would be that of the report."""
    if not case.open or not office.region.deadlines.rules:
        return
    past = uow.clock.past([case])[case.id]
    dues = open_dues(case, past.history, rules_of(office), answered=past.answered)
    first = dues[0] if dues else None
    if first is None:
        return
    step = office.texts(f"clock.step.{first.step}")
    if first.at is None:
        yield CardLine(office.texts("card.paused", step=step), office.texts("card.due"))
    elif first.late(office.clock()):
        yield CardLine(office.texts("card.late", step=step, when=day_of(office, first.at)))
    else:
        yield CardLine(office.texts("card.due_at", when=day_of(office, first.at), step=step), office.texts("card.due"))
