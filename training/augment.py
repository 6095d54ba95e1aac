"""Noise that real senders make, put on training texts anew in every epoch."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from functools import cache
from pathlib import Path

from training.data import Example
from training.labels import URGENCIES
from training.settings import Settings

DIALECT = Path(__file__).resolve().parent / "dialect.txt"

_SMS = {
    "yang": "yg", "dengan": "dgn", "tidak": "tdk", "sudah": "sdh", "belum": "blm", "karena": "krn", "untuk": "utk",
    "jalan": "jln", "tolong": "tlg", "mohon": "mhn", "kepada": "kpd", "banyak": "byk", "dalam": "dlm", "orang": "org",
    "saya": "sy", "bisa": "bs", "juga": "jg",
    "sampai": "smp", "kalau": "klo", "bagaimana": "gmn", "kenapa": "knp",
    "sekarang": "skrg", "kecamatan": "kec", "kabupaten": "kab", "desa": "ds", "dari": "dr", "pada": "pd",
    "tahun": "thn",
    "bulan": "bln", "rumah": "rmh", "sangat": "sgt", "lagi": "lg", "saja": "aja", "tetapi": "tp", "dan": "dn",
    "terima kasih": "trims", "selamat": "slmt", "masyarakat": "masy", "dusun": "dsn", "nomor": "no", "bapak": "bpk",
}  # fmt: skip
_GREETING = re.compile(
    r"^\s*(?:(?:ass?ala?mu'?ala?ikum|salam|selamat|yth|kepada|kpd|pak|bapak|bpk|bu|ibu|min|admin|halo|hallo|mohon|maaf|"
    r"nuwun|sugeng|kulonuwun)\b[^.,!?\n]{0,40}[.,!?\n]+\s*){1,2}",
    re.IGNORECASE,
)
_WORD = re.compile(r"\w+")
_NEAR = {
    "a": "sq", "e": "rw", "i": "uo", "o": "ip", "u": "yi", "n": "bm", "t": "ry", "k": "jl", "s": "ad", "r": "et",
    "g": "fh", "d": "sf", "m": "n", "l": "k", "p": "o", "b": "vn",
}  # fmt: skip


def augment(text: str, *, rng: random.Random, settings: Settings, language: str | None = None) -> str:
    """The text as another hurried person might have typed it; the labels stay true.

    With its ``language`` known, words may also become those of the next valley.
    """
    if rng.random() < settings.drop_greeting:
        shorter = _GREETING.sub("", text)
        text = shorter if len(shorter.split()) >= 3 else text
    if language and rng.random() < settings.dialect:
        text = _as_neighbours_say(text, variants(language), rng=rng)
    if rng.random() < settings.sms_spelling:
        text = _abbreviate(text, rng=rng)
    if rng.random() < settings.typos:
        text = _mistype(text, rng=rng)
    if rng.random() < settings.lower_case:
        text = text.lower()
    return text


def joined(first: Example, second: Example, *, rng: random.Random) -> Example:
    """Two complaints in one message: the first one's topic stays the primary one, the more urgent decides."""
    topic = second.labels["topic"]
    further = dict.fromkeys((*first.further, topic))
    further.pop(first.labels["topic"], None)
    urgency = min(first.labels["urgency"], second.labels["urgency"], key=URGENCIES.index)
    bond = rng.choice((". ", ", ", "\n", " "))
    return replace(
        first,
        text=f"{first.text.rstrip(' .,')}{bond}{second.text}",
        labels={**first.labels, "urgency": urgency},
        further=tuple(further)[:2],
    )


def joinable(row: Example, *, most_words: int = 25) -> bool:
    """Short complaints of one known matter."""
    known = row.labels.get("kind") == "pengaduan" and {"topic", "urgency"} <= row.labels.keys()
    return known and not row.further and len(row.text.split()) <= most_words


@cache
def variants(language: str) -> dict[str, tuple[str, ...]]:
    """Word → what may stand for it, in a language of the label guide; `campur` mixes Indonesian and ngoko."""
    wanted = {"campur": ("id", "jv_ngoko")}.get(language, (language,))
    found: dict[str, tuple[str, ...]] = {}
    section = ""
    for line in DIALECT.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            section = line.strip("[]")
        elif line and not line.startswith("#") and section in wanted:
            words = line.split()
            found |= {word: tuple(other for other in words if other != word) for word in words}
    return found


def _as_neighbours_say(text: str, words: dict[str, tuple[str, ...]], *, rng: random.Random) -> str:
    def swap(match: re.Match[str]) -> str:
        others = words.get(match.group().lower())
        return rng.choice(others) if others and rng.random() < 0.5 else match.group()

    return _WORD.sub(swap, text)


def _abbreviate(text: str, *, rng: random.Random) -> str:
    def shorten(match: re.Match[str]) -> str:
        word = match.group()
        return _SMS.get(word.lower(), word) if rng.random() < 0.6 else word

    return _WORD.sub(shorten, text)


def _mistype(text: str, *, rng: random.Random) -> str:
    words = text.split(" ")
    for index in range(len(words)):
        if len(words[index]) > 3 and rng.random() < 0.06:
            words[index] = _slip(words[index], rng=rng)
    return " ".join(words)


def _slip(word: str, *, rng: random.Random) -> str:
    """One finger slip: two letters swapped, one lost, one doubled, or a neighbouring key."""
    at = rng.randrange(1, len(word) - 1)
    match rng.randrange(4):
        case 0:
            return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        case 1:
            return word[:at] + word[at + 1 :]
        case 2:
            return word[:at] + word[at] + word[at:]
        case _:
            return word[:at] + rng.choice(_NEAR.get(word[at], word[at])) + word[at + 1 :]
