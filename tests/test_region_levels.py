"""The region file with levels: the sample of a province works, a simple file stays simple, mistakes name their fix."""

import os
import subprocess
import sys
from datetime import time
from pathlib import Path

import pytest

from bot.domain.errors import RegionError
from bot.domain.levels import Level
from bot.region_file import load_region

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "samples" / "wadul-berjenjang.toml"
TEXT = SAMPLE.read_text(encoding="utf-8")
VILLAGE = 'id = "desa-bongkok"\nname = "Desa Bongkok"\nlevel = "desa"\nparent = "kramat"\nplaces = ["Bongkok"]'
TITLES = 'kepala = { desa = "Kepala Desa", kecamatan = "Camat" }'


def test_the_sample_of_a_province_has_every_level() -> None:
    region = load_region(SAMPLE)
    assert {d.level for d in region.departments} == set(Level)
    assert (region.accepting.hours, region.accepting.opens, region.accepting.closes) == (8.0, time(7, 30), time(16))
    village = region.department("desa-karangsari")
    assert village
    assert [each.id for each in region.areas.above(village)] == ["pulosari", "pemalang", "jateng"]


def test_heads_stand_above_each_other_and_kepala_above_all() -> None:
    region = load_region(SAMPLE)
    village, district, regency = "kepala.desa-karangsari", "kepala.pulosari", "kepala.pemalang"
    assert [region.heads.name(each) for each in (village, district, regency)] == [
        "Kepala Desa Karangsari", "Camat Pulosari", "Bupati Pemalang",
    ]  # fmt: skip
    assert region.heads_over("desa-karangsari") == (village, district, regency, "kepala")
    assert region.heads_over("dputr-pml") == (regency, "kepala")  # an agency has no head of its own here
    assert region.heads_over("dpu-jateng") == region.heads_over("meja") == ("kepala",)
    assert region.heads.under(district) == {"pulosari", "desa-karangsari", "desa-clekatakan"}
    assert "tegal" not in region.heads.under(regency)
    assert region.knows(village)
    assert not region.knows("kepala.dputr-pml")
    assert list(region.openings) == [regency, village]


def test_a_file_that_says_nothing_of_levels_has_none() -> None:
    region = load_region(ROOT / "wadul.toml")
    assert (region.heads.units, region.heads_over("dputr")) == ((), ("kepala",))
    assert not region.areas.leveled
    assert {(d.level, d.parent, d.places) for d in region.departments} == {(Level.KABUPATEN, "", ())}


def test_check_passes_the_sample_and_says_how_many_of_each_there_are(tmp_path: Path) -> None:
    surroundings = {**os.environ, "WADUL_CONFIG": str(SAMPLE), "WADUL_DATA_DIR": str(tmp_path)}
    command = [sys.executable, "-m", "bot", "check", "--offline"]
    done = subprocess.run(command, cwd=ROOT, env=surroundings, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "✓ levels: 2 pusat, 4 provinsi, 13 kabupaten, 3 kecamatan, 3 desa" in done.stdout


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('level = "pusat"', 'level = "negara"', "department 'pln': level is 'negara': write one of desa, kecamatan"),
        (VILLAGE, VILLAGE.replace('["Bongkok"]', '"Bongkok"'), "department 'desa-bongkok': places is 'Bongkok'"),
        (VILLAGE, VILLAGE.replace('"kramat"', '"kramatt"'), "has parent 'kramatt', which is not in the file"),
        (VILLAGE, VILLAGE.replace("parent", "parrent"), "'parrent' means nothing in department 'desa-bongkok'"),
        (VILLAGE, VILLAGE.replace('"kramat"', "7"), "parent is 7: write the id of a department"),
        ("accept_hours = 8", 'accept_hours = "8"', "levels.accept_hours is '8': write a number"),
        ('open = "07.30"', 'open = "soon"', "levels.open is 'soon': write a time"),
        ('close = "16.00"', 'clos = "16.00"', "levels: 'clos' means nothing here"),
        ('kepala = "Bupati Tegal"', 'kepala = ""', "department 'tegal': kepala is '': write what the head is called"),
        ('name = "DPU Kab. Tegal"', 'name = "DPU Kab. Tegal"\nkepala = "Kadis"', "is an agency of 'tegal'"),
        ('kepala = "Bupati Pemalang"', "", "department 'pemalang' has appointments, but no kepala"),
        ('days = [2]', 'days = ["2"]', "department 'pemalang': appointments.days '2' is '2': write a whole number"),
        ('with = "Kepala', 'whom = "Kepala', "department 'desa-karangsari': appointments: 'whom' means nothing here"),
        (TITLES, 'kepala = "Camat"', "levels.kepala is 'Camat': write a level and a title"),
        (TITLES, 'kepala = { dusun = "Kadus" }', "levels.kepala: level is 'dusun': write one of desa"),
        (TITLES, f'{TITLES[:-2]}, pusat = "Menteri" }}', "levels.kepala names pusat, but no department"),
        ("[levels]", "[level]", "'level' means nothing in the region file: write levels"),
    ],
)
def test_a_mistake_about_levels_is_said_with_its_fix(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert old in TEXT
    path = tmp_path / "daerah.toml"
    path.write_text(TEXT.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(RegionError) as error:
        load_region(path)
    assert said in str(error.value)


# A topic of one's own that needs a place ---------------------------------------------------------------------------

OWN = """
[[topic]]
id = "mbg"
name = "Makan bergizi gratis"
department = "dindikbud"
needs_place = {needs}
examples = ["Nasi kotak basi.", "MBG ora teka.", "Kapan dapat jatah?"]
"""


def own_topic(folder: Path, needs: str) -> Path:
    """The simple sample with a topic of its own."""
    path = folder / "daerah.toml"
    path.write_text((ROOT / "wadul.toml").read_text(encoding="utf-8") + OWN.format(needs=needs), encoding="utf-8")
    return path


def test_a_topic_of_ones_own_may_need_a_place(tmp_path: Path) -> None:
    assert load_region(own_topic(tmp_path, "true")).topics.placed == {"mbg"}
    assert load_region(own_topic(tmp_path, "false")).topics.placed == frozenset()
    with pytest.raises(RegionError, match="topic 'mbg': needs_place is 'yes': write true or false"):
        load_region(own_topic(tmp_path, '"yes"'))
