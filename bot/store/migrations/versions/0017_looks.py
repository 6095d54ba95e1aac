"""photos of reports are known again

Revision ID: 0017
Revises: 0016
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

UNLOOKED = sa.text("NOT looked AND path IS NOT NULL AND NOT proof")


def upgrade() -> None:
    op.add_column("media", sa.Column("looked", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_index("ix_media_unlooked", "media", ["id"], sqlite_where=UNLOOKED, postgresql_where=UNLOOKED)


def downgrade() -> None:
    op.drop_index("ix_media_unlooked", "media")
    op.drop_column("media", "looked")
