"""The region file: the sample works, and what cannot work is said in one sentence that names the fix."""

from pathlib import Path

import pytest

from bot.domain.errors import RegionError
from bot.domain.labels import OTHER, TOPICS
from bot.settings import load_region

SAMPLE = Path(__file__).parents[1] / "wadul.toml"
TEXT = SAMPLE.read_text(encoding="utf-8")


def changed(folder: Path, old: str, new: str) -> Path:
    """The sample with one thing changed."""
    assert old in TEXT
    path = folder / "wadul.toml"
    path.write_text(TEXT.replace(old, new, 1), encoding="utf-8")
    return path


def test_the_sample_is_complete() -> None:
    region = load_region(SAMPLE)
    assert region.prefix == "PML"
    assert region.has_112
    assert {n.number for n in region.numbers} >= {"112", "110", "113", "119", "115", "129"}
    assert region.working_hours
    assert region.privacy_contact
    assert region.languages
    assert all(region.owner(topic) for topic in TOPICS if topic != OTHER)
    assert region.owner(OTHER) is None


def test_integrity_reports_have_a_department_of_their_own() -> None:
    owner = load_region(SAMPLE).owner("integritas")
    assert owner is not None
    assert owner.topics == ("integritas",)


def test_the_reserved_desks_and_the_departments_can_be_linked_and_nothing_else() -> None:
    region = load_region(SAMPLE)
    assert all(region.knows(unit) for unit in ("meja", "siaga", "kepala", "dputr"))
    assert not region.knows("dinas-lain")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('prefix = "PML"', 'prefix = "pml"', "region.prefix is 'pml': write 2 to 4 capital letters"),
        ('prefix = "PML"', 'prefix = "PMLNG"', "write 2 to 4 capital letters"),
        ('prefix = "PML"', "", "lacks prefix"),
        ('timezone = "Asia/Jakarta"', 'timezone = "Asia/Solo"', "region.timezone 'Asia/Solo' is unknown"),
        ('id = "dputr"', 'id = "meja"', "department id 'meja' is reserved"),
        ('id = "dputr"', 'id = "Dinas PU"', "use 1 to 24 small letters"),
        ('id = "dputr"', 'id = "dishub"', "department id 'dishub' stands twice"),
        ('topics = ["jalan", "pengairan"]', 'topics = ["jalan"]', "no department answers for pengairan"),
        ('topics = ["jalan", "pengairan"]', 'topics = ["jalan", "pengairan", "jembatan"]', "unknown topic 'jembatan'"),
        ('topics = ["jalan", "pengairan"]', 'topics = ["jalan", "pengairan", "lainnya"]', "lists lainnya: remove it"),
        ('topics = ["jalan", "pengairan"]', 'topics = ["jalan", "pengairan", "sampah"]', "leave it in one"),
        ('topics = ["jalan", "pengairan"]', "topics = 7", "value of the wrong type"),
        ("[emergency]", "[emergencies]", "lacks emergency"),
        ("join_seconds = 90", 'join_seconds = "soon"', "value of the wrong type"),
        ("[region]", "[region", "is not valid TOML"),
    ],
)
def test_what_cannot_work_is_said_with_its_fix(tmp_path: Path, old: str, new: str, said: str) -> None:
    with pytest.raises(RegionError) as error:
        load_region(changed(tmp_path, old, new))
    sentence = str(error.value)
    assert said in sentence
    assert sentence.endswith(".")
    assert "\n" not in sentence


def test_a_file_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(RegionError, match="does not exist: set WADUL_CONFIG"):
        load_region(tmp_path / "none.toml")


def test_a_folder_in_its_place_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(RegionError, match="cannot be read"):
        load_region(tmp_path)


def test_no_emergency_numbers_is_refused(tmp_path: Path) -> None:
    start, end = TEXT.index("numbers = ["), TEXT.index("]", TEXT.index("numbers = [")) + 1
    path = tmp_path / "wadul.toml"
    path.write_text(TEXT[:start] + "numbers = []" + TEXT[end:], encoding="utf-8")
    with pytest.raises(RegionError, match=r"emergency\.numbers is empty"):
        load_region(path)


def test_an_override_must_name_a_department_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "wadul.toml"
    extra = '\n[[override]]\ntopics = ["jalan"]\nplaces = ["Comal"]\ndepartment = "none"\n'
    path.write_text(TEXT + extra, encoding="utf-8")
    with pytest.raises(RegionError, match="names department 'none', which is not in the file"):
        load_region(path)
