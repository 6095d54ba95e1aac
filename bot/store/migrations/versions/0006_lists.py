"""lists: open work in order, and the words that cases are found by

Revision ID: 0006
Revises: 0005
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TSVECTOR

from bot.store.words import write_words

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

AT_ONCE = 500
OPEN = "status IN ('dibuka_kembali', 'diproses', 'diterima', 'diteruskan', 'diverifikasi', 'menunggu_pelapor')"
SEARCH = (
    "CREATE VIRTUAL TABLE case_search USING fts5(words, content='case_words', content_rowid='case_id',"
    " detail=none, columnsize=0, tokenize=\"ascii tokenchars '_-'\")"
)
KEEP = "INSERT INTO case_search (rowid, words) VALUES (new.case_id, new.words);"
DROP = "INSERT INTO case_search (case_search, rowid, words) VALUES ('delete', old.case_id, old.words);"
TRIGGERS = {"insert": KEEP, "delete": DROP, "update": f"{DROP} {KEEP}"}


def upgrade() -> None:
    op.create_index(
        "ix_cases_work",
        "cases",
        ["unit", "status", "urgency", "due_at", "taken_by_id", "id"],
        sqlite_where=sa.text(OPEN),
        postgresql_where=sa.text(OPEN),
    )
    op.create_table(
        "case_words",
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("words", sa.Text().with_variant(TSVECTOR(), "postgresql"), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_words_case_id")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_case_words")),
    )
    if op.get_bind().dialect.name == "sqlite":
        op.execute(SEARCH)
        for when, what in TRIGGERS.items():
            op.execute(f"CREATE TRIGGER case_words_{when} AFTER {when} ON case_words BEGIN {what} END")
    else:
        op.create_index("ix_case_words_words", "case_words", ["words"], postgresql_using="gin")
    _note_words()


def _note_words() -> None:
    """The words of the cases there are: masked and folded, which SQL alone cannot."""
    connection = op.get_bind()
    ids = list(connection.execute(sa.text("SELECT id FROM cases ORDER BY id")).scalars())
    for first in range(0, len(ids), AT_ONCE):
        write_words(connection, ids[first : first + AT_ONCE])


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE case_search")
    op.drop_table("case_words")
    op.drop_index("ix_cases_work", "cases")
