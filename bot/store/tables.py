"""Every table. Times are seconds since 1970 (UTC); JSON columns hold what no query looks into."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import TSVECTOR

from bot.domain.life import OPEN

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

Id = sa.BigInteger().with_variant(sa.Integer, "sqlite")
Time: sa.Double[float] = sa.Double()


def _id() -> sa.Column[int]:
    return sa.Column("id", Id, primary_key=True, autoincrement=True)


worker = sa.Table(
    "worker",
    metadata,
    sa.Column("id", sa.String(36), primary_key=True),
    sa.Column("host", sa.String(255), nullable=False),
    sa.Column("pid", sa.Integer, nullable=False),
    sa.Column("born", sa.String(64), nullable=False),
    sa.Column("beat_at", Time, nullable=False),
)

inbox = sa.Table(
    "inbox",
    metadata,
    _id(),
    sa.Column("channel", sa.String(16), nullable=False),
    sa.Column("event_id", sa.String(128), nullable=False),
    sa.Column("lane", sa.String(160), nullable=False),
    sa.Column("group_key", sa.String(128)),
    sa.Column("payload", sa.Text, nullable=False),
    sa.Column("received_at", Time, nullable=False),
    sa.Column("ready_at", Time, nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False, default=0),
    sa.Column("owner", sa.String(36)),
    sa.Column("done_at", Time),
    sa.Column("set_aside", sa.String(120)),
    sa.UniqueConstraint("channel", "event_id"),
)
sa.Index(
    "ix_inbox_open", inbox.c.lane, inbox.c.id,
    sqlite_where=inbox.c.done_at.is_(None), postgresql_where=inbox.c.done_at.is_(None),
)  # fmt: skip
_free = sa.and_(inbox.c.done_at.is_(None), inbox.c.owner.is_(None))
sa.Index("ix_inbox_free", inbox.c.id, sqlite_where=_free, postgresql_where=_free)
sa.Index("ix_inbox_done_at", inbox.c.done_at)

lane = sa.Table(
    "lane",
    metadata,
    sa.Column("key", sa.String(160), primary_key=True),
    sa.Column("channel", sa.String(16), nullable=False),
    sa.Column("chat_id", sa.String(128), nullable=False),
    sa.Column("pending", sa.Integer, nullable=False),
    sa.Column("ready_at", Time, nullable=False),
    sa.Column("blocked_until", Time, nullable=False, default=0.0),
    sa.Column("owner", sa.String(36)),
    sa.Column("sent_at", sa.JSON, nullable=False),
)
sa.Index(
    "ix_lane_ready", lane.c.ready_at,
    sqlite_where=lane.c.pending > 0, postgresql_where=lane.c.pending > 0,
)  # fmt: skip

outbox = sa.Table(
    "outbox",
    metadata,
    _id(),
    sa.Column("lane", sa.String(160), nullable=False),
    sa.Column("priority", sa.Integer, nullable=False),
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("payload", sa.JSON, nullable=False),
    sa.Column("thread_id", sa.String(64)),
    sa.Column("merge_key", sa.String(64)),
    sa.Column("case_id", Id),
    sa.Column("attempts", sa.Integer, nullable=False, default=0),
    sa.Column("created_at", Time, nullable=False),
    sa.Column("done_at", Time),
    sa.Column("error", sa.String(200)),
)
sa.Index(
    "ix_outbox_open", outbox.c.lane, outbox.c.priority, outbox.c.id,
    sqlite_where=outbox.c.done_at.is_(None), postgresql_where=outbox.c.done_at.is_(None),
)  # fmt: skip
sa.Index(
    "ix_outbox_merge", outbox.c.lane, outbox.c.merge_key,
    sqlite_where=outbox.c.done_at.is_(None), postgresql_where=outbox.c.done_at.is_(None),
)  # fmt: skip
sa.Index("ix_outbox_done_at", outbox.c.done_at)

person = sa.Table(
    "person",
    metadata,
    _id(),
    sa.Column("channel", sa.String(16), nullable=False),
    sa.Column("user_id", sa.String(128), nullable=False),
    sa.Column("chat_id", sa.String(128), nullable=False),
    sa.Column("name", sa.String(128), nullable=False, default=""),
    sa.Column("register", sa.String(16)),
    sa.Column("phone", sa.String(32)),
    sa.Column("blocked", sa.Boolean, nullable=False, default=False),
    sa.Column("misses", sa.Integer, nullable=False, default=0),
    sa.Column("missed_at", Time, nullable=False, default=0.0),
    sa.Column("surveyed_at", Time, nullable=False, default=0.0, server_default="0"),
    sa.Column("created_at", Time, nullable=False),
    sa.UniqueConstraint("channel", "user_id"),
)

sa.Index("ix_person_channel_chat_id", person.c.channel, person.c.chat_id)

admin = sa.Table(
    "admin",
    metadata,
    sa.Column("channel", sa.String(16), primary_key=True),
    sa.Column("user_id", sa.String(128), primary_key=True),
    sa.Column("at", Time, nullable=False),
)

unit_chat = sa.Table(
    "unit_chat",
    metadata,
    sa.Column("unit", sa.String(32), primary_key=True),
    sa.Column("channel", sa.String(16), nullable=False),
    sa.Column("chat_id", sa.String(128), nullable=False),
    sa.Column("thread_id", sa.String(64)),
    sa.Column("title", sa.String(255), nullable=False, default=""),
    sa.Column("linked_by", sa.String(160), nullable=False),
    sa.Column("at", Time, nullable=False),
    sa.Column("right_missed_at", Time),
)
sa.Index("ix_unit_chat_channel_chat_id", unit_chat.c.channel, unit_chat.c.chat_id)

case = sa.Table(
    "cases",
    metadata,
    _id(),
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
)
sa.Index("ix_cases_created_at", case.c.created_at)
sa.Index("ix_cases_person_id_updated_at", case.c.person_id, case.c.updated_at)
sa.Index("ix_cases_unit_status", case.c.unit, case.c.status)
_merged = case.c.merged_into.is_not(None)
sa.Index("ix_cases_merged_into", case.c.merged_into, sqlite_where=_merged, postgresql_where=_merged)
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
    _id(),
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
    _id(),
    sa.Column("case_id", sa.ForeignKey("cases.id"), nullable=False),
    sa.Column("channel", sa.String(16), nullable=False),
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("file_id", sa.String(255), nullable=False),
    sa.Column("unique_id", sa.String(255), nullable=False),
    sa.Column("mime", sa.String(128), nullable=False, default=""),
    sa.Column("size", sa.BigInteger),
    sa.Column("path", sa.String(255)),
    sa.Column("sha256", sa.String(64)),
    sa.Column("attempts", sa.Integer, nullable=False, default=0),
    sa.Column("next_at", Time, nullable=False),
    sa.Column("error", sa.String(120)),
)
sa.Index("ix_media_case_id", media.c.case_id)
_unfetched = sa.and_(media.c.path.is_(None), media.c.error.is_(None))
sa.Index("ix_media_unfetched", media.c.next_at, sqlite_where=_unfetched, postgresql_where=_unfetched)

card = sa.Table(
    "card",
    metadata,
    _id(),
    sa.Column("case_id", sa.ForeignKey("cases.id"), nullable=False),
    sa.Column("role", sa.String(8), nullable=False),
    sa.Column("unit", sa.String(32), nullable=False),
    sa.Column("channel", sa.String(16), nullable=False),
    sa.Column("chat_id", sa.String(128), nullable=False),
    sa.Column("thread_id", sa.String(64)),
    sa.Column("message_id", sa.String(64)),
    sa.Column("retired", sa.Boolean, nullable=False, default=False),
    sa.Column("menu", sa.String(48)),
)
sa.Index("ix_card_case_id", card.c.case_id)
sa.Index("ix_card_channel_chat_id", card.c.channel, card.c.chat_id)

room = sa.Table(
    "room",
    metadata,
    sa.Column("case_id", sa.ForeignKey("cases.id"), primary_key=True),
    sa.Column("channel", sa.String(16), primary_key=True),
    sa.Column("chat_id", sa.String(128), primary_key=True),
    sa.Column("thread_id", sa.String(64)),
    sa.Column("name", sa.String(255), nullable=False),
    sa.Column("closed", sa.Boolean, nullable=False),
)

bound = sa.Table(
    "bound",
    metadata,
    sa.Column("lane", sa.String(160), primary_key=True),
    sa.Column("message_id", sa.String(64), primary_key=True),
    sa.Column("case_id", Id, nullable=False),
    sa.Column("role", sa.String(24), nullable=False),
    sa.Column("user_id", sa.String(128)),
)

prompt = sa.Table(
    "prompt",
    metadata,
    _id(),
    sa.Column("case_id", sa.ForeignKey("cases.id"), nullable=False),
    sa.Column("user_id", sa.String(128), nullable=False),
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("channel", sa.String(16), nullable=False),
    sa.Column("chat_id", sa.String(128), nullable=False),
    sa.Column("at", Time, nullable=False),
    sa.UniqueConstraint("case_id", "user_id"),
)

audit = sa.Table(
    "audit",
    metadata,
    _id(),
    sa.Column("case_id", Id),
    sa.Column("at", Time, nullable=False),
    sa.Column("actor", sa.String(160), nullable=False),
    sa.Column("what", sa.String(32), nullable=False),
    sa.Column("before", sa.String(64)),
    sa.Column("after", sa.String(64)),
)
sa.Index("ix_audit_case_id", audit.c.case_id)

lesson = sa.Table(
    "lesson",
    metadata,
    _id(),
    sa.Column("case_id", sa.ForeignKey("cases.id"), nullable=False),
    sa.Column("field", sa.String(16), nullable=False),
    sa.Column("before", sa.Text, nullable=False),
    sa.Column("after", sa.Text, nullable=False),
    sa.Column("who", sa.String(160), nullable=False),
    sa.Column("model", sa.String(64)),
    sa.Column("at", Time, nullable=False),
    sa.Column("source", sa.String(8), nullable=False, server_default="kartu"),
    sa.Column("undone_at", Time),
)
sa.Index("ix_lesson_case_id", lesson.c.case_id)
sa.Index("ix_lesson_at", lesson.c.at)

rerouting = sa.Table(
    "rerouting",
    metadata,
    _id(),
    sa.Column("case_id", sa.ForeignKey("cases.id"), nullable=False),
    sa.Column("topic", sa.String(32), nullable=False),
    sa.Column("before", sa.String(32), nullable=False),
    sa.Column("after", sa.String(32), nullable=False),
    sa.Column("who", sa.String(160), nullable=False),
    sa.Column("at", Time, nullable=False),
)
sa.Index("ix_rerouting_topic_after_at", rerouting.c.topic, rerouting.c.after, rerouting.c.at)

offered_route = sa.Table(
    "offered_route",
    metadata,
    sa.Column("topic", sa.String(32), primary_key=True),
    sa.Column("unit", sa.String(32), primary_key=True),
    sa.Column("at", Time, nullable=False),
)

label_task = sa.Table(
    "label_task",
    metadata,
    _id(),
    sa.Column("case_id", sa.ForeignKey("cases.id"), nullable=False),
    sa.Column("reason", sa.String(16), nullable=False),
    sa.Column("kind", sa.String(24), nullable=False),
    sa.Column("topic", sa.String(32), nullable=False),
    sa.Column("urgency", sa.String(16), nullable=False),
    sa.Column("model", sa.String(64)),
    sa.Column("admin", sa.String(160), nullable=False),
    sa.Column("at", Time, nullable=False),
)
sa.Index("ix_label_task_case_id", label_task.c.case_id)
sa.Index("ix_label_task_admin", label_task.c.admin)

label_answer = sa.Table(
    "label_answer",
    metadata,
    sa.Column("task_id", sa.ForeignKey("label_task.id"), primary_key=True),
    sa.Column("admin", sa.String(160), nullable=False),
    sa.Column("kind", sa.String(24), nullable=False),
    sa.Column("topic", sa.String(32), nullable=False),
    sa.Column("urgency", sa.String(16), nullable=False),
    sa.Column("at", Time, nullable=False),
    sa.Column("seconds", sa.Double, nullable=False),
)
sa.Index("ix_label_answer_at", label_answer.c.at)

secret = sa.Table(
    "secret",
    metadata,
    sa.Column("name", sa.String(32), primary_key=True),
    sa.Column("value", sa.String(128), nullable=False),
)

draft = sa.Table(
    "draft",
    metadata,
    _id(),
    sa.Column("case_id", sa.ForeignKey("cases.id"), nullable=False),
    sa.Column("author", sa.String(160), nullable=False),
    sa.Column("name", sa.String(128), nullable=False, default=""),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("at", Time, nullable=False),
    sa.UniqueConstraint("case_id", "author"),
)
sa.Index("ix_draft_at", draft.c.at)

coba_message = sa.Table(
    "coba_message",
    metadata,
    _id(),
    sa.Column("chat_id", sa.String(128), nullable=False),
    sa.Column("author", sa.String(16), nullable=False),
    sa.Column("name", sa.String(128), nullable=False, default=""),
    sa.Column("body", sa.JSON, nullable=False),
    sa.Column("reply_to", sa.String(64)),
    sa.Column("version", Id, nullable=False),
    sa.Column("at", Time, nullable=False),
)
sa.Index("ix_coba_message_version", coba_message.c.version)

role = sa.Table(
    "role",
    metadata,
    sa.Column("channel", sa.String(16), primary_key=True),
    sa.Column("user_id", sa.String(128), primary_key=True),
    sa.Column("role", sa.String(16), nullable=False),
    sa.Column("name", sa.String(128), nullable=False, default=""),
    sa.Column("given_by", sa.String(160), nullable=False),
    sa.Column("at", Time, nullable=False),
)

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

case_words = sa.Table(
    "case_words",
    metadata,
    sa.Column("case_id", Id, sa.ForeignKey("cases.id"), primary_key=True, autoincrement=False),
    sa.Column("words", sa.Text().with_variant(TSVECTOR(), "postgresql"), nullable=False),
)
sa.Index("ix_case_words_words", case_words.c.words, postgresql_using="gin").ddl_if(dialect="postgresql")

training_job = sa.Table(
    "training_job",
    metadata,
    _id(),
    sa.Column("slot", sa.Integer, unique=True),  # 1 while it runs, otherwise null: so there is never a second one
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("status", sa.String(16), nullable=False),
    sa.Column("actor", sa.String(160), nullable=False),
    sa.Column("channel", sa.String(16), nullable=False),
    sa.Column("chat_id", sa.String(128), nullable=False),
    sa.Column("thread_id", sa.String(64)),
    sa.Column("message_id", sa.String(64)),
    sa.Column("champion", sa.String(64)),
    sa.Column("result", sa.String(64)),
    sa.Column("owner", sa.String(36)),
    sa.Column("host", sa.String(255)),
    sa.Column("pid", sa.Integer),
    sa.Column("born", sa.String(64)),
    sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),
    sa.Column("share", sa.Double, nullable=False, server_default="0"),
    sa.Column("left", sa.Double),
    sa.Column("learnt", sa.JSON),
    sa.Column("report", sa.JSON),
    sa.Column("reason", sa.Text),
    sa.Column("at", Time, nullable=False),
    sa.Column("ended_at", Time),
)

model_version = sa.Table(
    "model_version",
    metadata,
    _id(),
    sa.Column("name", sa.String(64), nullable=False, unique=True),
    sa.Column("origin", sa.String(16), nullable=False),
    sa.Column("parent", sa.String(64)),
    sa.Column("at", Time, nullable=False),
    sa.Column("learnt", sa.JSON),
    sa.Column("report", sa.JSON),
    sa.Column("removed_at", Time),
)

model_use = sa.Table(
    "model_use",
    metadata,
    _id(),
    sa.Column("model", sa.String(64), nullable=False),
    sa.Column("at", Time, nullable=False),
    sa.Column("by", sa.String(160), nullable=False),
    sa.Column("why", sa.String(16), nullable=False),
    sa.Column("failed_at", Time),
)

shadow_run = sa.Table(
    "shadow_run",
    metadata,
    _id(),
    sa.Column("slot", sa.Integer, unique=True),  # 1 while it runs, as of training_job
    sa.Column("model", sa.String(64), nullable=False),
    sa.Column("against", sa.String(64), nullable=False),
    sa.Column("actor", sa.String(160), nullable=False),
    sa.Column("channel", sa.String(16), nullable=False),
    sa.Column("chat_id", sa.String(128), nullable=False),
    sa.Column("thread_id", sa.String(64)),
    sa.Column("at", Time, nullable=False),
    sa.Column("until", Time, nullable=False),
    sa.Column("ended_at", Time),
)

shadow_count = sa.Table(
    "shadow_count",
    metadata,
    sa.Column("run_id", sa.ForeignKey("shadow_run.id"), primary_key=True),
    sa.Column("topic", sa.String(32), primary_key=True),
    sa.Column("asked", sa.Integer, nullable=False),
    sa.Column("topic_same", sa.Integer, nullable=False),
    sa.Column("kind_same", sa.Integer, nullable=False),
    sa.Column("urgency_same", sa.Integer, nullable=False),
)

web_key = sa.Table(
    "web_key",
    metadata,
    sa.Column("digest", sa.String(64), primary_key=True),
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("channel", sa.String(16), nullable=False),
    sa.Column("user_id", sa.String(128), nullable=False),
    sa.Column("until", Time, nullable=False),
)
