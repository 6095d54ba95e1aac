"""meetings with the heads of several levels, guests registered in chat

Revision ID: 0020
Revises: 0019
"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

BEFORE, AFTER = "uq_appointment_slot_place", "uq_appointment_head_slot_place"


def upgrade() -> None:
    op.add_column("office_draft", sa.Column("head", sa.String(length=32)))
    with op.batch_alter_table("appointment") as batch:
        batch.add_column(sa.Column("head", sa.String(length=32), nullable=False, server_default="kepala"))
        batch.drop_constraint(op.f(BEFORE), type_="unique")
        batch.create_unique_constraint(op.f(AFTER), ["head", "slot", "place"])


def downgrade() -> None:
    with op.batch_alter_table("appointment") as batch:
        batch.drop_constraint(op.f(AFTER), type_="unique")
        batch.create_unique_constraint(op.f(BEFORE), ["slot", "place"])
        batch.drop_column("head")
    op.drop_column("office_draft", "head")
