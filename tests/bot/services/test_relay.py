"""The relay: order per chat, budgets, retries, refusals, chats that move."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
import sqlalchemy as sa

from bot.domain.budget import Budget
from bot.domain.errors import ChatMoved, Refused, RetryLater
from bot.domain.outgoing import Outgoing, Priority, Toast
from bot.services.lanes import LaneResult
from bot.services.relay import GIVE_UP_SECONDS, Relay
from bot.store.engine import Store
from bot.store.tables import lane, outbox, unit_chat
from tests.bot.services.fakes import NAME, FakeChannel, link, make_office, put, until
from tests.flows.wadul import Clock


class Troubled:
    """Raises for a chat as often as ordered."""

    def __init__(self, chat: str, error: Callable[[], Exception], times: int = 1) -> None:
        self.chat, self.error, self.times = chat, error, times
        self.tries = 0

    def __call__(self, chat_id: str, words: str) -> None:
        if chat_id == self.chat:
            self.tries += 1
            if self.tries <= self.times:
                raise self.error()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def channel() -> FakeChannel:
    return FakeChannel()


@asynccontextmanager
async def relaying(store: Store, channel: FakeChannel, clock: Clock) -> AsyncIterator[Relay]:
    relay = Relay(store, make_office(clock), {NAME: channel}, owner="a")
    task = asyncio.create_task(relay.run())
    try:
        yield relay
    finally:
        relay.stop()
        await task


def rows(store: Store, table: sa.Table = outbox) -> list[dict[str, Any]]:
    with store.engine.connect() as connection:
        return [dict(row) for row in connection.execute(sa.select(table)).mappings()]


def waiting(store: Store) -> int:
    return sum(row["done_at"] is None for row in rows(store))


async def test_texts_go_out_in_order_per_chat(store: Store, channel: FakeChannel, clock: Clock) -> None:
    for chat in "123":
        put(store, *(f"{chat}-{n}" for n in range(12)), chat=chat, now=clock())
    async with relaying(store, channel, clock):
        await until(lambda: len(channel.sent) == 36)
    for chat in "123":
        assert channel.words(chat) == [f"{chat}-{n}" for n in range(12)]
    assert waiting(store) == 0
    assert all(row["pending"] == 0 and row["owner"] is None for row in rows(store, lane))


async def test_a_passing_fault_is_retried_before_what_comes_after_and_others_go_on(
    store: Store, channel: FakeChannel, clock: Clock
) -> None:
    channel.trouble = Troubled("1", lambda: RetryLater("test", seconds=20), times=1)
    put(store, "a", "b", chat="1", now=clock())
    put(store, "x", chat="2", now=clock())
    async with relaying(store, channel, clock):
        await until(lambda: channel.words("2") == ["x"])
        await until(lambda: any(row["attempts"] for row in rows(store)))
        assert channel.words("1") == []
        clock.skip(21)
        await until(lambda: channel.words("1") == ["a", "b"])


async def test_without_a_wish_of_the_platform_the_wait_grows(store: Store, channel: FakeChannel, clock: Clock) -> None:
    trouble = Troubled("1", lambda: RetryLater("test"), times=4)
    channel.trouble = trouble
    put(store, "a", chat="1", now=clock())
    waits: list[float] = []
    async with relaying(store, channel, clock):
        for tries in range(1, 5):
            await until(lambda tries=tries: rows(store)[0]["attempts"] == tries)
            waits.append(rows(store, lane)[0]["blocked_until"] - clock())
            clock.skip(waits[-1] + 0.01)
        await until(lambda: channel.words("1") == ["a"])
    assert waits == sorted(waits)
    assert waits[3] > 2 * waits[0]


async def test_what_is_too_old_is_given_up_and_the_chat_goes_on(
    store: Store, channel: FakeChannel, clock: Clock
) -> None:
    channel.trouble = Troubled("1", lambda: RetryLater("test"), times=1)
    put(store, "basi", chat="1", now=clock() - GIVE_UP_SECONDS - 1)
    put(store, "baru", chat="1", now=clock())
    async with relaying(store, channel, clock):
        await until(lambda: channel.words("1") == ["baru"])
    assert [bool(row["error"]) for row in rows(store)] == [True, False]


async def test_a_refusal_ends_the_message_and_not_the_chat(store: Store, channel: FakeChannel, clock: Clock) -> None:
    channel.trouble = Troubled("1", lambda: Refused("Bad Request: aneh"), times=1)
    put(store, "aneh", "biasa", chat="1", now=clock())
    async with relaying(store, channel, clock):
        await until(lambda: channel.words("1") == ["biasa"])
    assert "aneh" in rows(store)[0]["error"]


async def test_a_lost_group_is_unlinked_and_told_to_the_desk(
    store: Store, channel: FakeChannel, clock: Clock
) -> None:
    link(store, "dlh", "-2")
    link(store, "meja", "-1")
    channel.trouble = Troubled("-2", lambda: Refused("Forbidden", gone="chat"), times=9)
    put(store, "a", chat="-2", now=clock())
    async with relaying(store, channel, clock):
        await until(lambda: channel.words("-1"))
    assert "Dinas Lingkungan Hidup" in channel.words("-1")[0]
    assert [row["unit"] for row in rows(store, unit_chat)] == ["meja"]


async def test_what_waits_follows_a_chat_that_moved(store: Store, channel: FakeChannel, clock: Clock) -> None:
    link(store, "dlh", "-2")
    channel.trouble = Troubled("-2", lambda: ChatMoved("-1002"), times=9)
    put(store, "a", "b", chat="-2", now=clock())
    async with relaying(store, channel, clock):
        await until(lambda: channel.words("-1002") == ["a", "b"])
    assert rows(store, unit_chat)[0]["chat_id"] == "-1002"
    assert waiting(store) == 0


async def test_an_error_nobody_expected_is_retried_and_never_stops_the_relay(
    store: Store, channel: FakeChannel, clock: Clock
) -> None:
    channel.trouble = Troubled("1", lambda: RuntimeError("bug"), times=1)
    put(store, "a", chat="1", now=clock())
    async with relaying(store, channel, clock):
        await until(lambda: rows(store)[0]["attempts"] == 1)
        put(store, "x", chat="2", now=clock())
        clock.skip(5)
        await until(lambda: channel.words("1") == ["a"] and channel.words("2") == ["x"])


async def test_a_full_budget_keeps_cards_waiting_and_lets_answers_pass(
    store: Store, channel: FakeChannel, clock: Clock
) -> None:
    channel.limit = Budget(limit=5, seconds=60.0, reserve=2)
    put(store, *(f"kartu {n}" for n in range(6)), chat="-1", now=clock(), priority=Priority.CARD)
    async with relaying(store, channel, clock) as relay:
        await until(lambda: len(channel.sent) == 3)
        put(store, "jawaban", chat="-1", now=clock())
        relay.wake()
        await until(lambda: "jawaban" in channel.words("-1"))
        assert len(channel.sent) == 4
        clock.skip(61)
        await until(lambda: len(channel.sent) == 7)
    assert channel.words("-1")[-3:] == ["kartu 3", "kartu 4", "kartu 5"]


async def test_an_answer_that_comes_while_its_lane_is_held_does_not_wait_for_a_cards_budget(
    store: Store, clock: Clock
) -> None:
    """The lane is claimed for a card that must wait; before that is settled, an answer comes."""
    put(store, "kartu", chat="-1", now=clock(), priority=Priority.CARD)
    (work,) = store.write_now(lambda uow: uow.outbox.claim("a", now=clock(), limit=1, channels=[NAME]))
    put(store, "jawaban", chat="-1", now=clock())
    held = LaneResult(work.key, (), (), (), (), clock() + 50, 0.0, waits=work.rows[0].id)
    assert store.write_now(lambda uow: uow.outbox.settle(held, "a", now=clock()))
    (again,) = store.write_now(lambda uow: uow.outbox.claim("a", now=clock() + 0.01, limit=1, channels=[NAME]))
    assert again.rows[0].intent.text == "jawaban"  # type: ignore[union-attr]


async def test_a_toast_waits_for_no_budget(store: Store, channel: FakeChannel, clock: Clock) -> None:
    channel.limit = Budget(limit=0, seconds=60.0)
    office = make_office(clock)
    store.write_now(lambda uow: office.toast(uow, NAME, "p1", "Baik."))
    async with relaying(store, channel, clock):
        await until(lambda: channel.words("toast") == ["Baik."])
    assert rows(store, lane) == []


async def test_a_toast_too_late_to_matter_is_given_up(store: Store, channel: FakeChannel, clock: Clock) -> None:
    channel.trouble = Troubled("toast", lambda: RetryLater("test"), times=99)
    message = Outgoing(NAME, "press:p1", Toast("p1", "Baik."))
    store.write_now(lambda uow: uow.outbox.put(message, now=clock() - 31))
    async with relaying(store, channel, clock):
        await until(lambda: waiting(store) == 0)
    assert channel.sent == []


async def test_stopping_finishes_the_sends_in_hand(store: Store, channel: FakeChannel, clock: Clock) -> None:
    put(store, "a", chat="1", now=clock())
    async with relaying(store, channel, clock):
        await until(lambda: channel.sent)
    assert waiting(store) == 0
    assert rows(store, lane)[0]["owner"] is None
