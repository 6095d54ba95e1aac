"""What a retrain and its gate cost: seconds, CPU seconds and peak memory of each command, for so many corrections.

    python -m bench.refit                # the quick one: refit, gate
    python -m bench.refit --mode full    # the full one, which needs torch: finetune on 5,000 rows in all, gate

The corrections are rows of the written corpus, spread over it, as if an office had confirmed them a minute apart: most
of them the released model knows, so this measures cost and nothing else. The commands run as they are by default, with
two threads; the bot runs refit and gate with one, at the lowest priority (finetune sets that itself), which takes
longer on a busy machine. Exit code 1 where a command is over its budget.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter

from classifier.manifest import resolve
from training.refit import CORPUS

ROOT = Path(__file__).resolve().parents[1]
BUDGETS = {"refit": 60.0, "finetune": 1200.0, "gate": 60.0}  # seconds
QUICK, FULL = "quick", "full"
MEANT = {"gate": (0, 1)}  # exit codes of a command that did its work; 1 is a model that the gate stops
FULL_ROWS = 5000  # corpus and corrections together, as the bot asks for


def main(argv: Sequence[str] | None = None) -> int:
    """Print a line for each command; exit code 1 where one is over its budget."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mode", choices=(QUICK, FULL), default=QUICK)
    parser.add_argument("--rows", type=int, default=5000, help="corrections")
    parser.add_argument("--model", type=Path, default=resolve(None))
    options = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        return 1 if over_budget(options.mode, options.model, folder, rows=options.rows) else 0


def over_budget(mode: str, model: Path, folder: Path, *, rows: int) -> bool:
    """Retrain and judge in a folder; whether one of both took longer than it may."""
    data, new, apart = folder / "corrections.jsonl", folder / "new", folder / "apart"
    print(f"{corrections(data, rows)} corrections, model {model.name}", flush=True)
    common = ("--model", model, "--data", data, "--out", new, "--apart", apart)
    slow = run("finetune", *common, "--rows", FULL_ROWS) if mode == FULL else run("refit", *common)
    judged = [("--own", apart / "own.jsonl")] + ([("--apart", apart / "model")] if mode == QUICK else [])
    slow |= run(
        "gate", "--champion", model, "--challenger", new, *(part for pair in judged for part in pair),
        "--out", folder / "report.json", "--picture", folder / "p.png",
    )  # fmt: skip
    return slow


def corrections(path: Path, count: int) -> int:
    """Write rows of the corpus as corrections, at most so many; how many."""
    lines = [line for file in sorted(CORPUS.glob("*.jsonl")) for line in file.read_text(encoding="utf-8").splitlines()]
    step = max(1, len(lines) // count)
    rows = [
        {**json.loads(line), "at": f"2026-{1 + at // 1440 // 28:02d}-{1 + at // 1440 % 28:02d}T{at // 60 % 24:02d}:"
                                   f"{at % 60:02d}"}
        for at, line in enumerate(lines[::step][:count])
    ]  # fmt: skip
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return len(rows)


def run(command: str, *arguments: object) -> bool:
    """Run a command of `python -m training` and print what it cost; whether it took longer than its budget."""
    began = perf_counter()
    with tempfile.TemporaryFile() as errors:
        words = [sys.executable, "-m", "training", command, *map(str, arguments)]
        process = subprocess.Popen(words, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=errors)
        _, status, used = os.wait4(process.pid, 0)  # what this one used; getrusage would add up all children
        seconds, process.returncode = perf_counter() - began, os.waitstatus_to_exitcode(status)
        if process.returncode not in MEANT.get(command, (0,)):
            errors.seek(0)
            raise SystemExit(errors.read().decode(errors="replace"))
    cpu, most = used.ru_utime + used.ru_stime, used.ru_maxrss / 1024
    budget = BUDGETS[command]
    print(f"{command}: {seconds:.1f} s (budget {budget:g}), {cpu:.1f} s of CPU, peak {most:.0f} MB", flush=True)
    return seconds > budget


if __name__ == "__main__":
    sys.exit(main())
