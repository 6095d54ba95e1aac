"""Greetings and thanks, which want a human answer and no case."""

import re

GREETINGS = (
    "assalamualaikum", "assalamu'alaikum", "asalamualaikum", "aslmkm", "samlekum", "salam", "halo", "hallo", "hai",
    "hi", "hello", "permisi", "punten", "selamat pagi", "selamat siang", "selamat sore", "selamat malam", "met pagi",
    "met siang", "met malam", "pagi", "siang", "sore", "malam", "sugeng enjing", "sugeng siang", "sugeng sonten",
    "sugeng dalu", "sugeng rawuh", "kula nuwun", "kulonuwun", "kulo nuwun", "nuwun sewu", "p", "tes", "test", "ping",
    "om swastiastu", "shalom", "rahayu",
)  # fmt: skip
THANKS = (
    "terima kasih", "terimakasih", "trima kasih", "trimakasih", "makasih", "makasi", "mksh", "tq", "thanks", "thx",
    "matur nuwun", "maturnuwun", "matursuwun", "matur suwun", "matur sembah nuwun", "nuwun", "suwun", "kesuwun",
    "matur kesuwun", "nggih matur nuwun", "sembah nuwun", "oke terima kasih", "siap terima kasih",
)  # fmt: skip
_FILLER = re.compile(
    r"\b(?:pak|bapak|bu|ibu|mas|mbak|min|admin|kak|kang|lik|wadul|bupati|lurah|kades|kepala desa|camat|gubernur|ya|yo|nggih|"
    r"njih|inggih|wr|wb|warahmatullahi|wabarakatuh|waalaikumsalam|sanget|banget|sekali|atas|jawaban|jawabane|jawabannya|ini|"
    r"sedaya|sedoyo|semua|semuanya|kabeh|dan|lan|oke|ok|siap|sami|sampun|sudah|sdh|dibantu|bantuannya|bantuane|infonya)\b"
)


def smalltalk(text: str) -> str | None:
    """`greeting`, `thanks`, or None where the text says anything more."""
    bare = re.sub(r"[^\w\s']", " ", text.casefold())
    bare = re.sub(r"(.)\1{2,}", r"\1", " ".join(bare.split()))
    core = " ".join(_FILLER.sub(" ", bare).split())
    if not bare:
        return None
    for key, words in (("thanks", THANKS), ("greeting", GREETINGS)):
        if bare in words or core in words or (core and _made_of(core, words)):
            return key
    return "greeting" if _made_of(core, GREETINGS + THANKS) and core else None


def _made_of(core: str, phrases: tuple[str, ...]) -> bool:
    rest = core
    for phrase in sorted(phrases, key=len, reverse=True):
        rest = re.sub(rf"(?:^|(?<=\s)){re.escape(phrase)}(?=\s|$)", " ", rest)
    return not rest.strip()
