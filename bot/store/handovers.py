"""Hand-overs between levels: at most one of a case waits."""

from collections.abc import Collection, Sequence
from typing import Any

import sqlalchemy as sa

from bot.domain.handover import Handover, State
from bot.store.tables import handover

_WAITS = handover.c.state == State.MENUNGGU


class Handovers:
    """The repository of hand-overs."""

    def __init__(self, connection: sa.Connection) -> None:
        self._c = connection

    def draft(self, new: Handover) -> None:
        """Keep where somebody wants a case to go, until they say why; an earlier wish of theirs is forgotten."""
        mine = (handover.c.case_id == new.case_id, handover.c.by == new.by, handover.c.state == State.ALASAN)
        self._c.execute(handover.delete().where(*mine))
        values = {name: value for name, value in new.__dict__.items() if name != "id"}
        self._c.execute(handover.insert().values(values))

    def drafted(self, case_id: int, by: str | None) -> Handover | None:
        """Where somebody wants a case to go; None as `by` for the latest of anybody."""
        query = sa.select(handover).where(handover.c.case_id == case_id, handover.c.state == State.ALASAN)
        query = query.where(handover.c.by == by) if by else query
        row = self._c.execute(query.order_by(handover.c.id.desc()).limit(1)).first()
        return _handover(row) if row else None

    def begin(self, handover_id: int, reason: str, *, at: float) -> None:
        """From now on it waits for its target."""
        values = {"reason": reason, "at": at, "state": State.MENUNGGU}
        self._c.execute(handover.update().where(handover.c.id == handover_id).values(values))

    def waiting(self, case_id: int) -> Handover | None:
        """The hand-over of a case that waits."""
        return self.all_waiting([case_id]).get(case_id)

    def all_waiting(self, case_ids: Sequence[int]) -> dict[int, Handover]:
        """The hand-overs that wait, by case."""
        rows = self._c.execute(sa.select(handover).where(handover.c.case_id.in_(case_ids), _WAITS))
        return {row.case_id: _handover(row) for row in rows}

    def answer(self, handover_id: int, state: State, *, by: str, at: float) -> None:
        """Write down what became of it."""
        values = {"state": state, "answered_by": by, "answered_at": at}
        self._c.execute(handover.update().where(handover.c.id == handover_id).values(values))

    def lapse(self, case_id: int, *, by: str, at: float) -> bool:
        """The case ended or went another way: nothing waits any more; whether something did."""
        values = {"state": State.GUGUR, "answered_by": by, "answered_at": at}
        ended = handover.update().where(handover.c.case_id == case_id, _WAITS).values(values)
        return self._c.execute(ended).rowcount > 0

    def offered(self, targets: Collection[str] | None, *, most: int) -> list[Handover]:
        """What waits for these units (None: for any), the oldest first."""
        query = sa.select(handover).where(_WAITS)
        if targets is not None:
            query = query.where(handover.c.target.in_(sorted(targets)))
        return [_handover(row) for row in self._c.execute(query.order_by(handover.c.at).limit(most))]


def _handover(row: sa.Row[Any]) -> Handover:
    return Handover(
        row.id, row.case_id, row.source, row.target, row.by, row.name, row.at, row.reason, State(row.state)
    )
