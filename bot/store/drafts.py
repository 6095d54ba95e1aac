"""Words to citizens that wait for a second person's approval."""

from typing import Any

import sqlalchemy as sa

from bot.domain.records import Draft
from bot.store.tables import draft


class Drafts:
    """The repository of drafts; an author has at most one for a case."""

    def __init__(self, connection: sa.Connection) -> None:
        self._c = connection

    def add(self, new: Draft) -> Draft:
        """Keep a draft; it comes back with its id."""
        values = {name: value for name, value in new.__dict__.items() if name != "id"}
        return _draft(self._c.execute(draft.insert().values(values).returning(draft)).one())

    def get(self, draft_id: int) -> Draft | None:
        """A draft by id."""
        row = self._c.execute(sa.select(draft).where(draft.c.id == draft_id)).first()
        return _draft(row) if row else None

    def of(self, case_id: int, author: str) -> Draft | None:
        """The draft that an author has for a case."""
        query = sa.select(draft).where(draft.c.case_id == case_id, draft.c.author == author)
        row = self._c.execute(query).first()
        return _draft(row) if row else None

    def drop(self, draft_id: int) -> None:
        """Forget a draft."""
        self._c.execute(draft.delete().where(draft.c.id == draft_id))

    def prune(self, *, before: float) -> None:
        """Forget drafts that nobody approved for long."""
        self._c.execute(draft.delete().where(draft.c.at < before))


def _draft(row: sa.Row[Any]) -> Draft:
    return Draft(row.id, row.case_id, row.author, row.name, row.text, row.at)
