"""The relay: carries the outbox to the channels, in order per chat, within each chat's budget, with retries."""

import asyncio
import contextlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import structlog

from bot.domain.budget import Budget
from bot.domain.errors import ChatMoved, DeliveryError, Refused, RetryLater, StoreUnavailable
from bot.domain.outgoing import Priority, Toast
from bot.services.channel import Channel
from bot.services.database import Database
from bot.services.delivering import Effect, Sent, deliver, on_moved, on_refused
from bot.services.office import Office
from bot.services.ports import LaneResult, LaneWork, OutboxRow, UnitOfWork

LANES_AT_ONCE = 96
IDLE_SECONDS = 0.2
RETRY_SECONDS = 1.0
LONGEST_BACKOFF = 60.0
GIVE_UP_SECONDS = 86400.0
TOAST_SECONDS = 30.0
NO_LIMIT = Budget(limit=1_000_000, seconds=1.0)
TOKEN_BROADCASTS = Budget(limit=25, seconds=1.0)
log = structlog.get_logger()

Result = tuple[LaneResult, list[Effect]]


@dataclass
class _Progress:
    """How a lane's rows go, while they go."""

    sent_at: list[float]
    sent: list[int] = field(default_factory=list)
    dead: list[tuple[int, str]] = field(default_factory=list)
    retried: list[int] = field(default_factory=list)
    effects: list[Effect] = field(default_factory=list)
    cards: dict[int, str] = field(default_factory=dict)
    blocked_until: float = 0.0
    ready_at: float = 0.0


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
        now = self._office.clock()
        names = list(self._channels)
        return await self._database.write(
            lambda uow: uow.outbox.claim(self._owner, now=now, limit=free, channels=names)
        )

    async def _rest(self) -> None:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._wake.wait(), IDLE_SECONDS)

    async def _serve(self, lane: LaneWork) -> None:
        progress = _Progress(list(lane.sent_at))
        channel = self._channels[lane.channel]
        budget = channel.budget(lane.chat_id) or NO_LIMIT
        done_keys: set[str] = set()
        for row in lane.rows:
            now = self._office.clock()
            if row.merge_key and row.merge_key in done_keys:
                progress.sent.append(row.id)  # the same card was shown a moment ago, as of now
                continue
            wait = self._wait(budget, progress.sent_at, now, row)
            if wait:
                progress.ready_at = now + wait
                break
            if not await self._try(lane, channel, row, progress):
                break
            if row.merge_key:
                done_keys.add(row.merge_key)
        recent = budget.recent(progress.sent_at, self._office.clock()) if budget is not NO_LIMIT else []
        result = LaneResult(
            key=lane.key,
            sent=tuple(progress.sent),
            dead=tuple(progress.dead),
            retried=tuple(progress.retried),
            sent_at=tuple(recent),
            ready_at=progress.ready_at or self._office.clock(),
            blocked_until=progress.blocked_until,
        )
        self._results.append((result, progress.effects))
        if self._settling is None or self._settling.done():
            self._settling = asyncio.create_task(self._settle())

    def _wait(self, budget: Budget, sent_at: list[float], now: float, row: OutboxRow) -> float:
        if isinstance(row.intent, Toast):
            return 0.0
        wait = budget.wait(sent_at, now, row.priority)
        if row.priority >= Priority.BROADCAST and not wait:
            wait = TOKEN_BROADCASTS.wait(self._broadcasts, now, Priority.ANSWER)
            self._broadcasts = TOKEN_BROADCASTS.recent(self._broadcasts, now)
            if not wait:
                self._broadcasts.append(now)
        return wait

    async def _try(self, lane: LaneWork, channel: Channel, row: OutboxRow, progress: _Progress) -> bool:
        """Send one row; False where the lane must rest."""
        try:
            sent = await deliver(self._database, self._office, channel, lane, row, fresh=progress.cards)
        except RetryLater as fault:
            return self._later(lane, row, progress, fault)
        except ChatMoved as moved:
            progress.effects.append(on_moved(lane, moved.new_id))
            progress.blocked_until = self._office.clock()
            return False
        except Refused as refused:
            log.warning("send_refused", channel=lane.channel, outbox_id=row.id, reason=str(refused))
            self._office.counters.failed(lane.channel, "refused")
            progress.dead.append((row.id, str(refused)))
            progress.effects.append(on_refused(lane, row, gone=refused.gone, reason=str(refused)))
            return True
        except DeliveryError as error:
            return self._later(lane, row, progress, RetryLater(str(error)))
        except Exception as error:  # the edge of the channels: never let one row stop the relay
            log.exception("send_failed", channel=lane.channel, outbox_id=row.id, reason=type(error).__name__)
            return self._later(lane, row, progress, RetryLater(type(error).__name__))
        self._record(lane, row, sent, progress)
        return True

    def _record(self, lane: LaneWork, row: OutboxRow, sent: Sent, progress: _Progress) -> None:
        now = self._office.clock()
        progress.sent.append(row.id)
        progress.sent_at += [now] * sent.count
        if sent.effect:
            progress.effects.append(sent.effect)
        self._office.counters.sent(lane.channel, type(row.intent).__name__.lower(), now - row.created_at)

    def _later(self, lane: LaneWork, row: OutboxRow, progress: _Progress, fault: RetryLater) -> bool:
        now = self._office.clock()
        limit = TOAST_SECONDS if isinstance(row.intent, Toast) else GIVE_UP_SECONDS
        self._office.counters.failed(lane.channel, "later")
        if now - row.created_at > limit:
            progress.dead.append((row.id, f"gave up: {fault}"))
            progress.effects.append(on_refused(lane, row, gone="", reason=str(fault)))
            return True
        backoff = min(LONGEST_BACKOFF, 0.5 * 2 ** min(row.attempts, 10))
        progress.retried.append(row.id)
        progress.blocked_until = now + (fault.seconds if fault.seconds is not None else backoff)
        log.info("send_later", channel=lane.channel, outbox_id=row.id, reason=str(fault), attempts=row.attempts + 1)
        return False

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
        def together(uow: UnitOfWork) -> None:
            self._write(uow, batch)

        try:
            await self._database.write(together)
        except StoreUnavailable:
            raise
        except Exception:  # what was sent must be recorded, even where one afterthought fails
            log.exception("settle_failed", lanes=len(batch))
            for result, _ in batch:
                await self._database.write(_without_effects(self, result))

    def _write(self, uow: UnitOfWork, batch: Sequence[Result]) -> None:
        now = self._office.clock()
        for result, effects in sorted(batch, key=lambda pair: pair[0].key):
            if not uow.outbox.settle(result, self._owner, now=now):
                log.warning("outbox_lease_lost", lane_rows=len(result.sent))
                continue
            for effect in effects:
                effect(uow, self._office)


def _without_effects(relay: Relay, result: LaneResult) -> Callable[[UnitOfWork], None]:
    def work(uow: UnitOfWork) -> None:
        relay._write(uow, [(result, [])])

    return work
