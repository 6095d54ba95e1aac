"""The outbox: what must be sent, in order per chat, with its budget, across restarts and processes.

A chat's queue is a *lane*. Whoever claims a lane alone sends its rows; the lane remembers when it last sent.
"""

from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import Any

import sqlalchemy as sa

from bot.domain.outgoing import Outgoing, Priority
from bot.services.lanes import LaneResult, LaneWork, OutboxRow
from bot.store.intents import from_json, to_json
from bot.store.sql import lane_key, upsert, upsert_for
from bot.store.tables import lane, outbox

# Statements of the hot path are built once: building one costs more than running it.
_MORE = (
    lane.update()
    .where(lane.c.key == sa.bindparam("lane_key"))
    .values(pending=lane.c.pending + sa.bindparam("count", type_=sa.Integer))
)
_FREE = (
    lane.update()
    .where(lane.c.key == sa.bindparam("lane_key"), lane.c.owner == sa.bindparam("mine"))
    .values(
        owner=None,
        sent_at=sa.bindparam("sent", type_=sa.JSON),
        blocked_until=sa.bindparam("until"),
        ready_at=sa.bindparam("ready"),
    )
)
_NEXT = (
    sa.select(outbox)
    .where(outbox.c.lane == sa.bindparam("lane_key"), outbox.c.done_at.is_(None))
    .order_by(outbox.c.priority, outbox.c.id)
    .limit(1)  # what was sent is settled before the next, so that a kill repeats one message at most
)


@cache
def _touch(dialect: str, *, urgent: bool) -> Any:
    """Make a lane, or hasten it: at once for answers, else only where nothing waits in it."""
    insert = upsert_for(dialect, lane)
    ready_at = insert.excluded.ready_at
    return insert.on_conflict_do_update(
        index_elements=[lane.c.key],
        set_={"ready_at": ready_at if urgent else sa.case((lane.c.pending == 0, ready_at), else_=lane.c.ready_at)},
    ).returning(lane.c.owner, lane.c.pending)


class Outbox:
    """Intents are collected during a transaction and written at its end, lanes in sorted order."""

    def __init__(self, connection: sa.Connection) -> None:
        self._c = connection
        self._new: list[tuple[Outgoing, float]] = []

    def put(self, message: Outgoing, *, now: float) -> None:
        """Add an intent; with a merge key it replaces an equal one that has not begun."""
        self._new.append((message, now))

    def flush(self) -> None:
        """Write what was collected: one upsert per lane, then the rows."""
        if not self._new:
            return
        by_lane: dict[str, list[tuple[Outgoing, float]]] = {}
        for message, now in self._new:
            by_lane.setdefault(lane_key(message.channel, message.chat_id), []).append((message, now))
        self._new = []
        rows: list[dict[str, Any]] = []
        for key in sorted(by_lane):
            rows += self._into_lane(key, by_lane[key])
        if rows:
            self._c.execute(outbox.insert(), rows)

    def _into_lane(self, key: str, messages: list[tuple[Outgoing, float]]) -> list[dict[str, Any]]:
        first, now = messages[0]
        urgent = any(m.priority <= Priority.ANSWER for m, _ in messages)
        values = {
            "key": key,
            "channel": first.channel,
            "chat_id": first.chat_id,
            "pending": 0,
            "ready_at": now,
            "blocked_until": 0.0,
            "sent_at": [],
        }
        touch = _touch(self._c.dialect.name, urgent=urgent)
        owner, pending = self._c.execute(touch, values).one()
        waiting = self._waiting(key, messages) if pending and owner is None else set()
        rows: list[dict[str, Any]] = []
        for message, at in messages:
            if message.merge_key and message.merge_key in waiting:
                self._hasten(key, message)
                continue
            if message.merge_key:
                waiting.add(message.merge_key)
            rows.append(_row(key, message, at))
        if rows:
            self._c.execute(_MORE, {"lane_key": key, "count": len(rows)})
        return rows

    def _waiting(self, key: str, messages: list[tuple[Outgoing, float]]) -> set[str]:
        keys = [m.merge_key for m, _ in messages if m.merge_key]
        if not keys:
            return set()
        open_rows = (outbox.c.lane == key, outbox.c.done_at.is_(None), outbox.c.merge_key.in_(keys))
        return set(self._c.execute(sa.select(outbox.c.merge_key).where(*open_rows)).scalars())

    def _hasten(self, key: str, message: Outgoing) -> None:
        self._c.execute(
            outbox.update()
            .where(outbox.c.lane == key, outbox.c.merge_key == message.merge_key, outbox.c.done_at.is_(None))
            .where(outbox.c.priority > int(message.priority))
            .values(priority=int(message.priority))
        )

    def claim(self, owner: str, *, now: float, limit: int, channels: Sequence[str]) -> list[LaneWork]:
        """Take lanes that are ready and nobody's, each with its next few rows."""
        ready = (
            sa.select(lane)
            .where(lane.c.pending > 0, lane.c.owner.is_(None), lane.c.channel.in_(channels))
            .where(lane.c.ready_at <= now, lane.c.blocked_until <= now)
            .order_by(lane.c.ready_at)
            .limit(limit)
        )
        if self._c.dialect.name != "sqlite":
            ready = ready.with_for_update(skip_locked=True)
        lanes = self._c.execute(ready).mappings().all()
        if not lanes:
            return []
        self._c.execute(lane.update().where(lane.c.key.in_([found["key"] for found in lanes])).values(owner=owner))
        return [
            LaneWork(f["key"], f["channel"], f["chat_id"], tuple(f["sent_at"]), tuple(self._rows(f["key"])))
            for f in lanes
        ]

    def _rows(self, key: str) -> list[OutboxRow]:
        return [
            OutboxRow(
                r.id, from_json(r.kind, r.payload), r.priority, r.thread_id, r.merge_key, r.attempts, r.created_at
            )
            for r in self._c.execute(_NEXT, {"lane_key": key})
        ]

    def release(self, owner: str, *, keep: Sequence[str]) -> None:
        """Free the lanes of a claim whose answer was lost on the way: everything of this owner but `keep`."""
        self._c.execute(lane.update().where(lane.c.owner == owner, lane.c.key.not_in(keep)).values(owner=None))

    def settle(self, result: LaneResult, owner: str, *, now: float) -> bool:
        """Record how a lane's rows went and free it; False where another process took it over meanwhile."""
        values = {
            "lane_key": result.key,
            "mine": owner,
            "sent": list(result.sent_at),
            "until": result.blocked_until,
            "ready": max(result.ready_at, result.blocked_until),
        }
        if self._c.execute(_FREE, values).rowcount == 0:
            return False
        if result.waits is not None and self._next_is_another(result):
            self._c.execute(lane.update().where(lane.c.key == result.key).values(ready_at=now))
        if result.sent:
            self._finish(outbox.c.id.in_(result.sent), {"done_at": now, "payload": {}})
        for row_id, reason in result.dead:
            self._finish(outbox.c.id == row_id, {"done_at": now, "payload": {}, "error": reason[:200]})
        if result.retried:
            tried = outbox.update().where(outbox.c.id.in_(result.retried)).values(attempts=outbox.c.attempts + 1)
            self._c.execute(tried)
        if result.key.split("|", 1)[1].startswith("press:"):
            self._c.execute(lane.delete().where(lane.c.key == result.key, lane.c.pending == 0))
        return True

    def _finish(self, rows: sa.ColumnElement[bool], values: dict[str, Any]) -> None:
        """End rows; each counts in the lane it is in now, for it may have been relocated while it was in hand."""
        ended = outbox.update().where(rows, outbox.c.done_at.is_(None)).values(values).returning(outbox.c.lane)
        for key, count in Counter(self._c.execute(ended).scalars()).items():
            self._c.execute(_MORE, {"lane_key": key, "count": -count})

    def _next_is_another(self, result: LaneResult) -> bool:
        """Whether something more urgent came while the lane was held: it must not wait for the other's budget."""
        head = self._c.execute(_NEXT, {"lane_key": result.key}).first()
        return head is not None and head.id != result.waits

    def relocate(self, channel: str, old_id: str, new_id: str, *, now: float) -> None:
        """Move what waits for a chat to the chat's new id."""
        old, new = lane_key(channel, old_id), lane_key(channel, new_id)
        self._c.execute(sa.select(lane.c.key).where(lane.c.key == old).with_for_update())
        rows = outbox.update().where(outbox.c.lane == old, outbox.c.done_at.is_(None)).values(lane=new)
        count = self._c.execute(rows).rowcount
        if not count:
            return
        moved = upsert(self._c, lane).values(
            key=new, channel=channel, chat_id=new_id, pending=count, ready_at=now, blocked_until=0.0, sent_at=[]
        )
        self._c.execute(
            moved.on_conflict_do_update(
                index_elements=[lane.c.key], set_={"pending": lane.c.pending + count, "ready_at": now}
            )
        )
        self._c.execute(lane.update().where(lane.c.key == old).values(pending=lane.c.pending - count))

    def backlog(self, now: float) -> tuple[int, float]:
        """How many intents wait, and the age of the oldest in seconds."""
        query = sa.select(sa.func.count(), sa.func.min(outbox.c.created_at)).where(outbox.c.done_at.is_(None))
        count, oldest = self._c.execute(query).one()
        return count, max(0.0, now - oldest) if oldest is not None else 0.0

    def prune(self, *, before: float) -> None:
        """Forget rows that were sent long ago; lanes without work for as long go too."""
        self._c.execute(outbox.delete().where(outbox.c.done_at < before))
        self._c.execute(lane.delete().where(lane.c.pending == 0, lane.c.ready_at < before, lane.c.owner.is_(None)))


def _row(key: str, message: Outgoing, at: float) -> dict[str, Any]:
    kind, payload = to_json(message.intent)
    return {
        "lane": key,
        "priority": int(message.priority),
        "kind": kind,
        "payload": payload,
        "thread_id": message.thread_id,
        "merge_key": message.merge_key,
        "case_id": getattr(message.intent, "case_id", None),
        "attempts": 0,
        "created_at": at,
    }
