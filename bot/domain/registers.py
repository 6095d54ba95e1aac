"""Which of our languages answers which language of a citizen."""

from collections.abc import Collection

ANSWER = {"id": "id", "jv_ngoko": "jv", "jv_krama": "jv@krama", "jv_ngapak": "jv", "campur": "id"}
DEFAULT = "id"


def answer_in(language: str, known: str | None = None, *, spoken: Collection[str] = ("id", "jv")) -> str:
    """The register to answer in: of the words themselves, else the one known, else Indonesian.

    `spoken` are the languages the region answers in (wadul.toml); others are answered in Indonesian.

    Ngapak is answered in ngoko, a mix in Indonesian, anything else (`lain`) as before or in Indonesian.
    """
    register = ANSWER.get(language) or known or DEFAULT
    return register if register.partition("@")[0] in spoken else DEFAULT
