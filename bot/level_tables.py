"""What wadul.toml says of levels: keys of a department (level, parent, places, its head), and the table [levels]."""

from collections.abc import Mapping
from typing import Any

from bot.clock_tables import table_of, time_of
from bot.domain.errors import RegionError
from bot.domain.handover import Accepting
from bot.domain.levels import Level, read_level
from bot.office_tables import read_opening

OF_LEVEL = ("level", "parent", "places", "kepala", "appointments")
KEYS = ("accept_hours", "open", "close", "kepala")
LONGEST = 60  # characters of what a head is called


def read_place(table: Mapping[str, Any]) -> dict[str, Any]:
    """Level, parent and places of a department; its head, and when they receive people."""
    where = f"department {table['id']!r}"
    places = table.get("places", [])
    if not isinstance(places, list) or not all(isinstance(each, str) and each.strip() for each in places):
        raise RegionError(f'{where}: places is {places!r}: write a list of names in quotes, such as ["Karangsari"].')
    if not isinstance(table.get("parent", ""), str):
        raise RegionError(f"{where}: parent is {table['parent']!r}: write the id of a department, in quotes.")
    level = read_level(table.get("level", Level.KABUPATEN), where)
    head = _title(table["kepala"], f"{where}: kepala") if "kepala" in table else ""
    opening = read_opening(table["appointments"], f"{where}: appointments") if "appointments" in table else None
    parent = table.get("parent", "")
    return {"level": level, "parent": parent, "places": tuple(places), "head": head, "opening": opening}


def read_titles(data: Mapping[str, Any]) -> dict[Level, str]:
    """`levels.kepala`: what the heads of a level are called, where each department of it has its own."""
    titles = table_of(data, "levels", KEYS).get("kepala", {})
    if not isinstance(titles, dict):
        raise RegionError(f'levels.kepala is {titles!r}: write a level and a title, as in {{ kecamatan = "Camat" }}.')
    where = "levels.kepala"
    return {read_level(level, where): _title(title, f"{where}.{level}") for level, title in titles.items()}


def _title(title: object, where: str) -> str:
    if not isinstance(title, str) or not title.strip() or len(title) > LONGEST:
        raise RegionError(f'{where} is {title!r}: write what the head is called, such as "Camat Comal".')
    return title.strip()


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
