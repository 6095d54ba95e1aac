"""the clock: when it must look at a case next, deadlines and times of cases, what it said already, digests

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

COLUMNS = ("check_at", "due_at", "gross_seconds", "net_seconds")
WATCHED = sa.text("check_at IS NOT NULL")
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    with op.batch_alter_table("cases") as batch:
        for name in COLUMNS:
            batch.add_column(sa.Column(name, sa.Double()))
        batch.create_index("ix_cases_check_at", ["check_at"], sqlite_where=WATCHED, postgresql_where=WATCHED)
    op.execute("UPDATE cases SET check_at = 0")  # every case is looked at once; closed ones then never again
    op.create_table(
        "nudge",
        sa.Column("case_id", ID, nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("at", sa.Double(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_nudge_case_id")),
        sa.PrimaryKeyConstraint("case_id", "kind", name=op.f("pk_nudge")),
    )
    op.create_table(
        "digest",
        sa.Column("place", sa.String(length=240), nullable=False),
        sa.Column("at", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("place", name=op.f("pk_digest")),
    )


def downgrade() -> None:
    op.drop_table("digest")
    op.drop_table("nudge")
    with op.batch_alter_table("cases") as batch:
        batch.drop_index("ix_cases_check_at", sqlite_where=WATCHED, postgresql_where=WATCHED)
        for name in reversed(COLUMNS):
            batch.drop_column(name)
