"""training jobs, the models there are and which one is in use, trials beside the model in use

Revision ID: 0009
Revises: 0008
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _jobs()
    _models()
    _shadows()


def _jobs() -> None:
    op.create_table(
        "training_job",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("slot", sa.Integer()),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("actor", sa.String(length=160), nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("chat_id", sa.String(length=128), nullable=False),
        sa.Column("thread_id", sa.String(length=64)),
        sa.Column("message_id", sa.String(length=64)),
        sa.Column("champion", sa.String(length=64)),
        sa.Column("result", sa.String(length=64)),
        sa.Column("owner", sa.String(length=36)),
        sa.Column("host", sa.String(length=255)),
        sa.Column("pid", sa.Integer()),
        sa.Column("born", sa.String(length=64)),
        sa.Column("attempts", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("share", sa.Double(), nullable=False, server_default="0"),
        sa.Column("left", sa.Double()),
        sa.Column("learnt", sa.JSON()),
        sa.Column("report", sa.JSON()),
        sa.Column("reason", sa.Text()),
        sa.Column("at", sa.Double(), nullable=False),
        sa.Column("ended_at", sa.Double()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_job")),
        sa.UniqueConstraint("slot", name=op.f("uq_training_job_slot")),
    )


def _models() -> None:
    op.create_table(
        "model_version",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("origin", sa.String(length=16), nullable=False),
        sa.Column("parent", sa.String(length=64)),
        sa.Column("at", sa.Double(), nullable=False),
        sa.Column("learnt", sa.JSON()),
        sa.Column("report", sa.JSON()),
        sa.Column("removed_at", sa.Double()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_model_version")),
        sa.UniqueConstraint("name", name=op.f("uq_model_version_name")),
    )
    op.create_table(
        "model_use",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("model", sa.String(length=64), nullable=False),
        sa.Column("at", sa.Double(), nullable=False),
        sa.Column("by", sa.String(length=160), nullable=False),
        sa.Column("why", sa.String(length=16), nullable=False),
        sa.Column("failed_at", sa.Double()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_model_use")),
    )


def _shadows() -> None:
    op.create_table(
        "shadow_run",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("slot", sa.Integer()),
        sa.Column("model", sa.String(length=64), nullable=False),
        sa.Column("against", sa.String(length=64), nullable=False),
        sa.Column("actor", sa.String(length=160), nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("chat_id", sa.String(length=128), nullable=False),
        sa.Column("thread_id", sa.String(length=64)),
        sa.Column("at", sa.Double(), nullable=False),
        sa.Column("until", sa.Double(), nullable=False),
        sa.Column("ended_at", sa.Double()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shadow_run")),
        sa.UniqueConstraint("slot", name=op.f("uq_shadow_run_slot")),
    )
    op.create_table(
        "shadow_count",
        sa.Column("run_id", ID, nullable=False),
        sa.Column("topic", sa.String(length=32), nullable=False),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("topic_same", sa.Integer(), nullable=False),
        sa.Column("kind_same", sa.Integer(), nullable=False),
        sa.Column("urgency_same", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["shadow_run.id"], name=op.f("fk_shadow_count_run_id")),
        sa.PrimaryKeyConstraint("run_id", "topic", name=op.f("pk_shadow_count")),
    )


def downgrade() -> None:
    for table in ("shadow_count", "shadow_run", "model_use", "model_version", "training_job"):
        op.drop_table(table)
