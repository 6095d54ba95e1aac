"""Greetings and thanks, which want a human answer and no case."""

import re

GREETINGS = (
    "assalamualaikum", "assalamu'alaikum", "asalamualaikum", "aslmkm", "samlekum", "salam", "halo", "hallo", "hai",
    "hi", "hello", "permisi", "punten", "selamat pagi", "selamat siang", "selamat sore", "selamat malam", "met pagi",
    "met siang", "met malam", "pagi", "siang", "sore", "malam", "sugeng enjing", "sugeng siang", "sugeng sonten",
    "sugeng dalu", "sugeng rawuh", "kula nuwun", "kulonuwun", "kulo nuwun", "nuwun sewu", "p", "tes", "test", "ping",
    "om swastiastu", "shalom", "rahayu",
)  # fmt: skip
TIMES_OF_DAY = ("pagi", "siang", "sore", "malam", "enjing", "esuk", "awan", "sonten", "bengi", "dalu")
THANKS = (
    "terima kasih", "terimakasih", "trima kasih", "trimakasih", "makasih", "makasi", "mksh", "tq", "thanks", "thx",
    "matur nuwun", "maturnuwun", "matursuwun", "matur suwun", "matur sembah nuwun", "nuwun", "suwun", "kesuwun",
    "matur kesuwun", "nggih matur nuwun", "sembah nuwun", "oke terima kasih", "siap terima kasih",
)  # fmt: skip
_REGISTERS = (
    ("jv@krama", re.compile(r"\b(?:sugeng|kul[ao] ?nuwun|nuwun sewu|matur (?:sembah )?nuwun|maturnuwun|nuwun)\b")),
    ("jv", re.compile(r"\b(?:k[ae]suwun|suwun|matur ?suwun)\b")),
    ("id", re.compile(r"\b(?:(?:terima|trima) ?kasih|makasih?|selamat|permisi)\b")),
)
_FILLER = re.compile(
    r"\b(?:pak|bapak|bu|ibu|mas|mbak|min|admin|kak|kang|lik|wadul|bupati|lurah|kades|kepala desa|camat|gubernur|ya|yo|"
    r"nggih|njih|inggih|wr|wb|warahmatullahi|wabarakatuh|waalaikumsalam|sanget|banget|sekali|atas|jawaban|jawabane|"
    r"jawabannya|ini|sedaya|sedoyo|semua|semuanya|kabeh|dan|lan|oke|ok|siap|sami|sampun|sudah|sdh|dibantu|bantuannya|"
    r"bantuane|infonya)\b"
)


def _only(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """Matches a text made of these phrases and nothing else."""
    longest_first = "|".join(re.escape(phrase) for phrase in sorted(phrases, key=len, reverse=True))
    return re.compile(rf"(?:(?:{longest_first})(?:\s+|$))+")


MOST_WORDS = 12
_THANKS = _only(THANKS)
_GREETING = _only(GREETINGS)
_EITHER = _only(GREETINGS + THANKS)


def register_of(text: str) -> str | None:
    """The register that a greeting or thanks is said in; None for those that every language shares."""
    words = text.casefold()
    return next((register for register, pattern in _REGISTERS if pattern.search(words)), None)


def smalltalk(text: str) -> str | None:
    """`greeting`, `thanks`, or None where the text says anything more."""
    if len(text.split()) > MOST_WORDS:
        return None
    bare = re.sub(r"[^\w\s']", " ", text.casefold())
    bare = re.sub(r"(.)\1{2,}", r"\1", " ".join(bare.split()))
    core = " ".join(_FILLER.sub(" ", bare).split())
    for key, pattern in (("thanks", _THANKS), ("greeting", _GREETING)):
        if pattern.fullmatch(bare) or pattern.fullmatch(core):
            return key
    return "thanks" if _EITHER.fullmatch(core) else None
