"""A case: what was told, its files, its trail, what the clock did, its words for searching."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import TSVECTOR

from bot.domain.life import OPEN
from bot.store.tables.base import Id, Time, metadata, row_id

case = sa.Table(
    "cases",
    metadata,
    row_id(),
    sa.Column("code", sa.String(16), nullable=False, unique=True),
    sa.Column("person_id", sa.ForeignKey("person.id"), nullable=False),
    sa.Column("channel", sa.String(16), nullable=False),
    sa.Column("chat_id", sa.String(128), nullable=False),
    sa.Column("status", sa.String(24), nullable=False),
    sa.Column("kind", sa.String(24), nullable=False),
    sa.Column("topic", sa.String(32), nullable=False),
    sa.Column("further", sa.JSON, nullable=False),
    sa.Column("urgency", sa.String(16), nullable=False),
    sa.Column("language", sa.String(16), nullable=False),
    sa.Column("location", sa.Text),
    sa.Column("unsure", sa.Boolean, nullable=False),
    sa.Column("guesses", sa.JSON, nullable=False),
    sa.Column("p_topic", sa.Double, nullable=False),
    sa.Column("model", sa.String(64)),
    sa.Column("set_by", sa.String(16), nullable=False),
    sa.Column("fixed", sa.JSON, nullable=False, server_default="[]"),
    sa.Column("unit", sa.String(32), nullable=False),
    sa.Column("informed", sa.JSON, nullable=False),
    sa.Column("register", sa.String(16), nullable=False),
    sa.Column("created_at", Time, nullable=False),
    sa.Column("updated_at", Time, nullable=False),
    sa.Column("last_said_at", Time, nullable=False),
    sa.Column("taken_by", sa.String(128)),
    sa.Column("taken_by_id", sa.String(128)),
    sa.Column("awaiting", sa.String(16)),
    sa.Column("outcome", sa.Text),
    sa.Column("merged_into", Id),
    sa.Column("rating", sa.Integer),
    sa.Column("check_at", Time),
    sa.Column("due_at", Time),
    sa.Column("gross_seconds", Time),
    sa.Column("net_seconds", Time),
    sa.Column("doubted", sa.Boolean, nullable=False, server_default=sa.false()),  # the model did, whoever settled it
    sa.Column("anonymous", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("secret", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("secret_by", sa.String(16), nullable=False, server_default=""),
    sa.Column("accused", sa.JSON, nullable=False, server_default="[]"),
    sa.Column("held", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("erased_at", Time),
)
sa.Index("ix_cases_created_at", case.c.created_at)
sa.Index("ix_cases_person_id_updated_at", case.c.person_id, case.c.updated_at)
sa.Index("ix_cases_unit_status", case.c.unit, case.c.status)
_merged = case.c.merged_into.is_not(None)
sa.Index("ix_cases_merged_into", case.c.merged_into, sqlite_where=_merged, postgresql_where=_merged)
ACCUSING = sa.cast(case.c.accused, sa.Text) != sa.literal_column("'[]'")
"""Complains about an office; few do, and lists leave the open ones out by their own index."""
sa.Index("ix_cases_accused", case.c.status, case.c.id, sqlite_where=ACCUSING, postgresql_where=ACCUSING)
WORK = case.c.status.in_(sa.bindparam("open", sorted(OPEN), expanding=True, literal_execute=True))
"""Open, in the very words of the index below: SQLite compares them."""
sa.Index(
    "ix_cases_work", case.c.unit, case.c.status, case.c.urgency, case.c.due_at, case.c.taken_by_id, case.c.id,
    sqlite_where=WORK, postgresql_where=WORK,
)  # fmt: skip
_danger = case.c.urgency == "darurat"
sa.Index("ix_cases_danger", case.c.status, sqlite_where=_danger, postgresql_where=_danger)
_watched = case.c.check_at.is_not(None)
sa.Index("ix_cases_check_at", case.c.check_at, sqlite_where=_watched, postgresql_where=_watched)

entry = sa.Table(
    "entry",
    metadata,
    row_id(),
    sa.Column("case_id", sa.ForeignKey("cases.id")),
    sa.Column("person_id", sa.ForeignKey("person.id")),
    sa.Column("author", sa.String(16), nullable=False),
    sa.Column("name", sa.String(128), nullable=False, default=""),
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("message_id", sa.String(64)),
    sa.Column("group_key", sa.String(128)),
    sa.Column("lat", sa.Double),
    sa.Column("lon", sa.Double),
    sa.Column("forwarded", sa.Boolean, nullable=False, default=False),
    sa.Column("at", Time, nullable=False),
    sa.Column("edited_at", Time),
)
sa.Index("ix_entry_case_id", entry.c.case_id)
sa.Index("ix_entry_person_id_message_id", entry.c.person_id, entry.c.message_id)

media = sa.Table(
    "media",
    metadata,
    row_id(),
    sa.Column("case_id", sa.ForeignKey("cases.id"), nullable=False),
    sa.Column("channel", sa.String(16), nullable=False),
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("file_id", sa.String(255), nullable=False),
    sa.Column("unique_id", sa.String(255), nullable=False),
    sa.Column("mime", sa.String(128), nullable=False, default=""),
    sa.Column("size", sa.BigInteger),
    sa.Column("path", sa.String(255)),
    sa.Column("sha256", sa.String(64)),
    sa.Column("source_sha256", sa.String(64)),  # of the file as it was sent, with its metadata
    sa.Column("proof", sa.Boolean, nullable=False, server_default=sa.false()),  # staff sent it to show what was done
    sa.Column("looked", sa.Boolean, nullable=False, server_default=sa.false()),  # its look is kept, or cannot be
    sa.Column("attempts", sa.Integer, nullable=False, default=0),
    sa.Column("next_at", Time, nullable=False),
    sa.Column("error", sa.String(120)),
)
sa.Index("ix_media_case_id", media.c.case_id)
_unfetched = sa.and_(media.c.path.is_(None), media.c.error.is_(None))
sa.Index("ix_media_unfetched", media.c.next_at, sqlite_where=_unfetched, postgresql_where=_unfetched)
UNLOOKED = sa.text("NOT looked AND path IS NOT NULL AND NOT proof")
sa.Index("ix_media_unlooked", media.c.id, sqlite_where=UNLOOKED, postgresql_where=UNLOOKED)

audit = sa.Table(
    "audit",
    metadata,
    row_id(),
    sa.Column("case_id", Id),
    sa.Column("at", Time, nullable=False),
    sa.Column("actor", sa.String(160), nullable=False),
    sa.Column("what", sa.String(32), nullable=False),
    sa.Column("before", sa.String(64)),
    sa.Column("after", sa.String(64)),
)
sa.Index("ix_audit_case_id", audit.c.case_id)

case_words = sa.Table(
    "case_words",
    metadata,
    sa.Column("case_id", Id, sa.ForeignKey("cases.id"), primary_key=True, autoincrement=False),
    sa.Column("words", sa.Text().with_variant(TSVECTOR(), "postgresql"), nullable=False),
)
sa.Index("ix_case_words_words", case_words.c.words, postgresql_using="gin").ddl_if(dialect="postgresql")

nudge = sa.Table(
    "nudge",
    metadata,
    sa.Column("case_id", sa.ForeignKey("cases.id"), primary_key=True),
    sa.Column("kind", sa.String(32), primary_key=True),
    sa.Column("at", Time, nullable=False),
    sa.Column("times", sa.Integer, nullable=False),
)

digest = sa.Table(
    "digest",
    metadata,
    sa.Column("place", sa.String(240), primary_key=True),
    sa.Column("at", Time, nullable=False),
)
