"""drafts that wait for a second person, what a person set on a case, lessons as long as a place

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    with op.batch_alter_table("cases") as batch:
        batch.add_column(sa.Column("fixed", sa.JSON(), nullable=False, server_default="[]"))
    with op.batch_alter_table("lesson") as batch:
        for name in ("before", "after"):
            batch.alter_column(name, type_=sa.Text(), existing_type=sa.String(64), existing_nullable=False)
        batch.create_index("ix_lesson_case_id", ["case_id"])
    op.create_table(
        "draft",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("case_id", ID, nullable=False),
        sa.Column("author", sa.String(length=160), nullable=False),
        sa.Column("name", sa.String(length=128), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_draft_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft")),
        sa.UniqueConstraint("case_id", "author", name=op.f("uq_draft_case_id_author")),
    )
    op.create_index("ix_draft_at", "draft", ["at"])


def downgrade() -> None:
    op.drop_table("draft")
    with op.batch_alter_table("lesson") as batch:
        batch.drop_index("ix_lesson_case_id")
        for name in ("before", "after"):
            batch.alter_column(name, type_=sa.String(64), existing_type=sa.Text(), existing_nullable=False)
    with op.batch_alter_table("cases") as batch:
        batch.drop_column("fixed")
