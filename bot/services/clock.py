"""The clock at work: looks at the cases whose time has come, does what their plans say, sends the morning digests."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

import structlog

from bot.domain.case import Case
from bot.domain.clock import Do, opening, plan
from bot.domain.errors import StoreUnavailable
from bot.services.database import Database
from bot.services.desk.digest import gather, opened_today, send
from bot.services.desk.handover_clock import tend
from bot.services.desk.nudging import carry_out
from bot.services.moments import rules_of
from bot.services.office import Office
from bot.services.ports import Checked, UnitOfWork
from bot.services.secrecy import unplaced

CLOCK_SECONDS = 1.0
BATCH = 50
BATCHES_AT_ONCE = 20
PAUSE_SECONDS = 0.2  # between batches: after a burst, citizens' messages come first
POISON_SECONDS = 3600.0
ENDS = frozenset({Do.CLOSE_SILENT, Do.CLOSE_UNANSWERED})
log = structlog.get_logger()


class Clockwork:
    """Steps to be repeated. Everything a case is due, and that it was done, is one transaction."""

    def __init__(self, database: Database, office: Office, *, woken: Callable[[], None]) -> None:
        self._database = database
        self._office = office
        self._woken = woken
        self._told: date | None = None

    async def step(self) -> None:
        """Look at what is due now, a few batches at most, then at the digests."""
        for _ in range(BATCHES_AT_ONCE):
            if not await self._batch():
                break
            await asyncio.sleep(PAUSE_SECONDS)
        await self._digests()

    async def _batch(self) -> bool:
        """One batch; whether there may be more."""
        now = self._office.clock()
        if not await self._database.read(lambda uow: uow.clock.any_due(now=now)):
            return False
        try:
            count = await self._database.write(partial(_look_at_batch, office=self._office, now=now))
        except StoreUnavailable:
            raise
        except Exception:  # the edge of the clock: one case must not stop it for the others
            log.exception("clock_batch_failed")
            count = await self._one_by_one(now)
        self._woken()
        return count == BATCH

    async def _one_by_one(self, now: float) -> int:
        """Each case of the batch alone; one that cannot be looked at is left for an hour."""
        cases = await self._database.read(lambda uow: uow.clock.due(now=now, limit=BATCH))
        for case in cases:
            try:
                await self._database.write(partial(_look_at, office=self._office, case_id=case.id))
            except StoreUnavailable:
                raise
            except Exception:
                log.exception("clock_case_failed", case_id=case.id)
                await self._database.write(partial(_postpone, case_id=case.id, until=now + POISON_SECONDS))
        return len(cases)

    async def _digests(self) -> None:
        """Once a working day, as soon as it is time: gathered beside the writers, sent group by group."""
        now = self._office.clock()
        today = self._office.region.quiet.local_day(now)
        if self._told == today:
            return
        opened = opened_today(self._office, now)
        if opened is None:
            return
        mornings = await self._database.read(lambda uow: gather(uow, self._office, opened=opened, now=now))
        for each in mornings:
            await self._database.write(partial(send, office=self._office, morning=each, opened=opened, now=now))
        self._told = today
        self._woken()


def look(uow: UnitOfWork, office: Office, cases: Sequence[Case]) -> int:
    """Do what time asks of these cases, and keep when to look at each again; returns how many they were."""
    rules, past, now = rules_of(office), uow.clock.past(cases), office.clock()
    waiting = uow.handovers.all_waiting([each.id for each in cases]) if office.region.areas.leveled else {}
    checked: list[Checked] = []
    for case in cases:
        planned = plan(case, past[case.id], rules, now)
        moments = [planned.next_at] if planned.next_at is not None else []
        for act in planned.acts:
            if carry_out(uow, office, case, act):
                uow.clock.remember(case.id, act.nudges)
            else:  # nobody could be told: no group, no desk
                moments.append(opening(rules, now))
        moments += tend(uow, office, case, waiting.get(case.id), past[case.id])
        moments += unplaced.tend(uow, office, case, past[case.id])
        if not any(act.do in ENDS for act in planned.acts):  # what has just ended is looked at once more, as it is then
            checked.append(Checked(case.id, min(moments, default=None), planned.due_at, planned.spent))
    uow.clock.settle(checked)
    return len(cases)


def _look_at_batch(uow: UnitOfWork, *, office: Office, now: float) -> int:
    return look(uow, office, uow.clock.claim(now=now, limit=BATCH))


def _look_at(uow: UnitOfWork, *, office: Office, case_id: int) -> None:
    case = uow.cases.lock(case_id)
    look(uow, office, [case] if case else [])


def _postpone(uow: UnitOfWork, *, case_id: int, until: float) -> None:
    uow.clock.postpone(case_id, until=until)
