"""The counter: what an operator takes down for somebody who has no chat with us, and how it is read."""

import re
from dataclasses import dataclass
from typing import Final

from bot.domain.privacy.phone import e164

KANTOR: Final = "kantor"  # the channel of people without a chat: nothing is ever sent there
PHONE, VISIT, LETTER, RADIO = "telepon", "datang", "surat", "radio"
HOWS: Final = (PHONE, VISIT, LETTER, RADIO)
MARK: Final = "📝"  # begins every question whose answer is an operator's: so their replies are known
NAME_CHARS = 80
WORDS_CHARS = 4000

_NAME = ("nama", "pelapor")
_PHONE = ("hp", "telp", "nomor", "no hp", "wa", "no")
_HOW = ("cara", "lewat")
_LINE = re.compile(rf"\s*({'|'.join((*_NAME, *_PHONE, *_HOW))})\s*[:=]\s*(.*)", re.IGNORECASE)
_SPOKEN_HOW: Final = {
    "telepon": PHONE, "telpon": PHONE, "telp": PHONE, "tlp": PHONE, "wa": PHONE, "hp": PHONE,
    "datang": VISIT, "loket": VISIT, "langsung": VISIT, "surat": LETTER, "radio": RADIO, "siaran": RADIO,
}  # fmt: skip
_NUMBER = re.compile(r"[+(]?\d[\d\s().-]{6,}\d")

SPOKEN: Final = {
    "told.question": "call.question",
    "told.reopened": "call.reopened",
    "told.closed": "call.closed",
    "told.confirmed": "call.confirmed",
    "told.merged": "call.merged",
    "told.split": "call.split",
    "unseal.told": "call.unseal",
    "silent.closed": "call.silent",
    "unanswered.closed": "call.unanswered",
    "unanswered.closed_others": "call.unanswered_others",
    "question.reminder": "call.question_again",
    "temu.reminder": "call.reminder",
    "temu.called_off": "call.called_off",
}
"""What reads differently where an operator says it: nobody can be asked to reply or to press."""


@dataclass(frozen=True)
class Form:
    """What was taken down. `phone` is in E.164; `bad_phone` is what should have been one."""

    words: str = ""
    name: str = ""
    phone: str | None = None
    how: str = VISIT
    anonymous: bool = False
    secret: bool = False
    bad_phone: str = ""


def spoken(key: str, channel: str) -> str:
    """The key of a text for whoever has this channel."""
    return SPOKEN.get(key, key) if channel == KANTOR else key


def normal_phone(text: str) -> str | None:
    """A phone number as it is kept (+62…), however it was written; None for what is none."""
    digits = re.sub(r"\D", "", text)
    bare = re.sub(r"[\d\s()./+-]", "", text)
    return None if bare else e164(digits, plus=text.strip().startswith("+"), cued=True)


def read_form(text: str, *, how: str = VISIT) -> Form:
    """A report in one message: the words, and lines such as `hp: …`, `nama: …`, `cara: telepon`, `rahasia`.

    Lines are parted by line breaks or semicolons; whatever is no such line belongs to the words.
    """
    words: list[str] = []
    name, phone, bad = "", None, ""
    flags: set[str] = set()
    for line in re.split(r"\n|;", text):
        found = _LINE.fullmatch(line)
        key, value = (found[1].casefold(), found[2].strip()) if found else ("", "")
        if line.strip().casefold() in ("anonim", "rahasia"):
            flags.add(line.strip().casefold())
        elif key in _NAME:
            name = value
        elif key in _PHONE and (any(c.isdigit() for c in value) or not value):
            phone = normal_phone(value)
            bad = value if value and phone is None else ""
        elif key in _HOW and value.casefold().split(" ")[0] in _SPOKEN_HOW:
            how = _SPOKEN_HOW[value.casefold().split(" ")[0]]
        else:
            words.append(line.strip())
    told = "\n".join(filter(None, words))[:WORDS_CHARS]
    return Form(told, clean_name(name), phone, how, "anonim" in flags, "rahasia" in flags, bad)


def read_who(text: str) -> Form:
    """Name and phone number in one line, in any order: `Bu Tini 0812…`; either may be missing."""
    found = _NUMBER.search(text)
    phone = normal_phone(found[0]) if found else None
    rest = text.replace(found[0], " ") if found else text
    rest = re.sub(rf"\b({'|'.join((*_NAME, *_PHONE))})\b\s*[:=]", " ", rest, flags=re.IGNORECASE)
    bad = "" if phone or not any(char.isdigit() for char in text) else text.strip()
    return Form(name="" if bad else clean_name(re.sub(r"[,;:/-]+(?=\s|$)", " ", rest)), phone=phone, bad_phone=bad)


def clean_name(text: str) -> str:
    """A name as it is kept: one line, not longer than anybody's."""
    return " ".join(text.split())[:NAME_CHARS]


def last_digits(phone: str) -> str:
    """Enough of a number to know it again, too little to dial it."""
    return f"…{phone[-3:]}"
