"""The table [proof] of wadul.toml: which topics want a photo of what was done."""

from collections.abc import Mapping
from typing import Any

from bot.clock_tables import table_of
from bot.domain.errors import RegionError
from bot.domain.proof import ProofRules
from bot.domain.topics import Topics

MOST_KM = 500


def read_proof(data: Mapping[str, Any], topics: Topics) -> ProofRules:
    """The table [proof]; it may be left out."""
    table = table_of(data, "proof", ("topics", "far_km"))
    named = table.get("topics")
    if named is not None:
        if not isinstance(named, list) or not all(isinstance(topic, str) for topic in named):
            raise RegionError(f"proof.topics is {named!r}: write a list of topics in quotes, in square brackets.")
        for topic in named:
            if not topics.knows(topic):
                raise RegionError(f"proof.topics names {topic!r}, which is no topic here: see docs/labels.md.")
    far = table.get("far_km", ProofRules.far_km)
    if isinstance(far, bool) or not isinstance(far, int | float) or not 0 < far <= MOST_KM:
        raise RegionError(f"proof.far_km is {far!r}: write kilometres, such as 5.")
    return ProofRules(tuple(named) if named is not None else None, float(far))
