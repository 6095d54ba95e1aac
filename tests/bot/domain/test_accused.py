"""The offices that a report complains about, by name, by short form, or by what stands in a place."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain.accused import accused_of
from bot.domain.region import Department, Override
from bot.region_file import load_region

REGION = load_region(Path(__file__).parents[3] / "wadul.toml")


@pytest.mark.parametrize(("text", "units"), [
    ("saya datang ke Disdukcapil dimintai uang 200 ribu buat KTP", ["disdukcapil"]),
    ("Petugas Dinas Kesehatan minta uang pelicin", ["dinkes"]),
    ("oknum dindikbud njaluk dhuwit mutasi guru", ["dindikbud"]),
    ("polisi minta uang damai", ["polres"]),
    ("petugas puskesmase njaluk bayaran, padahal BPJS", ["dinkes"]),
    ("kepala sekolah SD Negeri 2 menarik sumbangan", ["dindikbud"]),
    ("Nyong arep wadul, neng bale desa Karangsari ana pungli nggawe surat", ["dinpermasdes"]),
    ("Pak kades Karangsari njaluk duit BLT", ["dinpermasdes"]),
    ("lurahe mundhut arto saking warga", ["dinpermasdes"]),
    ("bupati korupsi proyek jalan", ["kepala"]),
    ("setoran buat jabatan ke bupati", ["kepala"]),
    ("oknum inspektorat minta uang supaya temuan hilang", ["inspektorat"]),
    ("Ada pungli waktu mengurus tanah", []),
])  # fmt: skip
def test_who_is_complained_about_is_found(text: str, units: list[str]) -> None:
    assert list(accused_of(REGION, text)) == units


@pytest.mark.parametrize("text", [
    "mohon Inspektorat turun, ada pungli di pasar",
    "Inspektorat harus periksa pungutan di pasar",
    "sudah lapor polisi tapi pungli di pasar jalan terus",
    "Kula sampun lapor dhateng inspektorat nanging boten wonten jawaban",
    "Pak Bupati tolong, ada pungli di pasar",
    "Pak Bupati minta tolong, akeh pungli",
])  # fmt: skip
def test_who_is_only_asked_for_help_is_not_complained_about(text: str) -> None:
    assert accused_of(REGION, text) == ()


def test_a_village_with_a_department_of_its_own_is_that_one() -> None:
    own = Department("desa-karangsari", "Pemerintah Desa Karangsari", ())
    region = replace(REGION, departments=(*REGION.departments, own))
    assert accused_of(region, "kades Karangsari njaluk duit") == ("desa-karangsari",)


def test_the_place_of_the_report_counts_where_its_words_name_none() -> None:
    own = Department("desa-karangsari", "Desa Karangsari", ())
    region = replace(REGION, departments=(*REGION.departments, own))
    assert accused_of(region, "kadese njaluk duit", "Desa Karangsari") == ("desa-karangsari",)


def test_an_override_says_whose_a_place_is() -> None:
    region = replace(REGION, overrides=(Override(("jalan",), ("Karangsari",), "dlh"),))
    assert accused_of(region, "kades Karangsari njaluk duit") == ("dlh",)


def test_in_a_village_the_head_is_the_kades() -> None:
    region = replace(REGION, name="Desa Karangsari")
    assert "kepala" in accused_of(region, "Pak kades njaluk duit BLT")
    assert "kepala" not in accused_of(region, "Pak kades tulung, ana pungli neng pasar")
