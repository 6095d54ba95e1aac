"""How long what is kept, what of a place may stay, and who floods."""

from dataclasses import replace

import pytest

from bot.domain.case import Case, Tags
from bot.domain.life import Status
from bot.domain.retention import DAY, Pace, Retention, ended, erasable, too_fast, village_of

NOW = 1_000_000_000.0
TAGS = Tags("pengaduan", "jalan", "sedang", "id")
CASE = Case(1, "PML-00001", 1, "telegram", "5", Status.SELESAI, TAGS, "dputr", "id", NOW - 20 * DAY, NOW - 11 * DAY)


def may_go(case: Case, root: Case | None = None) -> bool:
    return erasable(case, root or case, now=NOW, objection_days=10, rules=Retention())


def test_a_report_that_ended_longer_ago_than_one_may_object_may_go() -> None:
    assert may_go(CASE)
    assert not may_go(replace(CASE, updated_at=NOW - 9 * DAY))


@pytest.mark.parametrize("status", [Status.DITERIMA, Status.DIPROSES, Status.MENUNGGU_KONFIRMASI])
def test_a_report_that_somebody_still_owes_something_to_may_not(status: Status) -> None:
    assert not ended(replace(CASE, status=status))
    assert not may_go(replace(CASE, status=status))


def test_a_merged_report_goes_with_its_root_and_misconduct_only_by_a_persons_word() -> None:
    merged = replace(CASE, status=Status.DIGABUNG)
    assert not may_go(merged, replace(CASE, status=Status.DIPROSES))
    assert may_go(merged, CASE)
    assert not may_go(replace(CASE, tags=replace(TAGS, topic="integritas")))
    assert not may_go(replace(CASE, tags=replace(TAGS, further=("integritas",))))


@pytest.mark.parametrize(
    ("location", "kept"),
    [
        ("Desa Karangsari RT 02 RW 05", "Desa Karangsari"),
        ("depan rumah Pak Budi, ds. Comal Baru", "Desa Comal Baru"),
        ("Jl. Sudirman 12, Kelurahan Pelutan, Kec. Pemalang", "Kelurahan Pelutan, Kecamatan Pemalang"),
        ("desa karangsari", "Desa Karangsari"),
        ("ngarep omahku pas", None),
        ("Jalan Ahmad Yani nomor 7", None),
        (None, None),
    ],
)
def test_of_a_place_only_village_and_district_stay(location: str | None, kept: str | None) -> None:
    assert village_of(location) == kept


def test_eight_reports_in_ten_minutes_are_many_and_nine_are_held() -> None:
    pace = Pace()
    assert not too_fast([NOW - 60 * n for n in range(7)], NOW, pace)
    assert too_fast([NOW - 60 * n for n in range(8)], NOW, pace)
    assert not too_fast([NOW - 601 - n for n in range(8)], NOW, pace)


def test_thirty_a_day_are_too_many_however_slowly_they_come() -> None:
    assert too_fast([NOW - 2000 * n for n in range(30)], NOW, Pace())
    assert not too_fast([NOW - 2000 * n for n in range(29)], NOW, Pace())
