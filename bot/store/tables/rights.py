"""Rights over one's data: requests, bars and appeals, incidents, the desk's messages about them, the register."""

import sqlalchemy as sa

from bot.store.tables.base import Id, Time, metadata, row_id

data_request = sa.Table(
    "data_request",
    metadata,
    row_id(),
    sa.Column("person_id", sa.ForeignKey("person.id"), nullable=False),
    sa.Column("at", Time, nullable=False),
    sa.Column("status", sa.String(16), nullable=False),
    sa.Column("reason", sa.String(64), nullable=False, server_default=""),
    sa.Column("decided_by", sa.String(160), nullable=False, server_default=""),
    sa.Column("decided_at", Time),
)
sa.Index("ix_data_request_person_id", data_request.c.person_id)

bar = sa.Table(
    "bar",
    metadata,
    row_id(),
    sa.Column("person_id", sa.ForeignKey("person.id"), nullable=False),
    sa.Column("code", sa.String(16), nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("by", sa.String(160), nullable=False),
    sa.Column("at", Time, nullable=False),
    sa.Column("until", Time, nullable=False),
    sa.Column("ended_at", Time),
)
sa.Index("ix_bar_person_id", bar.c.person_id)

appeal = sa.Table(
    "appeal",
    metadata,
    row_id(),
    sa.Column("bar_id", sa.ForeignKey("bar.id"), nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("at", Time, nullable=False),
    sa.Column("answer", sa.String(8), nullable=False, server_default=""),
)
sa.Index("ix_appeal_bar_id", appeal.c.bar_id)

incident = sa.Table(
    "incident",
    metadata,
    row_id(),
    sa.Column("what", sa.Text, nullable=False),
    sa.Column("found_at", Time, nullable=False),
    sa.Column("by", sa.String(160), nullable=False),
    sa.Column("touched", sa.Text, nullable=False, server_default=""),
    sa.Column("done", sa.Text, nullable=False, server_default=""),
    sa.Column("told_at", Time),
    sa.Column("closed_at", Time),
)

notice = sa.Table(
    "notice",
    metadata,
    row_id(),
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("subject_id", Id, nullable=False),
    sa.Column("at", Time, nullable=False),
    sa.Column("due_at", Time, nullable=False),
    sa.Column("channel", sa.String(16), nullable=False, server_default=""),
    sa.Column("chat_id", sa.String(128), nullable=False, server_default=""),
    sa.Column("message_id", sa.String(64)),
    sa.Column("reminded_at", Time),
    sa.Column("escalated_at", Time),
    sa.Column("closed_at", Time),
)
_standing = notice.c.closed_at.is_(None)
sa.Index("ix_notice_open", notice.c.id, sqlite_where=_standing, postgresql_where=_standing)

register = sa.Table(
    "register",
    metadata,
    sa.Column("day", sa.String(10), primary_key=True),
    sa.Column("what", sa.String(32), primary_key=True),
    sa.Column("group", sa.String(32), primary_key=True),
    sa.Column("count", sa.Integer, nullable=False),
    sa.Column("at", Time, nullable=False),
)

doomed = sa.Table(
    "doomed",
    metadata,
    row_id(),
    sa.Column("kind", sa.String(8), nullable=False),  # a file below the data folder, a lesson's id, a chat's queue
    sa.Column("what", sa.String(255), nullable=False),
    sa.Column("at", Time, nullable=False),
)
