"""a forum topic for each case in a chat, and where the right to make them was missed

Revision ID: 0008
Revises: 0007
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    with op.batch_alter_table("unit_chat") as batch:
        batch.add_column(sa.Column("right_missed_at", sa.Double()))
    op.create_table(
        "room",
        sa.Column("case_id", ID, nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("chat_id", sa.String(length=128), nullable=False),
        sa.Column("thread_id", sa.String(length=64), nullable=True),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("closed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_room_case_id")),
        sa.PrimaryKeyConstraint("case_id", "channel", "chat_id", name=op.f("pk_room")),
    )


def downgrade() -> None:
    op.drop_table("room")
    with op.batch_alter_table("unit_chat") as batch:
        batch.drop_column("right_missed_at")
