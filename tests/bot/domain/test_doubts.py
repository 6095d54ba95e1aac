"""What speaks against joining two reports that sound alike."""

import pytest

from bot.domain.doubts import things, told_apart, unsaid
from bot.domain.same_words import read_words

FLOOD = frozenset({"banjir"})
HERE = ("Desa Mojo", "Desa Mojo")


@pytest.mark.parametrize(
    "text",
    [
        "Tiap hujan Desa Mojo Ulujami banjir.", "Mohon tanggul ditinggikan supaya tidak banjir.",
        "Tahun lalu banjir di Mojo.",
        "Korban banjir Mojo belum dapat bantuan.", "Banjire neng Mojo wis surut.", "Wedi banjir maneh.",
        "Banjir, tapi bukan yang dekat masjid.", "Jalan rusak akibat banjir.", "Ora ana apa-apa.",
    ],
)  # fmt: skip
def test_a_trouble_that_is_feared_past_over_or_another_is_not_said_to_be_there(text: str) -> None:
    assert unsaid(text, FLOOD)


@pytest.mark.parametrize(
    "text",
    [
        "Banjir neng Desa Mojo, banyune mlebu omah.", "Banjire durung surut, banyune isih njero omah.",
        "Kiye Mojo banjir maning.", "Ing Mojo kebanjiran, toya dereng surut.",
    ],
)  # fmt: skip
def test_a_trouble_that_is_there_is_said(text: str) -> None:
    assert not unsaid(text, FLOOD)


def test_what_no_longer_works_is_told_by_denying_that_it_does() -> None:
    assert not unsaid("PDAM ora mili blas.", frozenset({"mili"}))
    assert unsaid("PDAM mili lancar.", frozenset({"mili"}))
    assert unsaid("Lampu gapura mati, yang di jalan masih nyala.", frozenset({"mati"}))
    assert unsaid("Meteran saya diputus, air mati.", frozenset({"mati"}))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Banjir Desa Mojo RT 2.", "Banjir Desa Mojo rt.9"), ("Mati lampu blok A", "Mati lampu blok F"),
        ("TPS sebelah utara pasar bau", "TPS sisih kidul pasar mambu"), ("Jalan rusak SDN 1", "Jalan rusak SDN 3"),
        ("Banjir dusun Krajan", "Banjir dusun Sigeong"),
    ],
)
def test_other_numbers_sides_and_names_tell_two_places(one: str, other: str) -> None:
    assert told_apart(one, other, HERE)
    assert not told_apart(one, one, HERE)


def test_a_name_before_the_place_counts_and_one_that_only_one_tells_does_not() -> None:
    comal = ("Comal", "Comal")
    assert told_apart("Banjir Purwosari Comal", "Banjir Kebojongan Comal", comal)
    assert not told_apart("Banjir Purwosari Comal", "Banjir Comal, banyu mlebu omah", comal)


def test_the_things_of_a_report_are_told_apart_from_where_it_is() -> None:
    assert things(read_words("Trotoar depan pasar pecah").groups) == {"marka", "pasar"}
