"""Messages at the desk that wait for a decision: drawn when they are sent, remembered, closed."""

from collections.abc import Callable
from functools import partial

from bot.domain import buttons
from bot.domain.lengths import cut
from bot.domain.outgoing import Button, Outgoing, Priority, Rows, ShowNotice
from bot.domain.privacy import mask
from bot.domain.records import told
from bot.domain.region import DESK
from bot.domain.rights import OPEN_REQUESTS, REASONS, Kind, Notice
from bot.services.channel import Channel, Target, edit_or_send
from bot.services.database import Database
from bot.services.effects import Sent
from bot.services.office import Office
from bot.services.ports import UnitOfWork
from bot.services.rights.registering import when

Drawn = tuple[str, Rows]
MOST_CODES = 15
QUOTE_UNITS = 160
APPEAL_UNITS = 1200
NOW, LATER, REFUSE, BACK = "kini", "nanti", "tolak", "balik"
READ, FORWARD, CLOSE = "baca", "terus", "tutup"
LIFT, KEEP = "buka", "tetap"
TOLD, END = "lapor", "usai"
AGREE, STOP = "setuju", "batal"


def put_notice(uow: UnitOfWork, office: Office, kind: Kind, subject_id: int, *, seconds: float) -> Notice:
    """Let the desk know of something that waits for it; the message that stands is refreshed."""
    now = office.clock()
    notice = uow.notices.put(kind, subject_id, at=now, due_at=now + seconds)
    refresh_notice(uow, office, notice)
    return notice


def refresh_notice(uow: UnitOfWork, office: Office, notice: Notice, *, menu: bool = False) -> None:
    """Show a message as things are now; it waits where the desk has no chat yet."""
    desk = uow.desks.chat_of(DESK)
    if desk is None:
        return
    intent = ShowNotice(notice.id, menu=menu)
    key = f"notice:{notice.id}{':menu' if menu else ''}"
    uow.outbox.put(
        Outgoing(desk.channel, desk.chat_id, intent, Priority.CARD, desk.thread_id, key), now=office.clock()
    )


def close_notice(uow: UnitOfWork, office: Office, notice: Notice | None) -> None:
    """It is decided: the message loses its buttons."""
    if notice is not None and notice.closed_at is None:
        uow.notices.change(notice.id, closed_at=office.clock())
        refresh_notice(uow, office, notice)


async def show_notice(database: Database, office: Office, channel: Channel, to: Target, shown: ShowNotice) -> Sent:
    """Send the message, or edit the one that stands in this chat."""

    def look(uow: UnitOfWork) -> tuple[Notice, Drawn] | None:
        notice = uow.notices.get(shown.notice_id)
        return (notice, draw_notice(uow, office, notice, menu=shown.menu)) if notice else None

    found = await database.read(look)
    if found is None:
        return Sent(0)
    notice, (text, rows) = found
    here = (notice.channel, notice.chat_id) == (channel.name, to.chat_id)
    ids = await edit_or_send(channel, to, notice.message_id if here else None, text, rows)
    if not ids:
        return Sent(1)
    values = {"channel": channel.name, "chat_id": to.chat_id, "message_id": ids[-1]}
    return Sent(len(ids), partial(_remember, notice_id=notice.id, values=values))


def _remember(uow: UnitOfWork, office: Office, *, notice_id: int, values: dict[str, str]) -> None:
    uow.notices.change(notice_id, **values)


def draw_notice(uow: UnitOfWork, office: Office, notice: Notice, *, menu: bool = False) -> Drawn:
    """The words and buttons of a message as of now."""
    text, rows = DRAW[notice.kind](uow, office, notice)
    if notice.closed_at is not None:
        return text, ()
    if menu:
        reasons = [(_key(office, notice, f"reason_{each}", REFUSE, each),) for each in REASONS]
        return text, (*reasons, (_key(office, notice, "back", BACK),))
    if notice.kind is Kind.UNSEAL:
        return text, rows
    due = office.texts("rights.due", when=when(office, notice.due_at))
    return f"{text}\n\n{due}", rows


def _request(uow: UnitOfWork, office: Office, notice: Notice) -> Drawn:
    request = uow.rights.request(notice.subject_id)
    cases = uow.erasing.cases(request.person_id) if request else []
    codes = ", ".join(case.code for case in cases[:MOST_CODES]) or "–"
    status = request.status if request else "selesai"
    state = office.texts(f"rights.request.{status}", reason=_reason(office, request.reason if request else ""))
    text = office.texts("rights.request", when=when(office, notice.at), codes=codes, state=state)
    if request is None or request.status not in OPEN_REQUESTS:
        return text, ()
    now, later, no = (
        _key(office, notice, key, action)
        for key, action in (("erase_now", NOW), ("erase_later", LATER), ("refuse", REFUSE))
    )
    return text, ((now,), (later,), (no,))


def _held(uow: UnitOfWork, office: Office, notice: Notice) -> Drawn:
    cases = uow.rights.held(notice.subject_id)
    if not cases:
        return office.texts("rights.held_none"), ()
    lines = [f"{case.code} · {office.texts(f'topic.{case.tags.topic}')}" for case in cases[:MOST_CODES]]
    if len(cases) > MOST_CODES:
        lines.append(office.texts("rights.more", count=len(cases) - MOST_CODES))
    text = office.texts("rights.held", count=len(cases), lines="\n".join(lines))
    read, forward, close = (
        _key(office, notice, f"held_{action}", action) for action in (READ, FORWARD, CLOSE)
    )
    return text, ((read,), (forward, close))


def held_words(uow: UnitOfWork, office: Office, person_id: int) -> str:
    """What the held reports say, masked and short."""
    lines = []
    for case in uow.rights.held(person_id):
        words = " ".join(mask("\n".join(each.text for each in told(uow.cases.entries(case.id)))).text.split())
        words = office.texts("list.secret") if case.secret else words
        files = len(uow.cases.media(case.id))
        more = office.texts("rights.files", count=files) if files else ""
        lines.append(f"{case.code}: {cut(words, QUOTE_UNITS) or office.texts('card.no_words')}{more}")
    return "\n".join(lines) or office.texts("rights.held_none")


def _appeal(uow: UnitOfWork, office: Office, notice: Notice) -> Drawn:
    appeal = uow.rights.appeal_by_id(notice.subject_id)
    bar = uow.rights.bar_by_id(appeal.bar_id) if appeal else None
    if appeal is None or bar is None:
        return office.texts("rights.gone"), ()
    state = office.texts(f"rights.answer.{appeal.answer}") if appeal.answer else ""
    text = office.texts(
        "rights.appeal", code=bar.code, reason=bar.reason, until=when(office, bar.until),
        text=cut(mask(appeal.text).text, APPEAL_UNITS), state=state,
    ).strip()  # fmt: skip
    return text, ((_key(office, notice, "lift", LIFT), _key(office, notice, "keep", KEEP)),)


def _incident(uow: UnitOfWork, office: Office, notice: Notice) -> Drawn:
    incident = uow.rights.incident(notice.subject_id)
    if incident is None:
        return office.texts("rights.gone"), ()
    nothing = office.texts("rights.not_yet")
    text = office.texts(
        "rights.incident", number=incident.id, what=incident.what, when=when(office, incident.found_at),
        touched=incident.touched or nothing, done=incident.done or nothing,
        told=when(office, incident.told_at) if incident.told_at else nothing,
    )
    rows = (*(() if incident.told_at else (_key(office, notice, "incident_told", TOLD),)),
            _key(office, notice, "incident_over", END))  # fmt: skip
    return text, (rows,)


def _unseal(uow: UnitOfWork, office: Office, notice: Notice) -> Drawn:
    """Two admins lift the secrecy of a case: who asked, why, how it stands. No words of the citizen."""
    asked = uow.unsealings.get(notice.subject_id)
    case = uow.cases.by_id(asked.case_id) if asked else None
    if asked is None or case is None:
        return office.texts("rights.gone"), ()
    step = asked.outcome or ("setuju" if asked.confirmed_at else "menunggu")
    opening = when(office, asked.opens_at or 0.0)
    state = office.texts(f"bukarahasia.state.{step}", who=asked.confirmed_by or "", when=opening)
    text = office.texts(
        "bukarahasia.notice", code=case.code, topic=office.texts(f"topic.{case.tags.topic}"), who=asked.asked_by,
        reason=cut(mask(asked.reason).text, APPEAL_UNITS), state=state,
    )
    agree, stop = (_key(office, notice, f"unseal_{action}", action) for action in (AGREE, STOP))
    return text, ((stop,) if asked.confirmed_at else (agree, stop),)


def _reason(office: Office, reason: str) -> str:
    return office.texts(f"mydata.reason.{reason}") if reason in REASONS else ""


def _key(office: Office, notice: Notice, key: str, action: str, more: str = "") -> Button:
    data = buttons.encode(buttons.RIGHTS, str(notice.id), f"{action}:{more}" if more else action)
    return Button(office.texts(f"rights.button.{key}"), data)


DRAW: dict[Kind, Callable[[UnitOfWork, Office, Notice], Drawn]] = {
    Kind.REQUEST: _request,
    Kind.HELD: _held,
    Kind.APPEAL: _appeal,
    Kind.INCIDENT: _incident,
    Kind.UNSEAL: _unseal,
}
