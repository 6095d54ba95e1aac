"""New photos are compared with those of the report and with all others that are kept, beside the messages."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from bot.domain.case import Case
from bot.domain.proof import Doubt, Evidence, Note, Stage, marked
from bot.domain.records import Media
from bot.imaging.looks import Look, unpack
from bot.imaging.matching import compare
from bot.services.database import Database
from bot.services.keeping import PROOF
from bot.services.office import Office
from bot.services.ports import UnitOfWork
from bot.services.proof.evidence_ports import Kept
from bot.services.proof.examining import examine
from bot.services.proof.proving import Finding, conclude
from bot.services.proof.report_looks import is_photo, look_at_one
from bot.services.proof.searching import find_like, is_same
from bot.services.proof.showing_proof import read_files

CHECK_SECONDS = 1.0
CASES_AT_ONCE = 4
OPENED = 6  # of the report's own photos of which nothing is kept yet
COMPARED = 24  # of those of which something is: a matter that many reported has many


@dataclass(frozen=True)
class Work:
    """A case's new photos, what is kept of them, and the pictures of its own report, those first that are known."""

    case: Case
    new: tuple[Evidence, ...]
    errors: Mapping[int, str]
    kept: Mapping[int, Kept]
    own_cases: frozenset[int]
    known: tuple[Kept, ...]
    reported: tuple[Media, ...]
    point: tuple[float, float] | None


class ProofCheck:
    """Steps to be repeated, each by itself: nobody waits for the second."""

    def __init__(self, database: Database, office: Office, *, woken: Callable[[], None]) -> None:
        self._database = database
        self._office = office
        self._woken = woken

    async def step(self) -> None:
        """Look at the photos that came since."""
        for case_id in await self._database.read(lambda uow: uow.evidence.to_check(limit=CASES_AT_ONCE)):
            work = await self._database.read(partial(gather, case_id=case_id))
            found = await self._look(work) if work else {}
            await self._database.write(partial(_conclude, office=self._office, case_id=case_id, found=found))
            self._woken()

    async def look_ahead(self) -> None:
        """Look at one of the photos that came with reports, so that it is known when a proof is compared."""
        await look_at_one(self._database, self._office)

    async def _look(self, work: Work) -> dict[int, Finding]:
        pictures = await self._reported(work)
        found: dict[int, Finding] = {}
        for each in work.new:
            kept = work.kept.get(each.media_id)
            if kept is None:
                found[each.id] = Finding(wrong=_why(work.errors.get(each.media_id, "")))
                continue
            notes = await self._like(work, each, kept, pictures)
            rules, case = self._office.region.proof, work.case
            notes += marked(kept.marks, reported_at=case.created_at, point=work.point, rules=rules)
            found[each.id] = Finding(tuple(notes))
        return found

    async def _reported(self, work: Work) -> dict[int, Look]:
        """What those of the report's own pictures look like that are opened anew, for nothing of them is kept yet."""
        looks: dict[int, Look] = {}
        for media in work.reported[:OPENED]:
            data = await read_files(self._office.media_folder, [media.path or ""])
            seen = await examine(data[0], timezone=self._office.region.timezone) if data else None
            if seen and not seen.wrong:
                looks[media.id] = unpack(seen.spots, seen.small)
        return looks

    async def _like(self, work: Work, photo: Evidence, kept: Kept, pictures: Mapping[int, Look]) -> list[Note]:
        """Which picture this one is like: one of the report's own, or the first of all others that are kept."""
        look = unpack(kept.spots, kept.small)
        for known in work.known[:COMPARED]:
            if await asyncio.to_thread(is_same, kept, look, known):
                return [Note(Doubt.REPORT, known.media_id)]
        for media_id, other in pictures.items():
            if (await asyncio.to_thread(compare, look, other)).same:
                return [Note(Doubt.REPORT, media_id)]
        first = await find_like(self._database, kept, look, but=work.own_cases)
        if first is None:
            return []
        files = await self._database.read(lambda uow: uow.cases.media_by_id([first]))
        proof = any(file.proof for file in files)
        return [Note(Doubt.EARLIER if proof else Doubt.OTHER, first)]


def gather(uow: UnitOfWork, *, case_id: int) -> Work | None:
    """What there is to look at of a case."""
    case = uow.cases.by_id(case_id)
    if case is None:
        return None
    new = tuple(each for each in uow.evidence.of_case(case_id) if each.stage is Stage.BARU)
    files = uow.evidence.files([each.media_id for each in new])
    root = case.merged_into if case.merged_into is not None else case.id
    family = [root, *(each.id for each in uow.cases.merged(root))]
    reported = {media.id: media for each in family for media in uow.cases.media(each) if is_photo(media)}
    known = tuple(uow.evidence.kept(list(reported)))
    fresh = tuple(media for media in reported.values() if media.id not in {each.media_id for each in known})
    points = [entry for entry in uow.cases.entries(case_id) if entry.lat is not None and entry.lon is not None]
    point = (points[-1].lat or 0.0, points[-1].lon or 0.0) if points else None
    kept = {each.media_id: each for each in uow.evidence.kept(list(files))}
    errors = {media_id: error for media_id, (_, error) in files.items()}
    return Work(case, new, errors, kept, frozenset(family), known, fresh, point)


def _why(error: str) -> str:
    """Why a photo cannot be looked at, from why it was not kept."""
    return error.removeprefix(PROOF) if error.startswith(PROOF) else "away"


def _conclude(uow: UnitOfWork, *, office: Office, case_id: int, found: Mapping[int, Finding]) -> None:
    case = uow.cases.lock(case_id)
    if case is not None:
        conclude(uow, office, case, found)
