"""Where a message says that something is: the phrase as written, and the regions it names."""

from classifier.places.message import Message
from classifier.places.phrase import best
from classifier.places.regions import RegionHit, region_hits
from classifier.text import MAX_CHARS

__all__ = ["RegionHit", "locate", "region_hits"]


def locate(text: str) -> str | None:
    """The most specific place phrase, exactly as it stands in `text`; None if it names none."""
    cut = text[:MAX_CHARS]
    message = Message(cut)
    phrase = best(message)
    if phrase is None:
        return None
    return cut[message.tokens[phrase.start].start : message.tokens[phrase.end - 1].end]
