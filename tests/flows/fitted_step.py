"""A step of a training, done once for all who ask for the same: same lessons on the same model, same result.

`python -m tests.flows.fitted_step CACHE module arguments…` stands in a job where its own command would. The first
one to come does the work, those that come later copy what it made; the workers of a test run share the cache.
"""

import fcntl
import hashlib
import json
import shutil
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

LESSONS, LABELS = "lessons.jsonl", "labels.json"
MADE = {"refit": ("--out", "--apart"), "gate": ("--out", "--picture")}
TAUGHT = ("text", "kind", "topic", "urgency", "source")
MODELS = ("--model", "--champion")


def digest(step: list[str]) -> str:
    """What two steps with the same result have in common."""
    given = dict(pairwise(step))
    folder = Path(given["--out"]).parent
    rows = [json.loads(line) for line in (folder / LESSONS).read_text(encoding="utf-8").splitlines()]
    taught = sorted(str([row.get(name) for name in TAUGHT]) for row in rows)
    models = [Path(given[name], "manifest.json").read_text("utf-8") for name in MODELS if name in given]
    labels = (folder / LABELS).read_text(encoding="utf-8")
    return hashlib.sha256(json.dumps([step[1], taught, labels, models]).encode()).hexdigest()[:16]


def do(cache: Path, step: list[str]) -> int:
    """Do a step, or take what was made of it; the exit code of the real command."""
    given, kept = dict(pairwise(step)), cache / digest(step)
    kept.mkdir(parents=True, exist_ok=True)
    code = kept / "code"
    with (kept / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = code.exists()
        if not done:
            number = subprocess.run([sys.executable, "-m", *step], check=False).returncode
        for name in MADE[step[1]]:
            mine, theirs = Path(given[name]), kept / name.strip("-")
            copy(theirs, mine) if done else copy(mine, theirs)
        if not done:
            code.write_text(str(number), encoding="utf-8")
        return int(code.read_text(encoding="utf-8"))


def copy(made: Path, to: Path) -> None:
    """A file or a folder, if it was made at all."""
    if made.is_dir():
        shutil.copytree(made, to)
    elif made.exists():
        shutil.copyfile(made, to)


if __name__ == "__main__":
    sys.exit(do(Path(sys.argv[1]), sys.argv[2:]))
