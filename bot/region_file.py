"""The region file wadul.toml, read once and checked."""

import tomllib
from difflib import get_close_matches
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.clock_tables import read_calendar, read_deadlines, read_quiet, read_reminders
from bot.domain.calendar import JAKARTA
from bot.domain.errors import RegionError
from bot.domain.region import Department, EmergencyNumber, Override, Region
from bot.level_tables import OF_LEVEL, read_accepting, read_place, read_titles
from bot.office_tables import read_appointments, read_operators
from bot.proof_table import read_proof
from bot.rights_tables import read_rights
from bot.similar_table import read_similar
from bot.topic_tables import read_learning, read_topics, with_own

TABLES = (
    "region", "emergency", "department", "topic", "override", "deadlines", "calendar", "reminders", "quiet", "learning",
    "retention", "proof", "pace", "bar", "levels", "similar", "office", "appointments",
)  # fmt: skip
OF_DEPARTMENT = ("id", "name", "topics", "inform_secondary", "approve_replies", "secret_readers", *OF_LEVEL)


def load_region(path: Path) -> Region:
    """Read the region file; RegionError with one sentence where it cannot work."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise RegionError(f"{path} does not exist: set WADUL_CONFIG, or copy the sample wadul.toml.") from None
    except OSError as error:
        raise RegionError(f"{path} cannot be read ({error.strerror}): check WADUL_CONFIG and its rights.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise RegionError(f"{path} is not valid TOML: {error}.") from None
    try:
        _check_names(data)
        region = _region(data)
    except KeyError as missing:
        raise RegionError(f"{path} lacks {missing.args[0]}: see the sample wadul.toml.") from None
    except (TypeError, AttributeError, ValueError):
        raise RegionError(f"{path} has a value of the wrong type: compare it with the sample wadul.toml.") from None
    try:
        ZoneInfo(region.timezone)
    except (ZoneInfoNotFoundError, ValueError):
        raise RegionError(f"{path}: region.timezone {region.timezone!r} is unknown: write Asia/Jakarta.") from None
    return region


def _check_names(data: dict[str, Any]) -> None:
    """Refuse a misspelt table, which would otherwise be as if it were not there."""
    for name in data:
        if name not in TABLES and (meant := get_close_matches(name, TABLES, n=1)):
            raise RegionError(f"{name!r} means nothing in the region file: write {meant[0]}.")
    for table in data["department"]:
        for name in table:
            if name not in OF_DEPARTMENT and (meant := get_close_matches(name, OF_DEPARTMENT, n=1, cutoff=0.75)):
                raise RegionError(f"{name!r} means nothing in department {table['id']!r}: write {meant[0]}.")


def _region(data: dict[str, Any]) -> Region:
    head = data["region"]
    timezone = str(head.get("timezone", JAKARTA))
    topics = read_topics(data)
    return Region(
        name=str(head["name"]),
        prefix=str(head["prefix"]),
        timezone=timezone,
        departments=with_own([_department(d) for d in data["department"]], topics),
        topics=topics,
        numbers=tuple(EmergencyNumber(str(n["number"]), str(n["label"])) for n in data["emergency"]["numbers"]),
        has_112=bool(data["emergency"].get("has_112", False)),
        languages=tuple(head.get("languages", ("id", "jv"))),
        working_hours=str(head.get("working_hours", "")),
        privacy_contact=str(head.get("privacy_contact", "")),
        overrides=tuple(
            Override(tuple(o["topics"]), tuple(o["places"]), str(o["department"])) for o in data.get("override", ())
        ),
        inform_secondary=bool(head.get("inform_secondary", False)),
        join_seconds=float(head.get("join_seconds", 90)),
        calendar=read_calendar(data, timezone),
        deadlines=read_deadlines(data),
        reminders=read_reminders(data),
        quiet=read_quiet(data, timezone),
        learning=read_learning(data),
        operators=read_operators(data),
        appointments=read_appointments(data),
        accepting=read_accepting(data),
        titles=read_titles(data),
        rights=read_rights(data),
        proof=read_proof(data, topics),
        similar=read_similar(data),
    )


def _department(table: dict[str, Any]) -> Department:
    return Department(
        str(table["id"]), str(table["name"]), tuple(table["topics"]), bool(table.get("inform_secondary", False)),
        approve_replies=bool(table.get("approve_replies", False)),
        secret_readers=tuple(str(each) for each in table.get("secret_readers", ())), **read_place(table),
    )  # fmt: skip
