"""The tables of wadul.toml for the doors that are no chat: [office] and [appointments]. Each may be left out."""

import re
from collections.abc import Mapping
from typing import Any

from bot.clock_tables import list_of, table_of, time_of
from bot.domain.appointments import Opening
from bot.domain.errors import RegionError

_WHO = re.compile(r"[a-z]{2,16}:\S{1,100}")


def read_operators(data: Mapping[str, Any]) -> frozenset[str]:
    """Who takes reports down beside the admin desk: people and groups as channel:id (/saya answers it)."""
    table = table_of(data, "office", ("operators",))
    named = list_of(table.get("operators", []), "office.operators")
    for each in named:
        if not isinstance(each, str) or not _WHO.fullmatch(each):
            raise RegionError(f'office.operators: {each!r} is nobody: write channel:id, as in "telegram:9001".')
    return frozenset(named)


def read_appointments(data: Mapping[str, Any]) -> Opening | None:
    """When the head receives people; None where the office has no such hours."""
    return read_opening(data["appointments"]) if "appointments" in data else None


def read_opening(given: object, where: str = "appointments") -> Opening:
    """Such a table: of `kepala`, or of a department's head."""
    table = table_of({where: given}, where, ("with", "where", "days", "times", "places", "ahead_days"))
    for name in ("with", "where", "days", "times"):
        if not table.get(name):
            raise RegionError(f"{where} lacks {name}: see the sample wadul.toml, or leave the table out.")
    days = list_of(table["days"], f"{where}.days")
    numbers = {"places": table.get("places", 1), "ahead_days": table.get("ahead_days", 30)}
    for name, value in (*numbers.items(), *((f"days {day!r}", day) for day in days)):
        if type(value) is not int:
            raise RegionError(f"{where}.{name} is {value!r}: write a whole number, without quotes.")
    times = tuple(time_of(each, f"{where}.times") for each in list_of(table["times"], f"{where}.times"))
    return Opening(
        whom=str(table["with"]), where=str(table["where"]), days=frozenset(days), times=times,
        places=numbers["places"], ahead=numbers["ahead_days"],
    )  # fmt: skip
