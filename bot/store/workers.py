"""Which processes live; what a dead one had taken is given back."""

import os
import socket
from pathlib import Path

import sqlalchemy as sa

from bot.store.sql import upsert
from bot.store.tables import inbox, lane, training_job, worker

SILENT_SECONDS = 4.0


class Workers:
    """Processes beat every second. On the same host a dead pid is seen at once, elsewhere after four seconds."""

    def __init__(self, connection: sa.Connection) -> None:
        self._c = connection

    def beat(self, owner: str, *, now: float) -> None:
        """Say that this process lives."""
        now = self._clock(now)
        pid = os.getpid()
        row = upsert(self._c, worker).values(id=owner, host=socket.gethostname(), pid=pid, born=_born(pid), beat_at=now)
        self._c.execute(row.on_conflict_do_update(index_elements=[worker.c.id], set_={"beat_at": now}))

    def bury(self, owner: str, *, now: float) -> int:
        """Free everything held by processes that died; returns how many there were."""
        now = self._clock(now)
        dead = [row.id for row in self._c.execute(sa.select(worker)) if row.id != owner and _dead(row, now)]
        for one in dead:
            self._free(one)
        return len(dead)

    def _clock(self, now: float) -> float:
        """The database's own time where several machines share it: their clocks may differ."""
        if self._c.dialect.name == "sqlite":
            return now
        return float(self._c.execute(sa.text("SELECT extract(epoch FROM clock_timestamp())")).scalar_one())

    def leave(self, owner: str) -> None:
        """A graceful end: free what is still held."""
        self._free(owner)

    def _free(self, owner: str) -> None:
        self._c.execute(inbox.update().where(inbox.c.owner == owner).values(owner=None))
        self._c.execute(lane.update().where(lane.c.owner == owner).values(owner=None))
        self._c.execute(training_job.update().where(training_job.c.owner == owner).values(owner=None))
        self._c.execute(worker.delete().where(worker.c.id == owner))


def _dead(row: sa.Row[tuple[object, ...]], now: float) -> bool:
    r = row._mapping
    if r["host"] == socket.gethostname() and _born(r["pid"]) != r["born"]:
        return True
    return bool(now - r["beat_at"] > SILENT_SECONDS)


def _born(pid: int) -> str:
    """When a process of this machine started, in kernel ticks; empty where there is none."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace")
    except OSError:
        return ""
    return stat.rsplit(")", 1)[1].split()[19]
