"""Digit runs of a message sorted into NIK, KK, NPWP, BPJS, bank account and phone numbers.

A run is split into its groups of digits; from every group the longest window that makes sense is
taken, so that a date, a price or a second number beside it stays out. Every step is bounded by the
longest number, hence linear in the text.
"""

import re
from typing import Final

from bot.domain.privacy import phone
from bot.domain.privacy.cues import BANK_AFTER, Cues
from bot.domain.privacy.parts import Claims, Part, listed, part
from bot.domain.privacy.runs import Run, runs

_LONGEST: Final = 19  # digits in a window
# Digits that a number after this cue may have; a little wider than the law, people mistype.
_CUED: Final = {
    "nik": (14, 18),
    "kk": (14, 18),
    "npwp": (14, 17),
    "bpjs": (10, 14),
    "rekening": (9, 18),
    "nomor": (9, 19),
}
_SHORTEST_IDENTITY: Final = 9
_TELLING: Final = frozenset({13, 15, 16, 18})  # sizes that may speak for themselves: BPJS, NPWP, NIK, NIP
_NPWP: Final = re.compile(r"[0-9]{2}\.[0-9]{3}\.[0-9]{3}\.[0-9]-[0-9]{3}\.[0-9]{3}")
# Civil servants' number: birth date, appointment (year, month), sex, order.
_NIP: Final = re.compile(r"(?:19|20)[0-9]{6}(?:19|20)[0-9]{4}[12][0-9]{3}")
_PROVINCES: Final = frozenset(
    listed(
        """
    11 12 13 14 15 16 17 18 19 21 31 32 33 34 35 36 51 52 53 61 62 63 64 65 71 72 73 74 75 76 81 82 91
    92 93 94 95 96 97
    """
    )
)
_SHORT_PHONE: Final = (6, 8)
# National call centres (1500xxx, 14xxx) are nobody's own.
_CALL_CENTRE: Final = ("1500", "14")


def find(text: str, folded: str, *, cues: Cues, claims: Claims, public: frozenset[str]) -> list[Part]:
    """Find numbers in ``folded`` (see ``shadow``), outside what is claimed."""
    found: list[Part] = []
    for run in runs(folded, shortest=_SHORT_PHONE[0]):
        group = 0
        while group < len(run.groups):
            start = run.groups[group][0]
            if run.starts_nothing(group) or not claims.free(start, start + 1):
                group += 1
                continue
            kind, last = _classify(run, group, cues.before(start), public)
            if kind:
                found.append(part(kind, text, _begin(run, group), run.groups[last - 1][1]))
            group = last
    return found


def _begin(run: Run, group: int) -> int:
    """Where the number begins: its plus sign and opening bracket belong to it."""
    start, end = run.groups[group][0], run.groups[min(group + 1, len(run.groups) - 1)][0]
    if run.text[start - 1 : start] == "+":
        start -= 1
    if run.text[start - 1 : start] == "(" and ")" in run.text[start:end]:
        start -= 1
    return start


def _classify(run: Run, first: int, cue: str, public: frozenset[str]) -> tuple[str, int]:
    """Return the kind of the number that begins at a group ('' for none) and the group after it."""
    if _is_date(run, first):
        return "", first + 3
    last = _phone(run, first, cue)
    mobile = last and phone.looks_mobile(run.window(first, last)) and cue != "rekening"
    # An office's number after "BPJS" ("BPJS Pemalang (0284) …"): insurance numbers begin with 00.
    fixed = last and cue == "bpjs" and not run.window(first, last).startswith("00")
    if not mobile and not fixed:
        kind, identity = _identity(run, first, cue)
        if kind:
            return kind, identity
    if not last or (cue == "bebas" and not mobile):
        return "", first + 1
    number = phone.e164(run.window(first, last), plus=_plus(run, first), cued=True)
    return ("" if number in public else "telepon"), last


def _plus(run: Run, first: int) -> bool:
    return run.plus and first == 0


def _is_date(run: Run, first: int) -> bool:
    if len(run.groups) < first + 3 or run.at[first + 3] - run.at[first] > 8 or run.size(first + 1) > 2:
        return False
    year = first if run.size(first) == 4 else first + 2
    return run.size(year) == 4 and run.window(year, year + 1)[:2] in ("19", "20")


def _identity(run: Run, first: int, cue: str) -> tuple[str, int]:
    if cue == "bebas":
        return "", first
    longest = 0
    low, high = _CUED.get(cue, (0, 0))
    for last in run.lasts(first, low=_SHORTEST_IDENTITY, high=_LONGEST):
        size = run.at[last] - run.at[first]
        if (size in _TELLING or last == len(run.groups)) and (kind := _by_shape(run, first, last, size, cue)):
            return kind, last
        if low <= size <= high:
            longest = last
    return (cue, longest) if longest else ("", first)


def _by_shape(run: Run, first: int, last: int, size: int, cue: str) -> str:
    """The kind of a number that tells it by its own shape, or by the bank named after it."""
    if size == 16 and (kind := _sixteen(run, first, last, run.window(first, last), cue)):
        return kind
    start, end = run.groups[first][0], run.groups[last - 1][1]
    if size == 15 and _NPWP.fullmatch(run.text, start, end):
        return "npwp"
    if size == 18 and _NIP.fullmatch(run.window(first, last)):
        return "nomor"
    if size == 13 and run.window(first, last).startswith("000"):
        return "bpjs"
    if size <= 16 and last == len(run.groups) and BANK_AFTER.match(run.text, end):
        return "rekening"
    return ""


def _sixteen(run: Run, first: int, last: int, digits: str, cue: str) -> str:
    """Sort a number of 16 digits; without a cue, a plausible birth date makes it a NIK."""
    if cue in _CUED and cue != "nik":
        return cue
    if cue == "nik" or plausible_nik(digits):
        return "nik"
    if last - first not in (1, 4) or {run.size(group) for group in range(first, last)} not in ({16}, {4}):
        return ""
    years = all(run.window(group, group + 1)[:2] in ("19", "20") for group in range(first, last))
    return "" if years else "nomor"


def plausible_nik(digits: str) -> bool:
    """Check province, district and birth date (day + 40 for women) of 16 digits."""
    day, month = int(digits[6:8]), int(digits[8:10])
    return (
        digits[:2] in _PROVINCES
        and digits[2:4] != "00"
        and digits[4:6] != "00"
        and (1 <= day <= 31 or 41 <= day <= 71)
        and 1 <= month <= 12
    )


def _phone(run: Run, first: int, cue: str) -> int:
    """Return the group after the phone number that begins at ``first``, or 0."""
    plus, cued = _plus(run, first), cue in ("telp", "telepon")
    if not (plus or cued or run.digits[run.at[first]] in "068"):
        return 0
    best = 0
    for last in run.lasts(first, low=_SHORT_PHONE[0], high=phone.LONGEST):
        digits = run.window(first, last)
        if best and _next_begins(run, last - 1):
            break
        if (
            len(digits) >= phone.SHORTEST
            and phone.e164(digits, plus=plus, cued=cued)
            and _phone_shape(run, first, last)
        ) or (cue == "telp" and _is_short_phone(digits, last - first)):
            best = last
    return best


def _next_begins(run: Run, group: int) -> bool:
    """After a complete number: another one, or a small count ("0812 3456 7890 5 orang")."""
    number = run.window(group, group + 1)
    return number.startswith(("08", "62", "02")) or (len(number) <= 2 and run.size(group - 1) > 2)


def _is_short_phone(digits: str, groups: int) -> bool:
    low, high = _SHORT_PHONE
    return low <= len(digits) <= high and groups <= 2 and digits[0] in "23456789" and digits[:4] not in _CALL_CENTRE


def _phone_shape(run: Run, first: int, last: int) -> bool:
    """Keep lists of times ("08.00-10.00-13.00") from being read as a phone number."""
    sizes = [run.size(group) for group in range(first, last)]
    if max(sizes) <= 2:
        gaps = {run.gap(group) for group in range(first, last - 1)}
        return len(gaps) == 1 and gaps <= {" ", "-", " - "}
    return sizes[0] >= 3 or _plus(run, first) or (run.window(first, first + 1) in ("0", "62") and sizes[1] >= 3)
