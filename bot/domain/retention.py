"""How long what is kept, when a case's words may go, what stays of a place. Pure; times in seconds, spans in days."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.case import Case
from bot.domain.life import OPEN, Status

DAY = 86400.0


@dataclass(frozen=True)
class Retention:
    """Days after which a class of data goes. `keep_topics`: reports that a person must let go, whatever their age.

    `source` says what the spans rest on, for the register of processing.
    """

    words_days: int = 730
    media_days: int = 365
    talk_days: int = 30
    payload_days: int = 7
    label_days: int = 1825
    reading_days: int = 1825
    rights_days: int = 1825
    keep_topics: tuple[str, ...] = ("integritas",)
    source: str = "kebijakan kantor; UU 27/2022 menurut sumber sekunder"


@dataclass(frozen=True)
class Pace:
    """How many reports of one person go out at once: more are kept and read together."""

    reports: int = 8
    minutes: int = 10
    a_day: int = 30


@dataclass(frozen=True)
class RightsRules:
    """The tables [retention], [pace] and [bar] of the region file."""

    retention: Retention = Retention()
    pace: Pace = Pace()
    bar_days: int = 30


def too_fast(times: Sequence[float], now: float, pace: Pace) -> bool:
    """Whether one more report now is more than anybody tells who is not flooding; `times` of those before it."""
    lately = sum(now - at < pace.minutes * 60 for at in times)
    today = sum(now - at < DAY for at in times)
    return lately >= pace.reports or today >= pace.a_day


def ended(case: Case) -> bool:
    """Whether nobody owes anything any more: neither the office nor the citizen's own word."""
    return case.status not in OPEN | {Status.MENUNGGU_KONFIRMASI}


def erasable(case: Case, root: Case, *, now: float, objection_days: int, rules: Retention) -> bool:
    """Whether a case's words may go at once: it and its root ended, the time to object is over, no law keeps it."""
    kept = {case.tags.topic, *case.tags.further} & set(rules.keep_topics)
    settled = ended(case) and ended(root)
    return settled and not kept and now - max(case.updated_at, root.updated_at) >= objection_days * DAY


_AREA = re.compile(
    r"\b(desa|ds|kelurahan|kel|kecamatan|kec)\.?\s+((?:[A-Z][\w'-]+)(?:\s+[A-Z][\w'-]+)?)", re.IGNORECASE
)
_FULL = {"ds": "Desa", "desa": "Desa", "kel": "Kelurahan", "kelurahan": "Kelurahan", "kec": "Kecamatan",
         "kecamatan": "Kecamatan"}  # fmt: skip
_STOPS = frozenset(
    ["rt", "rw", "no", "jl", "jalan", "gang", "dekat", "depan", "belakang", "kecamatan", "kec", "desa", "kelurahan",
     "kabupaten", "kab"]
)  # fmt: skip


def village_of(location: str | None) -> str | None:
    """What may stay of a place: village and district, where they are named as such; nothing finer."""
    found = []
    for kind, name in _AREA.findall(location or ""):
        first, *second = name.split()
        if first.casefold() not in _STOPS:
            more = [word for word in second if word[0].isupper() and word.casefold() not in _STOPS]
            found.append(" ".join([_FULL[kind.casefold()], first[0].upper() + first[1:], *more]))
    return ", ".join(dict.fromkeys(found)) or None
