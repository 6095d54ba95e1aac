"""Roles that an admin has set; everybody else is petugas."""

import sqlalchemy as sa

from bot.domain.roles import Holder, Role
from bot.store.sql import upsert
from bot.store.tables import role as table

# Asked at every press: the statement is built once.
_ROLE = sa.select(table.c.role).where(
    table.c.channel == sa.bindparam("channel"), table.c.user_id == sa.bindparam("user_id")
)


class Roles:
    """The repository of roles."""

    def __init__(self, connection: sa.Connection) -> None:
        self._c = connection

    def of(self, channel: str, user_id: str) -> Role:
        """What somebody is."""
        found = self._c.execute(_ROLE, {"channel": channel, "user_id": user_id}).scalar()
        return Role(found) if found else Role.PETUGAS

    def give(self, holder: Holder, *, by: str, now: float) -> None:
        """Set somebody's role; `petugas` is what everybody is, so nothing of it is kept."""
        here = (table.c.channel == holder.channel, table.c.user_id == holder.user_id)
        if holder.role is Role.PETUGAS:
            self._c.execute(table.delete().where(*here))
            return
        values = {"role": str(holder.role), "name": holder.name[:128], "given_by": by, "at": now}
        row = upsert(self._c, table).values(channel=holder.channel, user_id=holder.user_id, **values)
        self._c.execute(row.on_conflict_do_update(index_elements=[table.c.channel, table.c.user_id], set_=values))

    def all(self) -> list[Holder]:
        """Everybody whose role was set, heads first, then by age."""
        rows = self._c.execute(sa.select(table).order_by(table.c.role, table.c.at, table.c.user_id))
        return [Holder(row.channel, row.user_id, Role(row.role), row.name) for row in rows]
