"""What wadul.toml says of levels: the keys level, parent and places of a department, and the table [levels]."""

from collections.abc import Mapping
from typing import Any

from bot.clock_tables import table_of, time_of
from bot.domain.errors import RegionError
from bot.domain.handover import Accepting
from bot.domain.levels import Level, read_level

OF_LEVEL = ("level", "parent", "places")
KEYS = ("accept_hours", "open", "close")


def read_place(table: Mapping[str, Any]) -> dict[str, Any]:
    """Level, parent and places of a department."""
    where = f"department {table['id']!r}"
    places = table.get("places", [])
    if not isinstance(places, list) or not all(isinstance(each, str) and each.strip() for each in places):
        raise RegionError(f'{where}: places is {places!r}: write a list of names in quotes, such as ["Karangsari"].')
    if not isinstance(table.get("parent", ""), str):
        raise RegionError(f"{where}: parent is {table['parent']!r}: write the id of a department, in quotes.")
    level = read_level(table.get("level", Level.KABUPATEN), where)
    return {"level": level, "parent": table.get("parent", ""), "places": tuple(places)}


def read_accepting(data: Mapping[str, Any]) -> Accepting:
    """The table [levels]; without it a target has eight office hours to accept."""
    table = table_of(data, "levels", KEYS)
    hours = table.get("accept_hours", Accepting.hours)
    if type(hours) not in (int, float):
        raise RegionError(f"levels.accept_hours is {hours!r}: write a number of office hours, such as 8.")
    return Accepting(
        float(hours),
        time_of(table.get("open", Accepting.opens), "levels.open"),
        time_of(table.get("close", Accepting.closes), "levels.close"),
    )
