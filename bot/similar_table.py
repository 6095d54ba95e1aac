"""The table [similar] of wadul.toml: whether reports are likened, whether Wadul joins them, and for how long."""

from collections.abc import Mapping
from typing import Any

from bot.clock_tables import table_of
from bot.domain.borders import PRIVATE
from bot.domain.errors import RegionError
from bot.domain.similar import SimilarRules

MOST_HOURS = 90 * 24


def read_similar(data: Mapping[str, Any]) -> SimilarRules:
    """The table, which may be left out."""
    table = table_of(data, "similar", ("on", "join", "hours"))
    hours = table.get("hours", {})
    if not isinstance(hours, dict):
        raise RegionError("similar.hours is no table: write hours = { bencana = 36, jalan = 500 }.")
    on, joins = (_switch(table.get(name, True), f"similar.{name}") for name in ("on", "join"))
    return SimilarRules(on, joins, {topic: _hours(topic, value) for topic, value in hours.items()})


def _switch(value: object, where: str) -> bool:
    if not isinstance(value, bool):
        raise RegionError(f"{where} is {value!r}: write true or false.")
    return value


def _hours(topic: str, value: object) -> float:
    if topic in PRIVATE:
        raise RegionError(f"similar.hours names {topic!r}, whose reports are never compared: remove it.")
    if type(value) not in (int, float) or not 1 <= float(str(value)) <= MOST_HOURS:
        raise RegionError(f"similar.hours.{topic} is {value!r}: write hours from 1 to {MOST_HOURS}.")
    return float(str(value))
