"""The training job at work: one step a second, each of which may be the last before the process dies.

The work itself is done by child processes that outlive us: after a restart the one that is known by pid and start time
is followed, and one that died is begun again. What stands in the database says which step comes next; until a result is
chosen nothing of it touches the model in use.
"""

import asyncio
import socket
import subprocess
from collections.abc import Callable
from dataclasses import replace
from functools import partial

import structlog

from bot.domain.models import Version
from bot.domain.outgoing import Outgoing, Priority
from bot.domain.training import ATTEMPTS, Job, JobStatus, Kind, whole_share
from bot.services.database import Database
from bot.services.learning import children, training_words
from bot.services.learning.workshop import LOG, QUICK_THREADS, Workshop
from bot.services.office import Office
from bot.services.ports import UnitOfWork

TRAIN_SECONDS = 1.0
TELL_SECONDS = 5.0
FULL_THREADS = 2
log = structlog.get_logger()


class Trainer:
    """Watches over the job that runs, if nobody else does."""

    def __init__(
        self, database: Database, office: Office, workshop: Workshop, *, owner: str, woken: Callable[[], None]
    ) -> None:
        self._database = database
        self._office = office
        self._workshop = workshop
        self._owner = owner
        self._woken = woken
        self._host = socket.gethostname()
        self._children: dict[int, subprocess.Popen[bytes]] = {}
        self._told_at = 0.0

    async def step(self) -> None:
        """Put away what was cancelled, then look at the job that runs."""
        host = self._host
        running, ended = await self._database.read(lambda uow: (uow.training.running(), uow.training.left_behind(host)))
        for job in ended:
            await self._put_away(job)
        if running is not None and await self._mine(running):
            await self._go_on(running)

    async def _mine(self, job: Job) -> bool:
        if job.owner is not None:
            return job.owner == self._owner
        return await self._database.write(lambda uow: uow.training.claim(job.id, self._owner, self._host))

    async def _go_on(self, job: Job) -> None:
        if job.status in (JobStatus.QUEUED, JobStatus.EXPORTING):
            await self._export(job)
        elif job.pid is None:
            await self._start(job)
        elif self._alive(job):
            await self._tell(job)
        else:
            await self._ended(job)

    async def _export(self, job: Job) -> None:
        job = await self._change(job, status=JobStatus.EXPORTING)
        if not job.running:
            return
        learnt = await asyncio.to_thread(self._workshop.prepare, job)
        if job.kind is Kind.ADOPTED:  # what it learnt from, its own folder said
            await self._change(job, status=JobStatus.JUDGING)
        else:
            await self._change(job, status=JobStatus.FITTING, learnt=learnt)

    async def _start(self, job: Job) -> None:
        """Begin the present step, as often as it may be tried; each attempt is counted before it begins."""
        champion = self._workshop.folder_of(job.champion or "").resolve()
        job = await self._change(job, attempts=job.attempts + 1)
        if not job.running:
            return
        await asyncio.to_thread(self._workshop.clear, job)
        threads = FULL_THREADS if job.kind is Kind.FULL and job.status is JobStatus.FITTING else QUICK_THREADS
        command = self._workshop.command(job, champion)
        file = self._workshop.of(job) / LOG
        child = await asyncio.to_thread(children.start, command, log=file, threads=threads)
        self._children[job.id] = child
        await self._change(job, pid=child.pid, born=children.born(child.pid) or "gone")
        log.info("training_started", job=job.id, stage=str(job.status), pid=child.pid, attempt=job.attempts)

    def _alive(self, job: Job) -> bool:
        child = self._children.get(job.id)
        if child is not None and child.pid == job.pid:
            return child.poll() is None
        return children.lives(job.pid, job.born)

    async def _tell(self, job: Job) -> None:
        now = self._office.clock()
        if 0 <= now - self._told_at < TELL_SECONDS:
            return
        share, left = await asyncio.to_thread(self._workshop.progress, job)
        share = whole_share(job, share)
        if round(100 * share) != round(100 * job.share):
            self._told_at = now
            await self._change(job, share=share, left=left)

    async def _ended(self, job: Job) -> None:
        """The process is gone: go on with what it made, or try again, or give up."""
        child = self._children.pop(job.id, None)
        code = child.returncode if child is not None else None
        if job.status is JobStatus.FITTING:
            name = await asyncio.to_thread(self._workshop.take_over, job)
            if name is not None:
                await self._change(job, status=JobStatus.JUDGING, result=name, pid=None, attempts=0, left=None)
                return
        elif (report := await asyncio.to_thread(self._workshop.report, job)) is not None:
            await self._ready(replace(job, report=report))
            return
        log.warning("training_process_ended", job=job.id, code=code, attempt=job.attempts)
        if (code is not None and code > 0) or job.attempts >= ATTEMPTS:
            await self._fail(job)
        else:
            await self._change(job, pid=None)

    async def _ready(self, job: Job) -> None:
        """The result is there: keep it among the versions, and show it."""
        now = self._office.clock()
        values = {"status": JobStatus.READY, "report": job.report, "share": 1.0, "pid": None, "host": None,
                  "ended_at": now}  # fmt: skip
        version = Version(0, job.result or "", job.kind, now, job.champion, job.learnt, job.report)
        job = replace(job, status=JobStatus.READY)
        picture = training_words.result(self._office, job, str(self._workshop.picture(job)))
        shown = Outgoing(job.channel, job.chat_id, picture, Priority.ANSWER, job.thread_id)

        def work(uow: UnitOfWork) -> None:
            present = uow.training.get(job.id)
            if present is None or not present.running:  # cancelled this very moment
                return
            uow.models.add(version)
            uow.training.change(job.id, **values)
            training_words.show(uow, self._office, job)
            uow.outbox.put(shown, now=now)

        await self._database.write(work)
        await asyncio.to_thread(self._workshop.forget_words, job)
        self._woken()
        log.info("training_ready", job=job.id, model=job.result, verdict=job.report.get("verdict"))

    async def _fail(self, job: Job) -> None:
        reason = self._office.texts("training.reason", file=str(self._workshop.of(job) / LOG))
        now = self._office.clock()
        await self._change(job, status=JobStatus.FAILED, reason=reason, pid=None, host=None, ended_at=now)
        await self._tidy(job)

    async def _put_away(self, job: Job) -> None:
        """End the process of a job that was cancelled, and forget what it made."""
        await asyncio.to_thread(children.end, job.pid, job.born)
        if child := self._children.pop(job.id, None):
            await asyncio.to_thread(child.wait)
        await self._tidy(job)
        await self._database.write(partial(_change, job_id=job.id, values={"pid": None, "host": None}))

    async def _tidy(self, job: Job) -> None:
        """Nothing of a job that came to nothing stays, but its log."""
        await asyncio.to_thread(self._workshop.forget_words, job)
        name = job.result
        if name and await self._database.read(lambda uow: uow.models.named(name)) is None:
            await asyncio.to_thread(self._workshop.drop, name)

    async def _change(self, job: Job, **values: object) -> Job:
        """Change a job that still runs, and what people see of it."""

        def work(uow: UnitOfWork) -> Job:
            present = uow.training.get(job.id)
            if present is None or not present.running:
                if "pid" in values and values["pid"] is not None:  # started, and cancelled meanwhile: to be put away
                    uow.training.change(job.id, pid=values["pid"], born=values["born"])
                return present or job
            uow.training.change(job.id, **values)
            changed = uow.training.get(job.id) or job
            if any(getattr(changed, field) != getattr(job, field) for field in ("status", "share")):
                training_words.show(uow, self._office, changed)
            return changed

        changed = await self._database.write(work)
        self._woken()
        return changed


def _change(uow: UnitOfWork, *, job_id: int, values: dict[str, object]) -> None:
    uow.training.change(job_id, **values)
