"""lessons from merges and labelling, moves that leave the topic, messages to label, the key that hides case numbers

Revision ID: 0007
Revises: 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    with op.batch_alter_table("lesson") as batch:
        batch.add_column(sa.Column("source", sa.String(8), nullable=False, server_default="kartu"))
        batch.add_column(sa.Column("undone_at", sa.Double()))
        batch.create_index("ix_lesson_at", ["at"])
    _routes()
    _labels()
    op.create_table(
        "secret",
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.Column("value", sa.String(length=128), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_secret")),
    )


def _routes() -> None:
    op.create_table(
        "rerouting",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("case_id", ID, nullable=False),
        sa.Column("topic", sa.String(length=32), nullable=False),
        sa.Column("before", sa.String(length=32), nullable=False),
        sa.Column("after", sa.String(length=32), nullable=False),
        sa.Column("who", sa.String(length=160), nullable=False),
        sa.Column("at", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_rerouting_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rerouting")),
    )
    op.create_index("ix_rerouting_topic_after_at", "rerouting", ["topic", "after", "at"])
    op.create_table(
        "offered_route",
        sa.Column("topic", sa.String(length=32), nullable=False),
        sa.Column("unit", sa.String(length=32), nullable=False),
        sa.Column("at", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("topic", "unit", name=op.f("pk_offered_route")),
    )


def _labels() -> None:
    labels = (("kind", 24), ("topic", 32), ("urgency", 16))
    op.create_table(
        "label_task",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("case_id", ID, nullable=False),
        sa.Column("reason", sa.String(length=16), nullable=False),
        *(sa.Column(name, sa.String(length=length), nullable=False) for name, length in labels),
        sa.Column("model", sa.String(length=64)),
        sa.Column("admin", sa.String(length=160), nullable=False),
        sa.Column("at", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_label_task_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_label_task")),
    )
    op.create_index("ix_label_task_case_id", "label_task", ["case_id"])
    op.create_index("ix_label_task_admin", "label_task", ["admin"])
    op.create_table(
        "label_answer",
        sa.Column("task_id", ID, nullable=False),
        sa.Column("admin", sa.String(length=160), nullable=False),
        *(sa.Column(name, sa.String(length=length), nullable=False) for name, length in labels),
        sa.Column("at", sa.Double(), nullable=False),
        sa.Column("seconds", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(["task_id"], ["label_task.id"], name=op.f("fk_label_answer_task_id")),
        sa.PrimaryKeyConstraint("task_id", name=op.f("pk_label_answer")),
    )
    op.create_index("ix_label_answer_at", "label_answer", ["at"])


def downgrade() -> None:
    for table in ("secret", "label_answer", "label_task", "offered_route", "rerouting"):
        op.drop_table(table)
    with op.batch_alter_table("lesson") as batch:
        batch.drop_index("ix_lesson_at")
        batch.drop_column("undone_at")
        batch.drop_column("source")
