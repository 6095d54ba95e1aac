"""`python -m tests.standin.bench`: our transport against python-telegram-bot's own, in one run.

The stand-in is a process of its own; rounds alternate, so that a busy machine slows both alike.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import time
from collections.abc import Callable

from telegram import Bot
from telegram.request import BaseRequest, HTTPXRequest

from bot.channels.telegram.transport import AiohttpRequest
from tests.standin.remote import RemoteStandin, spawned
from tests.standin.stats import spread

CONTENDERS: dict[str, Callable[[int], BaseRequest]] = {
    "AiohttpRequest": lambda pool: AiohttpRequest(connections=pool),
    "HTTPXRequest": lambda pool: HTTPXRequest(connection_pool_size=pool, pool_timeout=60.0),
    "HTTPXRequest, default pool": lambda _: HTTPXRequest(pool_timeout=60.0),
}


async def measure(
    remote: RemoteStandin, request: BaseRequest, *, messages: int, concurrent: int
) -> tuple[float, float, list[float]]:
    """Messages per second, CPU milliseconds of this process per message, seconds per call."""
    seconds: list[float] = []
    gate = asyncio.Semaphore(concurrent)

    async def send(bot: Bot, chat: int) -> None:
        async with gate:
            started = time.perf_counter()
            await bot.send_message(chat, "<b>PML</b> sampun ditampi, matur nuwun 🙏", parse_mode="HTML")
            seconds.append(time.perf_counter() - started)

    async with Bot(remote.token, base_url=remote.base_url, request=request) as bot:
        await asyncio.gather(*(send(bot, chat) for chat in range(1, concurrent + 1)))  # warm connections
        seconds.clear()
        started, cpu = time.perf_counter(), time.process_time()
        await asyncio.gather(*(send(bot, number % 1000 + 1) for number in range(messages)))
        return (
            messages / (time.perf_counter() - started),
            (time.process_time() - cpu) * 1000 / messages,
            seconds,
        )


async def compare(options: argparse.Namespace) -> None:
    """Print one line per contender."""
    async with spawned("--latency", str(options.latency)) as remote:
        await remote.do(*({"do": "start", "who": chat} for chat in range(1, 1001)))
        rates: dict[str, list[float]] = {name: [] for name in CONTENDERS}
        for _ in range(options.rounds):
            for name, build in CONTENDERS.items():
                rate, cpu, seconds = await measure(
                    remote, build(options.pool), messages=options.messages, concurrent=options.concurrent
                )
                rates[name].append(rate)
                print(f"{name:28} {rate:7.0f}/s  {cpu:.2f} ms CPU  {spread(seconds)}")
        for name, values in rates.items():
            print(f"{name:28} median {statistics.median(values):7.0f}/s")


def main() -> None:
    """Read the options and run."""
    parser = argparse.ArgumentParser(prog="python -m tests.standin.bench", description=__doc__)
    parser.add_argument("--latency", type=float, default=0.05)
    parser.add_argument("--concurrent", type=int, default=64)
    parser.add_argument("--pool", type=int, default=64)
    parser.add_argument("--messages", type=int, default=600)
    parser.add_argument("--rounds", type=int, default=3)
    asyncio.run(compare(parser.parse_args()))


if __name__ == "__main__":
    main()
