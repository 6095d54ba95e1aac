"""What the clock reads and keeps: cases whose time has come, their past, what it said already, its digests."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

import sqlalchemy as sa

from bot.domain.case import Case
from bot.domain.clock import LOW, Nudge, Past
from bot.domain.due import history_of
from bot.domain.life import FRESH, OPEN, Status
from bot.domain.proof import Proof, Stage
from bot.services.ports import Checked
from bot.store.rows import to_case
from bot.store.sql import upsert_for
from bot.store.tables import audit, case, digest, entry, evidence, nudge, proof

_STATUSES = [str(status) for status in Status]
_OPEN = [str(status) for status in OPEN]
_TO_CITIZEN = ("reply", "question", "outcome")

# Statements that run for every batch are built once: building one costs more than running it.
_IDS: sa.BindParameter[Any] = sa.bindparam("ids", expanding=True)
_DUE = (
    sa.select(case)
    .where(case.c.check_at <= sa.bindparam("now"))
    .order_by(case.c.check_at, case.c.id)
    .limit(sa.bindparam("most", type_=sa.Integer))
)
_CLAIM = _DUE.with_for_update(skip_locked=True)
_ANY_DUE = sa.select(case.c.id).where(case.c.check_at <= sa.bindparam("now")).limit(1)
_MOVES = (
    sa.select(audit.c.case_id, audit.c.at, audit.c.after)
    .where(audit.c.case_id.in_(_IDS), audit.c.before.in_(_STATUSES), audit.c.after.in_(_STATUSES))
    .order_by(audit.c.id)
)
_UNPROVEN = sa.select(proof.c.case_id, proof.c.at).where(proof.c.case_id.in_(_IDS), proof.c.state == Proof.TANPA)
_HELD = (
    sa.select(evidence.c.case_id, sa.func.min(evidence.c.at).label("at"))
    .join(proof, proof.c.case_id == evidence.c.case_id)
    .where(evidence.c.case_id.in_(_IDS), evidence.c.stage == Stage.DICEK, evidence.c.at >= proof.c.at)
    .group_by(evidence.c.case_id)
)
_NUDGES = sa.select(nudge).where(nudge.c.case_id.in_(_IDS))
_WROTE = (
    sa.select(entry.c.case_id)
    .where(entry.c.case_id.in_(_IDS), entry.c.author == "staff", entry.c.kind.in_(_TO_CITIZEN))
    .distinct()
)
_SETTLE = (
    case.update()
    .where(case.c.id == sa.bindparam("case_id"))
    .values(
        check_at=sa.bindparam("next_at"),
        due_at=sa.bindparam("due"),
        gross_seconds=sa.bindparam("gross"),
        net_seconds=sa.bindparam("net"),
    )
)


@cache
def _remember(dialect: str) -> Any:
    insert = upsert_for(dialect, nudge)
    fields = {"at": insert.excluded.at, "times": insert.excluded.times}
    return insert.on_conflict_do_update(index_elements=[nudge.c.case_id, nudge.c.kind], set_=fields)


class Clock:
    """The repository of the clock."""

    def __init__(self, connection: sa.Connection) -> None:
        self._c = connection

    def any_due(self, *, now: float) -> bool:
        """Whether there is a case to look at."""
        return self._c.execute(_ANY_DUE, {"now": now}).first() is not None

    def due(self, *, now: float, limit: int) -> list[Case]:
        """Cases to look at, the longest due first."""
        return [to_case(row) for row in self._c.execute(_DUE, {"now": now, "most": limit})]

    def claim(self, *, now: float, limit: int) -> list[Case]:
        """The same, locked for the rest of the transaction; those that others have locked come later."""
        return [to_case(row) for row in self._c.execute(_CLAIM, {"now": now, "most": limit})]

    def past(self, cases: Sequence[Case]) -> dict[int, Past]:
        """What a plan must know of each case's past, by case id: one query for all histories, one for all nudges."""
        ids = [each.id for each in cases]
        moves: dict[int, list[tuple[float, Status]]] = {each: [] for each in ids}
        for row in self._c.execute(_MOVES, {"ids": ids}):
            moves[row.case_id].append((row.at, Status(row.after)))
        nudges: dict[int, dict[str, Nudge]] = {each: {} for each in ids}
        for row in self._c.execute(_NUDGES, {"ids": ids}):
            nudges[row.case_id][row.kind] = Nudge(row.kind, row.at, row.times)
        answered = self._answered(cases, moves)
        bare = {row.case_id: row.at for row in self._c.execute(_UNPROVEN, {"ids": ids})}
        held = {row.case_id: row.at for row in self._c.execute(_HELD, {"ids": ids})}
        return {
            each.id: Past(
                history_of(each, moves[each.id]), nudges[each.id], each.id in answered,
                unproven_since=bare.get(each.id), held_since=held.get(each.id),
            )
            for each in cases
        }  # fmt: skip

    def _answered(self, cases: Iterable[Case], moves: Mapping[int, Sequence[tuple[float, Status]]]) -> set[int]:
        """Cases whose citizen staff have written to, of those whose moves do not say it already."""
        silent = [each.id for each in cases if each.status in FRESH and all(to in FRESH for _, to in moves[each.id])]
        return set(self._c.execute(_WROTE, {"ids": silent}).scalars()) if silent else set()

    def remember(self, case_id: int, nudges: Sequence[Nudge]) -> None:
        """Keep what was done, in place of the last time of each kind."""
        rows = [{"case_id": case_id, "kind": each.kind, "at": each.at, "times": each.times} for each in nudges]
        if rows:
            self._c.execute(_remember(self._c.dialect.name), rows)

    def settle(self, checked: Sequence[Checked]) -> None:
        """Keep when to look again, the deadline and the times of cases that were looked at."""
        rows = [
            {
                "case_id": each.case_id,
                "next_at": each.next_at,
                "due": each.due_at,
                "gross": each.spent[0] if each.spent else None,
                "net": each.spent[1] if each.spent else None,
            }
            for each in checked
        ]
        if rows:
            self._c.execute(_SETTLE, rows)

    def postpone(self, case_id: int, *, until: float) -> None:
        """Look at a case later."""
        self._c.execute(case.update().where(case.c.id == case_id).values(check_at=until))

    def low(self, units: Sequence[str], *, limit: int) -> list[Case]:
        """Open cases without time pressure that these units must act on, oldest first."""
        mine = (case.c.unit.in_(units), case.c.status.in_(_OPEN), case.c.urgency == LOW)
        return [to_case(row) for row in self._c.execute(sa.select(case).where(*mine).order_by(case.c.id).limit(limit))]

    def last_digest(self, place: str) -> float | None:
        """When a chat got its last digest."""
        return self._c.execute(sa.select(digest.c.at).where(digest.c.place == place)).scalar()

    def begin_digest(self, place: str, *, opened: float, now: float) -> bool:
        """Write down that a chat gets its digest now; False where it has had the one that opened then."""
        insert = upsert_for(self._c.dialect.name, digest).values(place=place, at=now)
        fresh = insert.on_conflict_do_update(
            index_elements=[digest.c.place], set_={"at": now}, where=digest.c.at < opened
        )
        return self._c.execute(fresh.returning(digest.c.place)).first() is not None
