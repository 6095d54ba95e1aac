"""New photos are compared with those of the report and with every earlier one, beside the messages."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from bot.domain.case import Case
from bot.domain.proof import Doubt, Evidence, Note, Stage, marked
from bot.domain.records import Media
from bot.imaging.looks import Look, unpack
from bot.imaging.matching import FEW, compare, votes
from bot.services.database import Database
from bot.services.keeping import PROOF
from bot.services.office import Office
from bot.services.ports import UnitOfWork
from bot.services.proof.evidence_ports import Kept
from bot.services.proof.examining import examine
from bot.services.proof.proving import Finding, conclude
from bot.services.proof.showing_proof import read_files

CHECK_SECONDS = 1.0
CASES_AT_ONCE = 4
CANDIDATES = 12  # photos with most spots in common that are compared pixel by pixel
REPORT_PHOTOS = 6


@dataclass(frozen=True)
class Work:
    """A case's new photos, what is kept of them, and the pictures of its own report."""

    case: Case
    new: tuple[Evidence, ...]
    errors: Mapping[int, str]
    kept: Mapping[int, Kept]
    own_cases: frozenset[int]
    reported: tuple[Media, ...]
    point: tuple[float, float] | None


class ProofCheck:
    """A step to be repeated."""

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
        """What the report's own pictures look like; they are opened anew, for nothing of them is kept."""
        looks: dict[int, Look] = {}
        for media in work.reported[:REPORT_PHOTOS]:
            data = await read_files(self._office.media_folder, [media.path or ""])
            seen = await examine(data[0], timezone=self._office.region.timezone) if data else None
            if seen and not seen.wrong:
                looks[media.id] = unpack(seen.spots, seen.small)
        return looks

    async def _like(self, work: Work, photo: Evidence, kept: Kept, pictures: Mapping[int, Look]) -> list[Note]:
        """Which pictures this one is like: the report's own, and the first proof of another case."""
        look = unpack(kept.spots, kept.small)
        for media_id, other in pictures.items():
            if (await asyncio.to_thread(compare, look, other)).same:
                return [Note(Doubt.REPORT, media_id)]
        same = await self._database.read(lambda uow: uow.evidence.same_bytes(kept.sha256))
        near = await self._database.read(partial(nearest, look=look, before=photo.media_id))
        wanted = [media_id for media_id in dict.fromkeys((*same, *near)) if media_id < photo.media_id]
        every = await self._database.read(lambda uow: uow.evidence.kept(wanted))
        others = [each for each in every if each.case_id not in work.own_cases]
        first = await asyncio.to_thread(first_like, kept, look, others)
        return [Note(Doubt.EARLIER, first)] if first is not None else []


def gather(uow: UnitOfWork, *, case_id: int) -> Work | None:
    """What there is to look at of a case."""
    case = uow.cases.by_id(case_id)
    if case is None:
        return None
    new = tuple(each for each in uow.evidence.of_case(case_id) if each.stage is Stage.BARU)
    files = uow.evidence.files([each.media_id for each in new])
    root = case.merged_into if case.merged_into is not None else case.id
    family = [root, *(each.id for each in uow.cases.merged(root))]
    reported = [media for each in family for media in uow.cases.media(each) if media.kind == "photo" and media.path]
    points = [entry for entry in uow.cases.entries(case_id) if entry.lat is not None and entry.lon is not None]
    point = (points[-1].lat or 0.0, points[-1].lon or 0.0) if points else None
    kept = {each.media_id: each for each in uow.evidence.kept(list(files))}
    errors = {media_id: error for media_id, (_, error) in files.items()}
    return Work(case, new, errors, kept, frozenset(family), tuple(reported), point)


def nearest(uow: UnitOfWork, *, look: Look, before: int) -> list[int]:
    """The earlier photos with most spots in common, among all there are."""
    best: list[tuple[int, int]] = []
    for every, sizes, packed in uow.evidence.hashes():
        ids, owners = np.array(every), np.repeat(np.arange(len(every)), sizes)
        counts = votes(look.spots, np.frombuffer(packed, "<u8").astype(np.uint64), owners, len(ids))
        enough = np.flatnonzero((counts >= FEW) & (ids < before))
        best += [(int(counts[each]), int(ids[each])) for each in enough]
        best = sorted(best, reverse=True)[:CANDIDATES]
    return [media_id for _, media_id in best]


def first_like(kept: Kept, look: Look, others: Sequence[Kept]) -> int | None:
    """The earliest of these photos that is the same picture."""
    for other in others:
        if other.sha256 == kept.sha256 or compare(look, unpack(other.spots, other.small)).same:
            return other.media_id
    return None


def _why(error: str) -> str:
    """Why a photo cannot be looked at, from why it was not kept."""
    return error.removeprefix(PROOF) if error.startswith(PROOF) else "away"


def _conclude(uow: UnitOfWork, *, office: Office, case_id: int, found: Mapping[int, Finding]) -> None:
    case = uow.cases.lock(case_id)
    if case is not None:
        conclude(uow, office, case, found)
