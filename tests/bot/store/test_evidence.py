"""What is kept of proof, on both databases."""

from typing import Any

import numpy as np
import pytest
import sqlalchemy as sa

from bot.domain.case import Tags
from bot.domain.incoming import Attachment, Chat, Said, Sender
from bot.domain.proof import Doubt, Marks, Note, Proof, Stage
from bot.services.ports import NewCase
from bot.services.proof.evidence_ports import Examined
from bot.store import evidence as module
from bot.store.engine import Store
from bot.store.tables.cases import UNLOOKED

GROUP = Chat("telegram", "-1001", private=False)
SAID = Said(GROUP, Sender("telegram", "9002", "Budi"), "77", 5.0)
PHOTOS = tuple(Attachment("photo", f"f{n}", f"u{n}", "image/jpeg", 1000) for n in range(2))


def opened(store: Store, code: str, unit: str = "dputr") -> int:
    def work(uow: Any) -> int:
        person = uow.people.meet(Sender("telegram", "5"), Chat("telegram", "5", private=True), now=1.0)
        tags = Tags("pengaduan", "jalan", "sedang", "id")
        return int(uow.cases.add(NewCase(code, person.id, "telegram", "5", unit, (), "id", tags, 1.0)).id)

    return store.write_now(work)


def begun(store: Store, code: str = "PML-00000", unit: str = "dputr", *, at: float = 5.0) -> int:
    case_id = opened(store, code, unit)
    store.write_now(lambda uow: uow.evidence.begin(case_id, unit, by="telegram:9002", at=at))
    return case_id


def test_a_case_is_unproven_until_it_is_settled_and_again_after_another_round(store: Store) -> None:
    case_id = begun(store)
    store.write_now(lambda uow: uow.evidence.settle(case_id, Proof.FOTO))
    assert store.read_now(lambda uow: uow.evidence.proving(case_id).state) is Proof.FOTO
    store.write_now(lambda uow: uow.evidence.begin(case_id, "dputr", by="telegram:9002", at=9.0))
    proving = store.read_now(lambda uow: uow.evidence.proving(case_id))
    assert (proving.state, proving.at) == (Proof.TANPA, 9.0)


def test_photos_are_looked_at_once_all_of_a_case_are_here(store: Store) -> None:
    case_id = begun(store)
    store.write_now(lambda uow: uow.evidence.attach(case_id, PHOTOS, SAID, stage=Stage.BARU, at=5.0))
    one, other = store.read_now(lambda uow: [each.media_id for each in uow.evidence.of_case(case_id)])
    assert store.read_now(lambda uow: uow.evidence.to_check(limit=5)) == []
    store.write_now(lambda uow: uow.cases.media_fetched(one, path="a.jpg"))
    assert store.read_now(lambda uow: uow.evidence.to_check(limit=5)) == []
    store.write_now(lambda uow: uow.cases.media_fetched(other, error="proof: broken"))
    assert store.read_now(lambda uow: uow.evidence.to_check(limit=5)) == [case_id]
    assert store.read_now(lambda uow: uow.evidence.files([other])[other][1]) == "proof: broken"


def test_proof_is_no_file_of_the_report(store: Store) -> None:
    case_id = begun(store)
    store.write_now(lambda uow: uow.evidence.attach(case_id, PHOTOS, SAID, stage=Stage.BARU, at=5.0))
    assert store.read_now(lambda uow: uow.cases.media(case_id)) == []
    assert len(store.read_now(lambda uow: uow.cases.media_to_fetch(now=9.0, limit=9))) == 2


def test_notes_come_back_as_they_were(store: Store) -> None:
    case_id = begun(store)
    (photo_id, _) = store.write_now(lambda uow: uow.evidence.attach(case_id, PHOTOS, SAID, stage=Stage.BARU, at=5.0))
    notes = (Note(Doubt.EARLIER, 3), Note(Doubt.FAR, value="12"))
    store.write_now(lambda uow: uow.evidence.change(photo_id, notes=notes, stage=Stage.DICEK))
    found = store.read_now(lambda uow: uow.evidence.get(photo_id))
    assert (found.notes, found.stage, found.name, found.message_id) == (notes, Stage.DICEK, "Budi", "77")


def test_what_is_kept_of_photos_is_read_page_by_page(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PAGE", 2)
    case_id = begun(store)
    for number in range(3):
        store.write_now(lambda uow: uow.evidence.attach(case_id, PHOTOS[:1], SAID, stage=Stage.BARU, at=5.0))
        media = store.read_now(lambda uow: uow.cases.media_by_id([uow.evidence.of_case(case_id)[-1].media_id]))[0]
        seen = Examined(np.arange(number + 1, dtype="<u8").tobytes(), b"spots", b"small", Marks(taken_at=3.5))
        store.write_now(lambda uow, media=media, seen=seen: uow.evidence.examined(media, seen, sha256="abc"))
    ids = store.read_now(lambda uow: [each.media_id for each in uow.evidence.of_case(case_id)])
    first = store.read_now(lambda uow: uow.evidence.page(after=0, before=ids[2] + 1))
    last = store.read_now(lambda uow: uow.evidence.page(after=ids[1], before=ids[2] + 1))
    assert [list(page.ids) for page in (first, last)] == [ids[:2], ids[2:]]
    assert [(list(page.sizes), len(page.hashes)) for page in (first, last)] == [([1, 2], 24), ([3], 24)]
    assert set(first.cases) == {case_id}
    assert store.read_now(lambda uow: uow.evidence.page(after=ids[1], before=ids[2])) is None
    assert store.read_now(lambda uow: uow.evidence.same_bytes("abc")) == ids
    (kept,) = store.read_now(lambda uow: uow.evidence.kept(ids[:1]))
    assert (kept.marks.taken_at, kept.spots, kept.case_id) == (3.5, b"spots", case_id)


def test_files_of_reports_are_looked_at_once_they_are_here_the_newest_first(store: Store) -> None:
    case_id = opened(store, "PML-00000")
    one, other = store.write_now(lambda uow: uow.cases.attach(case_id, "telegram", PHOTOS, at=5.0))
    begun(store, "PML-00001")
    assert store.read_now(lambda uow: uow.evidence.unlooked(limit=9)) == []
    store.write_now(lambda uow: uow.cases.media_fetched(one, path="a.jpg", sha256="kept", source_sha256="sent"))
    store.write_now(lambda uow: uow.cases.media_fetched(other, path="b.jpg", sha256="kept"))
    waiting = store.read_now(lambda uow: uow.evidence.unlooked(limit=9))
    assert [(file.id, sha256) for file, sha256 in waiting] == [(other, "kept"), (one, "sent")]
    store.write_now(lambda uow: uow.evidence.looked([other]))
    assert [file.id for file, _ in store.read_now(lambda uow: uow.evidence.unlooked(limit=9))] == [one]


def test_looking_for_them_reads_an_index_of_their_own(store: Store) -> None:
    if store.sqlite:
        with store.engine.connect() as connection:
            query = f"EXPLAIN QUERY PLAN SELECT * FROM media WHERE {UNLOOKED} ORDER BY id DESC LIMIT 5"
            assert "ix_media_unlooked" in str(connection.execute(sa.text(query)).all())


def test_what_lacks_a_photo_is_counted_by_department(store: Store) -> None:
    first, _, _ = begun(store, "PML-00001"), begun(store, "PML-00002"), begun(store, "PML-00003", "dlh", at=50.0)
    store.write_now(lambda uow: uow.evidence.settle(first, Proof.FOTO))
    assert store.read_now(lambda uow: uow.evidence.without_photo(since=0, until=99)) == {"dputr": (1, 2), "dlh": (1, 1)}
    assert store.read_now(lambda uow: uow.evidence.without_photo(since=0, until=50)) == {"dputr": (1, 2)}
