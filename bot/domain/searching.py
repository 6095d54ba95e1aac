"""Words to search by: what is asked and what was told are read the same way."""

import re
import unicodedata
from collections.abc import Iterable, Sequence

from bot.domain.lengths import cut

WORD_CHARACTERS = 40  # longer ones are no words; a database may refuse them
MOST_WORDS = 2000  # of one case
ASKED_BYTES = 50  # a page button carries the words of its search
BEGINNING = 3  # letters from which the beginning of a word may stand for it
ENDINGS = ("nya", "ne", "e", "ku", "mu", "lah", "kah", "pun", "ipun")  # `lampu` also finds `lampune`
LEAD = 20  # characters before the first word found that an excerpt may show
_WORD = re.compile(r"[^\W_]+")


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text, each once, in order: small letters, without accents, punctuation and underscores."""
    bare = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(char for char in bare if not unicodedata.combining(char)).casefold()
    found = (match[0][:WORD_CHARACTERS] for match in _WORD.finditer(bare))
    return tuple(dict.fromkeys(found))[:MOST_WORDS]


def asked_words(text: str) -> tuple[str, ...]:
    """The words of a search: as many, from the first, as a button can carry."""
    fitting: list[str] = []
    for word in words_of(text):
        if len(" ".join([*fitting, word]).encode()) > ASKED_BYTES:
            break
        fitting.append(word)
    return tuple(fitting)


def with_bare(words: Iterable[str]) -> tuple[str, ...]:
    """The words, each followed by what it is without an ending of everyday Indonesian or Javanese."""
    both: dict[str, None] = {}
    for word in words:
        both[word] = None
        both |= dict.fromkeys(b for e in ENDINGS if len(b := word.removesuffix(e)) >= BEGINNING)
    return tuple(both)


def begins(word: str, asked: Sequence[str]) -> bool:
    """Whether a word is an asked one, or begins with it."""
    return any(word == each or (len(each) >= BEGINNING and word.startswith(each)) for each in asked)


def excerpt(text: str, asked: Sequence[str], *, limit: int) -> str:
    """A piece of a text, at most `limit` units long, that begins shortly before the first asked word."""
    line = " ".join(unicodedata.normalize("NFC", text).split())
    hits = (m.start() for m in _WORD.finditer(line) if any(begins(w, asked) for w in words_of(m[0])))
    start = line.rfind(" ", 0, max(0, next(hits, 0) - LEAD) + 1) + 1
    return cut(("… " if start else "") + line[start:], limit)
