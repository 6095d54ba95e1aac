"""The offices that a report complains about, by name, by short form, or by what stands in a place."""

import time
from dataclasses import replace
from pathlib import Path

import pytest

from bench.accused import rows_of, score
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


@pytest.mark.parametrize("name", ["dev", "test"])
def test_hardly_any_office_complained_about_is_missed_and_few_are_said_wrongly(name: str) -> None:
    got = score(rows_of(name, REGION))
    assert got.recall >= 0.97
    assert got.precision >= 0.9


@pytest.mark.parametrize("text", [
    "Pak Lurah sudah bantu, yang minta uang calonya",
    "Lapor Pak Kades, ada preman minta setoran di pasar",
    "Pak kades, nyong arep lapor, preman pasar njaluki duit",
    "Di depan puskesmas ada preman memalak",
    "Anak kelas 4 SD dipukul pamannya",
])  # fmt: skip
def test_who_helps_is_greeted_or_stands_near_by_is_only_mentioned(text: str) -> None:
    assert accused_of(REGION, text) == ()


@pytest.mark.parametrize("text", [
    "Pak Lurah sudah bantu, tapi minta uang 200 ribu",
    "Pak Lurah membantu calo menarik uang",
    "Tolong pak kades kami ditindak, dana desanya habis",
    "Lapor, pak kades menarik iuran seratus ribu",
    "Selamat pagi, pak lurah kami minta uang",
])  # fmt: skip
def test_what_is_said_against_them_all_the_same_counts(text: str) -> None:
    assert accused_of(REGION, text) == ("dinpermasdes",)


def test_very_long_words_are_read_in_no_time() -> None:
    text = "pak lurah wis " + "mbantu sudah pak kades tapi malah , " * 800
    begun = time.process_time()
    accused_of(REGION, text)
    assert time.process_time() - begun < 2.0
