"""The card's hint whose road it may be, where the words of a report say so."""

from collections.abc import Iterable, Sequence

from bot.domain.case import Case
from bot.domain.outgoing import CardLine
from bot.domain.privacy import mask
from bot.domain.records import Entry, told
from bot.domain.road_class import is_about_roads, road_hint
from bot.services.office import Office


def road_line(office: Office, case: Case, entries: Sequence[Entry]) -> Iterable[CardLine]:
    """A line where a road of another level is named than that of the unit that has the case; no button presses it."""
    here = office.region.department(case.unit)
    found = road_hint("\n".join(entry.text for entry in told(entries))) if is_about_roads(case.tags) else None
    if found is None or (here and here.level is found[0]):
        return
    level, words = found
    text = office.texts("card.road", words=mask(words).text, level=office.texts(f"road.{level}"))
    yield CardLine(text, office.texts("card.road_head"))
