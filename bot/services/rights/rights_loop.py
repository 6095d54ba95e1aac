"""What goes on beside the messages for people's rights: traces taken away, timers, what is over its time.

Every step is small and may be the last before the process dies: what is still to be done stands in the database.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path

import structlog

from bot.domain.rights import Notice
from bot.services.database import Database
from bot.services.office import Office
from bot.services.rights.destroying import STEPS, ripen
from bot.services.rights.timing import remind
from bot.services.secrecy.lifting import lift_ripe

RIGHTS_SECONDS = 5.0
AT_ONCE = 100
GIVE_UP_SECONDS = 86400.0  # the last answer did not reach them in a day: its queue goes all the same
PAUSE_SECONDS = 0.05
LESSON_FILES = "*/**/*.jsonl"
log = structlog.get_logger()
Row = tuple[int, str, str, float]


class RightsKeeper:
    """The steps, each to be repeated. `folder` is the data folder."""

    def __init__(
        self, database: Database, office: Office, *, folder: Path, scrub: Callable[[], Awaitable[bool]],
        woken: Callable[[], None],
    ) -> None:  # fmt: skip
        self._database = database
        self._office = office
        self._folder = folder
        self._scrub = scrub
        self._woken = woken
        self._done_on: date | None = None
        self._unclean = True  # what an earlier process deleted may still stand in the log

    async def step(self) -> None:
        """Take away what is doomed, look at the timers, and once a day at what is over its time."""
        if await self._bury():
            self._unclean = True
        if self._unclean and await self._scrub():
            self._unclean = False
        await self._remind()
        await self._lift()
        today = self._office.region.calendar.local_day(self._office.clock())
        if self._done_on != today:
            await self.destroy()
            self._done_on = today

    async def destroy(self) -> None:
        """Everything that is over its time, class by class, in small transactions; then requests that became ripe."""
        for step in STEPS:
            while await self._database.write(partial(step, office=self._office)):
                self._unclean = True
                await asyncio.sleep(PAUSE_SECONDS)
        await self._database.write(partial(ripen, office=self._office))
        self._woken()

    async def _bury(self) -> bool:
        """Whether anything was taken away."""
        rows = await self._database.read(lambda uow: uow.erasing.doomed(most=AT_ONCE))
        if not rows:
            return False
        now = self._office.clock()
        done = [row for row in rows if row[1] == "queue" and await self._queue_gone(row, now)]
        files = [row for row in rows if row[1] == "file"]
        lessons = [row for row in rows if row[1] == "lesson"]
        await asyncio.to_thread(_remove, self._folder, [row[2] for row in files])
        await asyncio.to_thread(forget_lessons, self._folder / "training", {row[2] for row in lessons})
        ids = [row[0] for row in (*done, *files, *lessons)]
        await self._database.write(lambda uow: uow.erasing.buried(ids))
        if ids:
            log.info("traces_removed", count=len(ids))
        return bool(ids)

    async def _queue_gone(self, row: Row, now: float) -> bool:
        _, _, key, at = row
        gone = await self._database.write(lambda uow: uow.erasing.queue(key, until=at))
        return gone or now - at > GIVE_UP_SECONDS

    async def _remind(self) -> None:
        now = self._office.clock()
        standing = await self._database.read(lambda uow: uow.notices.standing())
        if any(_is_due(each, now) for each in standing):
            await self._database.write(partial(remind, office=self._office))
            self._woken()

    async def _lift(self) -> None:
        """Secrecy that two admins lift, or that nobody confirmed in time."""
        now = self._office.clock()
        if await self._database.read(lambda uow: uow.unsealings.due(now=now)):
            await self._database.write(partial(lift_ripe, office=self._office))
            self._woken()


def _is_due(notice: Notice, now: float) -> bool:
    return (
        (notice.reminded_at is None and now >= notice.remind_at)
        or (notice.escalated_at is None and now >= notice.head_at)
        or (notice.message_id is None and now - notice.at > RIGHTS_SECONDS)
    )


def _remove(folder: Path, names: Sequence[str]) -> None:
    for name in names:
        path = folder / name
        path.unlink(missing_ok=True)
        if path.parent.parent == folder / "media" and path.parent.is_dir() and not any(path.parent.iterdir()):
            path.parent.rmdir()


def forget_lessons(folder: Path, ids: set[str]) -> None:
    """Take the rows of erased cases out of what a training that runs was given; each file whole, or as it was."""
    for path in sorted(folder.glob(LESSON_FILES)) if ids else ():
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        kept = [line for line in lines if _id_of(line) not in ids]
        if len(kept) < len(lines):
            half = path.with_suffix(".part")
            half.touch(mode=0o600)
            half.write_text("".join(kept), encoding="utf-8")
            half.replace(path)


def _id_of(line: str) -> str:
    try:
        row = json.loads(line)
    except ValueError:
        return ""
    return str(row.get("id", "")) if isinstance(row, dict) else ""

