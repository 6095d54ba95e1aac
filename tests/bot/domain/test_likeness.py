"""How likely two reports tell the same, and when that is beyond doubt."""

from dataclasses import replace

import pytest

from bot.domain.likeness import LIKELY, Told, beyond_doubt, likeness
from bot.domain.similar import HOUR, SimilarRules

RULES = SimilarRules()
FLOOD = Told("Banjir neng Desa Karangsari, banyune mlebu omah.", ("bencana",), 0.0, "Desa Karangsari")
KRAMA = Told("Ing Karangsari kebanjiran, toya mlebet griya.", ("bencana",), HOUR, "Karangsari")
LAMP = Told("Lampu dalan ngarep pasar Comal mati.", ("penerangan_jalan",), 0.0, "ngarep pasar Comal")
ALIKE = 0.95


def test_one_flood_in_two_languages_is_likely_the_same_and_beyond_doubt() -> None:
    assert likeness(FLOOD, KRAMA, RULES) >= LIKELY
    assert beyond_doubt(FLOOD, KRAMA, ALIKE, RULES)


def test_the_same_words_of_another_village_are_neither() -> None:
    other = replace(FLOOD, text="Banjir neng Desa Kebojongan, banyune mlebu omah.", phrase="Desa Kebojongan")
    assert likeness(FLOOD, other, RULES) < LIKELY
    assert not beyond_doubt(FLOOD, other, ALIKE, RULES)


def test_a_place_that_is_missing_is_never_beyond_doubt() -> None:
    assert not beyond_doubt(FLOOD, replace(KRAMA, phrase=""), ALIKE, RULES)


def test_reports_far_in_meaning_or_without_one_trouble_are_not_joined() -> None:
    assert not beyond_doubt(FLOOD, KRAMA, 0.5, RULES)
    help_ = replace(KRAMA, text="Karangsari dereng wonten perahu.")
    assert not beyond_doubt(FLOOD, help_, ALIKE, RULES)


@pytest.mark.parametrize(("hours", "joins", "likely"), [(23, True, True), (25, False, True), (49, False, False)])
def test_a_flood_is_the_same_for_days_and_joined_for_one(hours: int, joins: bool, likely: bool) -> None:
    later = replace(KRAMA, at=hours * HOUR)
    assert beyond_doubt(FLOOD, later, ALIKE, RULES) is joins
    assert (likeness(FLOOD, later, RULES) > 0.0) is likely


def test_the_hours_of_the_region_count() -> None:
    rules = SimilarRules(hours={"bencana": 12.0})
    assert not beyond_doubt(FLOOD, replace(KRAMA, at=13 * HOUR), ALIKE, rules)
    assert likeness(FLOOD, replace(KRAMA, at=13 * HOUR), rules) == 0.0


def test_one_flood_joins_across_bordering_topics_and_a_private_one_never() -> None:
    road = replace(KRAMA, topics=("jalan",))
    assert beyond_doubt(FLOOD, replace(KRAMA, topics=("pengairan",)), ALIKE, RULES)
    assert beyond_doubt(FLOOD, road, ALIKE, RULES)
    assert not beyond_doubt(FLOOD, replace(road, topics=("jalan", "perempuan_anak")), ALIKE, RULES)
    assert not beyond_doubt(FLOOD, replace(road, phrase="Kebojongan"), ALIKE, RULES)
    assert not beyond_doubt(FLOOD, replace(KRAMA, topics=("listrik",)), ALIKE, RULES)


def test_another_thing_in_the_same_words_is_not_joined() -> None:
    power = Told("Listrik mati, Desa Mojo gelap.", ("listrik",), 0.0, "Desa Mojo")
    assert beyond_doubt(power, replace(power, text="Desa Mojo mati listrik, gelap."), ALIKE, RULES)
    assert not beyond_doubt(power, replace(power, text="Lampu tiang Desa Mojo mati, gelap."), ALIKE, RULES)


def test_a_street_is_too_long_for_one_lamp() -> None:
    street = replace(LAMP, phrase="Jl. Sudirman Comal")
    assert not beyond_doubt(street, street, ALIKE, RULES)


def test_a_lamp_needs_one_spot_and_not_only_one_village() -> None:
    same = replace(LAMP, text="PJU depan pasar Comal padam total.", phrase="depan pasar Comal")
    assert beyond_doubt(LAMP, same, ALIKE, RULES)
    village = replace(LAMP, text="Lampu jalan Comal mati.", phrase="Comal")
    assert not beyond_doubt(replace(LAMP, phrase="Comal"), village, ALIKE, RULES)


def test_what_is_one_persons_own_is_neither_joined_nor_likened() -> None:
    card = Told("KTP saya belum jadi, Desa Karangsari.", ("kependudukan",), 0.0, "Desa Karangsari")
    assert likeness(card, card, RULES) == 0.0
    assert not beyond_doubt(card, card, ALIKE, RULES)


def test_a_school_is_likened_but_never_joined() -> None:
    school = Told("Atap SD 2 Karangsari ambruk.", ("pendidikan",), 0.0, "SD 2 Karangsari")
    assert likeness(school, school, RULES) >= LIKELY
    assert not beyond_doubt(school, school, ALIKE, RULES)
