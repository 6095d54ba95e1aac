"""Proof: the cases that want a photo, the photos sent for them, what is kept to know a photo again."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from bot.domain.incoming import Attachment, Said
from bot.domain.proof import Doubt, Evidence, Marks, Note, Proof, Proving, Stage
from bot.domain.records import Media
from bot.services.proof.evidence_ports import Examined, Kept, Page
from bot.store.rows import to_media
from bot.store.sql import upsert
from bot.store.tables import evidence, media, photo, proof
from bot.store.tables.cases import UNLOOKED

PAGE = 5000
HASH_BYTES = 8


class Evidences:
    """The repository of proof."""

    def __init__(self, connection: sa.Connection) -> None:
        self._c = connection

    def begin(self, case_id: int, unit: str, *, by: str, at: float) -> None:
        """The case was called done, from now on without a photo; what an earlier round proved is over."""
        values = {"case_id": case_id, "unit": unit, "at": at, "state": Proof.TANPA, "asked_by": by}
        begun = upsert(self._c, proof).values(values)
        fresh = {name: value for name, value in values.items() if name != "case_id"}
        self._c.execute(begun.on_conflict_do_update(index_elements=[proof.c.case_id], set_=fresh))

    def proving(self, case_id: int) -> Proving | None:
        """How far a case is proven; None where it never wanted a photo."""
        row = self._c.execute(sa.select(proof).where(proof.c.case_id == case_id)).first()
        return Proving(row.case_id, row.unit, row.at, Proof(row.state), row.asked_by) if row else None

    def settle(self, case_id: int, state: Proof) -> None:
        """Write down how far it is proven."""
        self._c.execute(proof.update().where(proof.c.case_id == case_id).values(state=state))

    def attach(self, case_id: int, files: Sequence[Attachment], said: Said, *, stage: Stage, at: float) -> list[int]:
        """Keep photos that staff sent; they are fetched like every file."""
        chat, ids = said.chat, []
        for file in files:
            held = {"case_id": case_id, "channel": chat.channel, "kind": "photo", "file_id": file.file_id,
                    "unique_id": file.unique_id, "mime": file.mime[:128], "size": file.size, "next_at": at,
                    "proof": True}  # fmt: skip
            media_id = self._c.execute(media.insert().values(held).returning(media.c.id)).scalar_one()
            row = {"case_id": case_id, "media_id": media_id, "at": at, "by": said.sender.actor,
                   "name": said.sender.name, "stage": stage, "channel": chat.channel, "chat_id": chat.id,
                   "thread_id": chat.thread_id, "message_id": said.message_id, "notes": []}  # fmt: skip
            ids.append(int(self._c.execute(evidence.insert().values(row).returning(evidence.c.id)).scalar_one()))
        return ids

    def of_case(self, case_id: int) -> list[Evidence]:
        """The photos sent for a case, in order."""
        rows = self._c.execute(sa.select(evidence).where(evidence.c.case_id == case_id).order_by(evidence.c.id))
        return [_evidence(row) for row in rows]

    def get(self, evidence_id: int) -> Evidence | None:
        """A photo by id."""
        row = self._c.execute(sa.select(evidence).where(evidence.c.id == evidence_id)).first()
        return _evidence(row) if row else None

    def change(self, evidence_id: int, **values: object) -> None:
        """Set columns of a photo."""
        notes = values.get("notes")
        if isinstance(notes, tuple):
            values["notes"] = [[each.doubt, each.media_id, each.value] for each in notes]
        self._c.execute(evidence.update().where(evidence.c.id == evidence_id).values(values))

    def to_check(self, *, limit: int) -> list[int]:
        """Cases with photos that nobody has looked at, once all of them are here or are known not to come."""
        new = evidence.c.stage == Stage.BARU
        away = sa.and_(media.c.path.is_(None), media.c.error.is_(None))
        waiting = sa.select(evidence.c.case_id).join(media, media.c.id == evidence.c.media_id).where(new, away)
        query = sa.select(evidence.c.case_id).where(new, evidence.c.case_id.not_in(waiting)).distinct()
        return list(self._c.execute(query.order_by(evidence.c.case_id).limit(limit)).scalars())

    def files(self, media_ids: Sequence[int]) -> dict[int, tuple[Media, str]]:
        """Files, each with why it could not be fetched, if so."""
        rows = self._c.execute(sa.select(media).where(media.c.id.in_(media_ids)))
        return {row.id: (to_media(row), row.error or "") for row in rows}

    def examined(self, file: Media, found: Examined, *, sha256: str) -> None:
        """Keep what a photo looks like and says of itself."""
        row = {"media_id": file.id, "case_id": file.case_id, "sha256": sha256, "hashes": found.hashes,
               "spots": found.spots, "small": found.small, **vars(found.marks)}  # fmt: skip
        kept = upsert(self._c, photo).values(row)  # two processes may have looked at it
        fresh = {name: value for name, value in row.items() if name != "media_id"}
        self._c.execute(kept.on_conflict_do_update(index_elements=[photo.c.media_id], set_=fresh))

    def kept(self, media_ids: Sequence[int]) -> list[Kept]:
        """What is kept of photos."""
        rows = self._c.execute(sa.select(photo).where(photo.c.media_id.in_(media_ids)).order_by(photo.c.media_id))
        return [
            Kept(
                row.media_id, row.case_id, row.sha256, row.spots, row.small,
                Marks(row.taken_at, row.lat, row.lon, row.made_by),
            )
            for row in rows
        ]  # fmt: skip

    def same_bytes(self, sha256: str) -> list[int]:
        """The photos that came as this very file, and files of reports that did."""
        mine = sa.select(photo.c.media_id).where(photo.c.sha256 == sha256)
        return list(self._c.execute(mine.order_by(photo.c.media_id)).scalars())

    def page(self, *, after: int, before: int) -> Page | None:
        """The next photos by id, and the hashes that they are searched by; None where there are no more."""
        wanted = (photo.c.media_id > after, photo.c.media_id < before)
        query = sa.select(photo.c.media_id, photo.c.case_id, photo.c.hashes).where(*wanted)
        rows = self._c.execute(query.order_by(photo.c.media_id).limit(PAGE)).all()
        if not rows:
            return None
        ids, cases, packed = zip(*rows, strict=True)
        return Page(ids, cases, [len(each) // HASH_BYTES for each in packed], b"".join(packed))

    def unlooked(self, *, limit: int) -> list[tuple[Media, str]]:
        """Files of reports of which nothing is kept yet, the newest first; each with its digest as it was sent."""
        rows = self._c.execute(sa.select(media).where(UNLOOKED).order_by(media.c.id.desc()).limit(limit))
        return [(to_media(row), row.source_sha256 or row.sha256 or "") for row in rows]

    def looked(self, media_ids: Sequence[int]) -> None:
        """What there is to keep of these files is kept."""
        self._c.execute(media.update().where(media.c.id.in_(media_ids)).values(looked=True))

    def without_photo(self, *, since: float, until: float) -> dict[str, tuple[int, int]]:
        """By unit: how many cases called done in this time lack the photo that they want, of how many that want one."""
        bare = sa.func.sum(sa.case((proof.c.state == Proof.FOTO, 0), else_=1))
        query = sa.select(proof.c.unit, bare, sa.func.count()).where(proof.c.at >= since, proof.c.at < until)
        rows = self._c.execute(query.group_by(proof.c.unit))
        return {unit: (int(without), int(every)) for unit, without, every in rows}


def _evidence(row: sa.Row[Any]) -> Evidence:
    values = dict(row._mapping)
    notes = tuple(Note(Doubt(doubt), media_id, value) for doubt, media_id, value in values.pop("notes"))
    return Evidence(**values | {"stage": Stage(row.stage)}, notes=notes)
