"""The region an office serves: departments, numbers, hours. Built from wadul.toml, checked once."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.domain.appointments import Opening
from bot.domain.areas import Areas
from bot.domain.calendar import Calendar
from bot.domain.deadlines import Deadlines, Reminders
from bot.domain.errors import RegionError
from bot.domain.handover import Accepting
from bot.domain.heads import Heads, head_of
from bot.domain.labels import OTHER
from bot.domain.learning import Learning
from bot.domain.levels import Level
from bot.domain.proof import ProofRules
from bot.domain.quiet import Quiet
from bot.domain.retention import RightsRules
from bot.domain.similar import SimilarRules
from bot.domain.topics import Topics

DESK = "meja"
DUTY = "siaga"
HEAD = "kepala"
RESERVED = (DESK, DUTY, HEAD)


@dataclass(frozen=True)
class Department:
    """One department: its id, the name people read, the topics it answers for (label ids)."""

    id: str
    name: str
    topics: tuple[str, ...]
    inform_secondary: bool = False
    approve_replies: bool = False  # `/balas` waits for a second person
    secret_readers: tuple[str, ...] = ()  # who may open what is `rahasia`, as in telegram:9001
    level: Level = Level.KABUPATEN
    parent: str = ""  # the department that it stands under
    places: tuple[str, ...] = ()  # what it answers for; empty: every place
    head: str = ""  # what its head is called, where that is not `kepala` or as the level says
    opening: Opening | None = None  # when its head receives people


@dataclass(frozen=True)
class Override:
    """Cases of these topics in these places go to another department than the topic's own."""

    topics: tuple[str, ...]
    places: tuple[str, ...]
    department: str

    def covers(self, topic: str, location: str) -> bool:
        """Whether a topic in a place phrase falls under it; names count as whole words."""
        if topic not in self.topics:
            return False
        return any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", location, re.IGNORECASE) for name in self.places)


@dataclass(frozen=True)
class EmergencyNumber:
    """A number to call and what it is for."""

    number: str
    label: str


@dataclass(frozen=True)
class Region:
    """Everything Wadul knows of the place it serves."""

    name: str
    prefix: str
    timezone: str
    departments: tuple[Department, ...]
    numbers: tuple[EmergencyNumber, ...]
    has_112: bool = False
    languages: tuple[str, ...] = ("id", "jv")
    working_hours: str = ""
    privacy_contact: str = ""
    overrides: tuple[Override, ...] = ()
    inform_secondary: bool = False
    join_seconds: float = 90.0
    calendar: Calendar = field(default_factory=Calendar)
    deadlines: Deadlines = field(default_factory=Deadlines)
    reminders: Reminders = field(default_factory=Reminders)
    quiet: Quiet = field(default_factory=Quiet)
    topics: Topics = field(default_factory=Topics)
    learning: Learning = field(default_factory=Learning)
    operators: frozenset[str] = frozenset()  # who takes reports down beside the admin desk: channel:id
    appointments: Opening | None = None  # when the head receives people
    accepting: Accepting = field(default_factory=Accepting)
    proof: ProofRules = field(default_factory=ProofRules)
    titles: Mapping[Level, str] = field(default_factory=dict)  # what heads of a level are called, where each has one
    areas: Areas = field(init=False, repr=False, compare=False)
    heads: Heads = field(init=False, repr=False, compare=False)
    rights: RightsRules = field(default_factory=RightsRules)
    similar: SimilarRules = field(default_factory=SimilarRules)
    _by_topic: Mapping[str, Department] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "areas", Areas(self.departments))
        object.__setattr__(self, "heads", Heads(self.departments, self.areas, self.titles))
        check_region(self)
        everywhere = sorted(filter(self.areas.everywhere, self.departments), key=lambda d: -d.level.rank)
        object.__setattr__(self, "_by_topic", {topic: d for d in everywhere for topic in d.topics})

    def department(self, unit: str) -> Department | None:
        """The department of this id, or None (also for the reserved desks)."""
        return next((d for d in self.departments if d.id == unit), None)

    def owner(self, topic: str) -> Department | None:
        """The department that answers for a topic, as it is read today, where no place is known.

        None for `lainnya`, which goes to the desk, and for what every department answers for in its own places only.
        """
        return self._by_topic.get(self.topics.read(topic))

    def knows(self, unit: str) -> bool:
        """Whether a chat may be linked under this id."""
        return unit in RESERVED or self.department(unit) is not None or self.heads.name(unit) is not None

    def heads_over(self, unit: str) -> tuple[str, ...]:
        """Who hears of the cases of a unit: its heads, the nearest first, at last `kepala`."""
        return (*self.heads.over(unit), HEAD)

    @property
    def openings(self) -> Mapping[str, Opening]:
        """When heads receive people, by the head's unit; `kepala` first."""
        own = {head_of(each.id): each.opening for each in self.departments if each.opening}
        return {HEAD: self.appointments, **own} if self.appointments else own


def check_region(region: Region) -> None:
    """Raise RegionError, naming the fix, where the region cannot work."""
    if not re.fullmatch(r"[A-Z]{2,4}", region.prefix):
        raise RegionError(f"region.prefix is {region.prefix!r}: write 2 to 4 capital letters, such as PML.")
    seen: dict[tuple[str, str, str], str] = {}
    ids = Counter(d.id for d in region.departments)
    for department in region.departments:
        _check_department(department, ids, region.topics)
        for topic in department.topics:
            area = "" if region.areas.everywhere(department) else region.areas.seat(department).id
            first = seen.setdefault((topic, department.level, area), department.id)
            if first != department.id:
                raise RegionError(
                    f"topic {topic!r} stands in departments {first!r} and {department.id!r}: leave it in one."
                )
    listed = {topic for topic, _, _ in seen}
    missing = [topic for topic in region.topics.ids if topic != OTHER and topic not in listed]
    if missing:
        raise RegionError(f"no department answers for {', '.join(missing)}: add each to one [[department]].topics.")
    for override in region.overrides:
        if override.department not in ids:
            raise RegionError(f"[[override]] names department {override.department!r}, which is not in the file.")
        for topic in override.topics:
            _check_topic("an [[override]]", topic, region.topics)
    if not region.numbers:
        raise RegionError("emergency.numbers is empty: list at least one number that citizens can call.")


def _check_department(department: Department, ids: Counter[str], topics: Topics) -> None:
    if not re.fullmatch(r"[a-z0-9][a-z0-9_-]{0,23}", department.id):
        raise RegionError(
            f"department id {department.id!r}: use 1 to 24 small letters, digits, dashes or underscores."
        )
    if department.id in RESERVED:
        raise RegionError(f"department id {department.id!r} is reserved: choose another id.")
    if ids[department.id] > 1:
        raise RegionError(f"department id {department.id!r} stands twice: give each department its own id.")
    for reader in department.secret_readers:
        if not re.fullmatch(r"[a-z]{2,16}:\S{1,100}", reader):
            raise RegionError(
                f"department {department.id!r} has secret reader {reader!r}: write the id as /saya tells it, in a list."
            )
    for topic in department.topics:
        if topic == OTHER:
            raise RegionError(f"department {department.id!r} lists lainnya: remove it, it always goes to the desk.")
        _check_topic(f"department {department.id!r}", topic, topics)


def _check_topic(where: str, topic: str, topics: Topics) -> None:
    if topics.over(topic):
        instead = topics.successor(topic)
        fix = f"write {instead!r} instead" if instead else "remove it there"
        raise RegionError(f"{where} lists topic {topic!r}, which is retired: {fix}.")
    if not topics.knows(topic):
        raise RegionError(f"{where} lists unknown topic {topic!r}: see docs/labels.md.")
