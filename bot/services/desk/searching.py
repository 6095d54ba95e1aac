"""/cari: cases by their code, or by words of the report and its place."""

from collections.abc import Sequence

from bot.domain import buttons
from bot.domain.case import Case
from bot.domain.codes import find_code
from bot.domain.incoming import Command
from bot.domain.lists import PER_PAGE, Scope, page_of
from bot.domain.outgoing import Rows
from bot.domain.privacy import mask
from bot.domain.records import told
from bot.domain.searching import asked_words, excerpt
from bot.services.desk.listing import cards_in, headed, line, numbers, say_list, turns, visible
from bot.services.desk.placing import WORDS_OF_CITIZEN
from bot.services.office import Office
from bot.services.ports import UnitOfWork

MOST = 96  # whole pages; whoever finds more adds a word
EXCERPT_UNITS = 54


def search(uow: UnitOfWork, office: Office, command: Command, scope: Scope) -> None:
    """/cari CODE or /cari words."""
    code = find_code(command.argument, office.region.prefix)
    words = asked_words(command.argument)
    if code:
        _find_code(uow, office, command, scope, code)
        return
    if not words:
        office.say(uow, command.chat, "list.how", reply_to=command.message_id)
        return
    text, rows, cases = draw_found(uow, office, scope, words)
    here = cards_in(uow, command.chat, cases[0]) if len(cases) == 1 else []
    if here:  # the only one: its card is one tap away
        office.say_at_card(uow, here[0], text, role=WORDS_OF_CITIZEN)
        return
    say_list(uow, office, command, text, rows, cases)


def draw_found(
    uow: UnitOfWork, office: Office, scope: Scope, words: Sequence[str], *, page: int = 1
) -> tuple[str, Rows, list[Case]]:
    """One page of the cases that have all the words, the newest first: text, buttons, cases."""
    ids = uow.lists.search(scope, words, most=MOST + 1)
    asked = " ".join(words)
    if not ids:
        return office.texts("list.not_found", words=asked), (), []
    count = min(len(ids), MOST)
    here = page_of(page, count)
    shown = ids[:MOST][here.skipped : here.skipped + PER_PAGE]
    cases = [case for each in shown if (case := uow.cases.by_id(each))]
    head = office.texts("list.found_many" if len(ids) > MOST else "list.found", words=asked, count=count)
    lines = [
        f"{line(office, case, number, wide=scope.wide)}\n     {_excerpt(uow, case, words)}"
        for number, case in enumerate(cases, here.skipped + 1)
    ]
    text = "\n".join([headed(office, head, here), "", *lines])
    return text, (*numbers(cases, here), *turns(here, buttons.FOUND_LIST, after=asked)), cases


def _find_code(uow: UnitOfWork, office: Office, command: Command, scope: Scope, code: str) -> None:
    case = uow.cases.by_code(code)
    if case is None or not visible(uow, scope, command.chat, case):
        office.say(uow, command.chat, "list.no_code", reply_to=command.message_id, code=code)
        return
    if here := cards_in(uow, command.chat, case):
        office.say_at_card(uow, here[0], office.texts("list.here", code=case.code))
        return
    cards = uow.desks.cards_of(case.id)
    where = office.texts("list.elsewhere", unit=office.unit_name(cards[0].unit)) if cards else ""
    text = "\n".join(filter(None, [line(office, case, 1, wide=True), where or office.texts("list.no_card")]))
    say_list(uow, office, command, text, (), [case])


def _excerpt(uow: UnitOfWork, case: Case, words: Sequence[str]) -> str:
    """The masked words of the report where they were found; empty where it has none, or is secret."""
    if case.secret:
        return ""
    text = mask("\n".join(entry.text for entry in told(uow.cases.entries(case.id)))).text
    found = excerpt(text, words, limit=EXCERPT_UNITS)
    return f"“{found}”" if found else ""
