"""Bugs of the loops that were mended once: each must stay so. No Telegram is needed to show them."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from bot.domain.budget import Budget
from bot.domain.errors import StoreUnavailable
from bot.domain.incoming import Attachment, Chat, Edited, Event, Said, Sender
from bot.domain.outgoing import CardView
from bot.services import inbox_loop
from bot.services.channel import Target
from bot.services.inbox_loop import CRASHES_ALLOWED, InboxLoop, InboxWriter
from bot.services.intake import handle
from bot.services.lanes import LaneResult
from bot.services.office import Office
from bot.services.ports import UnitOfWork
from bot.services.relay import BUG_TRIES, Relay
from bot.store.engine import Store
from bot.store.tables import audit, inbox, lane, outbox
from tests.bot.services.fakes import NAME, FakeChannel, link, make_office, put, until, update
from tests.flows.town import ROAD, RUBBISH
from tests.flows.wadul import Clock


@pytest.fixture
def store(tmp_path: Path, _migrated_sqlite: Path) -> Iterator[Store]:
    """SQLite is enough here: what differs between the databases is tested beside the store."""
    shutil.copy(_migrated_sqlite, tmp_path / "wadul.db")
    opened = Store(f"sqlite:///{tmp_path / 'wadul.db'}")
    yield opened
    opened.close()


@pytest.fixture
def clock() -> Clock:
    return Clock()


def rows(store: Store, table: sa.Table) -> list[dict[str, Any]]:
    with store.engine.connect() as connection:
        return [dict(row) for row in connection.execute(sa.select(table)).mappings()]


# The inbox


class Shaky:
    """A store whose writes fail by number, counted from when `trouble` is set."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.trouble: set[int] = set()
        self.writes = 0

    async def write(self, work: Callable[[Any], Any], *, urgent: bool = False) -> Any:
        self.writes += 1
        if self.writes in self.trouble:
            raise StoreUnavailable("test")
        return await self._store.write(work, urgent=urgent)

    async def read(self, work: Callable[[Any], Any]) -> Any:
        return await self._store.read(work)


def make_loop(database: Any, office: Office) -> InboxLoop:
    return InboxLoop(database, office, {NAME: FakeChannel()}, owner="a", woken=lambda: None)


async def test_a_database_that_is_away_for_a_moment_strands_no_claimed_update(
    store: Store, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inbox_loop, "RETRY_SECONDS", 0.01)
    await InboxWriter(store, woken=lambda: None).keep([update(1, "satu"), update(2, "dua", chat="2")])
    shaky = Shaky(store)
    shaky.trouble = {2, 3}  # the claim goes through, carrying out and the first giving back do not
    loop = make_loop(shaky, make_office(clock))
    with pytest.raises(StoreUnavailable):
        await loop.step()
    assert all(row["owner"] is None for row in rows(store, inbox))
    clock.skip(1)
    while await loop.step():
        pass
    assert all(row["done_at"] and not row["set_aside"] for row in rows(store, inbox))


async def test_an_update_that_was_given_back_often_is_not_taken_for_one_that_kills(
    store: Store, clock: Clock
) -> None:
    await InboxWriter(store, woken=lambda: None).keep([update(1, "satu")])
    shaky = Shaky(store)
    loop = make_loop(shaky, make_office(clock))
    for _ in range(CRASHES_ALLOWED + 1):
        shaky.trouble = {shaky.writes + 2}
        with suppress(StoreUnavailable):
            await loop.step()
        clock.skip(2)
    assert await loop.step()
    (row,) = rows(store, inbox)
    assert row["done_at"]
    assert not row["set_aside"]


async def test_an_update_that_kills_the_process_takes_no_innocent_one_along(store: Store, clock: Clock) -> None:
    writer = InboxWriter(store, woken=lambda: None)
    await writer.keep([update(1, "pembunuh"), update(2, "warga", chat="2")])
    for _ in range(CRASHES_ALLOWED):
        claimed = store.write_now(lambda uow: uow.inbox.claim("b", now=clock(), limit=16))
        assert any("pembunuh" in row.payload for row in claimed)
        store.write_now(lambda uow: uow.workers.leave("b"))  # it died
    loop = make_loop(store, make_office(clock))
    while await loop.step():
        pass
    aside = {row["event_id"]: row["set_aside"] for row in rows(store, inbox)}
    assert aside == {"1": "crashed the process", "2": None}


# Sending


class Held(FakeChannel):
    """Remembers every card as it was shown, and keeps the first one on its way until it is let go."""

    def __init__(self) -> None:
        super().__init__()
        self.cards: list[tuple[str, str | None, CardView]] = []
        self.go_on = asyncio.Event()

    async def show_card(self, to: Target, view: CardView, message_id: str | None) -> str:
        first = not self.cards
        self.cards.append((to.chat_id, message_id, view))
        if first:
            await self.go_on.wait()
        return message_id or self._send(to, view.title)


class Desk:
    """Use cases and a relay over a real database, without Telegram."""

    def __init__(self, store: Store, clock: Clock, channel: FakeChannel) -> None:
        self.store = store
        self.clock = clock
        self.channel = channel
        self.office = make_office(clock)
        self.relay = Relay(store, self.office, {NAME: channel}, owner="a")

    def happens(self, event: Event) -> None:
        self.store.write_now(lambda uow: handle(uow, self.office, event))
        self.relay.wake()

    def said(self, text: str, *, files: int = 0, sender: str = "5") -> None:
        attachments = tuple(Attachment("photo", f"f{n}", f"u{n}") for n in range(files))
        chat = Chat(NAME, sender, private=True)
        self.happens(Said(chat, Sender(NAME, sender, "Sri"), "1", self.clock(), text=text, attachments=attachments))

    def edited(self, text: str) -> None:
        chat = Chat(NAME, "5", private=True)
        self.happens(Edited(chat, Sender(NAME, "5", "Sri"), "1", self.clock(), text=text))

    @asynccontextmanager
    async def relaying(self) -> AsyncIterator[None]:
        task = asyncio.create_task(self.relay.run())
        try:
            yield
        finally:
            self.relay.stop()
            await task


async def test_a_card_that_moves_while_it_is_being_sent_ends_without_buttons_in_the_old_chat(
    store: Store, clock: Clock
) -> None:
    link(store, "dputr", "-1")
    link(store, "dlh", "-2")
    channel = Held()
    desk = Desk(store, clock, channel)
    desk.said(ROAD)
    async with desk.relaying():
        await until(lambda: channel.cards)
        desk.edited(RUBBISH)
        await until(lambda: any(chat == "-2" for chat, _, _ in channel.cards))
        channel.go_on.set()
        await until(lambda: any(chat == "-1" and known for chat, known, _ in channel.cards))
    old = [view for chat, _, view in channel.cards if chat == "-1"]
    assert old[0].rows
    assert not old[-1].rows
    assert "Kartu ini tidak dipakai lagi" in old[-1].lines[0].text


async def test_an_album_waits_for_room_in_the_groups_budget_as_a_whole(store: Store, clock: Clock) -> None:
    link(store, "dputr", "-1")
    channel = FakeChannel(limit=Budget(limit=5, seconds=60.0))
    desk = Desk(store, clock, channel)
    put(store, "satu", "dua", chat="-1", now=clock())
    desk.said(ROAD, files=4)
    async with desk.relaying():
        await until(lambda: [r for r in rows(store, lane) if r["chat_id"] == "-1" and r["ready_at"] > clock() + 1])
        assert len(channel.words("-1")) == 3  # the card; of the album, nothing
        clock.skip(61)
        desk.relay.wake()
        await until(lambda: len(channel.words("-1")) == 7)
    assert channel.words("-1")[3:] == ["photo"] * 4


async def test_a_row_that_fails_by_a_bug_ends_after_five_tries_and_the_desk_is_told(
    store: Store, clock: Clock
) -> None:
    link(store, "meja", "-1")
    link(store, "dputr", "-2")
    tries: list[str] = []

    def trouble(chat_id: str, words: str) -> None:
        if chat_id == "5":
            tries.append(words)
            raise KeyError("bug")

    desk = Desk(store, clock, FakeChannel(trouble=trouble))
    desk.said(ROAD)
    async with desk.relaying():
        for n in range(1, BUG_TRIES + 1):
            await until(lambda n=n: len(tries) == n)
            await until(lambda: not any(row["owner"] for row in rows(store, lane)))
            clock.skip(100)
            desk.relay.wake()
        await until(lambda: any("tidak terkirim: KeyError" in words for words in desk.channel.words("-1")))
    assert BUG_TRIES == 5
    assert len(tries) == BUG_TRIES
    assert all(row["done_at"] for row in rows(store, outbox))


async def test_one_failing_afterthought_does_not_drop_the_others_of_its_batch(store: Store, clock: Clock) -> None:
    for chat in "123":
        put(store, "a", chat=chat, now=clock())
    work = store.write_now(lambda uow: uow.outbox.claim("a", now=clock(), limit=9, channels=[NAME]))

    def noting(chat: str) -> Callable[[UnitOfWork, Office], None]:
        def note(uow: UnitOfWork, office: Office) -> None:
            uow.cases.note(None, "test", chat, at=0.0)
            if chat == "2":
                raise KeyError("bug")

        return note

    batch = [
        (LaneResult(w.key, (w.rows[0].id,), (), (), (), clock(), 0.0), [noting(w.chat_id)]) for w in work
    ]
    await Desk(store, clock, FakeChannel()).relay._settle_batch(batch)
    assert sorted(row["what"] for row in rows(store, audit)) == ["1", "3"]
    assert all(row["done_at"] for row in rows(store, outbox))
    assert all(row["owner"] is None for row in rows(store, lane))
