"""requests of people over their data, registers, slowing and blocking

Revision ID: 0014
Revises: 0013
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("person", sa.Column("barred_until", sa.Double(), nullable=False, server_default="0"))
    op.add_column("person", sa.Column("corrected", sa.String(length=32), nullable=False, server_default=""))
    op.add_column("cases", sa.Column("held", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("cases", sa.Column("erased_at", sa.Double()))
    _people()
    _office()
    op.create_table(
        "doomed",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("what", sa.String(length=255), nullable=False),
        sa.Column("at", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_doomed")),
    )


def _people() -> None:
    """What people ask, and what an admin did to some."""
    op.create_table(
        "data_request",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("at", sa.Double(), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.String(length=64), nullable=False, server_default=""),
        sa.Column("decided_by", sa.String(length=160), nullable=False, server_default=""),
        sa.Column("decided_at", sa.Double()),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_data_request_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_data_request")),
    )
    op.create_index("ix_data_request_person_id", "data_request", ["person_id"])
    op.create_table(
        "bar",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by", sa.String(length=160), nullable=False),
        sa.Column("at", sa.Double(), nullable=False),
        sa.Column("until", sa.Double(), nullable=False),
        sa.Column("ended_at", sa.Double()),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_bar_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bar")),
    )
    op.create_index("ix_bar_person_id", "bar", ["person_id"])
    op.create_table(
        "appeal",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("bar_id", ID, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.Double(), nullable=False),
        sa.Column("answer", sa.String(length=8), nullable=False, server_default=""),
        sa.ForeignKeyConstraint(["bar_id"], ["bar.id"], name=op.f("fk_appeal_bar_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appeal")),
    )
    op.create_index("ix_appeal_bar_id", "appeal", ["bar_id"])


def _office() -> None:
    """What the office notes, and its messages about what waits."""
    op.create_table(
        "incident",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("found_at", sa.Double(), nullable=False),
        sa.Column("by", sa.String(length=160), nullable=False),
        sa.Column("touched", sa.Text(), nullable=False, server_default=""),
        sa.Column("done", sa.Text(), nullable=False, server_default=""),
        sa.Column("told_at", sa.Double()),
        sa.Column("closed_at", sa.Double()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident")),
    )
    op.create_table(
        "notice",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("subject_id", ID, nullable=False),
        sa.Column("at", sa.Double(), nullable=False),
        sa.Column("due_at", sa.Double(), nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False, server_default=""),
        sa.Column("chat_id", sa.String(length=128), nullable=False, server_default=""),
        sa.Column("message_id", sa.String(length=64)),
        sa.Column("reminded_at", sa.Double()),
        sa.Column("escalated_at", sa.Double()),
        sa.Column("closed_at", sa.Double()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
    )
    standing = sa.text("closed_at IS NULL")
    op.create_index("ix_notice_open", "notice", ["id"], sqlite_where=standing, postgresql_where=standing)
    op.create_table(
        "register",
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("what", sa.String(length=32), nullable=False),
        sa.Column("group", sa.String(length=32), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("at", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("day", "what", "group", name=op.f("pk_register")),
    )


def downgrade() -> None:
    for table in ("doomed", "register", "notice", "incident", "appeal", "bar", "data_request"):
        op.drop_table(table)
    op.drop_column("cases", "erased_at")
    op.drop_column("cases", "held")
    op.drop_column("person", "corrected")
    op.drop_column("person", "barred_until")
