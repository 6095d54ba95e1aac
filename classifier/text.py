"""Cleaning of what people type: one canonical text for the encoder, one folded text for n-grams and patterns."""

import re
import unicodedata
from functools import lru_cache
from typing import Final

MAX_CHARS: Final = 4000
"""What is read of one message, in characters: Telegram's limit is 4096 and a complaint's subject stands early."""

_CONTROL: Final = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffe\uffff]"
)
_SURROGATE: Final = re.compile(r"[\ud800-\udfff]")
_SPACE: Final = re.compile(r"\s+")
_URL: Final = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_REPEAT: Final = re.compile(r"([^\W\d_])\1{2,}")
_MARK_REPEAT: Final = re.compile(r"([^\w\s])\1+")
_DIGIT: Final = re.compile(r"\d")
_WORD: Final = re.compile(r"[^\W\d_]{2,}")


def clean(text: str, *, limit: int = MAX_CHARS) -> str:
    """Mend encodings, drop control marks and lone surrogates, compose (NFKC), squeeze spaces, cut at `limit`."""
    text = text[: limit * 2]
    if not text.isascii():
        text = _mend(_SURROGATE.sub(" ", text))
        text = unicodedata.normalize("NFKC", text)
    text = _CONTROL.sub("", text)
    return _SPACE.sub(" ", text).strip()[:limit].rstrip()


def _mend(text: str) -> str:
    # ftfy costs 60 ms to import and about 1 ms per 100 words, so it is met only by text that is not plain ASCII.
    import ftfy

    return ftfy.fix_text(text, unescape_html=False, normalization=None)


def fold(text: str) -> str:
    """Lower case, accents off, drawn-out letters and marks squeezed ("bangeeet!!!" → "banget!"), URLs named."""
    text = _URL.sub(" urlurl ", text).lower()
    if not text.isascii():
        text = _strip_accents(text)
    text = _REPEAT.sub(r"\1", text)
    text = _MARK_REPEAT.sub(r"\1", text)
    return _SPACE.sub(" ", text).strip()


def fold_digits(text: str) -> str:
    """Every digit as 0: n-grams should learn that a number stands there, not which."""
    return _DIGIT.sub("0", text)


@lru_cache(maxsize=2048)
def _bare(char: str) -> str:
    return "".join(part for part in unicodedata.normalize("NFKD", char) if not unicodedata.combining(part))


def _strip_accents(text: str) -> str:
    return "".join(char if char < "\x80" else _bare(char) for char in text)


def has_words(text: str) -> bool:
    """Whether anything can be read in it: two letters that stand together."""
    return _WORD.search(text) is not None
