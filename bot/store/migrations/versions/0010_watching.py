"""whether the model had doubted a case, and the keys of people who label on the web page

Revision ID: 0010
Revises: 0009
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("cases", sa.Column("doubted", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute("UPDATE cases SET doubted = unsure")
    op.create_index("ix_cases_created_at", "cases", ["created_at"])
    op.create_table(
        "web_key",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("user_id", sa.String(length=128), nullable=False),
        sa.Column("until", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_web_key")),
    )


def downgrade() -> None:
    op.drop_table("web_key")
    op.drop_index("ix_cases_created_at", table_name="cases")
    op.drop_column("cases", "doubted")
