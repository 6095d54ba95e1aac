"""The tables of wadul.toml that say what is learnt: [[topic]] and [learning]. Each may be left out.

Whatever cannot be meant raises RegionError with one sentence that names the table, the value and the fix.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.clock_tables import only, table_of
from bot.domain.errors import RegionError
from bot.domain.learning import Learning
from bot.domain.region import Department
from bot.domain.topics import Topic, Topics

KEYS = ("id", "name", "examples", "department", "retired", "becomes", "split", "needs_place", "proof")
LEARNING: Mapping[str, type[int | float]] = {
    "moves": int, "move_days": int, "random_share": float, "blind_share": float,
    "shadow_days": int,
}  # fmt: skip


def read_topics(data: Mapping[str, Any]) -> Topics:
    """The tables [[topic]]."""
    entries = data.get("topic", [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise RegionError("topic: write each topic as a table of its own, under [[topic]].")
    return Topics(tuple(_topic(entry, f"topic {number}") for number, entry in enumerate(entries, start=1)))


def with_own(departments: Sequence[Department], topics: Topics) -> tuple[Department, ...]:
    """The departments, each also with the topics whose own tables name it."""
    here = {topic.id: topic.department for topic in topics.said if topic.department and not topic.over}
    for topic, named in here.items():
        if named not in [department.id for department in departments]:
            raise RegionError(f"topic {topic!r} names department {named!r}, which is not in the file.")
    return tuple(replace(d, topics=_topics_of(d, here)) for d in departments)


def _topics_of(department: Department, named: Mapping[str, str]) -> tuple[str, ...]:
    mine = [topic for topic, unit in named.items() if unit == department.id and topic not in department.topics]
    return (*department.topics, *mine)


def read_learning(data: Mapping[str, Any]) -> Learning:
    """The table [learning]."""
    table = table_of(data, "learning", tuple(LEARNING))
    for name, value in table.items():
        allowed = (int,) if LEARNING[name] is int else (int, float)
        if type(value) not in allowed:
            kind = "whole number, such as 5" if LEARNING[name] is int else "share, such as 0.25"
            raise RegionError(f"learning.{name} is {value!r}: write a {kind}.")
    return Learning(**table)


def _topic(entry: Mapping[str, Any], where: str) -> Topic:
    only(entry, where, KEYS)
    if "id" not in entry:
        raise RegionError(f"{where} lacks id: see the section Own topics of docs/labels.md.")
    where = f"topic {entry['id']!r}"
    for name in ("id", "name", "department", "becomes"):
        if not isinstance(entry.get(name, ""), str):
            raise RegionError(f"{where}: {name} is {entry[name]!r}: write it in quotes.")
    if type(entry.get("retired", False)) is not bool:
        raise RegionError(f"{where}: retired is {entry['retired']!r}: write true or false.")
    topic = Topic(
        id=entry["id"],
        name=entry.get("name", ""),
        examples=_words(entry, "examples", where),
        department=entry.get("department", ""),
        retired=entry.get("retired", False),
        becomes=entry.get("becomes", ""),
        split=_words(entry, "split", where),
        needs_place=_flag(entry, "needs_place", where),
        proof=_flag(entry, "proof", where),
    )
    if topic.over and entry.get("retired") is False:
        raise RegionError(f"{where}: retired = false, yet it becomes or is split into others: remove one of the two.")
    return topic


def _flag(entry: Mapping[str, Any], name: str, where: str) -> bool:
    value = entry.get(name, False)
    if type(value) is not bool:
        raise RegionError(f"{where}: {name} is {value!r}: write true or false.")
    return value


def _words(entry: Mapping[str, Any], name: str, where: str) -> tuple[str, ...]:
    value = entry.get(name, [])
    if not isinstance(value, list) or not all(isinstance(word, str) and word.strip() for word in value):
        raise RegionError(f"{where}: {name} is {value!r}: write a list of words in quotes, in square brackets.")
    return tuple(value)
