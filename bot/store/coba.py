"""The transcript of the coba page: what stands in its chats, with a version that a browser can follow."""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from bot.store.tables import coba_message as message

LATEST = 600  # lines that a freshly opened page gets


@dataclass(frozen=True)
class Line:
    """One message as it stands now. `author`: bot, warga or petugas; `version` grows with every change."""

    id: int
    chat_id: str
    author: str
    name: str
    body: dict[str, Any]
    reply_to: str | None
    version: int
    at: float


class Coba:
    """The repository of the coba page's chats."""

    def __init__(self, connection: sa.Connection) -> None:
        self._c = connection

    def add(
        self, chat_id: str, body: dict[str, Any], *, at: float, author: str = "bot", name: str = "",
        reply_to: str | None = None,
    ) -> Line:  # fmt: skip
        """Keep a new message."""
        values = {
            "chat_id": chat_id,
            "author": author,
            "name": name,
            "body": body,
            "reply_to": reply_to,
            "version": self._next_version(),
            "at": at,
        }
        return _line(self._c.execute(message.insert().values(values).returning(message)).one())

    def change(self, chat_id: str, message_id: str, body: dict[str, Any]) -> bool:
        """Replace what a message says; False where the chat has no such message."""
        if not message_id.isdecimal():
            return False
        here = (message.c.id == int(message_id), message.c.chat_id == chat_id)
        values = {"body": body, "version": self._next_version()}
        return self._c.execute(message.update().where(*here).values(values)).rowcount == 1

    def get(self, chat_id: str, message_id: str) -> Line | None:
        """A message by id."""
        if not message_id.isdecimal():
            return None
        here = (message.c.id == int(message_id), message.c.chat_id == chat_id)
        row = self._c.execute(sa.select(message).where(*here)).first()
        return _line(row) if row else None

    def since(self, version: int) -> list[Line]:
        """Messages that came or changed after a version, oldest first; from 0 on, the latest ones only."""
        query = sa.select(message).where(message.c.version > version).order_by(message.c.id.desc()).limit(LATEST)
        return [_line(row) for row in self._c.execute(query)][::-1]

    def version(self) -> int:
        """The version of the latest change; 0 where nothing was ever said."""
        return int(self._c.execute(sa.select(sa.func.coalesce(sa.func.max(message.c.version), 0))).scalar_one())

    def _next_version(self) -> int:
        """One more than the latest, in the order of commits: a reader never sees a gap filled behind its back."""
        if self._c.dialect.name != "sqlite":  # SQLite has one writer anyway
            self._c.execute(sa.text("LOCK TABLE coba_message IN EXCLUSIVE MODE"))
        return self.version() + 1


def _line(row: sa.Row[Any]) -> Line:
    return Line(row.id, row.chat_id, row.author, row.name, dict(row.body), row.reply_to, row.version, row.at)
