"""Start-up time, the classifier's CPU seconds, and the memory of a Wadul that has read many messages."""

import argparse
import asyncio
import importlib.util
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

from bench.memory import memory_mb
from bench.replaying.rows import ReplayError
from bench.replaying.running import FIRST_CITIZEN, Office, Plan, answered, open_office
from tests.flows.process import ROOT, wadul_process
from tests.standin.remote import spawned

STARTS = 3
STEPS = 8
FLAT_MB = 8.0  # growth over the second half that still counts as flat: one malloc arena, not a leak
CPU_BUDGET = 1.5
RSS_BUDGET = 300.0
SAMPLES = ROOT / "tests" / "flows" / "samples.jsonl"
GONE = ("torch", "transformers", "sklearn")


@dataclass(frozen=True)
class Step:
    """Memory after so many messages, in MB."""

    messages: int
    rss: float
    peak: float


@dataclass(frozen=True)
class Loaded:
    """One `python -m classifier` with nothing to read: what importing and loading cost."""

    cpu: float
    wall: float
    rss: float


def main(argv: Sequence[str] | None = None) -> int:
    """Measure and print each figure beside its budget; exit code 2 where it could not be measured."""
    options = _parser().parse_args(argv)
    try:
        with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as two:
            cold, warm = asyncio.run(starts(Path(one), options.model))
            loaded = load_classifier(options.model)
            steps, heavy = asyncio.run(memory(Path(two), options.model, messages=options.messages))
    except ReplayError as error:
        print(f"footprint: {error}", file=sys.stderr)
        return 2
    figures = {
        "start_cold_s": round(cold, 2), "start_s": round(median(warm), 2), "starts_s": [round(s, 2) for s in warm],
        "classifier": None if loaded is None else loaded.__dict__, "steps": [step.__dict__ for step in steps],
        "second_half_mb": round(growth(steps), 1), "loaded_that_must_not_be": heavy,
    }  # fmt: skip
    print(table(cold, warm, loaded, steps, heavy))
    if options.out:
        options.out.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    return 0


async def starts(folder: Path, model: Path | None) -> tuple[float, list[float]]:
    """Seconds to /readyz: the first on a new database and without any bytecode, then as a machine restarts it."""
    settings = {"PYTHONPYCACHEPREFIX": str(folder / "bytecode"), **_model(model)}
    async with (
        spawned() as standin,
        wadul_process(folder, standin, database_url=None, **settings) as wadul,
    ):
        seconds: list[float] = []
        for _ in range(STARTS + 1):
            seconds.append(await wadul.start())
            await wadul.stop()
        return seconds[0], seconds[1:]


def load_classifier(model: Path | None) -> Loaded | None:
    """Median of three loads with empty standard input; None where there is no model to load."""
    command = [sys.executable, "-m", "classifier", *(["--model", str(model)] if model else [])]
    runs = [_load_once(command) for _ in range(STARTS)]
    good = [run for run in runs if run is not None]
    return sorted(good, key=lambda run: run.cpu)[len(good) // 2] if good else None


def _load_once(command: Sequence[str]) -> Loaded | None:
    begun = perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        return None
    return Loaded(round(used.ru_utime + used.ru_stime, 2), round(perf_counter() - begun, 2), used.ru_maxrss / 1024)


async def memory(folder: Path, model: Path | None, *, messages: int) -> tuple[list[Step], list[str]]:
    """Memory idle and after each eighth of the messages (polling, all groups linked); what is loaded at the end.

    An eighth is pushed at once and waited for, so a step measures what stays and `peak` what it took meanwhile.
    """
    plan = Plan(model=model, latency=0.0, strict=False)
    async with open_office(folder, plan) as office:
        await asyncio.sleep(2)
        steps = [_step(office, 0)]
        await office.standin.mark()
        sizes = [messages * (n + 1) // STEPS - messages * n // STEPS for n in range(STEPS)]
        for size in filter(None, sizes):
            done = steps[-1].messages
            await office.standin.burst(
                chats=size, first_id=FIRST_CITIZEN + done, per_chat=1, texts=_texts(done, size)
            )
            if not await answered(office.standin, done + size):
                raise ReplayError("messages stayed without an answer: what was measured means nothing")
            await asyncio.sleep(1)
            steps.append(_step(office, done + size))
        return steps, _loaded(office)


def _texts(first: int, size: int) -> list[str]:
    """The sample messages, each with a number of its own so that no verdict is remembered."""
    samples = [json.loads(line)["text"] for line in SAMPLES.read_text(encoding="utf-8").splitlines()]
    return [f"{samples[n % len(samples)]} (RT {n % 19} RW {n % 7}, {n})" for n in range(first, first + size)]


def _step(office: Office, messages: int) -> Step:
    return Step(messages, *memory_mb(_proc(office, "status")))


def _loaded(office: Office) -> list[str]:
    """Libraries of training that the bot's process has mapped; each brings compiled parts."""
    maps = _proc(office, "maps")
    return [name for name in GONE if f"/{name}/" in maps]


def _proc(office: Office, name: str) -> str:
    process = office.wadul.process
    if process is None:
        raise ReplayError("the bot does not run any more")
    return Path(f"/proc/{process.pid}/{name}").read_text()


def growth(steps: Sequence[Step]) -> float:
    """MB gained over the second half of the messages."""
    half = next(step for step in steps if step.messages * 2 >= steps[-1].messages)
    return steps[-1].rss - half.rss


def table(
    cold: float, warm: Sequence[float], loaded: Loaded | None, steps: Sequence[Step], heavy: Sequence[str]
) -> str:
    """The figures, each beside its budget."""
    last, grown = steps[-1], growth(steps)
    cpu, rest = ("no model", "no model") if loaded is None else (
        f"{loaded.cpu:.2f} s CPU", f"{loaded.wall:.2f} s, {loaded.rss:.0f} MB"
    )  # fmt: skip
    rows = [
        ("python -m bot to /readyz, new database, no bytecode", f"{cold:.2f} s", "-"),
        (f"the same again, median of {len(warm)}", f"{median(warm):.2f} s", "-"),
        ("python -m classifier, import + load", cpu, f"{CPU_BUDGET} s CPU"),
        ("  its wall time, its memory", rest, "-"),
        ("bot, idle", f"{steps[0].rss:.0f} MB", f"{RSS_BUDGET:.0f} MB"),
        (f"bot, after {last.messages} messages", f"{last.rss:.0f} MB", f"{RSS_BUDGET:.0f} MB"),
        ("  its highest", f"{last.peak:.0f} MB", f"{RSS_BUDGET:.0f} MB"),
        ("  gained over the second half", f"{grown:+.1f} MB", f"flat: {FLAT_MB:.0f} MB"),
        ("training libraries in its memory", ", ".join(heavy) or "none", "none"),
    ]
    lines = [f"{'what':<56}{'measured':<22}budget", *(f"{what:<56}{value:<22}{budget}" for what, value, budget in rows)]
    lines += ["", "messages      RSS      highest"]
    lines += [f"{step.messages:>8}{step.rss:>7.0f} MB{step.peak:>8.0f} MB" for step in steps]
    if importlib.util.find_spec("torch") is None:
        lines += ["", "(torch is not installed here: run this where it is, to see that it stays unloaded)"]
    return "\n".join(lines)


def _model(model: Path | None) -> dict[str, str]:
    return {"WADUL_MODEL_DIR": str(model.resolve())} if model else {}


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return number


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.footprint", description=__doc__)
    parser.add_argument("--messages", type=_positive, default=2000, help="messages to read, up to 20000; %(default)s")
    parser.add_argument("--model", type=Path, metavar="DIR", help="model folder (default: the released one)")
    parser.add_argument("--out", type=Path, metavar="FILE", help="write the figures as JSON")
    return parser


if __name__ == "__main__":
    sys.exit(main())
