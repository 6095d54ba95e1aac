"""Processes that work beside the bot: started at low priority, found again after a restart, ended as a group."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
LOWEST = "19"
KEPT = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "VIRTUAL_ENV", "PYTHONPATH", "LD_LIBRARY_PATH")
"""Of the environment; the bot's own settings hold tokens."""
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


def start(arguments: Sequence[str], *, log: Path, threads: int) -> subprocess.Popen[bytes]:
    """Start `python -m …` in a session of its own, so that it outlives us; what it prints goes to `log`."""
    nice = shutil.which("nice")
    command = [*([nice, "-n", LOWEST] if nice else []), sys.executable, "-m", *arguments]
    with log.open("ab") as out:
        return subprocess.Popen(  # noqa: S603 - our own interpreter and our own arguments
            command, cwd=ROOT, env=environment(threads), stdin=subprocess.DEVNULL, stdout=out, stderr=out,
            start_new_session=True,
        )  # fmt: skip


def environment(threads: int) -> Mapping[str, str]:
    """What a process beside the bot may know of the environment."""
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    return kept | dict.fromkeys(THREADS, str(threads)) | {"PYTHONUNBUFFERED": "1"}


def born(pid: int) -> str:
    """When a process of this machine started, in kernel ticks; empty where there is none, or only its shell is left."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace")
    except OSError:
        return ""
    fields = stat.rsplit(")", 1)[1].split()
    return "" if fields[0] in "ZX" else fields[19]


def lives(pid: int | None, since: str | None) -> bool:
    """Whether that very process lives; a pid may have been given to another."""
    return pid is not None and bool(since) and born(pid) == since


def end(pid: int | None, since: str | None) -> None:
    """Kill a process with everything it started; one that is gone already, or another one, is left alone."""
    if pid is not None and lives(pid, since):
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(pid, signal.SIGKILL)
