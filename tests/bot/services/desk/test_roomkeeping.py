"""Rooms at a kill: what is done twice, what once; and that no fault of ours opens topics without end."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest
from structlog.testing import capture_logs

from bot.domain.case import Tags
from bot.domain.errors import RetryLater
from bot.domain.incoming import Chat, Sender
from bot.domain.outgoing import CardView, TendRoom
from bot.domain.records import Card
from bot.services.channel import Target
from bot.services.delivering import deliver
from bot.services.desk.placing import show
from bot.services.desk.roomkeeping import TRIES, tend_room
from bot.services.effects import Sent
from bot.services.lanes import LaneWork
from bot.services.ports import NewCase, UnitOfWork
from bot.services.relay import Relay
from bot.store.engine import Store
from tests.bot.services.fakes import NAME, FakeChannel, link, make_office, until
from tests.flows.wadul import Clock

GROUP = "-100"


@dataclass
class FakeRooms:
    """Opens topics 1, 2, 3 …; `faults` come before them."""

    opened: list[str] = field(default_factory=list)
    done: list[str] = field(default_factory=list)
    faults: list[Exception] = field(default_factory=list)

    async def open(self, chat_id: str, name: str) -> str | None:
        if self.faults:
            raise self.faults.pop(0)
        self.opened.append(name)
        return str(len(self.opened))

    async def close(self, room: Target) -> None:
        self.done.append(f"close {room.thread_id}")

    async def reopen(self, room: Target) -> None:
        self.done.append(f"reopen {room.thread_id}")

    async def rename(self, room: Target, name: str) -> None:
        self.done.append(f"rename {room.thread_id}")


@dataclass
class Forum(FakeChannel):
    """Remembers which topic a card was sent into."""

    threads: list[str | None] = field(default_factory=list)

    async def show_card(self, to: Target, view: CardView, message_id: str | None) -> str:
        self.threads.append(to.thread_id)
        return message_id or self._send(to, view.title)


@pytest.fixture
def rooms() -> FakeRooms:
    return FakeRooms()


@pytest.fixture
def channel(rooms: FakeRooms) -> Forum:
    return Forum(rooms=rooms)


@pytest.fixture
def case_id(store: Store) -> int:
    """A case whose card waits to be sent for the first time."""
    link(store, "dputr", GROUP)
    office = make_office()

    def work(uow: UnitOfWork) -> int:
        person = uow.people.meet(Sender(NAME, "7", "Ani"), Chat(NAME, "7", private=True), now=1.0)
        tags = Tags("pengaduan", "jalan", "sedang", "id")
        case = uow.cases.add(NewCase("PML-00001", person.id, NAME, "7", "dputr", (), "id", tags, 1.0))
        show(uow, office, uow.desks.add_card(Card(0, case.id, "main", "dputr", NAME, GROUP)))
        return case.id

    return store.write_now(work)


def claim(store: Store, owner: str = "a") -> LaneWork:
    (work,) = store.write_now(lambda uow: uow.outbox.claim(owner, now=Clock()() + 5, limit=1, channels=[NAME]))
    return work


async def carry(store: Store, channel: Forum, work: LaneWork) -> Sent:
    return await deliver(store, make_office(), channel, work, work.rows[0])


def remember(store: Store, sent: Sent) -> None:
    if effect := sent.effect:
        store.write_now(lambda uow: effect(uow, make_office()))


@asynccontextmanager
async def relaying(store: Store, channel: Forum) -> AsyncIterator[None]:
    relay = Relay(store, make_office(), {NAME: channel}, owner="a")
    task = asyncio.create_task(relay.run())
    yield
    relay.stop()
    await task


async def test_a_topic_is_opened_in_a_turn_of_its_own_before_the_card(
    store: Store, channel: Forum, rooms: FakeRooms, case_id: int
) -> None:
    work = claim(store)
    first = await carry(store, channel, work)
    assert (first.count, first.done, channel.sent) == (1, False, [])
    remember(store, first)
    second = await carry(store, channel, work)
    assert (second.count, second.done, channel.threads) == (1, True, ["1"])
    assert rooms.opened == ["PML-00001 · Jalan"]


async def test_a_kill_before_the_topics_id_is_kept_leaves_an_empty_topic_and_one_card(
    store: Store, channel: Forum, rooms: FakeRooms, case_id: int
) -> None:
    work = claim(store)
    await carry(store, channel, work)  # … and nothing is remembered of it
    remember(store, await carry(store, channel, work))
    remember(store, await carry(store, channel, work))
    assert len(rooms.opened) == 2
    assert channel.threads == ["2"]


async def test_a_kill_after_it_repeats_the_card_in_the_same_topic(
    store: Store, channel: Forum, rooms: FakeRooms, case_id: int
) -> None:
    work = claim(store)
    remember(store, await carry(store, channel, work))
    await carry(store, channel, work)  # the card is sent, and nothing is remembered of it
    remember(store, await carry(store, channel, work))
    assert len(rooms.opened) == 1
    assert channel.threads == ["1", "1"]


async def test_the_relay_takes_both_turns_by_itself(
    store: Store, channel: Forum, rooms: FakeRooms, case_id: int
) -> None:
    async with relaying(store, channel):
        await until(lambda: channel.threads)
    assert (rooms.opened, channel.threads) == (["PML-00001 · Jalan"], ["1"])
    assert store.read_now(lambda uow: uow.outbox.backlog(0.0))[0] == 0


async def test_a_room_that_cannot_be_remembered_is_not_opened_for_ever(
    store: Store, channel: Forum, rooms: FakeRooms, case_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("a slip of ours")

    monkeypatch.setattr("bot.store.rooms.Rooms.right_given", broken)
    with capture_logs() as logs:
        async with relaying(store, channel):
            await until(lambda: channel.threads)
    assert {line["event"] for line in logs} == {"settle_failed"}
    assert len(rooms.opened) == TRIES
    assert channel.threads == [None]


async def test_a_topic_that_fails_and_fails_is_done_without(
    store: Store, channel: Forum, rooms: FakeRooms, case_id: int
) -> None:
    rooms.faults = [RetryLater("HTTP 502", seconds=0.0) for _ in range(9)]
    async with relaying(store, channel):
        await until(lambda: channel.threads)
    assert (channel.threads, len(rooms.faults)) == ([None], 9 - TRIES)
    assert store.read_now(lambda uow: uow.rooms.of(case_id, NAME, GROUP)).thread_id is None  # type: ignore[union-attr]


async def test_a_room_is_tended_by_what_holds_at_the_time_of_sending(
    store: Store, channel: Forum, rooms: FakeRooms, case_id: int
) -> None:
    work = claim(store)
    remember(store, await carry(store, channel, work))
    office = make_office()

    async def tended() -> Sent:
        sent = await tend_room(store, office, channel, work, TendRoom(case_id))
        remember(store, sent)
        return sent

    assert (await tended()).count == 0
    store.write_now(lambda uow: uow.cases.change(case_id, status="ditutup"))
    assert (await tended()).count == 1
    assert (await tended()).count == 0
    store.write_now(lambda uow: uow.cases.change(case_id, status="dibuka_kembali"))
    await tended()
    assert rooms.done == ["close 1", "reopen 1"]
