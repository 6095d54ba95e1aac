"""Photos that prove: which case wants one, which were sent, what is kept of them to know them again."""

import sqlalchemy as sa

from bot.store.tables.base import Time, metadata, row_id

proof = sa.Table(
    "proof",
    metadata,
    sa.Column("case_id", sa.ForeignKey("cases.id"), primary_key=True),
    sa.Column("unit", sa.String(32), nullable=False),
    sa.Column("at", Time, nullable=False),
    sa.Column("state", sa.String(8), nullable=False),
    sa.Column("asked_by", sa.String(160), nullable=False, server_default=""),
)
sa.Index("ix_proof_at", proof.c.at)

evidence = sa.Table(
    "evidence",
    metadata,
    row_id(),
    sa.Column("case_id", sa.ForeignKey("cases.id"), nullable=False),
    sa.Column("media_id", sa.ForeignKey("media.id"), nullable=False),
    sa.Column("at", Time, nullable=False),
    sa.Column("by", sa.String(160), nullable=False),
    sa.Column("name", sa.String(128), nullable=False),
    sa.Column("stage", sa.String(8), nullable=False),
    sa.Column("channel", sa.String(16), nullable=False),
    sa.Column("chat_id", sa.String(128), nullable=False),
    sa.Column("thread_id", sa.String(64)),
    sa.Column("message_id", sa.String(64), nullable=False),
    sa.Column("notes", sa.JSON, nullable=False),
)
sa.Index("ix_evidence_case_id", evidence.c.case_id)
sa.Index("ix_evidence_media_id", evidence.c.media_id, unique=True)
_new = evidence.c.stage == "baru"
sa.Index("ix_evidence_new", evidence.c.id, sqlite_where=_new, postgresql_where=_new)

photo = sa.Table(
    "photo",
    metadata,
    sa.Column("media_id", sa.ForeignKey("media.id"), primary_key=True),
    sa.Column("case_id", sa.ForeignKey("cases.id"), nullable=False),
    sa.Column("sha256", sa.String(64), nullable=False),  # of the file as it was sent
    sa.Column("hashes", sa.LargeBinary, nullable=False),
    sa.Column("spots", sa.LargeBinary, nullable=False),
    sa.Column("small", sa.LargeBinary, nullable=False),
    sa.Column("taken_at", Time),
    sa.Column("lat", sa.Double),
    sa.Column("lon", sa.Double),
    sa.Column("made_by", sa.String(80), nullable=False, server_default=""),
)
sa.Index("ix_photo_case_id", photo.c.case_id)
sa.Index("ix_photo_sha256", photo.c.sha256)
