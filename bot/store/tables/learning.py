"""What people taught, what the model was taught with, which model is in use or on trial."""

import sqlalchemy as sa

from bot.store.tables.base import Time, metadata, row_id

lesson = sa.Table(
    "lesson",
    metadata,
    row_id(),
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
    row_id(),
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
    row_id(),
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

training_job = sa.Table(
    "training_job",
    metadata,
    row_id(),
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
    row_id(),
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
    row_id(),
    sa.Column("model", sa.String(64), nullable=False),
    sa.Column("at", Time, nullable=False),
    sa.Column("by", sa.String(160), nullable=False),
    sa.Column("why", sa.String(16), nullable=False),
    sa.Column("failed_at", Time),
)

shadow_run = sa.Table(
    "shadow_run",
    metadata,
    row_id(),
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
