"""What goes on beside the messages: files to disk, old rows forgotten, dead processes buried."""

import asyncio
import hashlib
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from bot.domain.case import Tags
from bot.domain.errors import Refused, RetryLater, StoreUnavailable
from bot.domain.incoming import Attachment, Chat, Sender
from bot.services.keeping import FETCH_TRIES, KEEP_DONE_SECONDS, LARGEST, Keeper, every, file_ending
from bot.services.ports import NewCase
from bot.store.engine import Store
from bot.store.tables import inbox, media, outbox, worker
from tests.bot.imaging.made_files import SECRET, VOICE_NOTE, pdf, webm
from tests.bot.services.fakes import NAME, FakeChannel, put, update
from tests.flows.wadul import Clock
from tests.standin.files import PIXEL


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def channel() -> FakeChannel:
    return FakeChannel()


@pytest.fixture
def keeper(store: Store, channel: FakeChannel, clock: Clock, tmp_path: Path) -> Keeper:
    return Keeper(store, {NAME: channel}, owner="a", folder=tmp_path / "media", clock=clock)


def attach(store: Store, clock: Clock, *, channel: str = NAME) -> int:
    """A case with one file that is still at the platform."""

    def work(uow: Any) -> int:
        person = uow.people.meet(Sender(NAME, "5"), Chat(NAME, "5", private=True), now=clock())
        tags = Tags("pengaduan", "jalan", "sedang", "id")
        case = uow.cases.add(NewCase("PML-00000", person.id, NAME, "5", "dputr", (), "id", tags, clock()))
        (media_id,) = uow.cases.attach(case.id, channel, (Attachment("photo", "f1", "u1"),), at=clock())
        return int(media_id)

    return store.write_now(work)


def row(store: Store, table: sa.Table = media) -> dict[str, Any]:
    with store.engine.connect() as connection:
        return dict(connection.execute(sa.select(table)).mappings().one())


async def test_a_file_comes_to_disk_under_our_own_name(
    store: Store, keeper: Keeper, channel: FakeChannel, clock: Clock, tmp_path: Path
) -> None:
    media_id = attach(store, clock)
    channel.data = PIXEL
    await keeper.fetch()
    found = row(store)
    assert found["path"].endswith(f"{media_id}.jpg")
    assert (tmp_path / "media" / found["path"]).read_bytes() == channel.data
    assert found["size"] == len(channel.data)
    assert not list((tmp_path / "media").rglob("*.part"))


@pytest.mark.parametrize("data", [VOICE_NOTE, webm(), pdf(PIXEL)])
async def test_what_a_file_tells_of_its_making_does_not_reach_the_disk(
    store: Store, keeper: Keeper, channel: FakeChannel, clock: Clock, tmp_path: Path, data: bytes
) -> None:
    attach(store, clock)
    channel.data = data
    await keeper.fetch()
    found = row(store)
    kept = (tmp_path / "media" / found["path"]).read_bytes()
    assert SECRET in data
    assert SECRET not in kept
    assert kept[:4] == data[:4]
    assert found["source_sha256"] == hashlib.sha256(data).hexdigest() != found["sha256"]


async def test_a_document_that_cannot_be_read_is_kept_as_it_came(
    store: Store, keeper: Keeper, channel: FakeChannel, clock: Clock, tmp_path: Path
) -> None:
    attach(store, clock)
    channel.data = pdf(PIXEL, password="rahasia")
    await keeper.fetch()
    assert (tmp_path / "media" / row(store)["path"]).read_bytes() == channel.data


async def test_a_file_that_cannot_be_fetched_now_is_tried_again_later(
    store: Store, keeper: Keeper, channel: FakeChannel, clock: Clock
) -> None:
    attach(store, clock)

    def away(*_: str) -> None:
        raise RetryLater("test")

    channel.trouble = away
    await keeper.fetch()
    await keeper.fetch()
    assert (row(store)["attempts"], row(store)["path"]) == (1, None)
    channel.trouble = lambda *_: None
    clock.skip(61)
    await keeper.fetch()
    assert row(store)["path"]


async def test_a_file_is_given_up_after_enough_tries(
    store: Store, keeper: Keeper, channel: FakeChannel, clock: Clock
) -> None:
    attach(store, clock)

    def away(*_: str) -> None:
        raise RetryLater("test")

    channel.trouble = away
    for _ in range(FETCH_TRIES + 2):
        await keeper.fetch()
        clock.skip(3600)
    assert row(store)["attempts"] == FETCH_TRIES
    assert row(store)["error"]


async def test_a_refused_or_too_large_file_is_not_tried_again(
    store: Store, keeper: Keeper, channel: FakeChannel, clock: Clock
) -> None:
    attach(store, clock)
    channel.data = b"x" * (LARGEST + 1)
    await keeper.fetch()
    assert "20 MB" in row(store)["error"]

    def refused(*_: str) -> None:
        raise Refused("file is too big")

    channel.trouble = refused
    clock.skip(3600)
    await keeper.fetch()
    assert row(store)["attempts"] == 1


async def test_a_file_of_a_channel_that_does_not_run_waits(store: Store, keeper: Keeper, clock: Clock) -> None:
    attach(store, clock, channel="discord")
    await keeper.fetch()
    assert row(store)["error"] is None


@pytest.mark.parametrize(
    ("data", "ending"),
    [
        (b"\xff\xd8\xff", "jpg"), (b"\x89PNG\r\n", "png"), (b"OggS", "ogg"), (b"%PDF-1.7", "pdf"), (b"MZ\x90", "bin"),
        (b"\0\0\0\x18ftypmp42", "mp4"), (b"\0\0\0\x18ftypheic", "heic"), (b"", "bin"), (b"<html>", "bin"),
    ],
)  # fmt: skip
def test_the_ending_comes_from_the_first_bytes(data: bytes, ending: str) -> None:
    assert file_ending(data) == ending


async def test_rows_done_long_ago_are_forgotten_and_poison_is_kept(store: Store, keeper: Keeper, clock: Clock) -> None:
    store.write_now(lambda uow: uow.inbox.put([update(1, "a"), update(2, "racun"), update(3, "baru")]))
    put(store, "a", now=clock())
    old = clock() - KEEP_DONE_SECONDS - 1
    with store.engine.begin() as connection:
        connection.execute(inbox.update().where(inbox.c.event_id != "3").values(done_at=old))
        connection.execute(inbox.update().where(inbox.c.event_id == "2").values(set_aside="test"))
        connection.execute(outbox.update().values(done_at=old))
    await keeper.prune()
    with store.engine.connect() as connection:
        assert sorted(connection.execute(sa.select(inbox.c.event_id)).scalars()) == ["2", "3"]
        assert connection.execute(sa.select(outbox.c.id)).scalars().all() == []


async def test_what_a_dead_process_held_is_given_back(store: Store, keeper: Keeper, clock: Clock) -> None:
    store.write_now(lambda uow: uow.inbox.put([update(1, "a")]))
    store.write_now(lambda uow: uow.workers.beat("tewas", now=clock()))
    with store.engine.begin() as connection:
        connection.execute(worker.update().values(beat_at=0.0))
    store.write_now(lambda uow: uow.inbox.claim("tewas", now=clock(), limit=5))
    assert row(store, inbox)["owner"] == "tewas"
    await keeper.beat()
    assert row(store, inbox)["owner"] is None


async def test_a_step_is_repeated_and_outlives_a_database_that_is_away() -> None:
    stopping = asyncio.Event()
    calls = 0

    async def step() -> None:
        nonlocal calls
        calls += 1
        if calls == 1:
            raise StoreUnavailable("test")
        if calls == 3:
            stopping.set()

    await asyncio.wait_for(every(0.01, step, stopping), 2)
    assert calls == 3
