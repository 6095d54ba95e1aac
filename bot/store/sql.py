"""Small helpers that both databases understand."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite


def upsert(connection: sa.Connection, table: sa.Table) -> Any:
    """An INSERT of the connection's own dialect, which knows ON CONFLICT."""
    return upsert_for(connection.dialect.name, table)


def upsert_for(dialect: str, table: sa.Table) -> Any:
    """The same, for a statement that is built once."""
    return sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)


def lane_key(channel: str, chat_id: str) -> str:
    """The key of a chat's queue; order is kept within it."""
    return f"{channel}|{chat_id}"
