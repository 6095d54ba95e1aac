"""The inbox at work: committed first, in order per chat, poison alone, nothing done twice."""

import asyncio
import contextlib
from typing import Any

import pytest
import sqlalchemy as sa

from bot.domain.errors import StoreUnavailable
from bot.domain.incoming import Command
from bot.services import inbox_loop
from bot.services.inbox_loop import CRASHES_ALLOWED, InboxLoop, InboxWriter
from bot.store.engine import Store
from bot.store.tables import inbox, outbox
from tests.bot.services.fakes import NAME, FakeChannel, link, make_office, until, update
from tests.flows.wadul import Clock


class Handled:
    """Stands in for the use cases and remembers what reached them."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self.unavailable = 0

    def __call__(self, uow: Any, office: Any, event: Command) -> None:
        if self.unavailable:
            self.unavailable -= 1
            raise StoreUnavailable("test")
        if "racun" in event.argument:
            raise RuntimeError("poison")
        uow.cases.note(None, "test", event.argument[:32], at=0.0)
        self.words.append(event.argument)


@pytest.fixture
def handled(monkeypatch: pytest.MonkeyPatch) -> Handled:
    handled = Handled()
    monkeypatch.setattr(inbox_loop, "handle", handled)
    return handled


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def loop(store: Store, clock: Clock) -> InboxLoop:
    return InboxLoop(store, make_office(clock), {NAME: FakeChannel()}, owner="a", woken=lambda: None)


def rows(store: Store) -> list[dict[str, Any]]:
    with store.engine.connect() as connection:
        return [dict(row) for row in connection.execute(sa.select(inbox).order_by(inbox.c.id)).mappings()]


async def drained(loop: InboxLoop) -> None:
    while await loop.step():
        pass


async def test_what_is_kept_is_carried_out_in_order_per_chat(store: Store, loop: InboxLoop, handled: Handled) -> None:
    writer = InboxWriter(store, woken=loop.wake)
    await writer.keep([update(n, f"kata {n}", chat=str(n % 3)) for n in range(30)])
    await drained(loop)
    for chat in range(3):
        mine = [word for word in handled.words if int(word.split()[1]) % 3 == chat]
        assert mine == [f"kata {n}" for n in range(chat, 30, 3)]
    assert all(row["done_at"] and row["payload"] == "" for row in rows(store))


async def test_updates_kept_at_the_same_time_are_all_committed(store: Store, loop: InboxLoop) -> None:
    writer = InboxWriter(store, woken=loop.wake)
    await asyncio.gather(*(writer.keep([update(n, "x")]) for n in range(40)))
    assert len(rows(store)) == 40


async def test_a_repeated_update_is_carried_out_once(store: Store, loop: InboxLoop, handled: Handled) -> None:
    writer = InboxWriter(store, woken=loop.wake)
    await writer.keep([update(1, "sekali"), update(1, "sekali")])
    await drained(loop)
    await writer.keep([update(1, "sekali")])
    await drained(loop)
    assert handled.words == ["sekali"]


async def test_the_parts_of_an_album_are_one_event(store: Store, loop: InboxLoop, handled: Handled) -> None:
    parts = [update(n, f"bagian{n}", group="77") for n in range(3)]
    await InboxWriter(store, woken=loop.wake).keep([*parts, update(9, "lain")])
    await drained(loop)
    assert handled.words == ["bagian0 bagian1 bagian2", "lain"]


async def test_poison_is_set_aside_with_its_payload_and_takes_nobody_along(
    store: Store, loop: InboxLoop, handled: Handled
) -> None:
    link(store, "meja", "-1")
    await InboxWriter(store, woken=loop.wake).keep(
        [update(1, "satu"), update(2, "racun"), update(3, "tiga"), update(4, "lain", chat="2")]
    )
    await drained(loop)
    assert sorted(set(handled.words)) == ["lain", "satu", "tiga"]
    (aside,) = [row for row in rows(store) if row["set_aside"]]
    assert (aside["event_id"], aside["set_aside"]) == ("2", "RuntimeError")
    assert "racun" in aside["payload"]
    with store.engine.connect() as connection:
        told = connection.execute(sa.select(outbox.c.payload)).scalars().all()
    assert len(told) == 1
    assert str(aside["id"]) in told[0]["text"]


async def test_what_cannot_be_read_is_set_aside(store: Store, loop: InboxLoop, handled: Handled) -> None:
    bad = update(1, "x")
    bad = type(bad)(bad.channel, bad.event_id, bad.chat_id, "{bukan json")
    await InboxWriter(store, woken=loop.wake).keep([bad, update(2, "dua")])
    await drained(loop)
    assert handled.words == ["dua"]
    assert rows(store)[0]["set_aside"].startswith("unreadable")


async def test_an_update_whose_channel_is_not_running_is_set_aside(store: Store, handled: Handled) -> None:
    loop = InboxLoop(store, make_office(), {}, owner="a", woken=lambda: None)
    await InboxWriter(store, woken=loop.wake).keep([update(1, "x")])
    await drained(loop)
    assert handled.words == []
    assert all(row["owner"] is None for row in rows(store))


async def test_an_update_that_killed_the_process_too_often_is_set_aside(
    store: Store, loop: InboxLoop, handled: Handled
) -> None:
    await InboxWriter(store, woken=loop.wake).keep([update(1, "pembunuh"), update(2, "dua")])
    with store.engine.begin() as connection:
        connection.execute(inbox.update().where(inbox.c.event_id == "1").values(attempts=CRASHES_ALLOWED))
    await drained(loop)
    assert handled.words == ["dua"]
    assert "crashed" in rows(store)[0]["set_aside"]


async def test_a_database_that_is_away_for_a_moment_loses_and_doubles_nothing(
    store: Store, loop: InboxLoop, handled: Handled, clock: Clock
) -> None:
    handled.unavailable = 1
    await InboxWriter(store, woken=loop.wake).keep([update(1, "satu"), update(2, "dua")])
    for _ in range(6):
        with contextlib.suppress(StoreUnavailable):
            await drained(loop)
        clock.skip(5)
    assert handled.words == ["satu", "dua"]
    assert all(row["done_at"] and not row["set_aside"] for row in rows(store))


async def test_keeping_tells_every_waiter_that_the_database_is_away(loop: InboxLoop) -> None:
    class Away:
        async def write(self, work: Any, *, urgent: bool = False) -> None:
            raise StoreUnavailable("test")

    writer = InboxWriter(Away(), woken=loop.wake)  # type: ignore[arg-type]
    results = await asyncio.gather(*(writer.keep([update(n, "x")]) for n in range(3)), return_exceptions=True)
    assert [type(result) for result in results] == [StoreUnavailable] * 3


async def test_a_lease_that_was_lost_changes_nothing(store: Store, loop: InboxLoop, handled: Handled) -> None:
    await InboxWriter(store, woken=loop.wake).keep([update(1, "satu")])

    def stolen(payloads: Any) -> Any:
        with store.engine.begin() as connection:
            connection.execute(inbox.update().values(owner="b"))
        return FakeChannel().translate(payloads)

    channel = FakeChannel()
    channel.translate = stolen  # type: ignore[method-assign]
    late = InboxLoop(store, make_office(), {NAME: channel}, owner="a", woken=lambda: None)
    await late.step()
    assert handled.words == []
    assert rows(store)[0]["owner"] == "b"
    assert rows(store)[0]["done_at"] is None


async def test_two_loops_share_the_work_and_do_nothing_twice(store: Store, handled: Handled, clock: Clock) -> None:
    loops = [
        InboxLoop(store, make_office(clock), {NAME: FakeChannel()}, owner=name, woken=lambda: None) for name in "ab"
    ]
    writer = InboxWriter(store, woken=lambda: None)
    await writer.keep([update(n, f"kata {n}", chat=str(n % 10)) for n in range(60)])
    tasks = [asyncio.create_task(loop.run()) for loop in loops]
    await until(lambda: len(handled.words) >= 60)
    for loop in loops:
        loop.stop()
    await asyncio.gather(*tasks)
    assert len(handled.words) == len(set(handled.words)) == 60
    for chat in range(10):
        mine = [int(word.split()[1]) for word in handled.words if int(word.split()[1]) % 10 == chat]
        assert mine == sorted(mine)
