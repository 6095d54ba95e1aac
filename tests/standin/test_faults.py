"""Faults hit the calls they were ordered for, before or after the effect."""

from __future__ import annotations

import time

import pytest
from telegram import Bot
from telegram.error import BadRequest, NetworkError, RetryAfter

from tests.standin import Citizen, Standin


@pytest.fixture
def sri(standin: Standin) -> Citizen:
    person = standin.citizen(5)
    person.start()
    return person


@pytest.mark.parametrize(
    ("kind", "error", "effects"),
    [
        ("too_many", RetryAfter, 0),
        ("server_error", NetworkError, 0),
        ("bad_gateway", NetworkError, 0),
        ("html", NetworkError, 0),
        ("drop_before", NetworkError, 0),
        ("drop_after", NetworkError, 1),
    ],
)
async def test_a_fault_strikes_once(
    bot: Bot, standin: Standin, sri: Citizen, kind: str, error: type[Exception], effects: int
) -> None:
    standin.fault(kind, method="sendMessage")
    with pytest.raises(error):
        await bot.send_message(5, "x")
    assert len(sri.answers) == effects
    await bot.send_message(5, "y")
    assert len(sri.answers) == effects + 1


async def test_a_fault_is_for_its_chat_and_method_and_may_skip(
    bot: Bot, standin: Standin, sri: Citizen
) -> None:
    standin.citizen(6).start()
    order = standin.fault(
        "refuse", method="sendMessage", chat=5, skip=1, times=2, description="Bad Request: no"
    )
    await bot.send_message(6, "lain")
    await bot.send_message(5, "dilewati")
    for _ in range(2):
        with pytest.raises(BadRequest, match=r"^No$"):
            await bot.send_message(5, "x")
    await bot.send_message(5, "lagi")
    assert order.hits == 2
    assert [message.text for message in sri.answers] == ["dilewati", "lagi"]


async def test_slow_and_hanging_calls_differ_in_when_they_take_effect(
    bot: Bot, standin: Standin, sri: Citizen
) -> None:
    for kind, effects in (("slow", 1), ("hang", 1)):
        before = len(sri.answers)
        standin.fault(kind, method="sendMessage", delay=0.1)
        started = time.perf_counter()
        with pytest.raises(NetworkError, match="Timed out"):
            await bot.send_message(5, kind, read_timeout=0.05)
        assert time.perf_counter() - started < 0.1
        assert len(sri.answers) - before == (effects if kind == "slow" else 0)
        await standin.wait_for(lambda expected=before + effects: len(sri.answers) == expected)  # type: ignore[misc]
