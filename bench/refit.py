"""What a quick retrain and its gate cost: seconds, CPU seconds and peak memory, for so many corrections."""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter

from classifier.manifest import resolve
from training.refit import CORPUS

ROOT = Path(__file__).resolve().parents[1]
BUDGET = 60.0


def main(argv: Sequence[str] | None = None) -> int:
    """Print a line for each command; exit code 1 where one is over its budget."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=5000)
    parser.add_argument("--model", type=Path, default=resolve(None))
    options = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        data, apart = corrections(folder / "corrections.jsonl", options.rows), folder / "apart"
        model, new = str(options.model), str(folder / "new")
        slow = run("refit", "--model", model, "--data", str(data), "--out", new, "--apart", str(apart))
        slow |= run(
            "gate", "--champion", model, "--challenger", new, "--apart", str(apart / "model"),
            "--own", str(apart / "own.jsonl"), "--out", str(folder / "report.json"), "--picture", str(folder / "p.png"),
        )  # fmt: skip
    return 1 if slow else 0


def corrections(path: Path, count: int) -> Path:
    """Rows of the written corpus as if an office had confirmed them, a minute apart."""
    lines = [line for file in sorted(CORPUS.glob("*.jsonl")) for line in file.read_text(encoding="utf-8").splitlines()]
    step = max(1, len(lines) // count)
    rows = [
        {**json.loads(line), "at": f"2026-{1 + at // 1440 // 28:02d}-{1 + at // 1440 % 28:02d}T{at // 60 % 24:02d}:"
                                   f"{at % 60:02d}"}
        for at, line in enumerate(lines[::step][:count])
    ]  # fmt: skip
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def run(command: str, *arguments: str) -> bool:
    """Whether it took longer than its budget."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "training", command, *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )
    seconds, after = perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    if done.returncode not in (0, 1):
        raise SystemExit(done.stderr)
    most = after.ru_maxrss / 1024
    print(f"{command}: {seconds:.1f} s (budget {BUDGET:g}), {cpu:.1f} s of CPU, peak so far {most:.0f} MB", flush=True)
    return seconds > BUDGET


if __name__ == "__main__":
    sys.exit(main())
