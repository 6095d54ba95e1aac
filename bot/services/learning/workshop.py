"""Where models are made and kept: the folders, and the commands of `python -m training` that work in them."""

import json
import os
import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.domain.training import Job, JobStatus, Kind

LESSONS, LABELS, NAMES = "lessons.jsonl", "labels.json", "names.json"
MODEL, APART, OWN = "model", "apart", "own.jsonl"
REPORT, PICTURE, LOG = "report.json", "picture.png", "log.txt"
TAIL = 4096
QUICK_THREADS = 1
FULL_ROWS = 5000


@dataclass(frozen=True)
class Workshop:
    """`folder` holds a folder for each job, `models` one for each model of the office's own.

    `export` writes what people taught, and the region's topics, into a folder; `folder_of` knows every model.
    """

    folder: Path
    models: Path
    name: str
    export: Callable[[Path], None]
    folder_of: Callable[[str], Path]

    def of(self, job: Job) -> Path:
        """The folder of a job."""
        return self.folder / str(job.id)

    def picture(self, job: Job) -> Path:
        """The picture that an admin sees, an absolute path."""
        return (self.of(job) / PICTURE).resolve()

    def prepare(self, job: Job) -> dict[str, int]:
        """Write what the job learns from; how many rows of each source. A later job sees what was taught since."""
        folder = self.of(job)
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o700)
        self.export(folder)
        rows = (folder / LESSONS).read_text(encoding="utf-8").splitlines()
        return dict(Counter(str(json.loads(row)["source"]) for row in rows))

    def command(self, job: Job, champion: Path) -> list[str]:
        """What the present step runs, for `python -m`."""
        return self._judging(job, champion) if job.status is JobStatus.JUDGING else self._fitting(job, champion)

    def _fitting(self, job: Job, champion: Path) -> list[str]:
        folder = self.of(job).resolve()
        common = ["--model", champion, "--data", folder / LESSONS, "--labels", folder / LABELS, "--name", self.name,
                  "--out", folder / MODEL, "--apart", folder / APART, "--progress", self._progress(job)]  # fmt: skip
        if job.kind is Kind.FULL:
            return _words("training", "finetune", *common, "--rows", FULL_ROWS)
        return _words("training", "refit", *common, "--threads", QUICK_THREADS, "--whole")

    def _judging(self, job: Job, champion: Path) -> list[str]:
        folder, result = self.of(job).resolve(), self.folder_of(job.result or "").resolve()
        command = _words(
            "training", "gate", "--champion", champion, "--challenger", result, "--names", folder / NAMES,
            "--out", folder / REPORT, "--picture", folder / PICTURE, "--threads", QUICK_THREADS,
        )  # fmt: skip
        if (folder / APART / OWN).is_file():
            command += _words("--own", folder / APART / OWN)
        if (folder / APART / MODEL).is_dir():  # the fit that does not know the newest
            command += _words("--apart", folder / APART / MODEL)
        return command

    def _progress(self, job: Job) -> Path:
        return self.of(job).resolve() / f"{job.status}-{job.attempts}.progress"

    def clear(self, job: Job) -> None:
        """Make room for another attempt at the present step; a fine-tuning goes on where it was."""
        if job.status is JobStatus.JUDGING:
            _remove(self.of(job) / REPORT)
        elif job.kind is Kind.QUICK:
            _remove(self.of(job) / APART)

    def progress(self, job: Job) -> tuple[float, float | None]:
        """(share, seconds left) of the present step, by its last whole line."""
        try:
            with self._progress(job).open("rb") as file:
                file.seek(0, os.SEEK_END)
                file.seek(max(0, file.tell() - TAIL))
                lines = file.read().split(b"\n")[:-1]
            last = json.loads(lines[-1])
            return float(last["share"]), last["left"]
        except (OSError, IndexError, ValueError, KeyError):
            return 0.0, None

    def take_over(self, job: Job) -> str | None:
        """Put the fitted model among the others; its id, or None where there is none (yet)."""
        made = self.of(job) / MODEL
        try:
            name = str(json.loads((made / "manifest.json").read_bytes())["id"])
        except (OSError, ValueError, KeyError):
            return None
        self.models.mkdir(parents=True, exist_ok=True)
        if (self.models / name).exists():
            shutil.rmtree(made)
        else:
            made.replace(self.models / name)
        return name

    def report(self, job: Job) -> dict[str, Any] | None:
        """The gate's report, or None where there is none (yet)."""
        try:
            found = json.loads((self.of(job) / REPORT).read_bytes())
        except (OSError, ValueError):
            return None
        return found if isinstance(found, dict) else None

    def forget_words(self, job: Job) -> None:
        """Remove what holds people's words, if masked; log, report and picture stay."""
        for name in (LESSONS, LABELS, NAMES, APART, MODEL, f"{MODEL}.part", f"{MODEL}.work"):
            _remove(self.of(job) / name)

    def drop(self, name: str) -> None:
        """Remove a model of the office's own."""
        _remove(self.models / name)


def _words(*parts: object) -> list[str]:
    return [str(part) for part in parts]


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
