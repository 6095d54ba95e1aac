"""A burst through the whole of Wadul: many people write at once, on the stand-in for Telegram.

    python -m bench.burst                      # 5,000 updates from 5,000 chats, SQLite, 50 ms API latency
    python -m bench.burst --way polling --database postgresql://…

Budget (docs/architecture.md): acknowledged p99 ≤ 250 ms, ≥ 150 answers/s, order kept per chat, none lost, none doubled.
"""

import asyncio
import json
import os
import tempfile
from pathlib import Path
from typing import Annotated

import typer

from tests.flows.process import WadulProcess, counts, database_of, wadul_process
from tests.standin.remote import RemoteStandin, spawned

MATTERS = [
    "dalan ngarep pasar bolong gedhe, wis {n} dina, RT {n} RW {m}",
    "lampu penerangan jalan RT {n} RW {m} mati sudah {n} hari, mohon diperbaiki",
    "nyuwun pirsa, syarat damel KTP kangge {n} tiyang punapa kemawon nggih",
    "sampah di TPS nomor {n} menumpuk sampai ke jalan, baunya ke sekolah",
    "inyong pan lapor, banyu PDAM ora mili wis {n} dina neng RT {m}",
    "bansos tetangga nomor {n} yang mampu malah cair, saya janda RT {m}",
]


def texts(count: int) -> list[str]:
    """About 12 words each, and no two alike, so that no text is classified from memory."""
    return [MATTERS[i % len(MATTERS)].format(n=i // len(MATTERS) + 1, m=i % 97 + 1) for i in range(count)]



async def _measure(
    *, chats: int, per_chat: int, way: str, latency: float, database: str | None, model: Path | None
) -> dict[str, object]:
    settings = {"WADUL_TELEGRAM_MODE": way, **({"WADUL_MODEL_DIR": str(model)} if model else {})}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        async with (
            spawned("--latency", str(latency)) as standin,
            wadul_process(folder, standin, database_url=database, **settings) as wadul,
        ):
            await wadul.start()
            begun = _cpu_seconds(wadul)
            await standin.mark()
            total = await standin.burst(chats=chats, first_id=10_000, per_chat=per_chat, texts=texts(chats))
            figures = await _answered(standin, chats)
            cpu = _cpu_seconds(wadul) - begun
            await wadul.stop()
            kept = counts(database_of(folder, database))
    return {
        "updates": total,
        "answers_per_second": figures["answers"]["per_second"],
        "cpu_ms_per_update": round(cpu * 1000 / total, 2),
        "acknowledged_ms": figures["ack_after_sent_ms"],
        "answered_ms": figures["answer_ms"],
        "unanswered": figures["answers"]["unanswered"],
        "out_of_order": figures["answers"]["out_of_order"],
        "repeated": figures["answers"]["repeated"],
        "cases": len(kept["codes"]),
        "codes": len(set(kept["codes"])),
        "set_aside": kept["set_aside"],
    }


def _cpu_seconds(wadul: WadulProcess) -> float:
    """User and system time of the process so far."""
    assert wadul.process is not None
    fields = Path(f"/proc/{wadul.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


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
    model: Annotated[Path | None, typer.Option(help="Model folder; the released one by default.")] = None,
    database: Annotated[str | None, typer.Option(help="Database URL; SQLite by default.")] = None,
) -> None:
    """Run one burst and print its figures as JSON."""
    figures = asyncio.run(
        _measure(chats=chats, per_chat=per_chat, way=way, latency=latency, database=database, model=model)
    )
    typer.echo(json.dumps(figures, indent=2))


if __name__ == "__main__":
    typer.run(main)
