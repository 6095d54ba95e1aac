"""reports taken down for others, appointments

Revision ID: 0015
Revises: 0014
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
CALLER = sa.text("channel = 'kantor' AND phone IS NOT NULL")
OWED = sa.text("done_at IS NULL")
ACTIVE = sa.text("state IN ('ditawari', 'memilih', 'menunggu', 'terdaftar')")
WATCHED = sa.text("check_at IS NOT NULL")


def upgrade() -> None:
    op.add_column("person", sa.Column("asked", sa.String(length=16)))
    op.add_column("person", sa.Column("asked_at", sa.Double(), nullable=False, server_default="0"))
    op.create_index(
        "uq_person_phone_caller", "person", ["phone"], unique=True, sqlite_where=CALLER, postgresql_where=CALLER
    )
    _counter()
    _drafts()
    _appointments()


def _counter() -> None:
    op.create_table(
        "taken_down",
        sa.Column("case_id", ID, autoincrement=False, nullable=False),
        sa.Column("once", sa.String(length=64), nullable=False),
        sa.Column("how", sa.String(length=16), nullable=False),
        sa.Column("operator", sa.String(length=160), nullable=False),
        sa.Column("name", sa.String(length=128), nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("chat_id", sa.String(length=128), nullable=False),
        sa.Column("at", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_taken_down_case_id")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_taken_down")),
        sa.UniqueConstraint("once", name=op.f("uq_taken_down_once")),
    )
    op.create_index("ix_taken_down_at", "taken_down", ["at"])
    op.create_table(
        "office_call",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("case_id", ID),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.Double(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("tried_at", sa.Double()),
        sa.Column("done_at", sa.Double()),
        sa.Column("done_by", sa.String(length=160)),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_office_call_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office_call")),
    )
    op.create_index("ix_office_call_owed", "office_call", ["person_id"], sqlite_where=OWED, postgresql_where=OWED)


def _drafts() -> None:
    op.create_table(
        "office_draft",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("chat_id", sa.String(length=128), nullable=False),
        sa.Column("user_id", sa.String(length=128), nullable=False),
        sa.Column("step", sa.String(length=16), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("name", sa.String(length=128), nullable=False),
        sa.Column("phone", sa.String(length=32)),
        sa.Column("how", sa.String(length=16), nullable=False),
        sa.Column("anonymous", sa.Boolean(), nullable=False),
        sa.Column("secret", sa.Boolean(), nullable=False),
        sa.Column("at", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office_draft")),
        sa.UniqueConstraint("channel", "chat_id", "user_id", name=op.f("uq_office_draft_channel_chat_id_user_id")),
    )


def _appointments() -> None:
    op.create_table(
        "appointment",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("register", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("slot", sa.Double()),
        sa.Column("place", sa.Integer()),
        sa.Column("number", sa.Integer()),
        sa.Column("hold_until", sa.Double()),
        sa.Column("check_at", sa.Double()),
        sa.Column("reminded", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("case_id", ID),
        sa.Column("operator", sa.String(length=160), nullable=False, server_default=""),
        sa.Column("created_at", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_appointment_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appointment")),
        sa.UniqueConstraint("slot", "place", name=op.f("uq_appointment_slot_place")),
    )
    op.create_index(
        "uq_appointment_person", "appointment", ["person_id"], unique=True, sqlite_where=ACTIVE,
        postgresql_where=ACTIVE,
    )  # fmt: skip
    op.create_index(
        "ix_appointment_check_at", "appointment", ["check_at"], sqlite_where=WATCHED, postgresql_where=WATCHED
    )


def downgrade() -> None:
    for table in ("appointment", "office_draft", "office_call", "taken_down"):
        op.drop_table(table)
    op.drop_index("uq_person_phone_caller", "person")
    with op.batch_alter_table("person") as batch:
        batch.drop_column("asked_at")
        batch.drop_column("asked")
