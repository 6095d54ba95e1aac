"""A burst through the whole of Wadul: many people write at once, on the stand-in for Telegram.

    python -m bench.burst                      # 5,000 updates from 5,000 chats, SQLite, 50 ms API latency
    python -m bench.burst --way polling --database postgresql://…

Budget (docs/architecture.md): acknowledged p99 ≤ 250 ms, ≥ 150 answers/s, order kept per chat, none lost, none doubled.
"""

import asyncio
import json
import tempfile
from pathlib import Path
from typing import Annotated

import typer

from tests.flows.process import counts, database_of, wadul_process
from tests.standin.remote import RemoteStandin, spawned

TEXTS = [
    "Pak, dalan ngarep pasar Randudongkal bolong gedhe, wis akeh sing tiba wingi.",
    "Lampu penerangan jalan di Desa Karangsari RT 2 mati sudah seminggu, mohon diperbaiki.",
    "Nyuwun pirsa, syarat damel KTP enggal punapa kemawon nggih, maturnuwun Pak Bupati.",
    "Sampah di TPS Petarukan menumpuk sampai ke jalan, baunya sampai ke sekolah.",
    "Inyong pan lapor, banyu PDAM ora mili wis telung dina neng Comal.",
    "Kenapa bansos tetangga saya yang mampu malah cair, saya yang janda tidak dapat?",
]


async def _measure(*, chats: int, per_chat: int, way: str, latency: float, database: str | None) -> dict[str, object]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        async with (
            spawned("--latency", str(latency)) as standin,
            wadul_process(folder, standin, database_url=database, WADUL_TELEGRAM_MODE=way) as wadul,
        ):
            await wadul.start()
            await standin.mark()
            total = await standin.burst(chats=chats, first_id=10_000, per_chat=per_chat, texts=TEXTS)
            figures = await _answered(standin, chats)
            await wadul.stop()
            kept = counts(database_of(folder, database))
    return {
        "updates": total,
        "answers_per_second": figures["answers"]["per_second"],
        "acknowledged_ms": figures["ack_after_sent_ms"],
        "answered_ms": figures["answer_ms"],
        "unanswered": figures["answers"]["unanswered"],
        "out_of_order": figures["answers"]["out_of_order"],
        "repeated": figures["answers"]["repeated"],
        "cases": len(kept["codes"]),
        "codes": len(set(kept["codes"])),
        "set_aside": kept["set_aside"],
    }


async def _answered(standin: RemoteStandin, chats: int) -> dict[str, dict[str, object]]:
    """Wait until every chat has its answer; the figures then."""

    async def done() -> dict[str, dict[str, object]] | None:
        figures = await standin.stats()
        return figures if int(figures["answers"]["chats"]) >= chats else None

    return await standin.wait_for(done, timeout=300, every=0.5)  # type: ignore[return-value]


def main(
    chats: Annotated[int, typer.Option(help="How many people write.")] = 5000,
    per_chat: Annotated[int, typer.Option(help="How many messages each.")] = 1,
    way: Annotated[str, typer.Option(help="webhook or polling.")] = "webhook",
    latency: Annotated[float, typer.Option(help="Seconds the Bot API takes.")] = 0.05,
    database: Annotated[str | None, typer.Option(help="Database URL; SQLite by default.")] = None,
) -> None:
    """Run one burst and print its figures as JSON."""
    figures = asyncio.run(
        _measure(chats=chats, per_chat=per_chat, way=way, latency=latency, database=database)
    )
    typer.echo(json.dumps(figures, indent=2))


if __name__ == "__main__":
    typer.run(main)
