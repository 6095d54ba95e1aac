"""Joins neighbouring units into phrases and picks the most specific one."""

from collections.abc import Iterator
from typing import Final

from classifier.places.message import Message, Unit
from classifier.places.names import name_end
from classifier.places.units import read

_MAX_JOIN: Final = 3
_OPEN: Final = frozenset("([")


def best(message: Message) -> Unit | None:
    """The most specific phrase; the earliest of equals."""
    return max(phrases(message), key=lambda phrase: (phrase.weight, -phrase.start), default=None)


def phrases(message: Message) -> Iterator[Unit]:
    """Maximal runs of units, left to right."""
    at = floor = 0
    while at < len(message.tokens):
        unit = read(message, at)
        if unit is None:
            at += 1
            continue
        joined = _joined(message, unit)
        yield _with_name_before(message, joined, floor)
        at = floor = joined.end


def _with_name_before(message: Message, phrase: Unit, floor: int) -> Unit:
    """Take in a village's bare name before a marker: "karangduren rt 1 rw 6", "lambur kec. Mrebet"."""
    at = phrase.start - 1
    if at < floor or not message.names_follow(phrase.start) or not message.tokens[at].is_word:
        return phrase
    rare = not (message.ordinary(at) or message.kind_word(at) or message.has(at, "prep") or message.has(at, "title"))
    if rare and (message.known(at)[0] or message.has(at - 1, "at") or message.capital(at)):
        return Unit(at, phrase.end, phrase.weight + 0.3, phrase.marked)
    return phrase


def _joined(message: Message, first: Unit) -> Unit:
    end, weight, marked = first.end, first.weight, first.marked
    while following := _next(message, end):
        end, marked = following.end, marked or following.marked
        weight += 0.5 * following.weight
    return Unit(first.start, _close(message, first.start, end), weight, marked)


def _next(message: Message, end: int) -> Unit | None:
    """The unit that follows directly or after a few joining words."""
    here = end
    for _ in range(_MAX_JOIN + 1):
        if unit := read(message, here):
            bridged = message.low(end) in (".", ";") and not unit.marked
            return None if bridged else unit
        if here == end + 1 and message.low(end) == "," and message.capital(here) and not message.ordinary(here):
            # "…, Jaksel": a town after a comma needs no marker.
            return Unit(here, stop, 0.6, False) if (stop := name_end(message, here)) > here else None
        if not (message.has(here, "join") or message.low(here) in _OPEN):
            return None
        here += 1
    return None


def _close(message: Message, start: int, end: int) -> int:
    """Take the closing bracket in when the opening one is inside."""
    inside = [token.low for token in message.tokens[start:end]]
    return end + 1 if "(" in inside and ")" not in inside and message.low(end) == ")" else end
