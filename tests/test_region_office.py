"""The tables [office] and [appointments] of the region file, and what is said where they cannot work."""

from datetime import time
from pathlib import Path

import pytest

from bot.domain.errors import RegionError
from bot.region_file import load_region

TEXT = (Path(__file__).parents[1] / "wadul.toml").read_text(encoding="utf-8")
HOURS = '\n[appointments]\nwith = "Bupati"\nwhere = "Pendopo"\ndays = [2, 4]\ntimes = ["09.00", "10:30"]\n'


def region_with(folder: Path, more: str) -> Path:
    path = folder / "wadul.toml"
    path.write_text(TEXT + more, encoding="utf-8")
    return path


def uncommented() -> str:
    """The two tables as the sample shows them, for whoever takes the signs away."""
    begin, end = TEXT.index("# [office]"), TEXT.index("[learning]\n")
    lines = [line.removeprefix("# ") for line in TEXT[begin:end].splitlines()]
    return "\n".join(line for line in lines if "=" in line or line.startswith("["))


def test_without_the_tables_nobody_is_named_and_nothing_is_open(tmp_path: Path) -> None:
    region = load_region(region_with(tmp_path, ""))
    assert (region.operators, region.appointments) == (frozenset(), None)


def test_the_sample_works_once_the_signs_before_it_are_taken_away(tmp_path: Path) -> None:
    region = load_region(region_with(tmp_path, "\n" + uncommented()))
    assert region.operators == {"telegram:9001", "telegram:-1001234567890"}
    assert region.appointments
    assert region.appointments.days == {2, 4}


def test_hours_are_read_with_what_was_left_out(tmp_path: Path) -> None:
    opening = load_region(region_with(tmp_path, HOURS)).appointments
    assert opening
    assert (opening.times, opening.places, opening.ahead) == ((time(9), time(10, 30)), 1, 30)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ('\n[office]\noperators = ["9001"]\n', "office.operators"),
        ('\n[office]\noperators = "telegram:9001"\n', "office.operators"),
        ("\n[office]\noperator = []\n", "operators"),
        ('\n[appointments]\nwith = "Bupati"\n', "appointments lacks where"),
        (HOURS + "places = 0\n", "appointments.places"),
        (HOURS + 'places = "2"\n', "appointments.places"),
        (HOURS + "ahead_days = 999\n", "appointments.ahead_days"),
        (HOURS.replace("[2, 4]", '["Selasa"]'), "appointments.days"),
        (HOURS.replace("[2, 4]", "[9]"), "appointments.days"),
        (HOURS.replace('"10:30"', '"25.00"'), "appointments.times"),
        (HOURS.replace('"10:30"', '"09.00"'), "appointments.times"),
    ],
)
def test_what_cannot_be_meant_is_said_with_the_fix(tmp_path: Path, more: str, words: str) -> None:
    with pytest.raises(RegionError, match=words):
        load_region(region_with(tmp_path, more))
