"""The tables of wadul.toml about data and people: how long what is kept, how many reports go out at once, bars."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from bot.clock_tables import table_of
from bot.domain.errors import RegionError
from bot.domain.retention import Pace, Retention, RightsRules

MOST_DAYS = 36_500
SPANS = tuple(each.name for each in fields(Retention) if each.name.endswith("_days"))
PACE = tuple(each.name for each in fields(Pace))
MOST_BARRED = 365


def read_rights(data: Mapping[str, Any]) -> RightsRules:
    """The tables [retention], [pace] and [bar]; each may be left out."""
    bar = table_of(data, "bar", ("days",))
    days = _number(bar.get("days", RightsRules.bar_days), "bar.days", most=MOST_BARRED)
    return RightsRules(_retention(data), _pace(data), days)


def _retention(data: Mapping[str, Any]) -> Retention:
    table = table_of(data, "retention", (*SPANS, "keep_topics", "source"))
    spans = {
        name: _number(table.get(name, getattr(Retention, name)), f"retention.{name}", most=MOST_DAYS) for name in SPANS
    }
    kept = table.get("keep_topics", list(Retention.keep_topics))
    if not isinstance(kept, list) or not all(isinstance(topic, str) for topic in kept):
        raise RegionError(f"retention.keep_topics is {kept!r}: write a list of topics in quotes, in square brackets.")
    return Retention(**spans, keep_topics=tuple(kept), source=str(table.get("source", Retention.source)))


def _pace(data: Mapping[str, Any]) -> Pace:
    table = table_of(data, "pace", PACE)
    values = {name: _number(table.get(name, getattr(Pace, name)), f"pace.{name}", most=1000) for name in PACE}
    return Pace(**values)


def _number(value: object, where: str, *, most: int) -> int:
    if type(value) is not int or not 1 <= value <= most:
        raise RegionError(f"{where} is {value!r}: write a whole number from 1 to {most}.")
    return value
