"""Which of our languages answers which language of a citizen."""

ANSWER = {"id": "id", "jv_ngoko": "jv", "jv_krama": "jv@krama", "jv_ngapak": "jv", "campur": "id"}
DEFAULT = "id"


def answer_in(language: str, known: str | None = None) -> str:
    """The register to answer in: of the words themselves, else the one known, else Indonesian.

    Ngapak is answered in ngoko, a mix in Indonesian, anything else (`lain`) as before or in Indonesian.
    """
    return ANSWER.get(language) or known or DEFAULT
