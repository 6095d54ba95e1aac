"""How long a group waits for its card to change after a press, while citizens keep writing.

    python -m bench.presses                       # 20 messages a second, 8 departments, 60 presses, 50 ms API latency
    python -m bench.presses --rate 0              # the same without load, for comparison

`toast` is the answer to the press itself, `card` the moment the platform has the changed card. A group gets at most 20
messages and edits a minute from Telegram; five of them are kept for answers, so that the cards of a flood do not use up
what a press needs.
"""

import asyncio
import json
import tempfile
import time
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import typer

from bench.burst import texts
from tests.flows.process import wadul_process
from tests.standin.remote import RemoteStandin, spawned

ADMIN = 9001
STAFF = 9002
UNITS = ("dputr", "dishub", "pdam", "dlh", "dinsos", "disdukcapil", "dinkes", "meja")
PAUSE = 0.75  # seconds between presses, in turn over the groups: each of eight is pressed ten times a minute
LONGEST = 30.0  # seconds after which a card is given up


async def _measure(*, rate: float, presses: int, latency: float, database: str | None) -> dict[str, object]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        async with (
            spawned("--latency", str(latency)) as standin,
            wadul_process(folder, standin, database_url=database, WADUL_TELEGRAM_MODE="webhook") as wadul,
        ):
            await wadul.start()
            groups = [await _linked(standin, -2001 - at, unit) for at, unit in enumerate(UNITS)]
            seed = len(UNITS) * 8
            await standin.burst(chats=seed, first_id=10_000, per_chat=1, texts=texts(seed))
            await standin.wait_for(lambda: _answered(standin, seed), timeout=60)
            await asyncio.sleep(62)  # the seed's cards leave the groups' minute
            if rate:
                many = int(rate * (presses * PAUSE + 20))
                fresh = texts(seed + many)[seed:]
                await standin.burst(chats=many, first_id=100_000, per_chat=1, texts=fresh, rate=rate)
                await asyncio.sleep(5)
            waits = [await _press(standin, groups[at % len(groups)], wait=PAUSE) for at in range(presses)]
            done = await asyncio.gather(*filter(None, waits))
            await wadul.stop()
    return {
        "messages_per_second": rate, "pressed": len(done),
        "toast_ms": _percentiles([toast for toast, _ in done]), "card_ms": _percentiles([card for _, card in done]),
    }  # fmt: skip


async def _linked(standin: RemoteStandin, chat: int, unit: str) -> int:
    await standin.do({"do": "group", "chat": chat, "title": unit})
    await standin.say(ADMIN, f"/hubungkan {unit}", chat=chat)
    return chat


async def _answered(standin: RemoteStandin, chats: int) -> bool:
    return int((await standin.stats())["answers"]["chats"]) >= chats


async def _press(standin: RemoteStandin, chat: int, *, wait: float) -> asyncio.Task[tuple[float, float]] | None:
    """Press `Terima` on the oldest card that still has it; the task that sees what follows."""
    view = await standin.chat(chat)
    cards = [m for m in view["messages"] if m["by_bot"] and any("Terima" in row for row in m["rows"])]
    task = None
    if cards:
        action = {"do": "press", "who": STAFF, "chat": chat, "message": cards[0]["id"], "words": "Terima"}
        began = time.perf_counter()
        press = (await standin.do(action))[0]
        task = asyncio.create_task(_seen(standin, chat, press, began))
    await asyncio.sleep(wait)
    return task


async def _seen(standin: RemoteStandin, chat: int, press: dict[str, Any], began: float) -> tuple[float, float]:
    """Milliseconds until the toast and until the card; a card that never came counts as `LONGEST`."""
    toast = card = LONGEST
    while time.perf_counter() - began < LONGEST and max(toast, card) >= LONGEST:
        await asyncio.sleep(0.1)
        for call in await standin.calls(method="editMessageText", chat=chat):
            if call["params"].get("message_id") == press["message"] and call["answered"] and call["at"] > began:
                card = min(card, call["answered"] - began)
        for call in await standin.calls(method="answerCallbackQuery"):
            if call["params"].get("callback_query_id") == press["id"] and call["answered"]:
                toast = call["answered"] - began
    return toast * 1000, card * 1000


def _percentiles(values: list[float]) -> dict[str, float]:
    return {f"p{at}": round(float(np.percentile(values, at)), 1) for at in (50, 95, 100)} if values else {}


def main(
    rate: Annotated[float, typer.Option(help="Messages of citizens a second; 0: none.")] = 20,
    presses: Annotated[int, typer.Option(help="How many presses.")] = 60,
    latency: Annotated[float, typer.Option(help="Seconds the Bot API takes.")] = 0.05,
    database: Annotated[str | None, typer.Option(help="Database URL; SQLite by default.")] = None,
) -> None:
    """Press, wait, print the figures as JSON."""
    figures = asyncio.run(_measure(rate=rate, presses=presses, latency=latency, database=database))
    typer.echo(json.dumps(figures, indent=2))


if __name__ == "__main__":
    typer.run(main)
