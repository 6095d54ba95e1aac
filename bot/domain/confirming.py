"""What a citizen means who is asked whether it is put right: yes, not yet, or something else."""

import re

YES = frozenset(
    [
        "sudah", "sdh", "udah", "udh", "dah", "wis", "wes", "uwis", "uwes", "sampun", "pun", "beres", "iya", "ya", "yo",
        "iyo", "inggih", "nggih", "enggih", "betul", "leres", "oke", "ok",
    ]
)  # fmt: skip
NOT_YET = frozenset(
    [
        "belum", "blm", "belom", "blom", "durung", "rung", "urung", "dereng", "tidak", "gak", "nggak", "enggak", "ora",
        "mboten", "boten",
    ]
)  # fmt: skip
MOST_WORDS_OF_A_YES = 6


def confirmation(text: str) -> bool | None:
    """True for a short yes, False where it begins with a not yet, None for everything else."""
    words = re.findall(r"[^\W\d_]+", text.casefold())
    if not words:
        return None
    if words[0] in NOT_YET:
        return False
    if words[0] in YES and len(words) <= MOST_WORDS_OF_A_YES and not NOT_YET.intersection(words):
        return True
    return None
