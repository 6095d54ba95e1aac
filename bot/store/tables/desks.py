"""Where departments work: linked chats, cards and rooms, questions, drafts, the coba page's messages."""

import sqlalchemy as sa

from bot.store.tables.base import Id, Time, metadata, row_id

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

card = sa.Table(
    "card",
    metadata,
    row_id(),
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
    row_id(),
    sa.Column("case_id", sa.ForeignKey("cases.id"), nullable=False),
    sa.Column("user_id", sa.String(128), nullable=False),
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("channel", sa.String(16), nullable=False),
    sa.Column("chat_id", sa.String(128), nullable=False),
    sa.Column("at", Time, nullable=False),
    sa.UniqueConstraint("case_id", "user_id"),
)

draft = sa.Table(
    "draft",
    metadata,
    row_id(),
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
    row_id(),
    sa.Column("chat_id", sa.String(128), nullable=False),
    sa.Column("author", sa.String(16), nullable=False),
    sa.Column("name", sa.String(128), nullable=False, default=""),
    sa.Column("body", sa.JSON, nullable=False),
    sa.Column("reply_to", sa.String(64)),
    sa.Column("version", Id, nullable=False),
    sa.Column("at", Time, nullable=False),
)
sa.Index("ix_coba_message_version", coba_message.c.version)
