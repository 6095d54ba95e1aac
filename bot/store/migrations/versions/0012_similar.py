"""what reports mean, to find those of the same matter

Revision ID: 0012
Revises: 0011
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    op.create_table(
        "similar",
        sa.Column("id", ID, primary_key=True, autoincrement=True),
        sa.Column("case_id", ID, nullable=False),
        sa.Column("encoder", sa.String(64), nullable=False),
        sa.Column("vector", sa.LargeBinary, nullable=False),
        sa.Column("at", sa.Double, nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_similar_case_id"),
        sa.UniqueConstraint("case_id", name="uq_similar_case_id"),
    )
    op.create_table(
        "similar_pair",
        sa.Column("case_id", ID, primary_key=True, autoincrement=False),
        sa.Column("other_id", ID, primary_key=True, autoincrement=False),
        sa.Column("kind", sa.String(16), primary_key=True),
        sa.Column("score", sa.Double, nullable=False),
        sa.Column("at", sa.Double, nullable=False),
    )
    op.create_index("ix_similar_pair_other_id", "similar_pair", ["other_id"])


def downgrade() -> None:
    op.drop_table("similar_pair")
    op.drop_table("similar")
