"""A training job: what an admin asked for, how far it is, and what came of it."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

ATTEMPTS = 3  # a process that was killed from outside is begun again so often


class Kind(StrEnum):
    """How a model comes about."""

    QUICK = "cepat"
    FULL = "penuh"
    ADOPTED = "bawaan"
    """Trained on another machine; only judged here."""


class JobStatus(StrEnum):
    """Where a job stands. The first four run; the others are its end, or what was decided of its result."""

    QUEUED = "queued"
    EXPORTING = "exporting"
    FITTING = "fitting"
    JUDGING = "judging"
    READY = "ready"
    FAILED = "failed"
    CANCELLED = "cancelled"
    USED = "used"
    DECLINED = "declined"


RUNNING = frozenset({JobStatus.QUEUED, JobStatus.EXPORTING, JobStatus.FITTING, JobStatus.JUDGING})
FIT_SHARE = {Kind.QUICK: 0.6, Kind.FULL: 0.9, Kind.ADOPTED: 0.0}
"""How much of the whole the fitting is; the rest is the judging."""


@dataclass(frozen=True)
class Job:
    """A training job as it stands. `champion` and `result` are model ids; `learnt` counts rows by source.

    `pid` and `born` name the process that works on it, on `host`, watched by the worker `owner`.
    """

    id: int
    kind: Kind
    status: JobStatus
    actor: str
    channel: str
    chat_id: str
    at: float
    thread_id: str | None = None
    message_id: str | None = None
    champion: str | None = None
    result: str | None = None
    owner: str | None = None
    host: str | None = None
    pid: int | None = None
    born: str | None = None
    attempts: int = 0
    share: float = 0.0
    left: float | None = None
    learnt: dict[str, int] = field(default_factory=dict)
    report: dict[str, Any] = field(default_factory=dict)
    reason: str = ""
    ended_at: float | None = None

    @property
    def running(self) -> bool:
        return self.status in RUNNING

    @property
    def blocked(self) -> bool:
        """Whether the gate found a loss."""
        return bool(self.report.get("reasons"))


def whole_share(job: Job, share: float) -> float:
    """The share of a job that is done, where its present step has done `share`."""
    fit = FIT_SHARE[job.kind]
    return fit + (1 - fit) * share if job.status is JobStatus.JUDGING else fit * share
