"""The region as the rules see it: who owns a topic, which place a rule covers, what cannot be built."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.domain.errors import RegionError
from bot.domain.labels import OTHER, TOPICS
from bot.domain.region import RESERVED, Department, EmergencyNumber, Override, Region

NAMED = tuple(topic for topic in TOPICS if topic != OTHER)


def village() -> Region:
    """Two departments for everything."""
    return Region(
        name="Desa Contoh", prefix="DC", timezone="Asia/Jakarta",
        departments=(Department("kaur", "Kaur Umum", NAMED[1:]), Department("jalan", "Kaur Jalan", NAMED[:1])),
        numbers=(EmergencyNumber("112", "darurat"),),
    )  # fmt: skip


def test_every_topic_has_one_owner_and_lainnya_has_none() -> None:
    owners = {topic: village().owner(topic) for topic in TOPICS}
    assert owners.pop(OTHER) is None
    assert {topic: owner.id for topic, owner in owners.items() if owner} == {
        topic: "jalan" if topic == "jalan" else "kaur" for topic in NAMED
    }


def test_the_reserved_desks_can_be_linked_and_are_no_departments() -> None:
    region = village()
    assert all(region.knows(unit) and region.department(unit) is None for unit in RESERVED)
    assert region.knows("kaur")
    assert not region.knows("Kaur")


def test_a_changed_region_knows_its_own_owners() -> None:
    one = replace(village(), departments=(Department("semua", "Semua", NAMED),))
    owner = one.owner("jalan")
    assert owner
    assert owner.id == "semua"


@pytest.mark.parametrize(
    ("location", "covered"),
    [
        ("Pulosari", True),
        ("dukuh krajan desa pulosari rt 2", True),
        ("Pulosari, Pemalang", True),
        ("Pulosarirejo", False),
        ("Kapulosari", False),
        ("Clekatakan (atas)", True),
        ("", False),
    ],
)
def test_a_place_covers_whole_words_in_any_case(location: str, covered: bool) -> None:
    rule = Override(("air_bersih",), ("Pulosari", "Clekatakan (atas)"), "kaur")
    assert rule.covers("air_bersih", location) is covered
    assert not rule.covers("jalan", location)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda r: replace(r, prefix="D"), "write 2 to 4 capital letters"),
        (lambda r: replace(r, prefix="DC\n"), "write 2 to 4 capital letters"),
        (lambda r: replace(r, numbers=()), "list at least one number"),
        (lambda r: replace(r, departments=()), "no department answers for jalan"),
        (lambda r: replace(r, departments=r.departments * 2), "stands twice"),
        (lambda r: replace(r, departments=(replace(r.departments[0], id="siaga"), r.departments[1])), "is reserved"),
        (lambda r: replace(r, overrides=(Override(("jalan",), ("X",), "lain"),)), "which is not in the file"),
    ],
)
def test_a_region_that_cannot_work_cannot_be_built(change: Callable[[Region], Region], said: str) -> None:
    with pytest.raises(RegionError, match=said):
        change(village())
