"""What goes on beside the messages: the heartbeat, files to disk, old rows forgotten."""

import asyncio
import hashlib
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from pathlib import Path

import structlog

from bot.domain.calendar import JAKARTA
from bot.domain.errors import DeliveryError, Refused, StoreUnavailable
from bot.domain.records import Media
from bot.imaging.clearing import clear
from bot.imaging.heif import ENDINGS
from bot.services.channel import Channel
from bot.services.database import Database
from bot.services.ports import UnitOfWork
from bot.services.proof.evidence_ports import Examined
from bot.services.proof.examining import examine, without_marks

BEAT_SECONDS = 1.0
FETCH_SECONDS = 2.0
PRUNE_SECONDS = 3600.0
KEEP_DONE_SECONDS = 7 * 86400.0
FETCH_TRIES = 8
FETCH_AT_ONCE = 4
LARGEST = 20 * 1024 * 1024
DOCUMENT = b"%PDF"
PROOF = "proof: "  # before why a photo cannot be taken as proof
MAGIC = {
    b"\xff\xd8\xff": "jpg", b"\x89PNG": "png", b"GIF8": "gif", b"OggS": "ogg", b"%PDF": "pdf", b"ID3": "mp3",
    b"\x1aE\xdf\xa3": "webm", b"RIFF": "webp",
}  # fmt: skip
log = structlog.get_logger()


async def every(seconds: float, work: Callable[[], Awaitable[None]], stopping: asyncio.Event) -> None:
    """Repeat an async step until stopping; what goes wrong in one round is logged and tried again in the next."""
    while not stopping.is_set():
        try:
            await work()
        except StoreUnavailable as error:
            log.warning("store_unavailable", reason=str(error))
        except Exception:  # the edge of what goes on beside the messages: it must go on
            log.exception("round_failed")
        try:
            await asyncio.wait_for(stopping.wait(), seconds)
        except TimeoutError:
            continue


class Keeper:
    """The steps, each to be repeated."""

    def __init__(
        self, database: Database, channels: Mapping[str, Channel], *, owner: str, folder: Path,
        clock: Callable[[], float], timezone: str = JAKARTA,
        kept_seconds: float = KEEP_DONE_SECONDS,
    ) -> None:  # fmt: skip
        self._database = database
        self._channels = channels
        self._owner = owner
        self._folder = folder
        self._clock = clock
        self._timezone = timezone
        self._kept = kept_seconds

    async def beat(self) -> None:
        """Say that this process lives, and take up what dead ones held."""
        now = self._clock()

        def work(uow: UnitOfWork) -> int:
            uow.workers.beat(self._owner, now=now)
            return uow.workers.bury(self._owner, now=now)

        buried = await self._database.write(work)
        if buried:
            log.warning("dead_processes_buried", count=buried)

    async def prune(self) -> None:
        """Forget inbox and outbox rows that were done a week ago, or as long as the region says, and drafts as old."""
        before = self._clock() - self._kept

        def work(uow: UnitOfWork) -> None:
            uow.inbox.prune(before=before)
            uow.outbox.prune(before=before)
            uow.drafts.prune(before=before)
            uow.offices.prune(before=before)
            uow.appointments.prune(before=before)

        await self._database.write(work)

    async def fetch(self) -> None:
        """Bring files that the platforms hold to disk."""
        now = self._clock()
        if not await self._database.read(lambda uow: uow.cases.media_to_fetch(now=now, limit=1)):
            return

        def claim(uow: UnitOfWork) -> list[tuple[Media, int]]:
            found = uow.cases.media_to_fetch(now=now, limit=FETCH_AT_ONCE)
            for media, tries in found:
                uow.cases.media_fetched(media.id, next_at=now + 60.0 * (tries + 1), attempts=tries + 1)
            return found

        found = await self._database.write(claim)
        await asyncio.gather(*(self._fetch_one(media, tries) for media, tries in found))

    async def _fetch_one(self, media: Media, tries: int) -> None:
        channel = self._channels.get(media.channel)
        if channel is None:
            return
        values: dict[str, object]
        seen: Examined | None = None
        try:
            data = await channel.fetch(media)
            seen = await examine(data, timezone=self._timezone) if media.proof and len(data) <= LARGEST else None
            bare = await without_marks(data) if data.startswith(DOCUMENT) and len(data) <= LARGEST else None
            values = await asyncio.to_thread(self._keep, media, data, seen, bare)
        except Refused as refused:
            values = {"error": str(refused)[:120]}
        except (DeliveryError, OSError) as fault:
            log.warning("media_fetch_failed", media_id=media.id, reason=type(fault).__name__, tries=tries + 1)
            values = {"error": type(fault).__name__} if tries + 1 >= FETCH_TRIES else {}
        if "error" in values:
            log.warning("media_not_fetched", media_id=media.id, reason=values["error"])
        if values:
            await self._database.write(partial(_remember, media=media, values=values, seen=seen))

    def _keep(
        self, media: Media, data: bytes, seen: Examined | None = None, bare: bytes | None = None
    ) -> dict[str, object]:
        """Write a file under our own name; the ending comes from its first bytes, never from the sender.

        What a file carries of place, time and device does not reach the disk. `bare`: a PDF that has lost it already.
        """
        if len(data) > LARGEST:
            return {"error": f"{PROOF}size" if media.proof else "larger than 20 MB"}
        if seen and seen.wrong:
            return {"error": f"{PROOF}{seen.wrong}"}
        source = hashlib.sha256(data).hexdigest()
        try:
            data = bare or clear(data)
        except ValueError as error:
            return {"error": f"{PROOF}broken" if media.proof else f"broken file: {error}"}
        digest = hashlib.sha256(data).hexdigest()
        name = Path(f"{media.case_id:08d}") / f"{media.id}.{file_ending(data)}"
        path = self._folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(".part")
        draft.write_bytes(data)
        draft.replace(path)
        return {"path": str(name), "sha256": digest, "source_sha256": source, "size": len(data)}


def _remember(uow: UnitOfWork, *, media: Media, values: Mapping[str, object], seen: Examined | None) -> None:
    """Where a file is, and what is needed to know a photo again."""
    uow.cases.media_fetched(media.id, **values)
    if seen and "path" in values:
        uow.evidence.examined(media, seen, sha256=str(values["source_sha256"]))


def file_ending(data: bytes) -> str:
    """The ending that a file's first bytes prove; `bin` for everything else."""
    if data[4:8] == b"ftyp":
        return ENDINGS.get(data[8:12], "mp4")
    return next((ending for magic, ending in MAGIC.items() if data.startswith(magic)), "bin")
