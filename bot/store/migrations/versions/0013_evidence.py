"""photos that prove, and what of them was seen before

Revision ID: 0013
Revises: 0012
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("media", sa.Column("proof", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("media", sa.Column("source_sha256", sa.String(length=64)))
    op.create_table(
        "proof",
        sa.Column("case_id", ID, nullable=False),
        sa.Column("unit", sa.String(length=32), nullable=False),
        sa.Column("at", sa.Double(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("asked_by", sa.String(length=160), nullable=False, server_default=""),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_proof_case_id")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_proof")),
    )
    op.create_index("ix_proof_at", "proof", ["at"])
    _evidence()
    _photo()


def _evidence() -> None:
    op.create_table(
        "evidence",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("case_id", ID, nullable=False),
        sa.Column("media_id", ID, nullable=False),
        sa.Column("at", sa.Double(), nullable=False),
        sa.Column("by", sa.String(length=160), nullable=False),
        sa.Column("name", sa.String(length=128), nullable=False),
        sa.Column("stage", sa.String(length=8), nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("chat_id", sa.String(length=128), nullable=False),
        sa.Column("thread_id", sa.String(length=64)),
        sa.Column("message_id", sa.String(length=64), nullable=False),
        sa.Column("notes", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_evidence_case_id")),
        sa.ForeignKeyConstraint(["media_id"], ["media.id"], name=op.f("fk_evidence_media_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
    )
    op.create_index("ix_evidence_case_id", "evidence", ["case_id"])
    op.create_index("ix_evidence_media_id", "evidence", ["media_id"], unique=True)
    new = sa.text("stage = 'baru'")
    op.create_index("ix_evidence_new", "evidence", ["id"], sqlite_where=new, postgresql_where=new)


def _photo() -> None:
    op.create_table(
        "photo",
        sa.Column("media_id", ID, nullable=False),
        sa.Column("case_id", ID, nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("hashes", sa.LargeBinary(), nullable=False),
        sa.Column("spots", sa.LargeBinary(), nullable=False),
        sa.Column("small", sa.LargeBinary(), nullable=False),
        sa.Column("taken_at", sa.Double()),
        sa.Column("lat", sa.Double()),
        sa.Column("lon", sa.Double()),
        sa.Column("made_by", sa.String(length=80), nullable=False, server_default=""),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_photo_case_id")),
        sa.ForeignKeyConstraint(["media_id"], ["media.id"], name=op.f("fk_photo_media_id")),
        sa.PrimaryKeyConstraint("media_id", name=op.f("pk_photo")),
    )
    op.create_index("ix_photo_case_id", "photo", ["case_id"])
    op.create_index("ix_photo_sha256", "photo", ["sha256"])


def downgrade() -> None:
    for table in ("photo", "evidence", "proof"):
        op.drop_table(table)
    op.drop_column("media", "source_sha256")
    op.drop_column("media", "proof")
