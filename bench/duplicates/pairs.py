"""Pairs of reports as the product sees them: tags and place by the released model, compared by the very same code."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from bot.domain.beside import bordering_units, own_units
from bot.domain.borders import may_tell_the_same, readings, torn
from bot.domain.case import Tags
from bot.domain.likeness import Told, beyond_doubt, features, likeness
from bot.domain.region import DESK
from bot.domain.routing import route
from bot.domain.similar import HOUR, SimilarRules
from bot.region_file import load_region
from bot.services.matters.vectors import cosine, pack
from bot.services.tagging import to_tags
from classifier import classify, load

HERE = Path(__file__).parent
RULES = SimilarRules()
REGION = load_region(HERE.parents[1] / "wadul.toml")
JAVANESE = ("jv_ngoko", "jv_krama", "jv_ngapak", "campur")


@dataclass(frozen=True)
class Pair:
    """Two reports, whether they tell the same, and how they differ."""

    one: Told
    other: Told
    tags: tuple[Tags, Tags]
    vectors: tuple[bytes, bytes]
    same: bool
    difference: str

    @cached_property
    def cosine(self) -> float:
        return cosine(*self.vectors)

    @property
    def compared(self) -> bool:
        """Whether the later is compared with the earlier: in one of its own units, or where topics border."""
        earlier, later = (route(REGION, tags).unit for tags in self.tags)
        if earlier in own_units(REGION, self.tags[1], later):
            return True
        beside = earlier in bordering_units(REGION, self.tags[1], later)
        return beside and may_tell_the_same(self.other.topics, self.one.topics)

    @property
    def likeness(self) -> float:
        return 0.0 if self.private or not self.compared else likeness(self.one, self.other, RULES)

    @property
    def joined(self) -> bool:
        """Whether the product would hold them for one beyond doubt."""
        unsure = any(tags.unsure and not torn(tags) for tags in self.tags)
        held = route(REGION, self.tags[0]).unit == DESK  # where nobody's reports are gathered
        said = beyond_doubt(self.one, self.other, self.cosine, RULES)
        return self.compared and not (self.private or unsure or held) and said

    @property
    def private(self) -> bool:
        return any(RULES.matter(tags.topic) is None or tags.oversight for tags in self.tags)

    @property
    def features(self) -> dict[str, float]:
        return features(self.one, self.other, RULES)

    @property
    def language(self) -> str:
        javanese = [tags.language in JAVANESE for tags in self.tags]
        return "Javanese" if all(javanese) else "both" if any(javanese) else "Indonesian"


def rows(name: str) -> list[dict[str, Any]]:
    """A file beside this one, as it was written."""
    return [json.loads(line) for line in (HERE / name).read_text(encoding="utf-8").splitlines()]


def read(name: str) -> list[Pair]:
    """The pairs of a file beside this one."""
    written = rows(name)
    verdicts = classify(load(), [row[side]["text"] for row in written for side in ("a", "b")])
    tags = [to_tags(verdict) for verdict in verdicts]
    pairs: list[Pair] = []
    for at, row in enumerate(written):
        both = (tags[2 * at], tags[2 * at + 1])
        told = [_told(row[side], each) for side, each in zip(("a", "b"), both, strict=True)]
        seen = [pack(verdicts[2 * at + n].vector, told[n]) for n in (0, 1)]  # type: ignore[arg-type]
        pairs.append(Pair(told[0], told[1], both, (seen[0], seen[1]), row["same"], row["difference"]))
    return pairs


def strangers(pairs: Sequence[Pair], *, count: int, seed: int = 1) -> list[Pair]:
    """Reports of one topic that nobody wrote as a pair: what a unit's other open cases are like."""
    draw = random.Random(seed)
    found: list[Pair] = []
    while len(found) < count:
        one, other = draw.sample(pairs, 2)
        if set(one.one.topics) & set(other.other.topics):
            later = replace(other.other, at=draw.uniform(0, 120) * HOUR)
            seen, tags = (one.vectors[0], other.vectors[1]), (one.tags[0], other.tags[1])
            found.append(Pair(one.one, later, tags, seen, same=False, difference="strangers"))
    return found


def _told(report: dict[str, object], tags: Tags) -> Told:
    return Told(str(report["text"]), readings(tags), float(str(report["hours"])) * HOUR, tags.location or "")
