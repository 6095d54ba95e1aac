"""the life of a case: merged into, rating, when a citizen was last asked for one

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("cases") as batch:
        batch.add_column(sa.Column("merged_into", sa.BigInteger().with_variant(sa.Integer(), "sqlite")))
        batch.add_column(sa.Column("rating", sa.Integer()))
    merged = sa.text("merged_into IS NOT NULL")
    op.create_index(
        "ix_cases_merged_into", "cases", ["merged_into"], sqlite_where=merged, postgresql_where=merged
    )
    with op.batch_alter_table("person") as batch:
        batch.add_column(sa.Column("surveyed_at", sa.Double(), nullable=False, server_default="0"))


def downgrade() -> None:
    with op.batch_alter_table("person") as batch:
        batch.drop_column("surveyed_at")
    op.drop_index("ix_cases_merged_into", "cases")
    with op.batch_alter_table("cases") as batch:
        batch.drop_column("rating")
        batch.drop_column("merged_into")
