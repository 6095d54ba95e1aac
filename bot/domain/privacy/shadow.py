"""A copy of the text in which digits are ASCII digits; offsets stay the same."""

import re
import unicodedata
from typing import Final

# People type the letter o for zero, and l or I for one, inside numbers ("o812", "08l2").
_LETTER_O: Final = re.compile(r"(?<![^\W\d_])[oO](?=[ .-]?8[1-9lI])")
_INNER: Final = re.compile(r"(?<=[0-9])[oOlI]{1,4}(?=[0-9])")
_LOOKALIKE: Final = str.maketrans("oOlI", "0011")
_DASHES: Final = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212"), "-")
_SPACES: Final = dict.fromkeys(map(ord, "\u00a0\u2007\u2009\u202f\t\u200b\u200e\u200f\u2060"), " ")


def shadow(text: str) -> str:
    """Fold foreign digits, dashes, spaces and look-alike letters, character by character."""
    if not text.isascii():
        text = text.translate(_DASHES | _SPACES)
        text = "".join(_digit(char) for char in text)
    text = _LETTER_O.sub("0", text)
    return _INNER.sub(lambda found: found[0].translate(_LOOKALIKE), text)


def _digit(char: str) -> str:
    return str(unicodedata.decimal(char)) if char.isdecimal() else char
