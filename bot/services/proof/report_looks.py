"""Photos of reports are looked at one after the other, after everything else, so that they are known again.

They are read from our disk, so nothing is kept of place, time or device, which those files have lost; what is kept goes
with the file.
"""

from functools import partial

from bot.domain.records import Media
from bot.imaging.stripping import ENDINGS
from bot.services.database import Database
from bot.services.office import Office
from bot.services.ports import UnitOfWork
from bot.services.proof.evidence_ports import Examined
from bot.services.proof.examining import examine
from bot.services.proof.showing_proof import read_files

AT_ONCE = 50  # files of which at most one is opened


async def look_at_one(database: Database, office: Office) -> None:
    """Keep what the newest photo looks like that nothing is kept of; other files are passed over."""
    waiting = await database.read(lambda uow: uow.evidence.unlooked(limit=AT_ONCE))
    if not waiting:
        return
    photos = [number for number, (file, _) in enumerate(waiting) if is_photo(file)]
    passed = [file.id for file, _ in waiting[: photos[0] if photos else len(waiting)]]
    if passed:
        await database.write(lambda uow: uow.evidence.looked(passed))
    if photos:
        file, sha256 = waiting[photos[0]]
        data = await read_files(office.media_folder, [file.path or ""])
        seen = await examine(data[0], timezone=office.region.timezone, idle=True) if data else None
        await database.write(partial(_keep, file_id=file.id, seen=seen, sha256=sha256))


def is_photo(file: Media) -> bool:
    """Whether a file on our disk is a picture that can be compared, by the ending that its first bytes gave it."""
    return (file.path or "").endswith(ENDINGS)


def _keep(uow: UnitOfWork, *, file_id: int, seen: Examined | None, sha256: str) -> None:
    """Of one that cannot be opened its digest is kept. What was erased meanwhile leaves nothing."""
    for file in uow.cases.media_by_id([file_id]):
        if seen:
            uow.evidence.examined(file, seen, sha256=sha256)
    uow.evidence.looked([file_id])
