"""Links and sessions of the web page: only a digest of each is kept, so that nobody signs in with the database."""

import sqlalchemy as sa

from bot.store.tables import web_key


class WebKeys:
    """The repository of keys; `kind` is what a key opens."""

    def __init__(self, connection: sa.Connection) -> None:
        self._c = connection

    def keep(self, digest: str, kind: str, channel: str, user_id: str, *, until: float, now: float) -> None:
        """Keep a key, and forget those that are over."""
        self._c.execute(web_key.delete().where(web_key.c.until <= now))
        values = {"digest": digest, "kind": kind, "channel": channel, "user_id": user_id, "until": until}
        self._c.execute(web_key.insert().values(values))

    def whose(self, digest: str, kind: str, *, now: float) -> tuple[str, str] | None:
        """Channel and id of whoever has this key; None where there is none, or it is over."""
        mine = (web_key.c.digest == digest, web_key.c.kind == kind, web_key.c.until > now)
        row = self._c.execute(sa.select(web_key.c.channel, web_key.c.user_id).where(*mine)).first()
        return (row.channel, row.user_id) if row else None

    def use_up(self, digest: str, kind: str, *, now: float) -> tuple[str, str] | None:
        """Whose key it was, once: it is gone afterwards, and of two at the same time only one gets it."""
        mine = (web_key.c.digest == digest, web_key.c.kind == kind)
        gone = web_key.delete().where(*mine).returning(web_key.c.channel, web_key.c.user_id, web_key.c.until)
        row = self._c.execute(gone).first()
        return (row.channel, row.user_id) if row and row.until > now else None

    def revoke(self, kind: str, channel: str, user_id: str) -> None:
        """Somebody's keys of this kind open nothing any more."""
        mine = (web_key.c.kind == kind, web_key.c.channel == channel, web_key.c.user_id == user_id)
        self._c.execute(web_key.delete().where(*mine))
