"""Tags in the topics of the region, whatever the model knows."""

from collections.abc import Sequence

from bot.domain.case import Reasons, Tags
from bot.domain.correcting import in_region
from bot.domain.topics import Topics
from bot.services.office import Meaning, Tagger


class RegionTagger:
    """A tagger whose topics are read by the region's map: a model older or newer than wadul.toml does no harm."""

    def __init__(self, tagger: Tagger, topics: Topics) -> None:
        self._tagger = tagger
        self._topics = topics

    def tag(self, text: str) -> Tags:
        """The tags of one text."""
        return in_region(self._tagger.tag(text), self._topics)

    def prime(self, texts: Sequence[str]) -> None:
        """Classify a batch ahead."""
        self._tagger.prime(texts)

    def meaning(self, text: str) -> Meaning | None:
        """What a text means, as a vector."""
        return self._tagger.meaning(text)

    def explain(self, text: str) -> Reasons:
        """The words that carried the tags."""
        return self._tagger.explain(text)
