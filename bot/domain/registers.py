"""Which of our languages answers which language of a citizen."""

from collections.abc import Collection

ANSWER = {"id": "id", "jv_ngoko": "jv", "jv_krama": "jv@krama", "jv_ngapak": "jv", "campur": "id"}
DEFAULT = "id"


def answer_in(language: str, *, spoken: Collection[str] = ("id", "jv")) -> str:
    """The register to answer these words in: ngapak in ngoko, a mix and anything else (`lain`) in Indonesian.

    `spoken` are the languages the region answers in (wadul.toml); others are answered in Indonesian.
    """
    register = ANSWER.get(language, DEFAULT)
    return register if register.partition("@")[0] in spoken else DEFAULT
