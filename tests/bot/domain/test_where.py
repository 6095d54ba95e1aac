"""Whether two places are one: rows of houses, villages and their halves, streets, schools, landmarks, points."""

import pytest

from bot.domain.place_units import Part, parts_of
from bot.domain.searching import words_of
from bot.domain.where import Agreement, Where, agree, near, same_spot

SAME, DIFFERENT, UNKNOWN = Agreement
MARKET = (-6.8790, 109.5250)


def at(phrase: str, words: str = "", point: tuple[float, float] | None = None) -> Where:
    return Where(phrase, point, frozenset(words_of(words or phrase)))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("ngarep pasar Comal", "Pasar Comal", SAME),
        ("peken Comal", "depan pasar Comal", SAME),
        ("Desa Purwosari Comal", "purwosari", SAME),
        ("Purwosari, Kec. Comal", "Desa Purwosari", SAME),
        ("kali Mdini", "kali Medini Undaan", SAME),
        ("jln sunan kdus", "Jl. Sunan Kudus", SAME),
        ("SMPN 3 Jatibarang", "SMP 3 Jatibarang", SAME),
        ("RT 2 RW 3 Troso", "RT.02/03 Troso", SAME),
        ("rumah sakit Kayen", "RSUD Kayen", SAME),
        ("RT 2 Purwosari", "RT 5 Purwosari", DIFFERENT),
        ("RT 3 RW 2 Troso", "RT 5 RW 7 Troso", DIFFERENT),
        ("gang 4 Sapuro", "gang 7 Sapuro", DIFFERENT),
        ("Desa Karangsari", "Desa Kebojongan", DIFFERENT),
        ("Mereng Warungpring", "Datar Warungpring", DIFFERENT),
        ("Kaligangsa Kulon", "Desa Kaligangsa Wetan", DIFFERENT),
        ("Randusanga kulon", "Randusanga", UNKNOWN),
        ("Jl. Merak Plangitan", "Jl. Penjawi Pati", DIFFERENT),
        ("SD 1 Kemantran", "SD 3 Kemantran", DIFFERENT),
        ("SD Kemantran", "TK Pertiwi Kemantran", DIFFERENT),
        ("Jl. Tentara Pelajar Kutoarjo", "Jl. Tentara Pelajar Wonosobo", UNKNOWN),
        ("makam Doropayung", "Doropayung", UNKNOWN),
        ("wetan masjid Pemalang", "alun-alun Pemalang", UNKNOWN),
        ("", "Desa Karangsari", UNKNOWN),
        ("ngarep omahku", "ngarep omahku", UNKNOWN),
    ],
)
def test_two_phrases_agree_differ_or_cannot_be_told(one: str, other: str, expected: Agreement) -> None:
    assert agree(at(one), at(other)) is expected
    assert agree(at(other), at(one)) is expected


def test_a_place_that_stands_only_among_the_words_of_the_other_agrees() -> None:
    assert agree(at("Desa Karangsari"), at("", "tulung, karangsari banjir")) is SAME


def test_a_landmark_among_the_words_needs_its_kind_there_too() -> None:
    assert agree(at("pasar Comal"), at("", "comal banjir")) is UNKNOWN
    assert agree(at("pasar Comal"), at("", "lapak ing peken comal kobong")) is SAME


def test_another_village_that_the_words_name_too_is_not_surely_another() -> None:
    assert agree(at("Desa Karangsari"), at("Desa Kebojongan", "saking Kebojongan dumugi Karangsari")) is UNKNOWN


def test_points_decide_where_both_were_shown() -> None:
    close, far = (MARKET[0] + 0.001, MARKET[1]), (MARKET[0] + 0.03, MARKET[1])
    assert agree(at("Desa A", point=MARKET), at("Desa B", point=close)) is SAME
    assert agree(at("Comal", point=MARKET), at("Comal", point=far)) is DIFFERENT
    between = (MARKET[0] + 0.008, MARKET[1])
    assert agree(at("Comal", point=MARKET), at("Comal", point=between)) is SAME  # by their words


def test_a_spot_is_a_street_a_landmark_or_a_row_and_never_a_village_alone() -> None:
    assert same_spot(at("depan pasar Comal"), at("ngarep pasar Comal"))
    assert same_spot(at("RT 2 RW 3 Troso"), at("RT 02/03 Troso"))
    assert not same_spot(at("Desa Troso"), at("Desa Troso"))
    assert not same_spot(at("RT 2 Troso"), at("Troso"))
    assert same_spot(at("", point=MARKET), at("", point=MARKET))


def test_near_needs_one_name_of_both() -> None:
    assert near(at("Gang Mangga Kejambon"), at("mushola Al-Ikhlas Kejambon"))
    assert not near(at("Desa Karangsari"), at("Desa Kebojongan"))


def test_a_phrase_is_taken_apart_with_its_kinds_numbers_and_halves() -> None:
    assert parts_of("RT 2/3 Desa Kaligangsa Kulon") == (
        Part("rt", (), "2"), Part("rw", (), "3"), Part("desa", ("kaligangsa",), "", "kulon"),
    )  # fmt: skip
    assert parts_of("sebelah barat balai desa") == ()
