"""The inbox: every raw update, once, in order per chat."""

from collections.abc import Sequence

import sqlalchemy as sa

from bot.domain.incoming import RawUpdate
from bot.services.ports import InboxRow
from bot.store.sql import lane_key, upsert
from bot.store.tables import inbox

# Statements of the hot path are built once: building one costs more than running it.
_earlier = inbox.alias("earlier")
_READY = (
    sa.select(inbox)
    .where(inbox.c.done_at.is_(None), inbox.c.owner.is_(None), inbox.c.ready_at <= sa.bindparam("now"))
    .where(
        ~sa.exists().where(_earlier.c.lane == inbox.c.lane, _earlier.c.done_at.is_(None), _earlier.c.id < inbox.c.id)
    )
    .order_by(inbox.c.id)
    .limit(sa.bindparam("most", type_=sa.Integer))
)
_READY_LOCKED = _READY.with_for_update(skip_locked=True, of=inbox)


class Inbox:
    """Rows wait here until their use case's own transaction marks them done."""

    def __init__(self, connection: sa.Connection) -> None:
        self._c = connection

    def put(self, updates: Sequence[RawUpdate]) -> None:
        """Keep updates; one that is known already is ignored."""
        if not updates:
            return
        rows = [
            {
                "channel": u.channel,
                "event_id": u.event_id,
                "lane": lane_key(u.channel, u.chat_id),
                "group_key": u.group_key,
                "payload": u.payload,
                "received_at": u.received_at,
                "ready_at": u.received_at + u.hold_seconds,
                "attempts": 0,
            }
            for u in updates
        ]
        self._c.execute(upsert(self._c, inbox).on_conflict_do_nothing(), rows)

    def claim(self, owner: str, *, now: float, limit: int) -> list[InboxRow]:
        """Take the oldest ready update of each chat nobody works on; album parts come along together.

        Every claim counts as an attempt until it is given back, so that an update which kills the process is set
        aside in the end; one that was in hand at a kill comes alone, or it would take innocent ones along.
        """
        ready = _READY if self._c.dialect.name == "sqlite" else _READY_LOCKED
        rows = [_row(row) for row in self._c.execute(ready, {"now": now, "most": limit})]
        rows = [row for row in rows if row.attempts][:1] or rows
        rows += [sibling for row in rows if row.group_key for sibling in self._siblings(row)]
        if rows:
            self._c.execute(
                inbox.update()
                .where(inbox.c.id.in_([row.id for row in rows]))
                .values(owner=owner, attempts=inbox.c.attempts + 1)
            )
        return rows

    def _siblings(self, head: InboxRow) -> list[InboxRow]:
        query = sa.select(inbox).where(
            inbox.c.lane == head.lane,
            inbox.c.group_key == head.group_key,
            inbox.c.done_at.is_(None),
            inbox.c.id > head.id,
        )
        return [_row(row) for row in self._c.execute(query.order_by(inbox.c.id))]

    def done(self, ids: Sequence[int], owner: str, *, now: float) -> bool:
        """Mark updates done and forget their words; False where another process took them over meanwhile."""
        result = self._c.execute(
            inbox.update()
            .where(inbox.c.id.in_(ids), inbox.c.owner == owner, inbox.c.done_at.is_(None))
            .values(done_at=now, owner=None, payload="")
        )
        return result.rowcount == len(ids)

    def again(self, ids: Sequence[int], owner: str, *, at: float) -> None:
        """Give back, to be tried at a time, what of these is still in hand; the attempt does not count."""
        mine = (inbox.c.id.in_(ids), inbox.c.owner == owner, inbox.c.done_at.is_(None))
        values = {"owner": None, "ready_at": at, "attempts": inbox.c.attempts - 1}
        self._c.execute(inbox.update().where(*mine).values(values))

    def release(self, owner: str, *, keep: Sequence[int]) -> None:
        """Free what a claim took whose answer was lost on the way: everything of this owner but `keep`."""
        lost = (inbox.c.owner == owner, inbox.c.done_at.is_(None), inbox.c.id.not_in(keep))
        self._c.execute(inbox.update().where(*lost).values(owner=None, attempts=inbox.c.attempts - 1))

    def set_aside(self, ids: Sequence[int], *, reason: str, now: float) -> None:
        """Take poison updates out of their chat's way; the payload is kept for whoever repairs it."""
        self._c.execute(
            inbox.update().where(inbox.c.id.in_(ids)).values(done_at=now, owner=None, set_aside=reason[:120])
        )

    def backlog(self, now: float) -> tuple[int, float]:
        """How many updates wait, and the age of the oldest in seconds."""
        query = sa.select(sa.func.count(), sa.func.min(inbox.c.received_at)).where(inbox.c.done_at.is_(None))
        count, oldest = self._c.execute(query).one()
        return count, max(0.0, now - oldest) if oldest is not None else 0.0

    def prune(self, *, before: float) -> None:
        """Forget done rows older than any repeat a platform makes; what was set aside stays."""
        self._c.execute(inbox.delete().where(inbox.c.done_at < before, inbox.c.set_aside.is_(None)))


def _row(row: sa.Row[tuple[object, ...]]) -> InboxRow:
    r = row._mapping
    return InboxRow(r["id"], r["channel"], r["lane"], r["payload"], r["group_key"], r["attempts"], r["received_at"])
