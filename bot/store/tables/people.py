"""Who writes, who administers, and what they hold."""

import sqlalchemy as sa

from bot.store.tables.base import Time, metadata, row_id

person = sa.Table(
    "person",
    metadata,
    row_id(),
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
    sa.Column("asked", sa.String(16)),  # what their next private message answers, and since when
    sa.Column("asked_at", Time, nullable=False, default=0.0, server_default="0"),
    sa.Column("created_at", Time, nullable=False),
    sa.Column("barred_until", Time, nullable=False, server_default="0"),
    sa.Column("corrected", sa.String(32), nullable=False, server_default=""),
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

secret = sa.Table(
    "secret",
    metadata,
    sa.Column("name", sa.String(32), primary_key=True),
    sa.Column("value", sa.String(128), nullable=False),
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
