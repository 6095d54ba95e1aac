"""Whether a sentence of staff says enough to be sent to a citizen."""

import re
from collections.abc import Callable

_NOBODY_WORDS = """
    bukan kami kita saya kamu anda kewenangan wewenang tugas urusan ranah bagian tanggung jawab kantor dinas instansi
    opd pihak lembaga unit lain lainnya yang itu ini dari di ke ya pak bu mas mbak tapi tetapi melainkan tidak tak
    nggak enggak gak ga ngga tahu tau belum entah ora dudu aku mboten sanes
"""
_NOBODY = frozenset(_NOBODY_WORDS.split())
_LETTERS_OF_A_NAME = 2
_WORDS_OF_A_REASON = 2


def unfit(kind: str, text: str) -> str | None:
    """The key of the text that says what a sentence of this kind lacks, or None where it will do."""
    if not text:
        return "prompt.words_please"
    fits, key = _CHECKS.get(kind, (bool, ""))
    return None if fits(text) else key


def names_somebody(text: str) -> bool:
    """Whether an answer to `Bukan wewenang` can name who is responsible: `bukan kami` does not."""
    return any(len(word) >= _LETTERS_OF_A_NAME and word not in _NOBODY for word in _words(text))


def gives_reason(text: str) -> bool:
    """Whether a reason for closing says something to the citizen: at least two words."""
    return len([word for word in _words(text) if len(word) >= _LETTERS_OF_A_NAME]) >= _WORDS_OF_A_REASON


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", text.casefold())


_CHECKS: dict[str, tuple[Callable[[str], bool], str]] = {
    "bukan": (names_somebody, "prompt.bukan_who"),
    "tutup": (gives_reason, "prompt.tutup_why"),
    "serahkan": (gives_reason, "prompt.serahkan_why"),
    "tolak": (gives_reason, "prompt.tolak_why"),
}
