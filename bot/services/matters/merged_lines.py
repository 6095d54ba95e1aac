"""What a card says of merging: the root lists what goes on in it, a merged case names its root."""

from collections.abc import Iterable, Sequence

from bot.domain.case import Case
from bot.domain.lengths import cut
from bot.domain.life import Status
from bot.domain.outgoing import CardLine
from bot.domain.privacy import mask
from bot.domain.records import Entry
from bot.services.office import Office
from bot.services.ports import UnitOfWork

SHOWN = ("answer", "addition", "note", "reason", "handed", "refused", "question", "reply")
LATEST = 4
LATEST_UNITS = 240
MOST_CODES = 10


def said_lines(
    uow: UnitOfWork, office: Office, case: Case, entries: Sequence[Entry], merged: Sequence[Case]
) -> Iterable[CardLine]:
    """The latest words on a case, those of merged reporters among them, under their own codes."""
    said = [(entry, "") for entry in entries if entry.kind in SHOWN]
    if merged:
        said = sorted([*said, *uow.cases.merged_words(case.id, limit=LATEST)], key=lambda each: each[0].id)
    for entry, code in said[-LATEST:]:
        by_kind = office.texts(f"entry.{entry.kind}", name=entry.name)
        if entry.author == "citizen" and entry.name:
            by_kind = office.texts("entry.through", kind=by_kind, name=entry.name)
        yield CardLine(_words(entry), office.texts("entry.merged", code=code) if code else by_kind)


def merged_line(office: Office, merged: Sequence[Case]) -> Iterable[CardLine]:
    """`Digabung`: the codes of what goes on in this case, and how many people reported it."""
    if not merged:
        return
    codes = ", ".join(case.code for case in merged[:MOST_CODES])
    if (more := len(merged) - MOST_CODES) > 0:
        codes = office.texts("card.merged_more", codes=codes, count=more)
    text = office.texts("card.merged_codes", codes=codes, count=len(merged) + 1)
    yield CardLine(text, office.texts("card.merged"))


def standing(uow: UnitOfWork, office: Office, case: Case) -> str:
    """The status in words; of a merged case with the code of its root."""
    root = uow.cases.by_id(case.merged_into) if case.merged_into is not None else None
    if case.status is Status.DIGABUNG and root:
        return office.texts("card.merged_into", code=root.code)
    return office.status_of(case)


def _words(entry: Entry) -> str:
    text = cut(mask(entry.text).text, LATEST_UNITS)
    point = "" if entry.lat is None else f"{entry.lat:.5f}, {entry.lon:.5f}"
    return text or point or "…"
