"""The relay: carries the outbox to the channels, in order per chat, within each chat's budget, with retries."""

import asyncio
import contextlib
from collections.abc import Mapping, Sequence
from dataclasses import replace

import structlog

from bot.domain.budget import Budget
from bot.domain.errors import ChatMoved, DeliveryError, Gone, Refused, RetryLater, StoreUnavailable
from bot.domain.outgoing import Priority, ShowMedia, Toast
from bot.services.channel import Channel
from bot.services.database import Database
from bot.services.delivering import deliver, on_moved, on_refused
from bot.services.effects import Effect
from bot.services.lanes import LaneResult, LaneWork, OutboxRow
from bot.services.office import Office
from bot.services.ports import UnitOfWork

LANES_AT_ONCE = 96
IDLE_SECONDS = 0.2
RETRY_SECONDS = 1.0
LONGEST_BACKOFF = 60.0
GIVE_UP_SECONDS = 86400.0
TOAST_SECONDS = 30.0
BUG_TRIES = 5
TOKEN_BROADCASTS = Budget(limit=25, seconds=1.0)
log = structlog.get_logger()

Result = tuple[LaneResult, list[Effect]]


class Relay:
    """Claims chats' queues, serves them side by side, settles what was sent in shared transactions."""

    def __init__(self, database: Database, office: Office, channels: Mapping[str, Channel], *, owner: str) -> None:
        self._database = database
        self._office = office
        self._channels = channels
        self._owner = owner
        self._wake = asyncio.Event()
        self._stopping = False
        self._serving: set[asyncio.Task[None]] = set()
        self._results: list[Result] = []
        self._settling: asyncio.Task[None] | None = None
        self._broadcasts: list[float] = []
        self._in_hand: set[str] = set()
        self._doubtful = False

    def wake(self) -> None:
        """There is something new."""
        self._wake.set()

    def stop(self) -> None:
        """Finish the sends in hand, then end."""
        self._stopping = True
        self._wake.set()

    async def run(self) -> None:
        """Work until stopped."""
        while not self._stopping:
            free = LANES_AT_ONCE - len(self._serving)
            work: list[LaneWork] = []
            self._wake.clear()
            if free > 0:
                try:
                    work = await self._claim(free)
                except StoreUnavailable as error:
                    log.warning("outbox_store_unavailable", reason=str(error))
                    await asyncio.sleep(RETRY_SECONDS)
                    continue
            for lane in work:
                task = asyncio.create_task(self._serve(lane))
                self._serving.add(task)
                task.add_done_callback(self._serving.discard)
            if len(work) < free or not free:
                await self._rest()
        await asyncio.gather(*self._serving, return_exceptions=True)
        while self._settling and not self._settling.done():
            await asyncio.wait([self._settling])

    async def _claim(self, free: int) -> list[LaneWork]:
        """Further lanes; where a claim's answer was lost once, what it took is freed first."""
        now = self._office.clock()
        names = list(self._channels)
        keep = sorted(self._in_hand)

        def work(uow: UnitOfWork) -> list[LaneWork]:
            if self._doubtful:
                uow.outbox.release(self._owner, keep=keep)
            return uow.outbox.claim(self._owner, now=now, limit=free, channels=names)

        try:
            lanes = await self._database.write(work)
        except StoreUnavailable:
            self._doubtful = True
            raise
        self._doubtful = False
        self._in_hand |= {lane.key for lane in lanes}
        return lanes

    async def _rest(self) -> None:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._wake.wait(), IDLE_SECONDS)

    async def _serve(self, lane: LaneWork) -> None:
        """Send a lane's next row, if its budget has room, and hand the result to the settling task."""
        now = self._office.clock()
        channel = self._channels[lane.channel]
        budget = channel.budget(lane.chat_id)
        recent = tuple(budget.recent(lane.sent_at, now)) if budget else ()
        idle = LaneResult(lane.key, (), (), (), recent, ready_at=now, blocked_until=0.0)
        outcome: Result = (idle, [])
        for row in lane.rows:
            wait = self._wait(budget, recent, now, row)
            held = replace(idle, ready_at=now + wait, waits=row.id)
            outcome = (held, []) if wait else await self._try(lane, row, idle)
        self._results.append(outcome)
        if self._settling is None or self._settling.done():
            self._settling = asyncio.create_task(self._settle())

    def _wait(self, budget: Budget | None, sent_at: Sequence[float], now: float, row: OutboxRow) -> float:
        """Seconds that a row must wait for its chat's budget, or a broadcast for the token's."""
        if isinstance(row.intent, Toast):
            return 0.0
        count = len(row.intent.media_ids) if isinstance(row.intent, ShowMedia) else 1
        wait = budget.wait(sent_at, now, row.priority, count=count) if budget else 0.0
        if wait or row.priority < Priority.BROADCAST:
            return wait
        self._broadcasts = TOKEN_BROADCASTS.recent(self._broadcasts, now)
        wait = TOKEN_BROADCASTS.wait(self._broadcasts, now, Priority.ANSWER)
        if not wait:
            self._broadcasts.append(now)
        return wait

    async def _try(self, lane: LaneWork, row: OutboxRow, idle: LaneResult) -> Result:
        """Send one row; what came of it, and what to remember."""
        try:
            sent = await deliver(self._database, self._office, self._channels[lane.channel], lane, row)
        except ChatMoved as moved:
            return idle, [on_moved(lane, moved.new_id)]
        except Refused as refused:
            self._office.counters.failed(lane.channel, "refused")
            return self._dead(lane, row, idle, reason=str(refused), gone=refused.gone)
        except DeliveryError as fault:
            limit = TOAST_SECONDS if isinstance(row.intent, Toast) else GIVE_UP_SECONDS
            late = self._office.clock() - row.created_at > limit
            seconds = fault.seconds if isinstance(fault, RetryLater) else None
            if late:
                return self._dead(lane, row, idle, reason=str(fault))
            return self._later(lane, row, idle, seconds, fault)
        except StoreUnavailable as fault:
            return self._later(lane, row, idle, RETRY_SECONDS, fault)
        except Exception as bug:  # the edge of the channels: no row may stop the relay, or its chat for long
            log.exception("send_failed", channel=lane.channel, outbox_id=row.id, reason=type(bug).__name__)
            if row.attempts + 1 >= BUG_TRIES:
                return self._dead(lane, row, idle, reason=type(bug).__name__)
            return self._later(lane, row, idle, None, bug)
        now = self._office.clock()
        result = replace(idle, sent_at=(*idle.sent_at, *[now] * sent.count), ready_at=now)
        effects = [sent.effect] if sent.effect else []
        if not sent.done:  # counted as an attempt, so that it cannot go on for ever
            return replace(result, retried=(row.id,)), effects
        self._office.counters.sent(lane.channel, type(row.intent).__name__.lower(), now - row.created_at)
        return replace(result, sent=(row.id,)), effects

    def _dead(self, lane: LaneWork, row: OutboxRow, idle: LaneResult, *, reason: str, gone: Gone = "") -> Result:
        """It will never arrive: it ends, and the desk hears of it."""
        log.warning("send_ended", channel=lane.channel, outbox_id=row.id, reason=reason)
        return replace(idle, dead=((row.id, reason),)), [on_refused(lane, row, gone=gone, reason=reason)]

    def _later(
        self, lane: LaneWork, row: OutboxRow, idle: LaneResult, seconds: float | None, fault: Exception
    ) -> Result:
        """A passing fault: this chat rests, for the platform's own wish or our back-off; others go on."""
        self._office.counters.failed(lane.channel, "later")
        reason = type(fault).__name__ if not isinstance(fault, DeliveryError) else str(fault)
        log.info("send_later", channel=lane.channel, outbox_id=row.id, reason=reason, attempts=row.attempts + 1)
        backoff = min(LONGEST_BACKOFF, 0.5 * 2 ** min(row.attempts, 10))
        until = self._office.clock() + (backoff if seconds is None else seconds)
        return replace(idle, retried=(row.id,), blocked_until=until), []

    async def _settle(self) -> None:
        while self._results:
            batch, self._results = self._results, []
            try:
                await self._settle_batch(batch)
            except StoreUnavailable as error:
                log.warning("outbox_store_unavailable", reason=str(error))
                self._results = batch + self._results
                await asyncio.sleep(RETRY_SECONDS)
            self._wake.set()

    async def _settle_batch(self, batch: Sequence[Result]) -> None:
        """One transaction for all; where an afterthought fails, each alone, and that one without it."""
        try:
            await self._write(batch)
            return
        except StoreUnavailable:
            raise
        except Exception:
            log.exception("settle_failed", lanes=len(batch))
        for result, effects in batch:
            try:
                await self._write([(result, effects)])
            except StoreUnavailable:
                raise
            except Exception:
                log.exception("settle_failed", lanes=1)
                await self._write([(result, [])])

    async def _write(self, batch: Sequence[Result]) -> None:
        def work(uow: UnitOfWork) -> None:
            for result, effects in sorted(batch, key=lambda pair: pair[0].key):
                if not uow.outbox.settle(result, self._owner, now=self._office.clock()):
                    log.warning("outbox_lease_lost", lane_rows=len(result.sent))
                    continue
                for effect in effects:
                    effect(uow, self._office)

        await self._database.write(work)
        self._in_hand -= {result.key for result, _ in batch}
