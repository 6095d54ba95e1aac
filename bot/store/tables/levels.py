"""Cases on their way from one level to another."""

import sqlalchemy as sa

from bot.store.tables.base import Time, metadata, row_id

handover = sa.Table(
    "handover",
    metadata,
    row_id(),
    sa.Column("case_id", sa.ForeignKey("cases.id"), nullable=False),
    sa.Column("source", sa.String(32), nullable=False),
    sa.Column("target", sa.String(32), nullable=False),
    sa.Column("by", sa.String(160), nullable=False),
    sa.Column("name", sa.String(128), nullable=False),
    sa.Column("at", Time, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("answered_by", sa.String(160)),
    sa.Column("answered_at", Time),
)
sa.Index("ix_handover_case_id", handover.c.case_id)
_waiting = handover.c.state == "menunggu"
sa.Index("ix_handover_one_waits", handover.c.case_id, unique=True, sqlite_where=_waiting, postgresql_where=_waiting)
sa.Index("ix_handover_offered", handover.c.target, sqlite_where=_waiting, postgresql_where=_waiting)
