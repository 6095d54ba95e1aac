"""Who may know of a case: what is `rahasia` by rule, and which office must neither see nor handle it.

The one place that decides it; lists, cards, routes, digests and messages ask here.
"""

from collections.abc import Collection

from bot.domain.case import Case, Tags
from bot.domain.heads import headed
from bot.domain.labels import OVERSIGHT
from bot.domain.region import DESK, HEAD, Region
from bot.domain.routing import Route, home_of, owner_of
from bot.domain.violence import tells_of_violence

RULE = "aturan"  # who made a case `rahasia`: the rule below, which no citizen takes back,
CITIZEN = "warga"  # or the citizen,
BOTH = "keduanya"  # or both; what a citizen wants nobody of the office lifts
LIFTED = "dibuka"  # not secret any more: the rule had hidden it by mistake, as two admins said
RULED = frozenset({RULE, BOTH})
WISHED = frozenset({CITIZEN, BOTH})
SENSITIVE = frozenset({"perempuan_anak"})
"""Topics whose cases are `rahasia` as those of oversight are (docs/labels.md)."""


def by_rule(tags: Tags, text: str = "") -> bool:
    """Whether a case is `rahasia` whatever anybody wishes: misconduct, violence against women and children."""
    return tags.oversight or bool(SENSITIVE & {tags.topic, *tags.further}) or tells_of_violence(text)


def sheltered(tags: Tags) -> frozenset[str]:
    """The topics of a case that make it secret."""
    return frozenset({tags.topic, *tags.further}) & (SENSITIVE | {OVERSIGHT})


def is_apart(case: Case, units: Collection[str]) -> bool:
    """Whether a chat of these units belongs to an office complained about: it neither sees nor handles the case.

    A head belongs to the office that they lead; what complains about `kepala` is kept from every head.
    """
    return not whose(units).isdisjoint(case.accused)


def whose(units: Collection[str]) -> frozenset[str]:
    """Everybody who is meant where a chat of these units is: a head's office too, and `kepala` for every head."""
    heads = [each for each in units if headed(each)]
    return frozenset((*units, *map(headed, heads), *([HEAD] if heads else [])))


def kept_apart(region: Region, way: Route, accused: Collection[str], location: str | None = None) -> Route:
    """The route around the offices complained about: to whoever watches over offices, else to the admin desk."""
    if not accused:
        return way
    informed = tuple(unit for unit in way.informed if unit not in accused)
    if way.unit not in accused:
        return Route(way.unit, informed)
    watch = owner_of(region, OVERSIGHT, location)
    return Route(watch if watch and watch not in accused else DESK)


def home_apart(region: Region, case: Case, topic: str) -> str:
    """The unit of a case with this topic; where that is complained about, the case stays where it is."""
    home = home_of(region, case, topic)
    return case.unit if home in case.accused else home


def differ(case: Case, other: Case) -> bool:
    """Whether two cases must not become one: who may read the one may not read the other."""
    return case.secret != other.secret or set(case.accused) != set(other.accused)
