"""What a card says of reports that tell the same: `Mirip` with codes, `+n laporan mirip`, and the buttons for both."""

from collections.abc import Iterable, Sequence

from bot.domain import buttons
from bot.domain.case import Case
from bot.domain.life import allowed
from bot.domain.outgoing import Button, CardLine, Rows
from bot.domain.region import DESK
from bot.services.matters.merged_lines import merged_line
from bot.services.matters.twins import likened
from bot.services.office import Office
from bot.services.ports import UnitOfWork


def twin_lines(uow: UnitOfWork, office: Office, case: Case, merged: Sequence[Case]) -> Iterable[CardLine]:
    """What is likely the same, what people merged, and how many reports Wadul joined by itself."""
    if found := likened(uow, case):
        yield CardLine(", ".join(each.code for each in found), office.texts("gabung.like"))
    joined = uow.similar.joined([each.id for each in merged], case.id) if merged else frozenset()
    yield from merged_line(office, [each for each in merged if each.id not in joined])
    if joined:
        yield CardLine(office.texts("gabung.count", count=len(joined)), office.texts("gabung.together"))


def twin_rows(uow: UnitOfWork, office: Office, case: Case) -> Rows:
    """`Gabung`, one for each likely twin, and the way to the reports that go on in this one."""
    rows: list[tuple[Button, ...]] = []
    if allowed(case.status, "gabung"):
        merging = [
            Button(office.texts("gabung.to", code=each.code), buttons.encode(buttons.MERGE, case.code, each.code))
            for each in likened(uow, case)
            if case.unit in (each.unit, DESK)  # whoever decides on the card decides on both
        ]
        rows += [(button,) for button in merging]
    if merged := uow.cases.merged(case.id):
        words = office.texts("gabung.look", count=len(merged))
        rows.append((Button(words, buttons.encode(buttons.TWINS, case.code)),))
    return tuple(rows)
