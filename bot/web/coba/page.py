"""Draw the page: its people, chats and examples. What it says in Indonesian stands in the templates."""

import json
from dataclasses import asdict
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.channels.coba.cast import OFFICERS, PHONES, units
from bot.domain.region import HEAD, RESERVED, Region
from bot.services.office import Texts

TEMPLATES = Path(__file__).parent / "templates"


def draw_page(region: Region, texts: Texts, *, token: str) -> str:
    """The page as HTML."""
    environment = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined)
    chats = [_chat(unit, region, texts) for unit in units(region)]
    start = {
        "citizens": [asdict(person) for person in PHONES],
        "officers": [asdict(officer) for officer in OFFICERS],
        "chats": chats,
        "timezone": region.timezone,
    }
    template = environment.get_template("page.html")
    return template.render(
        region=region, token=token, citizens=PHONES, officers=OFFICERS, start=json.dumps(start, ensure_ascii=False)
    )


def _chat(unit: str, region: Region, texts: Texts) -> dict[str, str]:
    department, head = region.department(unit), region.heads.name(unit)
    name = department.name if department else head or texts(f"unit.{unit}")
    topics = ", ".join(texts(f"topic.{topic}") for topic in department.topics) if department else ""
    return {"id": unit, "name": name, "topics": topics, "desk": HEAD if head else unit if unit in RESERVED else ""}
