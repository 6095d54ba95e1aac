"""Discord's words as its app shows them: what is escaped stands as typed, and nothing else may be markup."""

import re

_LINK = re.compile(r"https?://[^\s<>|`]+")
_ESCAPED = re.compile(r"\\([^a-zA-Z0-9\s])")
_MARKUP = re.compile(r"[*_~`|<\[@]|^\s*(?:[#>-]|\d+[.)])", re.MULTILINE)
_KEPT = "\ue000"


def as_read(text: str) -> str:
    """The words that a person reads; AssertionError where a sign of theirs would work as markup."""
    bare = _ESCAPED.sub(_KEPT, _LINK.sub("", text))
    working = _MARKUP.search(bare)
    assert working is None, f"markup at {bare[max(0, working.start() - 20) : working.end() + 20]!r} in {text!r}"
    assert not bare.endswith("\\"), f"half an escape ends {text!r}"
    links = _LINK.findall(text)
    parts = [_ESCAPED.sub(r"\1", part) for part in _LINK.split(text)]
    return "".join(part + link for part, link in zip(parts, [*links, ""], strict=True))


def quote_as_read(text: str) -> str:
    """The same for a card's words, whose quote is marked line by line by Wadul itself."""
    return as_read(re.sub(r"^> ", "", text, flags=re.MULTILINE))
