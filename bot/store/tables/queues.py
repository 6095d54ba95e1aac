"""Processes and their queues: what came in, what goes out."""

import sqlalchemy as sa

from bot.store.tables.base import Id, Time, metadata, row_id

worker = sa.Table(
    "worker",
    metadata,
    sa.Column("id", sa.String(36), primary_key=True),
    sa.Column("host", sa.String(255), nullable=False),
    sa.Column("pid", sa.Integer, nullable=False),
    sa.Column("born", sa.String(64), nullable=False),
    sa.Column("beat_at", Time, nullable=False),
)

inbox = sa.Table(
    "inbox",
    metadata,
    row_id(),
    sa.Column("channel", sa.String(16), nullable=False),
    sa.Column("event_id", sa.String(128), nullable=False),
    sa.Column("lane", sa.String(160), nullable=False),
    sa.Column("group_key", sa.String(128)),
    sa.Column("payload", sa.Text, nullable=False),
    sa.Column("received_at", Time, nullable=False),
    sa.Column("ready_at", Time, nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False, default=0),
    sa.Column("owner", sa.String(36)),
    sa.Column("done_at", Time),
    sa.Column("set_aside", sa.String(120)),
    sa.UniqueConstraint("channel", "event_id"),
)
sa.Index(
    "ix_inbox_open", inbox.c.lane, inbox.c.id,
    sqlite_where=inbox.c.done_at.is_(None), postgresql_where=inbox.c.done_at.is_(None),
)  # fmt: skip
_free = sa.and_(inbox.c.done_at.is_(None), inbox.c.owner.is_(None))
sa.Index("ix_inbox_free", inbox.c.id, sqlite_where=_free, postgresql_where=_free)
sa.Index("ix_inbox_done_at", inbox.c.done_at)

lane = sa.Table(
    "lane",
    metadata,
    sa.Column("key", sa.String(160), primary_key=True),
    sa.Column("channel", sa.String(16), nullable=False),
    sa.Column("chat_id", sa.String(128), nullable=False),
    sa.Column("pending", sa.Integer, nullable=False),
    sa.Column("ready_at", Time, nullable=False),
    sa.Column("blocked_until", Time, nullable=False, default=0.0),
    sa.Column("owner", sa.String(36)),
    sa.Column("sent_at", sa.JSON, nullable=False),
)
sa.Index(
    "ix_lane_ready", lane.c.ready_at,
    sqlite_where=lane.c.pending > 0, postgresql_where=lane.c.pending > 0,
)  # fmt: skip

outbox = sa.Table(
    "outbox",
    metadata,
    row_id(),
    sa.Column("lane", sa.String(160), nullable=False),
    sa.Column("priority", sa.Integer, nullable=False),
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("payload", sa.JSON, nullable=False),
    sa.Column("thread_id", sa.String(64)),
    sa.Column("merge_key", sa.String(64)),
    sa.Column("case_id", Id),
    sa.Column("attempts", sa.Integer, nullable=False, default=0),
    sa.Column("created_at", Time, nullable=False),
    sa.Column("done_at", Time),
    sa.Column("error", sa.String(200)),
)
sa.Index(
    "ix_outbox_open", outbox.c.lane, outbox.c.priority, outbox.c.id,
    sqlite_where=outbox.c.done_at.is_(None), postgresql_where=outbox.c.done_at.is_(None),
)  # fmt: skip
sa.Index(
    "ix_outbox_merge", outbox.c.lane, outbox.c.merge_key,
    sqlite_where=outbox.c.done_at.is_(None), postgresql_where=outbox.c.done_at.is_(None),
)  # fmt: skip
sa.Index("ix_outbox_done_at", outbox.c.done_at)
