"""Privacy in the work: who read what of whom, who may open what is secret, what people wish for their next report."""

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
