"""`python -m bot export-lessons`: what people taught, as files that training reads. Readable for the owner alone."""

import json
import os
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.domain.errors import StoreSettingError, WadulError
from bot.domain.region import Region
from bot.domain.topics import for_refit
from bot.services.learning.lessons import Row, lesson_rows
from bot.store.engine import Store
from bot.store.migrating import pending


def export(store: Store, region: Region, out: Path, *, since: str | None = None) -> int:
    """Write the rows, a JSON object a line; returns how many. `since`: a day of the region, such as 2026-11-24."""
    if pending(store):
        raise StoreSettingError("the database is not migrated yet: python -m bot migrate does it.")
    after = _day(since, region.timezone) if since else 0.0
    salt = store.write_now(lambda uow: uow.lessons.salt())
    rows = store.read_now(lambda uow: lesson_rows(uow, region.topics, salt=salt, since=after))
    write_rows(rows, out)
    return len(rows)


def write_rows(rows: Sequence[Row], out: Path) -> None:
    """Write rows as JSON lines: the whole file, or none of it."""
    _write("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), out)


def write_labels(region: Region, out: Path) -> None:
    """Write the region's own topics as `python -m training refit --labels` reads them."""
    _write(json.dumps(for_refit(region.topics), ensure_ascii=False, indent=1) + "\n", out)


def _write(text: str, out: Path) -> None:
    half = out.with_name(f".{out.name}.{os.getpid()}.part")
    try:
        with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        half.replace(out)
    except OSError as error:
        with suppress(OSError):
            half.unlink()
        raise WadulError(f"{out} cannot be written ({error.strerror}): name a file in a folder of yours.") from None


def _day(text: str, timezone: str) -> float:
    try:
        return datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=ZoneInfo(timezone)).timestamp()
    except ValueError:
        raise WadulError(f"--since {text!r} is no day: write it as in 2026-11-24.") from None
