"""What reports mean, and which of them are one matter or surely two."""

import sqlalchemy as sa

from bot.store.tables.base import Id, Time, metadata, row_id

similar = sa.Table(
    "similar",
    metadata,
    row_id(),
    sa.Column("case_id", sa.ForeignKey("cases.id"), nullable=False, unique=True),
    sa.Column("encoder", sa.String(64), nullable=False),
    sa.Column("vector", sa.LargeBinary, nullable=False),  # float16, of length 1, then the words' own part
    sa.Column("at", Time, nullable=False),
)

similar_pair = sa.Table(
    "similar_pair",
    metadata,
    sa.Column("case_id", Id, primary_key=True, autoincrement=False),
    sa.Column("other_id", Id, primary_key=True, autoincrement=False),
    sa.Column("kind", sa.String(16), primary_key=True),
    sa.Column("score", sa.Double, nullable=False),
    sa.Column("at", Time, nullable=False),
)
sa.Index("ix_similar_pair_other_id", similar_pair.c.other_id)
