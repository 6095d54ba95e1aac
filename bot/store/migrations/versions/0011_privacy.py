"""anonim and rahasia, who read what, who may open what is secret

Revision ID: 0011
Revises: 0010
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INDEXED = ("case_id", "person_id", "at")


def upgrade() -> None:
    op.add_column("cases", sa.Column("anonymous", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("cases", sa.Column("secret", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("cases", sa.Column("secret_by", sa.String(length=16), nullable=False, server_default=""))
    op.add_column("cases", sa.Column("accused", sa.JSON(), nullable=False, server_default="[]"))
    accusing = sa.text("CAST(accused AS TEXT) != '[]'")
    op.create_index("ix_cases_accused", "cases", ["id"], sqlite_where=accusing, postgresql_where=accusing)
    op.create_table(
        "reading",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("at", sa.Double(), nullable=False),
        sa.Column("reader", sa.String(length=160), nullable=False),
        sa.Column("unit", sa.String(length=32), nullable=False),
        sa.Column("case_id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("kinds", sa.String(length=128), nullable=False),
        sa.Column("why", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reading")),
    )
    for column in INDEXED:
        op.create_index(f"ix_reading_{column}", "reading", [column])
    op.create_table(
        "secret_reader",
        sa.Column("unit", sa.String(length=32), nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("user_id", sa.String(length=128), nullable=False),
        sa.Column("given_by", sa.String(length=160), nullable=False),
        sa.Column("at", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("unit", "channel", "user_id", name=op.f("pk_secret_reader")),
    )
    op.create_table(
        "wish",
        sa.Column("person_id", ID, autoincrement=False, nullable=False),
        sa.Column("anonymous", sa.Boolean(), nullable=False),
        sa.Column("secret", sa.Boolean(), nullable=False),
        sa.Column("until", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_wish")),
    )


def downgrade() -> None:
    for table in ("wish", "secret_reader", "reading"):
        op.drop_table(table)
    op.drop_index("ix_cases_accused", "cases")
    for column in ("accused", "secret_by", "secret", "anonymous"):
        op.drop_column("cases", column)
