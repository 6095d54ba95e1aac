"""What `python -m bot check` says of levels: how many there are of each, and what a file can do without being wrong."""

from collections.abc import Iterator

from bot.domain.areas import LOW
from bot.domain.handing import levels_in_use
from bot.domain.labels import OTHER
from bot.domain.region import Region


def level_findings(region: Region) -> Iterator[tuple[str, str, str]]:
    """(state, what, advice), a line each; nothing for a file without levels."""
    if not region.areas.leveled:
        return
    counts = ((level, sum(d.level is level for d in region.departments)) for level in levels_in_use(region.departments))
    yield "ok", "levels: " + ", ".join(f"{count} {level}" for level, count in counts), ""
    placed = [topic for topic in region.topics.ids if topic != OTHER and region.owner(topic) is None]
    if placed:
        yield "ok", f"topics that wait at the desk until a place is known: {', '.join(placed)}", ""
    for place, one, other in region.areas.twins():
        advice = "told apart where a report names what stands above; otherwise the next level up gets it"
        yield "warn", f"place {place} stands under {one.id} and {other.id}", advice
    for each in region.departments:
        if each.level in LOW and each.places and not each.parent:
            yield "warn", f"department {each.id} has no parent", "its cases can only go up to whoever covers its places"
