"""Topics that border each other: one matter may be read as either, and so stand with two departments.

Each pair has its reason in the borders of docs/labels.md, or in what the released model confuses on
`training/held_out.jsonl` and on the pairs of `bench/duplicates/choosing.jsonl`.
"""

from collections.abc import Iterable, Iterator, Sequence

from bot.domain.case import Tags

GUESSES = 2  # topics of a doubted report that count beside its own
PRIVATE = frozenset({"kependudukan", "sosial", "perempuan_anak", "integritas"})
"""Topics whose reports are never compared: each is its own person's, or must stay unseen."""


def _pairs(table: str) -> frozenset[frozenset[str]]:
    """`a: b c` on each line is the pairs a–b and a–c; what follows a `#` is the reason."""
    lines = [line.partition("#")[0].partition(":") for line in table.splitlines() if line.strip()]
    return frozenset(frozenset((one.strip(), other)) for one, _, others in lines for other in others.split())


BORDERS = _pairs(
    """
    bencana: pengairan jalan perhubungan        # a flood now or with every rain; what lies on the road; a wreck
    bencana: listrik lingkungan perumahan       # a tree on the wire, one that fell or may fall, a house that came down
    bencana: air_bersih kesehatan perdagangan   # water tankers; hurt people; fire or animals at a market
    pengairan: jalan sampah lingkungan          # water on a road; a blocked drain; a foul river
    pengairan: air_bersih pertanian             # a spring; irrigation
    jalan: perhubungan penerangan_jalan         # a lorry that lies across; dark and broken
    jalan: lingkungan kominfo                   # mining; cable trenches
    penerangan_jalan: perhubungan listrik       # lamps and signals; one mast
    lingkungan: sampah kesehatan                # burning rubbish; fumes
    lingkungan: ketertiban pertanian            # noise; ponds and fields that are spoiled
    ketertiban: keamanan perhubungan            # drinking and brawls; parking
    ketertiban: perdagangan                     # traders on the pavement
    kesehatan: pendidikan perhubungan pelayanan # school meals; the hurt of a crash; a rude counter
    kepegawaian: pendidikan                     # teachers' pay
    listrik: kominfo keamanan                   # poles and cables; what was stolen or broken of them
    perdagangan: pertanian                      # fertiliser, fuel for fishers
    perumahan: pemerintahan_desa                # village land
    """
)
ONE_EVENT = _pairs(
    """
    bencana: pengairan jalan                    # one flood or landslide, whatever it does
    pengairan: jalan                            # the water, and the road it stands on
    lingkungan: sampah                          # rubbish that burns or smells
    """
)
"""Of those, what Wadul may join by itself: where one event makes people tell of either."""


def border(one: str, other: str) -> bool:
    """Whether reports of the two topics may tell the same; every topic borders on itself."""
    return one == other or frozenset((one, other)) in BORDERS


def one_event(one: Iterable[str], other: Iterable[str]) -> bool:
    """Whether reports with these topics, the main one first, may be joined; across topics none may be private."""
    mine, theirs = tuple(one), tuple(other)
    if mine[0] == theirs[0]:
        return True
    return PRIVATE.isdisjoint((*mine, *theirs)) and frozenset((mine[0], theirs[0])) in ONE_EVENT


def torn(tags: Tags) -> bool:
    """Whether a doubted report is doubted between two topics of one event only."""
    return frozenset(topic for topic, _ in tags.guesses[:GUESSES]) in ONE_EVENT


def may_tell_the_same(one: Iterable[str], other: Iterable[str]) -> bool:
    """Whether reports of two units are compared: a topic in common, or main ones (each the first) that border."""
    mine, theirs = tuple(one), tuple(other)
    if not PRIVATE.isdisjoint((*mine, *theirs)):
        return False
    return border(mine[0], theirs[0]) or not set(mine).isdisjoint(theirs)


def readings(tags: Tags) -> tuple[str, ...]:
    """The topics of a report, the main one first; of a doubted one the likeliest guesses too."""
    return topics_read(tags.topic, tags.further, tags.guesses if tags.unsure else ())


def topics_read(
    topic: str, further: Iterable[str], doubted: Sequence[tuple[str, float]]
) -> tuple[str, ...]:  # fmt: skip
    """The same of its parts; `doubted` are the guesses of a doubted report, the likeliest first."""
    return tuple(dict.fromkeys((topic, *further, *(guess for guess, _ in doubted[:GUESSES]))))


def beyond(topic: str) -> Iterator[str]:
    """The topics that border on one."""
    return (other for pair in BORDERS if topic in pair for other in pair - {topic})
