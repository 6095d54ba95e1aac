"""What a chat may list: its open work in order of urgency, and cases by their words."""

from collections.abc import Sequence

import sqlalchemy as sa

from bot.domain.labels import EMERGENCY, OVERSIGHT
from bot.domain.lists import Scope, Tab
from bot.store.tables import ACCUSING, WORK, case
from bot.store.words import find_words

_RANK = sa.case((case.c.urgency == EMERGENCY, 0), (case.c.urgency == "tinggi", 1), else_=2)
_TABS = {
    Tab.MILIK: case.c.taken_by_id == sa.bindparam("actor"),
    Tab.TERLAMBAT: case.c.due_at < sa.bindparam("now"),
    Tab.HARI_INI: sa.and_(case.c.due_at >= sa.bindparam("now"), case.c.due_at < sa.bindparam("midnight")),
    Tab.SEMUA: sa.true(),
}
_COUNTS = [sa.func.coalesce(sa.func.sum(sa.case((which, 1), else_=0)), 0).label(tab) for tab, which in _TABS.items()]


class Lists:
    """The repository of lists. Times are seconds since 1970; `midnight` ends the local day."""

    def __init__(self, connection: sa.Connection) -> None:
        self._c = connection

    def counts(self, scope: Scope, *, actor: str, now: float, midnight: float) -> dict[Tab, int]:
        """How many open cases each tab holds; `actor` is whose own ones count."""
        query = sa.select(*_COUNTS).where(WORK, _within(scope))
        row = self._c.execute(query, {"actor": actor, "now": now, "midnight": midnight}).one()
        return {tab: int(row._mapping[tab]) for tab in _TABS}

    def work(
        self, scope: Scope, tab: Tab, *, actor: str, now: float, midnight: float, skip: int, most: int
    ) -> list[int]:
        """Ids of open cases: emergencies first, then the pressing ones, then the oldest."""
        query = sa.select(case.c.id).where(WORK, _within(scope), _TABS[tab]).order_by(_RANK, case.c.id)
        values = {"actor": actor, "now": now, "midnight": midnight}
        return list(self._c.execute(query.offset(skip).limit(most), values).scalars())

    def search(self, scope: Scope, words: Sequence[str], *, most: int) -> list[int]:
        """Ids of cases, open or not, that have every word (see `bot.domain.searching`), the newest first."""
        return find_words(self._c, scope, words, most=most)


def _within(scope: Scope) -> sa.ColumnElement[bool]:
    """The open cases of a scope, without those that complain about somebody who sits there."""
    if not scope.sitting:
        return _of_units(scope)
    accused = sa.cast(case.c.accused, sa.Text)
    about = sa.or_(*(accused.contains(f'"{unit}"', autoescape=True) for unit in sorted(scope.sitting)))
    apart = sa.select(case.c.id).where(ACCUSING, WORK, about).correlate(None)
    return sa.and_(_of_units(scope), case.c.id.not_in(apart))


def _of_units(scope: Scope) -> sa.ColumnElement[bool]:
    if scope.units is None:
        return sa.true()
    mine = case.c.unit.in_(sorted(scope.units))
    if not scope.emergencies:
        return mine
    oversight = sa.or_(case.c.topic == OVERSIGHT, sa.cast(case.c.further, sa.Text).contains(f'"{OVERSIGHT}"'))
    return sa.or_(mine, sa.and_(case.c.urgency == EMERGENCY, sa.not_(oversight)))
