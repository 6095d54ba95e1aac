"""Privacy in the work: who read what, who may open what is secret, how secrecy is lifted, what lists quote, wishes."""

import sqlalchemy as sa

from bot.store.tables.base import Id, Time, metadata, row_id

reading = sa.Table(
    "reading",
    metadata,
    row_id(),
    sa.Column("at", Time, nullable=False),
    sa.Column("reader", sa.String(160), nullable=False),
    sa.Column("unit", sa.String(32), nullable=False),
    sa.Column("case_id", Id, nullable=False),
    sa.Column("person_id", Id, nullable=False),
    sa.Column("kinds", sa.String(128), nullable=False),
    sa.Column("why", sa.String(16), nullable=False),
)
sa.Index("ix_reading_case_id", reading.c.case_id)
sa.Index("ix_reading_person_id", reading.c.person_id)
sa.Index("ix_reading_at", reading.c.at)

secret_reader = sa.Table(
    "secret_reader",
    metadata,
    sa.Column("unit", sa.String(32), primary_key=True),
    sa.Column("channel", sa.String(16), primary_key=True),
    sa.Column("user_id", sa.String(128), primary_key=True),
    sa.Column("given_by", sa.String(160), nullable=False),
    sa.Column("at", Time, nullable=False),
)

wish = sa.Table(
    "wish",
    metadata,
    sa.Column("person_id", Id, primary_key=True, autoincrement=False),
    sa.Column("anonymous", sa.Boolean, nullable=False),
    sa.Column("secret", sa.Boolean, nullable=False),
    sa.Column("until", Time, nullable=False),
)

unsealing = sa.Table(
    "unsealing",
    metadata,
    row_id(),
    sa.Column("case_id", sa.ForeignKey("cases.id"), nullable=False),
    sa.Column("asked_by", sa.String(160), nullable=False),
    sa.Column("asked_at", Time, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("topics", sa.String(160), nullable=False),
    sa.Column("confirmed_by", sa.String(160)),
    sa.Column("confirmed_at", Time),
    sa.Column("opens_at", Time),
    sa.Column("ended_at", Time),
    sa.Column("outcome", sa.String(16)),
)
sa.Index("ix_unsealing_case_id", unsealing.c.case_id)
_standing = unsealing.c.ended_at.is_(None)
sa.Index(
    "ix_unsealing_one_stands", unsealing.c.case_id, unique=True, sqlite_where=_standing, postgresql_where=_standing
)

quoted = sa.Table(
    "quoted",
    metadata,
    sa.Column("channel", sa.String(16), primary_key=True),
    sa.Column("chat_id", sa.String(128), primary_key=True),
    sa.Column("message_id", sa.String(64), primary_key=True),
    sa.Column("case_id", Id, primary_key=True, autoincrement=False),  # no key: it would lock the case while sending
    sa.Column("thread_id", sa.String(64)),
)
sa.Index("ix_quoted_case_id", quoted.c.case_id)
