"""secrecy lifted by two admins, lists that quote cases

Revision ID: 0019
Revises: 0017
"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0017"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
STANDING = sa.text("ended_at IS NULL")
ACCUSING = sa.text("CAST(accused AS TEXT) != '[]'")


def upgrade() -> None:
    op.drop_index("ix_cases_accused", "cases")
    op.create_index(
        "ix_cases_accused", "cases", ["status", "id"], sqlite_where=ACCUSING, postgresql_where=ACCUSING
    )
    op.create_table(
        "unsealing",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("case_id", ID, nullable=False),
        sa.Column("asked_by", sa.String(length=160), nullable=False),
        sa.Column("asked_at", sa.Double(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("topics", sa.String(length=160), nullable=False),
        sa.Column("confirmed_by", sa.String(length=160), nullable=True),
        sa.Column("confirmed_at", sa.Double(), nullable=True),
        sa.Column("opens_at", sa.Double(), nullable=True),
        sa.Column("ended_at", sa.Double(), nullable=True),
        sa.Column("outcome", sa.String(length=16), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_unsealing_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unsealing")),
    )
    op.create_index("ix_unsealing_case_id", "unsealing", ["case_id"])
    op.create_index(
        "ix_unsealing_one_stands", "unsealing", ["case_id"], unique=True, sqlite_where=STANDING,
        postgresql_where=STANDING,
    )  # fmt: skip
    op.create_table(
        "quoted",
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("chat_id", sa.String(length=128), nullable=False),
        sa.Column("message_id", sa.String(length=64), nullable=False),
        sa.Column("case_id", ID, nullable=False),
        sa.Column("thread_id", sa.String(length=64), nullable=True),
        sa.PrimaryKeyConstraint("channel", "chat_id", "message_id", "case_id", name=op.f("pk_quoted")),
    )
    op.create_index("ix_quoted_case_id", "quoted", ["case_id"])


def downgrade() -> None:
    op.drop_table("quoted")
    op.drop_table("unsealing")
    op.drop_index("ix_cases_accused", "cases")
    op.create_index("ix_cases_accused", "cases", ["id"], sqlite_where=ACCUSING, postgresql_where=ACCUSING)
