"""Draw lists of cases: a chat's open work by tab, in order of urgency, in pages; what every list is made of."""

from collections.abc import Sequence
from datetime import timedelta

from bot.domain import buttons
from bot.domain.case import Case
from bot.domain.incoming import Chat, Command, Sender
from bot.domain.lengths import cut
from bot.domain.life import Status
from bot.domain.lists import PER_PAGE, Page, Scope, Tab, page_of
from bot.domain.outgoing import Button, Outgoing, Rows, Text
from bot.domain.privacy import mask
from bot.domain.records import Card
from bot.services.desk.offers import above_list
from bot.services.moments import day_of, span, spoken
from bot.services.office import Office
from bot.services.ports import UnitOfWork
from bot.services.proof.proof_figures import without_photo

PLACE_UNITS, NAME_UNITS, UNIT_UNITS = 30, 20, 28  # so that a full page stays within the shortest message there is
NUMBERS_A_ROW = 4
CLOSED = "✔️"
ASKED = {"milik": Tab.MILIK, "saya": Tab.MILIK, "telat": Tab.TERLAMBAT, "lambat": Tab.TERLAMBAT, "hari": Tab.HARI_INI}
"""Parts of what may stand behind /tugas, and the tab that they mean."""


def work_asked(words: str) -> Tab:
    """The tab that somebody's words mean; all of it where they name none."""
    return next((tab for part, tab in ASKED.items() if part in words.casefold()), Tab.SEMUA)


def draw_work(
    uow: UnitOfWork, office: Office, viewer: Sender, scope: Scope, tab: str, *, page: int = 1
) -> tuple[str, Rows, list[Case]]:
    """One page of a chat's open work, with its buttons and its cases; `Milik saya` are those that the viewer holds."""
    tab = Tab(tab) if tab in set(Tab) else Tab.SEMUA
    now = office.clock()
    counts = uow.lists.counts(scope, actor=viewer.actor, now=now, midnight=_midnight(office, now))
    here = page_of(page, counts[tab])
    ids = uow.lists.work(
        scope, tab, actor=viewer.actor, now=now, midnight=_midnight(office, now), skip=here.skipped, most=PER_PAGE
    )
    cases = [case for each in ids if (case := uow.cases.by_id(each))]
    name = cut(viewer.name or "Petugas", NAME_UNITS)
    waiting, offers = above_list(uow, office, scope.units)
    bare = without_photo(uow, office, scope) if page == 1 else []
    if not cases:
        none = office.texts("list.offers_only" if waiting else f"list.none.{tab}", name=name)
        return "\n".join([*bare, *waiting, none]), (*offers, *_tabs(office)), []
    head = office.texts(
        f"list.work.{tab}", name=name, count=counts[tab], late=counts[Tab.TERLAMBAT], today=counts[Tab.HARI_INI]
    )
    lines = [line(office, case, number, wide=scope.wide) for number, case in enumerate(cases, here.skipped + 1)]
    text = "\n".join([*bare, *waiting, headed(office, head, here), "", *lines])
    return text, (*offers, *_tabs(office), *numbers(cases, here), *turns(here, buttons.WORK_LIST, before=tab)), cases


def say_list(
    uow: UnitOfWork, office: Office, command: Command, text: str, rows: Rows, cases: Sequence[Case]
) -> None:  # fmt: skip
    """Answer with a list; it is taken back should one of its cases become secret."""
    chat, intent = command.chat, Text(text, reply_to=command.message_id, rows=rows, quotes=listed(cases))
    uow.outbox.put(Outgoing(chat.channel, chat.id, intent, thread_id=chat.thread_id), now=office.clock())


def listed(cases: Sequence[Case]) -> tuple[int, ...]:
    """The cases of which a list shows more than their code, topic and state."""
    return tuple(case.id for case in cases if not case.secret)


def line(office: Office, case: Case, number: int, *, wide: bool) -> str:
    """A case in two lines: what and where; then how old, in whose hands and until when. `wide`: with its unit."""
    what = [case.code, office.texts(f"topic.{case.tags.topic}")]
    if case.secret:
        what.append(office.texts("list.secret"))
    elif case.tags.location:
        what.append(cut(mask(case.tags.location).text, PLACE_UNITS))
    state = _open_state(office, case) if case.open else [office.status_of(case)]
    if wide:
        state.append(cut(office.unit_name(case.unit), UNIT_UNITS))
    mark = office.texts(f"urgency.{case.tags.urgency}").partition(" ")[0] if case.open else CLOSED
    return f"{number}. {mark} {' · '.join(what)}\n     {' · '.join(state)}"


def visible(uow: UnitOfWork, scope: Scope, chat: Chat, case: Case) -> bool:
    """Whether a chat may see a case: it is in its scope, or a card of it stands there anyway."""
    return scope.covers(case) or bool(cards_in(uow, chat, case))


def cards_in(uow: UnitOfWork, chat: Chat, case: Case) -> list[Card]:
    """The standing cards of a case in this chat."""
    return [card for card in uow.desks.cards_of(case.id) if (card.channel, card.chat_id) == (chat.channel, chat.id)]


def headed(office: Office, head: str, here: Page) -> str:
    """The head of a list, with the page where there is more than one."""
    return office.texts("list.page", head=head, page=here.number, pages=here.pages) if here.pages > 1 else head


def numbers(cases: Sequence[Case], here: Page) -> Rows:
    """A button a line: it leads to the case's card."""
    every = [
        Button(str(number), buttons.encode(buttons.SHOW_CARD, case.code))
        for number, case in enumerate(cases, here.skipped + 1)
    ]
    return tuple(tuple(every[i : i + NUMBERS_A_ROW]) for i in range(0, len(every), NUMBERS_A_ROW))


def turns(here: Page, action: str, *, before: str = "", after: str = "") -> Rows:
    """« and », where there is a page; `before` or `after` is what the button carries beside the page's number."""
    ways = (("«", here.number - 1), ("»", here.number + 1))
    offered = [(words, to) for words, to in ways if 1 <= to <= here.pages]
    parts = [(words, [str(each) for each in (before, to, after) if each]) for words, to in offered]
    row = tuple(Button(words, buttons.encode(action, *each)) for words, each in parts)
    return (row,) if row else ()


def _open_state(office: Office, case: Case) -> list[str]:
    now = office.clock()
    age = office.texts("list.age", span=span(office, now - case.created_at))
    parts = [office.texts("list.since", when=day_of(office, case.created_at)) if case.secret else age]
    if case.status is Status.MENUNGGU_PELAPOR:
        parts.append(office.texts("list.waiting"))
    else:
        parts.append(cut(case.taken_by, NAME_UNITS) if case.taken_by else office.texts("list.untaken"))
    if case.secret and case.due_at is not None:
        parts.append(office.texts("list.due", when=day_of(office, case.due_at)))
    elif case.due_at is not None and case.due_at < now:
        parts.append(office.texts("list.late", span=span(office, now - case.due_at)))
    elif case.due_at is not None:
        parts.append(office.texts("list.due", when=spoken(office, case.due_at, now)))
    return parts


def _tabs(office: Office) -> Rows:
    every = [Button(office.texts(f"list.tab.{tab}"), buttons.encode(buttons.WORK_LIST, tab)) for tab in Tab]
    return tuple(tuple(every[i : i + 2]) for i in range(0, len(every), 2))


def _midnight(office: Office, now: float) -> float:
    """The moment the local day ends."""
    calendar = office.region.calendar
    return calendar.midnight(calendar.local_day(now) + timedelta(1))
