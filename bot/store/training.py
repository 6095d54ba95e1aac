"""Training jobs. At most one runs: its row alone holds the slot."""

from typing import Any

import sqlalchemy as sa

from bot.domain.training import RUNNING, Job, JobStatus, Kind
from bot.store.sql import upsert
from bot.store.tables import training_job


class Training:
    """The repository of training jobs."""

    def __init__(self, connection: sa.Connection) -> None:
        self._c = connection

    def begin(self, kind: Kind, **values: Any) -> Job | None:
        """Queue a job; None where one runs already."""
        row = upsert(self._c, training_job).values(slot=1, kind=kind, status=JobStatus.QUEUED, **values)
        made = self._c.execute(row.on_conflict_do_nothing(index_elements=["slot"]).returning(training_job)).first()
        return _job(made) if made else None

    def get(self, job_id: int) -> Job | None:
        """A job by id."""
        row = self._c.execute(sa.select(training_job).where(training_job.c.id == job_id)).first()
        return _job(row) if row else None

    def running(self) -> Job | None:
        """The job that runs."""
        row = self._c.execute(sa.select(training_job).where(training_job.c.slot == 1)).first()
        return _job(row) if row else None

    def of_model(self, name: str) -> Job | None:
        """The job that made, or judged, a model."""
        made = sa.select(training_job).where(training_job.c.result == name).order_by(training_job.c.id.desc())
        row = self._c.execute(made.limit(1)).first()
        return _job(row) if row else None

    def left_behind(self, host: str) -> list[Job]:
        """Ended jobs of a machine that were not put away yet: those were begun there and cancelled."""
        query = sa.select(training_job).where(training_job.c.slot.is_(None), training_job.c.host == host)
        return [_job(row) for row in self._c.execute(query)]

    def change(self, job_id: int, **values: Any) -> None:
        """Change a job; one that ended gives its slot free."""
        status = values.get("status")
        if status is not None and status not in RUNNING:
            values["slot"] = None
        self._c.execute(training_job.update().where(training_job.c.id == job_id).values(values))

    def claim(self, job_id: int, owner: str, host: str) -> bool:
        """Watch over a job that nobody watches; False where another worker was first, or it belongs to another host."""
        free = (training_job.c.id == job_id, training_job.c.owner.is_(None))
        here = sa.or_(training_job.c.host.is_(None), training_job.c.host == host)
        return self._c.execute(training_job.update().where(*free, here).values(owner=owner, host=host)).rowcount == 1


def _job(row: sa.Row[Any]) -> Job:
    fields = {key: value for key, value in row._mapping.items() if key != "slot"}
    for key in ("learnt", "report"):
        fields[key] = fields[key] or {}
    fields |= {"kind": Kind(row.kind), "status": JobStatus(row.status), "reason": row.reason or ""}
    return Job(**fields)
