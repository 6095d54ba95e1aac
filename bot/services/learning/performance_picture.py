"""The picture of /kinerja: counted here, drawn by a process of its own, so that the bot's memory stays as it is."""

import asyncio
import json
import sys
import tempfile
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import structlog

from bot.domain.outgoing import Picture, Text
from bot.domain.performance import Performance
from bot.domain.teaching import Score
from bot.services.channel import Channel, Target
from bot.services.database import Database
from bot.services.effects import Sent
from bot.services.learning.children import ROOT, environment
from bot.services.learning.performance import agreement, caption, live, performance
from bot.services.office import Office
from bot.services.picturing import send_picture

CHARTS = "bot.charts"
SECONDS = 60.0
TOPICS, LANGUAGES, MOVED = 10, 5, 6
log = structlog.get_logger()


async def show_performance(database: Database, office: Office, channel: Channel, to: Target) -> Sent:
    """Send the picture with its sentences; the sentences alone, where nothing can be drawn."""
    found = await database.read(lambda uow: performance(uow, office))
    words = caption(office, found)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "gambar.png"
        if await draw(chart(office, found), path):
            return await send_picture(channel, to, Picture(str(path), words))
    return Sent(len(await channel.send_text(to, Text(words))))


async def draw(data: Mapping[str, Any], path: Path) -> bool:
    """Let `python -m bot.charts` draw the data into a file; False where it could not."""
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-m", CHARTS, str(path), cwd=ROOT, env=environment(1), stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    try:
        _, errors = await asyncio.wait_for(child.communicate(json.dumps(data).encode()), SECONDS)
    except TimeoutError:
        child.kill()
        await child.wait()
        log.warning("chart_not_drawn", reason="timeout")
        return False
    if child.returncode:
        log.warning("chart_not_drawn", reason=errors.decode(errors="replace").strip().rsplit("\n", 1)[-1][:200])
    return child.returncode == 0


def chart(office: Office, found: Performance) -> dict[str, Any]:
    """What the picture shows, with every word in it."""
    texts, zone = office.texts, ZoneInfo(office.region.timezone)
    return {
        "title": texts("kinerja.chart.title", region=office.region.name),
        "lines": [agreement(office, found.whole), live(office, found.live.get("topic"))],
        "words": {key: texts(f"kinerja.chart.{key}") for key in ("weeks", "agreed", "doubted", "topics", "languages")}
        | {key: texts(f"kinerja.chart.{key}") for key in ("moved", "before", "now", "nothing")},
        "weeks": [
            {
                "name": datetime.fromtimestamp(week.begins, zone).strftime("%d-%m"), "agreed": _score(week.agreed),
                "doubted": _score(week.doubted),
            }
            for week in found.weeks
        ],
        "topics": [{"name": texts(f"topic.{name}"), **_score(score)} for name, score in found.topics[:TOPICS]],
        "languages": [
            {"name": texts(f"language.{name}"), **_score(score)} for name, score in found.languages[:LANGUAGES]
        ],
        "moved": [
            {"name": texts(f"topic.{name}"), "before": before, "now": now}
            for name, before, now in found.topic_drift.moved[:MOVED] if found.topic_drift.enough
        ],
    }  # fmt: skip


def _score(score: Score) -> dict[str, float]:
    return {"share": score.share, "low": score.low, "high": score.high, "n": score.n}
