"""The inbox at work: updates are committed before anything else, then carried out in order per chat."""

import asyncio
import contextlib
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial

import structlog

from bot.domain.errors import LeaseLost, StoreUnavailable
from bot.domain.incoming import Edited, Event, RawUpdate, Said
from bot.services.channel import Channel
from bot.services.database import Database
from bot.services.desk.standing import Standings, told
from bot.services.intake import handle
from bot.services.office import Office
from bot.services.ports import InboxRow, UnitOfWork

BATCH = 16
SIDE_BY_SIDE = 2
CRASHES_ALLOWED = 3
IDLE_SECONDS = 0.25
RETRY_SECONDS = 1.0
log = structlog.get_logger()


class InboxWriter:
    """Keeps raw updates; those that come while a commit runs share the next one (group commit)."""

    def __init__(self, database: Database, *, woken: Callable[[], None]) -> None:
        self._database = database
        self._woken = woken
        self._waiting: list[tuple[Sequence[RawUpdate], asyncio.Future[None]]] = []
        self._task: asyncio.Task[None] | None = None

    async def keep(self, updates: Sequence[RawUpdate]) -> None:
        """Return once the updates are committed; raises StoreUnavailable where they are not."""
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((updates, future))
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._drain())
        await future

    async def _drain(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting, []
            try:
                await self._put([update for group, _ in batch for update in group])
            except Exception as error:  # noqa: BLE001 - every waiter must hear of it, whatever it is
                for _, future in batch:
                    if not future.done():
                        future.set_exception(error)
                continue
            for _, future in batch:
                if not future.done():
                    future.set_result(None)
            self._woken()


    async def _put(self, updates: Sequence[RawUpdate]) -> None:
        await self._database.write(lambda uow: uow.inbox.put(updates), urgent=True)


@dataclass(frozen=True)
class Job:
    """Inbox rows that are one update (or one album), and what they mean."""

    ids: tuple[int, ...]
    events: tuple[Event, ...]


class InboxLoop:
    """Claims updates, classifies a batch ahead, carries each out in a transaction that also marks it done."""

    def __init__(
        self, database: Database, office: Office, channels: Mapping[str, Channel], *, owner: str,
        woken: Callable[[], None], thinking: ThreadPoolExecutor | None = None,
        heard: Callable[[Sequence[str]], None] = lambda texts: None,
    ) -> None:  # fmt: skip
        """`thinking` is the classifier's thread; `heard` is given the texts of a batch once it was carried out."""
        self._database = database
        self._office = office
        self._channels = channels
        self._owner = owner
        self._woken = woken
        self._standings = Standings(database, channels, clock=office.clock, also=office.region.operators)
        self._wake = asyncio.Event()
        self._stopping = False
        self._thinking = thinking or ThreadPoolExecutor(1, thread_name_prefix="classify")
        self._heard = heard
        self._in_hand: set[int] = set()
        self._doubtful = False
        self._claiming = asyncio.Lock()  # between a claim and the note of what it took, nobody else claims

    def wake(self) -> None:
        """There is something new."""
        self._wake.set()

    @property
    def idle(self) -> bool:
        """Whether nothing is in hand."""
        return not self._in_hand

    def stop(self) -> None:
        """Finish what is in hand, then end."""
        self._stopping = True
        self._wake.set()

    async def run(self) -> None:
        """Work until stopped, two batches side by side: one is classified while the other is written."""
        await asyncio.gather(*(self._run() for _ in range(SIDE_BY_SIDE)))
        self._thinking.shutdown(wait=False)

    async def _run(self) -> None:
        """Work until stopped; a database that is away is waited for."""
        while not self._stopping:
            try:
                busy = await self.step()
            except StoreUnavailable as error:
                log.warning("inbox_store_unavailable", reason=str(error))
                await asyncio.sleep(RETRY_SECONDS)
                continue
            if not busy:
                self._wake.clear()
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._wake.wait(), IDLE_SECONDS)

    async def step(self) -> bool:
        """One batch; False where nothing was ready."""
        rows = await self._claim()
        if not rows:
            return False
        try:
            await self._work(rows)
        except BaseException:
            await self._give_back([row.id for row in rows])
            raise
        finally:
            self._in_hand -= {row.id for row in rows}
        now = self._office.clock()
        for row in rows:
            self._office.counters.carried_out(now - row.received_at)
        self._woken()
        return True

    async def _claim(self) -> list[InboxRow]:
        """The next batch; where a claim's answer was lost once, what it took is freed first."""
        now = self._office.clock()

        def work(uow: UnitOfWork) -> list[InboxRow]:
            if self._doubtful:
                uow.inbox.release(self._owner, keep=sorted(self._in_hand))
            return uow.inbox.claim(self._owner, now=now, limit=BATCH)

        try:
            async with self._claiming:
                rows = await self._database.write(work)
                self._in_hand |= {row.id for row in rows}
                self._doubtful = False
        except StoreUnavailable:
            self._doubtful = True
            raise
        return rows

    async def _work(self, rows: Sequence[InboxRow]) -> None:
        """Read, classify and ask ahead, carry out; together where it goes well, else each alone."""
        jobs = [job for job in [await self._read(group) for group in _grouped(rows)] if job]
        events = [event for job in jobs for event in job.events]
        answers, _ = await asyncio.gather(self._standings.ask(events), self._classify(events))
        jobs = [replace(job, events=tuple(told(event, answers) for event in job.events)) for job in jobs]
        try:
            await self._database.write(lambda uow: self._carry_out(uow, jobs))
        except StoreUnavailable:
            raise
        except Exception:  # noqa: BLE001 - one of the batch is poison, or was taken over: find it alone
            for job in jobs:
                await self._one(job)
        self._heard(_told_by_citizens(events))

    async def _classify(self, events: Sequence[Event]) -> None:
        """Read the words of citizens before the transaction, in a thread of its own."""
        if texts := _told_by_citizens(events):
            loop = asyncio.get_running_loop()
            await loop.run_in_executor(self._thinking, self._office.tagger.prime, texts)

    async def _give_back(self, ids: Sequence[int]) -> None:
        """Whatever happened, nothing stays in hand: this process lives, so nobody else would free it."""
        while True:
            at = self._office.clock() + RETRY_SECONDS
            try:
                await self._database.write(partial(_again, ids=ids, owner=self._owner, at=at))
                return
            except StoreUnavailable as error:
                log.warning("inbox_store_unavailable", reason=str(error))
                await asyncio.sleep(RETRY_SECONDS)

    async def _one(self, job: Job) -> None:
        try:
            await self._database.write(lambda uow: self._carry_out(uow, [job]))
        except LeaseLost:
            log.warning("inbox_lease_lost", rows=len(job.ids))
        except StoreUnavailable:
            raise
        except Exception as error:  # the edge of the use cases: logged by id, set aside, the chat goes on
            log.exception("update_set_aside", inbox_id=job.ids[0], reason=type(error).__name__)
            await self._set_aside(job.ids, type(error).__name__)

    def _carry_out(self, uow: UnitOfWork, jobs: Sequence[Job]) -> None:
        ids = [i for job in jobs for i in job.ids]
        if not uow.inbox.done(ids, self._owner, now=self._office.clock()):
            raise LeaseLost
        for job in jobs:
            for event in job.events:
                handle(uow, self._office, event)

    async def _read(self, rows: Sequence[InboxRow]) -> Job | None:
        ids = tuple(row.id for row in rows)
        if rows[0].attempts >= CRASHES_ALLOWED:
            log.error("update_set_aside", inbox_id=ids[0], reason="crashed")
            await self._set_aside(ids, "crashed the process")
            return None
        try:
            events = self._channels[rows[0].channel].translate([row.payload for row in rows])
        except Exception as error:  # noqa: BLE001 - whatever a platform sent, it may not stop the loop
            log.error("update_set_aside", inbox_id=ids[0], reason=type(error).__name__)
            await self._set_aside(ids, f"unreadable: {type(error).__name__}")
            return None
        return Job(ids, tuple(events))

    async def _set_aside(self, ids: Sequence[int], reason: str) -> None:
        def work(uow: UnitOfWork) -> None:
            uow.inbox.set_aside(ids, reason=reason, now=self._office.clock())
            self._office.desk(uow, "desk.set_aside", id=ids[0])

        await self._database.write(work)
        self._office.counters.poison()


def _told_by_citizens(events: Sequence[Event]) -> list[str]:
    return [e.text.strip() for e in events if isinstance(e, Said | Edited) and e.chat.private]


def _again(uow: UnitOfWork, *, ids: Sequence[int], owner: str, at: float) -> None:
    uow.inbox.again(ids, owner, at=at)


def _grouped(rows: Sequence[InboxRow]) -> list[list[InboxRow]]:
    """Album parts together, everything else alone."""
    groups: dict[tuple[str, str], list[InboxRow]] = {}
    for row in rows:
        groups.setdefault((row.lane, row.group_key or str(row.id)), []).append(row)
    return list(groups.values())
