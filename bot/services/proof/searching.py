"""A photo is looked for among all that are kept: first by spots in common, page by page, then pixel by pixel.

The time grows with the photos that are kept, the memory does not: a page is in hand at a time, read in a turn of the
database of its own, so that nobody waits behind the whole search.
"""

import asyncio
from collections.abc import Collection, Sequence
from functools import partial

import numpy as np

from bot.imaging.looks import Look, unpack
from bot.imaging.matching import FEW, compare, votes
from bot.services.database import Database
from bot.services.ports import UnitOfWork
from bot.services.proof.evidence_ports import Kept, Page

CANDIDATES = 12  # photos with most spots in common that are compared pixel by pixel

Ranked = list[tuple[int, int]]  # spots in common, photo


async def find_like(database: Database, photo: Kept, look: Look, *, but: Collection[int] = ()) -> int | None:
    """The earliest photo that is the same picture, of those that came before this one. `but`: cases left out."""
    ranked: Ranked = []
    after = 0
    while page := await database.read(partial(next_page, after=after, before=photo.media_id)):
        ranked = await asyncio.to_thread(better, ranked, page, look, but=but)
        after = page.ids[-1]
    same = await database.read(lambda uow: uow.evidence.same_bytes(photo.sha256))
    wanted = [each for each in {*same, *(media_id for _, media_id in ranked)} if each < photo.media_id]
    found = await database.read(lambda uow: uow.evidence.kept(wanted))
    return await asyncio.to_thread(first_like, photo, look, [each for each in found if each.case_id not in but])


def better(ranked: Ranked, page: Page, look: Look, *, but: Collection[int] = ()) -> Ranked:
    """The photos with most spots in common so far, once those of a page are counted as well."""
    ids, owners = np.array(page.ids), np.repeat(np.arange(len(page.ids)), page.sizes)
    counts = votes(look.spots, np.frombuffer(page.hashes, "<u8").astype(np.uint64), owners, len(ids))
    enough = np.flatnonzero((counts >= FEW) & ~np.isin(page.cases, list(but)))
    more = [(int(counts[each]), int(ids[each])) for each in enough]
    return sorted([*ranked, *more], reverse=True)[:CANDIDATES]


def first_like(photo: Kept, look: Look, others: Sequence[Kept]) -> int | None:
    """The earliest of these photos that is the same picture."""
    return next((other.media_id for other in others if is_same(photo, look, other)), None)


def is_same(photo: Kept, look: Look, other: Kept) -> bool:
    """Whether both came as one file, or look as copies do."""
    if other.sha256 == photo.sha256:
        return True
    return bool(other.spots) and compare(look, unpack(other.spots, other.small)).same


def next_page(uow: UnitOfWork, *, after: int, before: int) -> Page | None:
    """The next kept photos behind one, that came before another."""
    return uow.evidence.page(after=after, before=before)
