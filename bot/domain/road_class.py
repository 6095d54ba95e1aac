"""Whose road it may be: words of a report that name the class of a road or bridge. A hint for people, no decision."""

import re

from bot.domain.case import Tags
from bot.domain.levels import Level

TOPIC = "jalan"
_THING = r"(?:jalan|jln|jl|dalan|dalane|dalanipun|margi|margine|marginipun|jembatan|kreteg|kretege|ruas)"
_OF = r"(?:milik|kagungane|kagunganipun|duweke|punya|kelas|status|statuse|raya|gedhe|ageng|besar|utama|niku|iku|itu)"
_CLASS = {
    Level.PUSAT: r"nasional|negara|nasionalipun|tol",
    Level.PROVINSI: r"provinsi|propinsi|prov",
    Level.KABUPATEN: r"kabupaten|kab|kota(?=madya)",
    Level.DESA: r"desa|deso|ndeso|kampung|dusun|usaha tani|tani",
}
_NAMED = {Level.PUSAT: r"(?:jalur |jalan |dalan )?pantura|pantai utara jawa|arteri pantura|ring ?road nasional"}
_PATTERNS = {
    level: re.compile(
        rf"\b(?:{_THING}\.?\s+(?:{_OF}\s+){{0,2}}(?:{names})"
        + (rf"|{_NAMED[level]}" if level in _NAMED else "")
        + r")(?!\w)",
        re.IGNORECASE,
    )
    for level, names in _CLASS.items()
}
_NOT = re.compile(r"\b(?:bukan|dudu|sanes|dede|bukane)\s+(?:\w+\s+)?$", re.IGNORECASE)
_TOWARDS = re.compile(
    r"\b(?:ke|menuju|tembus|tembuse|arah|menyang|dhateng|dekat|deket|cedhak|celak|sebelah|samping|dari|saka|saking)"
    r"\s+(?:\w+\s+)?$",
    re.IGNORECASE,
)


def road_hint(text: str) -> tuple[Level, str] | None:
    """The level whose road it may be, and the words that say so; None without any, and where they contradict.

    `Bukan jalan provinsi` says nothing; `jalan desa yang tembus ke jalan provinsi` means the first.
    """
    found: dict[Level, str] = {}
    for level, pattern in _PATTERNS.items():
        for each in pattern.finditer(text):
            before = text[: each.start()]
            if not _NOT.search(before) and not _TOWARDS.search(before):
                found.setdefault(level, " ".join(each[0].split()))
    return next(iter(found.items())) if len(found) == 1 else None


def is_about_roads(tags: Tags) -> bool:
    """Whether the class of a road matters for a case."""
    return TOPIC in (tags.topic, *tags.further)
