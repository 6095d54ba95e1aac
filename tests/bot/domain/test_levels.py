"""Which department a place belongs to: the lowest level that covers it, and nobody where two could be meant."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain.case import Case, Tags
from bot.domain.errors import RegionError
from bot.domain.handing import above, below, beside, crosses
from bot.domain.levels import Level, PlaceName, read_level
from bot.domain.life import Status
from bot.domain.region import DESK, Department
from bot.domain.routing import owner_of, route
from bot.region_file import load_region

ROOT = Path(__file__).parents[3]
FLAT = load_region(ROOT / "wadul.toml")
TALL = load_region(ROOT / "samples" / "wadul-berjenjang.toml")


def case(unit: str, topic: str = "jalan", location: str | None = None) -> Case:
    """An open case somewhere."""
    tags = Tags("pengaduan", topic, "sedang", "id", location=location)
    return Case(1, "JTG-00001", 1, "telegram", "5", Status.DITERUSKAN, tags, unit, "id", 0.0, 0.0)


@pytest.mark.parametrize(
    ("topic", "location", "unit"),
    [
        ("jalan", "Desa Karangsari", "desa-karangsari"),
        ("jalan", "RT 2 RW 1 Karangsari, Kecamatan Pulosari", "desa-karangsari"),
        ("jalan", "ngarep balai desa Karangsari", "desa-karangsari"),
        ("air_bersih", "Desa Karangsari", "dputr-pml"),
        ("ketertiban", "Desa Karangsari", "pulosari"),
        ("jalan", "Karangsari Kecamatan Comal", "dputr-pml"),
        ("jalan", "desa Sarwodadi kec. Comal", "dputr-pml"),
        ("jalan", "Kecamatan Moga", "dputr-pml"),
        ("jalan", "Kab. Tegal", "dpu-tgl"),
        ("pendidikan", "Jawa Tengah", "disdik-jateng"),
        ("listrik", "Desa Karangsari", "pln"),
        ("listrik", None, "pln"),
    ],
)
def test_a_topic_goes_to_the_lowest_level_that_covers_its_place(topic: str, location: str | None, unit: str) -> None:
    assert owner_of(TALL, topic, location) == unit


@pytest.mark.parametrize("location", [None, "Jalan Karangsari", "arah Comal", "dukuh Karangsari", "Bandung"])
def test_without_a_place_of_the_file_a_person_decides(location: str | None) -> None:
    assert route(TALL, case(DESK, location=location).tags).unit == DESK


def test_misconduct_passes_the_village_and_the_district_by() -> None:
    assert owner_of(TALL, "integritas", "Desa Karangsari") == "inspektorat-pml"


def test_a_file_without_levels_asks_for_no_place() -> None:
    assert not FLAT.areas.leveled
    assert all(owner_of(FLAT, topic, "Bandung") == FLAT.owner(topic).id for d in FLAT.departments for topic in d.topics)  # type: ignore[union-attr]


def test_of_two_villages_of_one_name_the_district_tells_which_and_without_it_the_next_level_gets_it() -> None:
    twin = Department("desa-lain", "Desa Karangsari (Comal)", ("jalan",), level=Level.DESA, parent="comal",
                      places=("Karangsari",))  # fmt: skip
    region = replace(TALL, departments=(*TALL.departments, twin))
    assert owner_of(region, "jalan", "Karangsari, Comal") == "desa-lain"
    assert owner_of(region, "jalan", "Karangsari, Pulosari") == "desa-karangsari"
    assert owner_of(region, "jalan", "Desa Karangsari") == "dputr-pml"
    assert [(place, one.id, other.id) for place, one, other in region.areas.twins()] == [
        ("Karangsari", "desa-karangsari", "desa-lain")
    ]


def test_a_kota_is_not_the_kabupaten_of_its_name() -> None:
    kota, kabupaten = PlaceName.read("Kota Tegal", Level.KABUPATEN), PlaceName.read("Kabupaten Tegal", Level.KABUPATEN)
    assert (kota.named_in("Kota Tegal"), kabupaten.named_in("Kota Tegal")) == (True, False)
    assert (kota.named_in("pasar Tegal"), kabupaten.named_in("pasar Tegal")) == (True, True)


@pytest.mark.parametrize(
    ("words", "level"), [("kelurahan", Level.DESA), ("kota", Level.KABUPATEN), ("pusat", Level.PUSAT)]
)
def test_levels_have_other_names(words: str, level: Level) -> None:
    assert read_level(words, "department 'x'") is level


# What contradicts itself ----------------------------------------------------------------------------------------


def with_one(**changes: object) -> None:
    """The sample with one more village."""
    fields: dict[str, object] = {
        "id": "desa-baru", "name": "Desa Baru", "topics": ("jalan",), "level": Level.DESA, "parent": "comal",
        "places": ("Baru",), **changes,
    }  # fmt: skip
    replace(TALL, departments=(*TALL.departments, Department(**fields)))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"parent": "nobody"}, "has parent 'nobody', which is not in the file"),
        ({"parent": "desa-baru"}, "stands above itself"),
        ({"level": Level.KECAMATAN, "parent": "desa-karangsari"}, "parent 'desa-karangsari' (desa), which is lower"),
        ({"parent": "pulosari", "places": ("Karangsari",)}, "place 'Karangsari' stands under 'desa-karangsari' and"),
        ({"places": ()}, "is a desa without places, yet lists topics"),
        ({"topics": ("integritas",)}, "lists integritas: leave it to a higher level"),
        ({"name": "desa karangsari"}, "have the same name 'desa karangsari'"),
        ({"level": Level.PUSAT, "parent": "", "places": (), "topics": ("listrik",)}, "stands in departments 'pln' and"),
        ({"level": Level.KABUPATEN, "parent": "pemalang", "places": ()}, "stands in departments 'dputr-pml' and"),
    ],
)
def test_what_contradicts_itself_is_said_with_its_fix(changes: dict[str, object], said: str) -> None:
    with pytest.raises(RegionError) as error:
        with_one(**changes)
    assert said in str(error.value)
    assert str(error.value).endswith(".")


def test_a_longer_circle_is_found() -> None:
    round_about = {"jateng": "pemalang", "pemalang": "jateng"}
    made = tuple(
        replace(d, parent=round_about.get(d.id, d.parent), level=Level.PROVINSI if d.id in round_about else d.level)
        for d in TALL.departments
    )
    with pytest.raises(RegionError, match="stands above itself"):
        replace(TALL, departments=made)


# Where to hand a case -------------------------------------------------------------------------------------------


def ids(departments: list[Department]) -> list[str]:
    return [each.id for each in departments]


def test_up_go_those_who_answer_for_the_topic_first_and_never_another_kabupaten() -> None:
    found = ids(above(TALL, case("desa-karangsari", location="Desa Karangsari")))
    assert found[:3] == ["dputr-pml", "dpu-jateng", "pulosari"]
    assert {"pln", "bbpjn", "pemalang", "jateng"} <= set(found)
    assert not [each for each in found if each.endswith("-tgl") or each in ("tegal", "comal", "kramat")]


def test_down_go_those_whose_place_is_named_first() -> None:
    found = ids(below(TALL, case("dputr-pml", location="Desa Clekatakan")))
    assert found[:2] == ["desa-clekatakan", "pulosari"]
    assert set(found) == {"desa-clekatakan", "desa-karangsari", "pulosari", "comal"}
    assert ids(below(TALL, case("dpu-jateng")))[0] in ("dputr-pml", "dpu-tgl")


def test_the_desk_stands_outside_the_levels_and_sends_anywhere_at_once() -> None:
    assert (above(TALL, case(DESK)), below(TALL, case(DESK))) == ([], [])
    assert not crosses(TALL, DESK, "desa-karangsari")
    assert not crosses(TALL, "dputr-pml", "dpu-tgl")
    assert crosses(TALL, "dputr-pml", "dpu-jateng")


def test_beside_stand_the_neighbours_first() -> None:
    assert ids(beside(TALL, "desa-karangsari"))[:2] == ["desa-karangsari", "desa-clekatakan"]
    assert ids(beside(TALL, "dpu-tgl"))[:3] == ["tegal", "dpu-tgl", "inspektorat-tgl"]
    assert len(beside(FLAT, "dputr")) == len(FLAT.departments)
