"""The tables of wadul.toml that tell the time: calendar, deadlines, reminders, quiet hours. Each may be left out.

Whatever cannot be meant raises RegionError with one sentence that names the table, the value and the fix.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, time
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from bot.domain.calendar import Calendar
from bot.domain.deadlines import Deadlines, Reminders, ReportClass, Rule, Start, Step, TimeUnit
from bot.domain.errors import RegionError
from bot.domain.life import Status
from bot.domain.quiet import Quiet
from bot.holidays_id import NationalHolidays

SETS = Path(__file__).parent / "deadline_sets"
DEFAULT_SET = "sp4n"
QUIET_FROM, QUIET_UNTIL, DIGEST = "20.00", "06.00", "07.30"
MOST_DAYS = 365
ALARMS = ("alarm_minutes", "alarm_head_after")

Word = TypeVar("Word", bound=StrEnum)


def read_calendar(data: Mapping[str, Any], timezone: str) -> Calendar:
    """The table [calendar]; without it Monday to Friday and the national holidays."""
    table = table_of(data, "calendar", ("holidays", "not_holidays", "workdays"))
    workdays = list_of(table.get("workdays", [1, 2, 3, 4, 5]), "calendar.workdays")
    if not all(type(day) is int for day in workdays):
        raise RegionError("calendar.workdays: write whole numbers, from 1 (Monday) to 7 (Sunday).")
    extra, removed = (_dates(table.get(name, []), f"calendar.{name}") for name in ("holidays", "not_holidays"))
    return Calendar(
        timezone=timezone,
        holidays=NationalHolidays(),
        extra=extra,
        removed=frozenset(removed),
        workdays=frozenset(workdays),
    )


def read_deadlines(data: Mapping[str, Any]) -> Deadlines:
    """The table [deadlines]: a set, in which the file's own rules replace those of the same step and class."""
    table = table_of(data, "deadlines", ("set", "confirm_days", "question_days", "rule"))
    chosen = _set(table.get("set", DEFAULT_SET))
    own = _rules(table.get("rule", []), "deadlines.rule")
    waits = {
        name: _days({**chosen, **table}.get(name, getattr(Deadlines, name)), f"deadlines.{name}")
        for name in ("confirm_days", "question_days")
    }
    return Deadlines(rules=(*_without(_rules(chosen.get("rule", []), "rule"), own), *own), **waits)


def read_reminders(data: Mapping[str, Any]) -> Reminders:
    """The table [reminders]."""
    table = table_of(data, "reminders", ("before", "escalate", *ALARMS))
    before, escalate = table.get("before", Reminders.before), table.get("escalate", Reminders.escalate)
    if type(before) not in (int, float):
        raise RegionError(f"reminders.before is {before!r}: write a share between 0 and 1, such as 0.75.")
    if type(escalate) is not bool:
        raise RegionError(f"reminders.escalate is {escalate!r}: write true or false.")
    alarms = {name: table.get(name, getattr(Reminders, name)) for name in ALARMS}
    for name, value in alarms.items():
        if type(value) is not int:
            raise RegionError(f"reminders.{name} is {value!r}: write a whole number, such as 3.")
    return Reminders(before=before, escalate=escalate, **alarms)


def read_quiet(data: Mapping[str, Any], timezone: str) -> Quiet:
    """The table [quiet]; "" in `from` and `until` means no quiet hours."""
    table = table_of(data, "quiet", ("from", "until", "digest"))
    begin, end = table.get("from", QUIET_FROM), table.get("until", QUIET_UNTIL)
    if (begin == "") is not (end == ""):
        raise RegionError('quiet: only one of from and until is empty: write both, or "" in both for no quiet hours.')
    hours = None if begin == "" else (time_of(begin, "quiet.from"), time_of(end, "quiet.until"))
    return Quiet(timezone=timezone, hours=hours, digest=time_of(table.get("digest", DIGEST), "quiet.digest"))


def _set(name: object) -> Mapping[str, Any]:
    known = sorted(path.stem for path in SETS.glob("*.toml"))
    if name == "":
        return {}
    if name not in known:
        raise RegionError(f'deadlines.set is {name!r}: write {_either(known)}, or "" for your own rules alone.')
    return tomllib.loads((SETS / f"{name}.toml").read_text(encoding="utf-8"))


def _rules(entries: object, where: str) -> tuple[Rule, ...]:
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise RegionError(f"{where}: write each rule as a table of its own, under [[deadlines.rule]].")
    return tuple(_rule(entry, f"{where} {number}") for number, entry in enumerate(entries, start=1))


def _rule(entry: Mapping[str, Any], where: str) -> Rule:
    only(entry, where, ("step", "classes", "limit", "unit", "start", "pauses", "source"))
    for name in ("step", "limit", "unit", "start"):
        if name not in entry:
            raise RegionError(f"{where} lacks {name}: see the section Tenggat of docs/operations.md.")
    if type(entry["limit"]) is not int:
        raise RegionError(f"{where}: limit is {entry['limit']!r}: write a whole number, without quotes.")
    classes = list_of(entry.get("classes", list(ReportClass)), f"{where}: classes")
    pauses = list_of(entry.get("pauses", list(Rule.pauses)), f"{where}: pauses")
    return Rule(
        step=_word(Step, entry["step"], f"{where}: step"),
        classes=tuple(dict.fromkeys(_word(ReportClass, name, f"{where}: class") for name in classes)),
        limit=entry["limit"],
        unit=_word(TimeUnit, entry["unit"], f"{where}: unit"),
        start=_word(Start, entry["start"], f"{where}: start"),
        pauses=tuple(_word(Status, name, f"{where}: pause") for name in pauses),
        source=str(entry.get("source", "")),
    )


def _without(rules: Iterable[Rule], others: Iterable[Rule]) -> tuple[Rule, ...]:
    """Rules without the classes that others give for the same step."""
    given = {(rule.step, of) for rule in others for of in rule.classes}
    left = ((rule, tuple(of for of in rule.classes if (rule.step, of) not in given)) for rule in rules)
    return tuple(replace(rule, classes=classes) for rule, classes in left if classes)


def table_of(data: Mapping[str, Any], name: str, keys: tuple[str, ...]) -> Mapping[str, Any]:
    """A table of the file, empty where it is left out."""
    table = data.get(name, {})
    if not isinstance(table, dict):
        raise RegionError(f"{name} is no table: write [{name}] on a line of its own, and its lines below.")
    return only(table, name, keys)


def only(table: Mapping[str, Any], where: str, keys: tuple[str, ...]) -> Mapping[str, Any]:
    """The table itself, unless it has a key that means nothing: most likely a typing error."""
    for key in table:
        if key not in keys:
            raise RegionError(f"{where}: {key!r} means nothing here: write {_either(keys)}.")
    return table


def list_of(value: object, where: str) -> list[Any]:
    if not isinstance(value, list):
        raise RegionError(f"{where} is {value!r}: write a list in square brackets.")
    return value


def _word(words: type[Word], value: Any, where: str) -> Word:
    if value not in list(words):
        raise RegionError(f"{where} {value!r} is unknown: write {_either(words)}.")
    return words(value)


def _days(value: object, where: str) -> int:
    if type(value) is not int or not 0 < value <= MOST_DAYS:
        raise RegionError(f"{where} is {value!r}: write a whole number of days from 1 to {MOST_DAYS}.")
    return value


def _dates(value: object, where: str) -> dict[date, str]:
    return dict(_dated(entry, where) for entry in list_of(value, where))


def _dated(entry: object, where: str) -> tuple[date, str]:
    """A date with its name, from "2026-12-24 Cuti bersama"; a bare TOML date has no name."""
    if isinstance(entry, date) and not isinstance(entry, datetime):
        return entry, ""
    day, _, name = entry.partition(" ") if isinstance(entry, str) else ("", "", "")
    try:
        return datetime.strptime(day, "%Y-%m-%d").date(), name.strip()
    except ValueError:
        raise RegionError(f'{where}: {entry!r} is no date: write it as in "2026-12-24 Cuti bersama".') from None


def time_of(value: object, where: str) -> time:
    """A time of day, from "20.00", "20:00" or a TOML time."""
    if isinstance(value, time):
        return value
    found = re.fullmatch(r"([01]?[0-9]|2[0-3])[.:]([0-5][0-9])", value) if isinstance(value, str) else None
    if not found:
        raise RegionError(f'{where} is {value!r}: write a time from "00.00" to "23.59", in quotes.')
    return time(int(found[1]), int(found[2]))


def _either(words: Iterable[str]) -> str:
    *most, last = words
    return f"{', '.join(most)} or {last}" if most else last
