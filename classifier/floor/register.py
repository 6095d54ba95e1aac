"""A guess of the language label from telling words alone."""

import re
from collections import Counter
from functools import lru_cache
from importlib import resources
from typing import Final

from classifier.floor.judge import squash

_WORD: Final = re.compile(r"[a-z]+")
_MIXED: Final = 0.25
"""Share of each language from which a message is `campur`, as the label guide says."""

# Endings that Indonesian does not have: griyanipun, omahe, dalane. They tell Javanese where the word is unknown.
_KRAMA_END: Final = re.compile(r"\w{3,}ipun")
_JV_END: Final = re.compile(r"\w{2,}(?:[aiu]ne|[bdghjklmnprst]ake|[bdghjklmnprst]ke)")
_NGAPAK_END: Final = re.compile(r"\w{3,}[bdgkmnprst]na")
_JV_START: Final = re.compile(r"(?:ng|nj|nd|mb)[aeiou]\w{2,}")
_ID_SHAPE: Final = re.compile(r"\w{3,}(?:nya|kan)|(?:ber|mem|men|meng|ter|per|pem|pen)\w{4,}")


def register(text: str) -> str:
    """The likeliest language label id; `lain` when no known word is there."""
    words = _WORD.findall(squash(text))
    found = Counter(kind for word in words if (kind := _kind(word)))
    javanese = found["jv"] + found["ngoko"] + found["krama"] + found["ngapak"]
    known = javanese + found["id"]
    if found["lain"] > known:
        return "lain"
    if not known:
        return "id" if words else "lain"
    if javanese < max(2, _MIXED * known) and found["id"] > javanese:
        return "id"
    if found["id"] >= _MIXED * known and not _polite(found, known):
        return "campur"
    return _javanese(found, western="nang" in words)


def _polite(found: Counter[str], known: int) -> bool:
    # Krama borrows Indonesian freely; two fifths of it still make a krama message.
    return found["krama"] >= 0.4 * known


def _javanese(found: Counter[str], *, western: bool) -> str:
    if found["krama"] >= max(2, found["ngapak"], 0.5 * found["ngoko"]):
        return "jv_krama"
    # "nang" is said in the west and the east, but the east shows itself by other words.
    return "jv_ngapak" if found["ngapak"] + western > found["ngoko"] else "jv_ngoko"


def _kind(word: str) -> str | None:
    if kind := _words().get(word):
        return kind
    if _KRAMA_END.fullmatch(word):
        return "krama"
    if _NGAPAK_END.fullmatch(word):
        return "ngapak"
    if _ID_SHAPE.fullmatch(word):
        return "id"
    return "jv" if _JV_END.fullmatch(word) or _JV_START.fullmatch(word) else None


@lru_cache(maxsize=1)
def _words() -> dict[str, str]:
    text = resources.files("classifier.floor").joinpath("words.txt").read_text(encoding="utf-8")
    table: dict[str, str] = {}
    section = ""
    for line in text.splitlines():
        if line.startswith("["):
            section = line.strip("[]")
        elif not line.startswith("#"):
            table.update((word, section) for word in line.split())
    return table
