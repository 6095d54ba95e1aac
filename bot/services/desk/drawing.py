"""Draw a card as it must stand now: the words, the state, the buttons that this state allows."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain import buttons
from bot.domain.case import PERSON, PLACE, WORDS, Case
from bot.domain.clock import PRESSING
from bot.domain.correcting import in_region
from bot.domain.lengths import cut, fitting
from bot.domain.life import Status, allowed
from bot.domain.outgoing import Button, CardLine, CardView, Rows
from bot.domain.privacy import mask, phones
from bot.domain.records import Card, Entry, Media, told
from bot.domain.region import DESK
from bot.domain.routing import owner_of
from bot.services.desk.menus import menu_rows, row
from bot.services.desk.offers import OFFER, call_back_row, handover_lines, offer_rows
from bot.services.desk.placing import ALARM, INFORM, MAIN, QUOTE_UNITS, kept, quoted
from bot.services.desk.road_lines import road_line
from bot.services.matters.merged_lines import said_lines, standing
from bot.services.matters.twin_lines import twin_lines, twin_rows
from bot.services.moments import deadline_line, hushed
from bot.services.office import Office
from bot.services.ports import UnitOfWork
from bot.services.proof.proving import proof_line
from bot.services.secrecy.apart import read_by_accused
from bot.services.secrecy.revealing import masked_parts
from bot.services.secrecy.secret_card import secret_view
from bot.services.visits.calling import counter_line

OUTCOME_UNITS = 500
NAME_PLACE_UNITS = 40
REASONS = 4  # words that are named for a tag
OUTCOMES = {
    Status.MENUNGGU_KONFIRMASI: "outcome.selesai",
    Status.SELESAI: "outcome.selesai",
    Status.DIBUKA_KEMBALI: "outcome.earlier",
    Status.BUKAN_WEWENANG: "outcome.bukan_wewenang",
    Status.DITUTUP: "outcome.ditutup",
}


def draw(uow: UnitOfWork, office: Office, card: Card) -> CardView | None:
    """The card as of now; None where its case is gone."""
    case = uow.cases.by_id(card.case_id)
    if case is None:
        return None
    if card.retired:
        calmer = card.role == ALARM and not case.tags.emergency
        key = "card.alarm_over" if calmer else "card.retired"
        apart = read_by_accused(uow, case, card.channel, card.chat_id, card.unit)
        key = "card.retired_apart" if apart else key
        over = office.texts(key, unit=office.unit_name(case.unit))
        return CardView(case.code, (CardLine(over),), "", colour=case.tags.urgency)
    title = f"{office.texts(f'urgency.{case.tags.urgency}')} · {case.code}"
    if card.role == ALARM:
        title = office.texts("card.alarm", code=case.code)
    entries = uow.cases.entries(case.id)
    numbers = _phones(uow, case, entries) if case.tags.emergency and card.role == ALARM else []
    if case.secret:
        rows = _rows(uow, office, case, entries, card)
        return secret_view(uow, office, case, card, entries, title=title, rows=rows, phones=numbers)
    return CardView(
        title=title,
        lines=tuple(_facts(uow, office, case, entries, card, phones=numbers)),
        quote=_quote(office, case, entries),
        footer=tuple(_state(uow, office, case, entries, uow.cases.media(case.id), card)),
        rows=_rows(uow, office, case, entries, card),
        colour=case.tags.urgency,
        silent=hushed(office, case),
        name="" if card.role == INFORM else room_name(office, case),
        tells_phone=bool(numbers),
    )


def room_name(office: Office, case: Case) -> str:
    """What a thread or forum topic for a case may be called. A place that holds personal data is left out."""
    if case.secret:
        return case.code
    parts = [case.code, office.texts(f"topic.{case.tags.topic}")]
    place = " ".join((case.tags.location or "").split())
    if place and mask(place).text == place:
        parts.append(cut(place, NAME_PLACE_UNITS))
    return " · ".join(parts)


def _facts(
    uow: UnitOfWork, office: Office, case: Case, entries: list[Entry], card: Card, *, phones: Sequence[str]
) -> Iterable[CardLine]:
    tags = case.tags
    keep = kept(case)
    topics = office.texts(f"topic.{tags.topic}")
    if tags.further:
        names = ", ".join(office.texts(f"topic.{t}") for t in tags.further)
        topics = office.texts("card.topics", topic=topics, further=names)
    yield CardLine(f"{topics} · {office.texts(f'kind.{tags.kind}')}", office.texts("card.topic"))
    yield CardLine(mask(_place(office, case, entries), keep=keep).text, office.texts("card.place"))
    when = datetime.fromtimestamp(case.created_at, ZoneInfo(office.region.timezone)).strftime("%d-%m-%Y %H.%M")
    yield CardLine(f"{when} · {office.texts(f'language.{tags.language}')}", office.texts("card.time"))
    if case.anonymous:
        yield CardLine(office.texts("card.anonymous"), office.texts("card.citizen"))
    yield from counter_line(uow, office, case)
    yield CardLine(_certainty(office, case), office.texts("card.certainty"))
    yield from road_line(office, case, entries)
    if tags.unsure and case.unit == DESK and tags.model is not None:
        yield from _reasons(office, case, entries, keep=keep)
    if tags.emergency and card.role == ALARM:
        yield CardLine(", ".join(phones) or office.texts("card.no_phone"), office.texts("card.phone"))


def _place(office: Office, case: Case, entries: list[Entry]) -> str:
    point = next((e for e in reversed(entries) if e.lat is not None), None)
    known = (case.tags.location, f"{point.lat:.5f}, {point.lon:.5f}" if point else None)
    missing = "card.place_asked" if case.awaiting == PLACE else "card.no_place"
    return " · ".join(filter(None, known)) or office.texts(missing)


def _phones(uow: UnitOfWork, case: Case, entries: list[Entry]) -> list[str]:
    if case.anonymous:
        return []
    person = uow.people.by_id(case.person_id)
    shared = [person.phone] if person and person.phone else []
    told = [number for e in entries if e.author == "citizen" for number in phones(e.text)]
    return list(dict.fromkeys([*shared, *told]))


def _certainty(office: Office, case: Case) -> str:
    tags = case.tags
    if tags.set_by == PERSON:
        return office.texts("card.by_person")
    if tags.model is None:
        return office.texts("card.by_rules")
    percent = round(tags.p_topic * 100)
    return office.texts("card.unsure" if tags.unsure else "card.sure", percent=percent)


def _reasons(office: Office, case: Case, entries: list[Entry], *, keep: Collection[str]) -> Iterable[CardLine]:
    """The words that carried the topic, and what made it pressing, of those that the card shows anyway."""
    found = office.tagger.explain("\n".join(entry.text for entry in told(entries)))
    shown = quoted(office, entries, keep=keep)
    titles = (office.texts("card.because_topic"), office.texts("card.because_urgency"))
    pressing = found.urgency if case.tags.urgency in PRESSING else ()
    for title, words in zip(titles, (found.topic, pressing), strict=True):
        if seen := [word for word in words if word in shown][:REASONS]:
            yield CardLine(", ".join(seen), title)


def _quote(office: Office, case: Case, entries: list[Entry]) -> str:
    nothing = office.texts("card.erased" if case.erased else "card.no_words")
    text = quoted(office, entries, keep=kept(case)) or nothing
    end = fitting(text, QUOTE_UNITS)
    return text if end == len(text) else text[:end].rstrip() + " …"


def _state(
    uow: UnitOfWork, office: Office, case: Case, entries: list[Entry], files: list[Media], card: Card
) -> Iterable[CardLine]:
    if files:
        yield CardLine(_count(office, files), office.texts("card.media"))
    merged = uow.cases.merged(case.id)
    yield from said_lines(uow, office, case, entries, merged)
    yield from twin_lines(uow, office, case, merged)
    if case.outcome and (title := OUTCOMES.get(case.status)):
        yield CardLine(cut(mask(case.outcome).text, OUTCOME_UNITS), office.texts(title))
    yield from proof_line(uow, office, case)
    if case.rating:
        yield CardLine("⭐" * case.rating, office.texts("card.rating"))
    for unit in case.informed:
        if card.role != INFORM:
            yield CardLine(office.unit_name(unit), office.texts("card.informed"))
    if card.role == INFORM:
        yield CardLine(office.texts("card.inform_only", unit=office.unit_name(case.unit)))
    fallback = uow.desks.chat_of(case.unit) is None and case.unit != DESK
    if fallback and card.role != ALARM:
        yield CardLine(office.texts("card.no_chat", unit=office.unit_name(case.unit)))
    yield from handover_lines(uow, office, case, card)
    if card.role == MAIN:
        yield from deadline_line(uow, office, case)
    status = standing(uow, office, case)
    if case.taken_by and case.open:
        status = office.texts("card.taken", status=status, name=case.taken_by)
    yield CardLine(status, office.texts("card.status"))


def _count(office: Office, files: list[Media]) -> str:
    kinds = dict.fromkeys(m.kind for m in files)
    return ", ".join(f"{sum(m.kind == k for m in files)} {office.texts(f'media.{k}')}" for k in kinds)


def _rows(uow: UnitOfWork, office: Office, case: Case, entries: list[Entry], card: Card) -> Rows:
    if card.role == MAIN and allowed(case.status, "pisah"):
        return (row(office, case, buttons.SPLIT),)
    if not case.open and case.secret and card.role == MAIN:
        return (row(office, case, buttons.READ),)
    if not case.open or card.role == INFORM:
        return ()
    if card.role == OFFER:
        return offer_rows(uow, office, case)
    if card.menu:
        return menu_rows(office, case, card.menu)
    data = (row(office, case, buttons.SHOW_DATA),) if masked_parts(uow, case, entries) else ()
    data = (row(office, case, buttons.READ),) if case.secret else data
    if card.role == ALARM:
        return (*((row(office, case, buttons.TAKE),) if allowed(case.status, "terima") else ()), *data)
    rows: list[tuple[Button, ...]] = [*_guess_rows(office, case)]
    if case.awaiting == WORDS:
        rows.append(row(office, case, buttons.TYPE_WORDS))
    if allowed(case.status, "terima"):
        rows.append(row(office, case, buttons.TAKE, buttons.MOVE))
        rows.append(row(office, case, buttons.ASK, buttons.DONE))
        rows.append(row(office, case, buttons.NOT_OURS, buttons.CHANGE))
    else:
        rows.append(row(office, case, buttons.MOVE, buttons.ASK))
        rows.append(row(office, case, buttons.DONE, buttons.NOT_OURS))
        rows.append(row(office, case, *((buttons.TAKE_OVER,) if case.taken_by else ()), buttons.CHANGE))
    return (*rows, *call_back_row(uow, office, case), *twin_rows(uow, office, case), *data)


def _guess_rows(office: Office, case: Case) -> Rows:
    """The three best guesses, at the desk, while the topic is open."""
    if not case.tags.unsure or case.unit != DESK:
        return ()
    known = in_region(case.tags, office.region.topics).guesses
    guesses = [(topic, p) for topic, p in known if owner_of(office.region, topic, case.tags.location)][:3]
    return tuple(
        (Button(f"{office.texts(f'topic.{t}')} {round(p * 100)} %", buttons.encode(buttons.SET_TOPIC, case.code, t)),)
        for t, p in guesses
    )
