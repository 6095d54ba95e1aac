"""Messages of ours at the desk that wait for a decision."""

from typing import Any

import sqlalchemy as sa

from bot.domain.rights import Kind, Notice
from bot.store.tables import notice


class Notices:
    """The repository of the desk's open messages; one of each kind and subject stands at a time."""

    def __init__(self, connection: sa.Connection) -> None:
        self._c = connection

    def put(self, kind: Kind, subject_id: int, *, at: float, due_at: float) -> Notice:
        """The message about this: the one that stands, or a new one."""
        if standing := self.about(kind, subject_id):
            return standing
        values = {"kind": kind, "subject_id": subject_id, "at": at, "due_at": due_at}
        return _notice(self._c.execute(notice.insert().values(values).returning(notice)).one())

    def get(self, notice_id: int) -> Notice | None:
        """A message by id."""
        row = self._c.execute(sa.select(notice).where(notice.c.id == notice_id)).first()
        return _notice(row) if row else None

    def about(self, kind: Kind, subject_id: int) -> Notice | None:
        """The message about this that still stands."""
        mine = (notice.c.kind == kind, notice.c.subject_id == subject_id, notice.c.closed_at.is_(None))
        row = self._c.execute(sa.select(notice).where(*mine)).first()
        return _notice(row) if row else None

    def change(self, notice_id: int, **values: object) -> None:
        """Set columns of a message."""
        self._c.execute(notice.update().where(notice.c.id == notice_id).values(values))

    def standing(self) -> list[Notice]:
        """Every message that waits for a decision, oldest first."""
        query = sa.select(notice).where(notice.c.closed_at.is_(None)).order_by(notice.c.id)
        return [_notice(row) for row in self._c.execute(query)]


def _notice(row: sa.Row[Any]) -> Notice:
    values = {name: row._mapping[name] for name in row._mapping if name not in ("kind",)}
    return Notice(kind=Kind(row.kind), **values)
