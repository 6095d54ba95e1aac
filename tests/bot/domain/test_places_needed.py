"""Which reports need a place, and what counts as one."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.case import Case, Tags
from bot.domain.labels import KINDS, TOPICS
from bot.domain.life import Status
from bot.domain.places_needed import (
    LONGEST,
    NEEDED,
    belongs,
    does_not_know,
    gives_place,
    is_bare,
    is_home,
    lacks_place,
    needs_place,
    place_in,
)

ROAD = Tags("pengaduan", "jalan", "sedang", "id", p_topic=0.9)
NOTHING = Tags("bukan_laporan", "lainnya", "rendah", "id", unsure=True, p_topic=0.3)
CASE = Case(1, "PML-00000", 1, "telegram", "5", Status.DITERUSKAN, ROAD, "dputr", "id", 0.0, 0.0)


@pytest.mark.parametrize(
    ("tags", "needed"),
    [
        (ROAD, True),
        (replace(ROAD, topic="kepegawaian"), False),
        (replace(ROAD, topic="kependudukan"), False),
        (replace(ROAD, topic="lainnya"), False),
        (replace(ROAD, kind="informasi"), False),
        (replace(ROAD, kind="aspirasi"), False),
        (replace(ROAD, unsure=True, p_topic=0.3), False),
        (replace(ROAD, unsure=True, p_topic=0.6), True),
        (replace(ROAD, topic="kesehatan", urgency="darurat"), True),
    ],
)
def test_only_complaints_on_topics_that_need_one_and_emergencies_need_a_place(tags: Tags, *, needed: bool) -> None:
    assert needs_place(tags) is needed


def test_every_topic_that_needs_a_place_is_a_topic() -> None:
    assert set(TOPICS) >= NEEDED


def test_a_place_is_missing_where_none_is_named_or_shown_or_only_ones_own_house() -> None:
    assert lacks_place(ROAD, pointed=False)
    assert not lacks_place(ROAD, pointed=True)
    assert not lacks_place(replace(ROAD, location="Desa Bulu"), pointed=False)
    assert lacks_place(replace(ROAD, location="depan rumah saya"), pointed=False)


@pytest.mark.parametrize("words", ["depan rumah saya", "rumahku", "ngajeng griya kula", "omahe tanggaku", "rumah"])
def test_ones_own_house_is_no_place(words: str) -> None:
    assert is_home(words)


@pytest.mark.parametrize("words", ["rumah pak lurah", "depan pasar Comal", "rumah sakit", "perumahan Griya Asri"])
def test_a_house_that_others_know_is_a_place(words: str) -> None:
    assert not is_home(words)


@pytest.mark.parametrize(
    "words",
    [
        "ora ngerti", "Tidak tahu pak", "lali", "lupa namanya", "mboten ngertos", "ga tau", "mbuh", "kirang mangertos",
        "nyuwun pangapunten, kesupen", "belum tahu pak",
    ],
)  # fmt: skip
def test_who_cannot_tell_says_so_in_many_ways(words: str) -> None:
    assert does_not_know(NOTHING, words)


@pytest.mark.parametrize("words", ["neng Karangsari", "wis tak weruh", "bolong banget", "Krajan"])
def test_everything_else_is_no_ignorance(words: str) -> None:
    assert not does_not_know(NOTHING, words)


def test_who_does_not_know_the_street_but_names_the_village_has_told_the_place() -> None:
    assert not does_not_know(replace(NOTHING, location="desa Bulu"), "ora ngerti RT ne, desa Bulu")


@pytest.mark.parametrize(
    "words",
    [
        "Desa Bulu rt 3", "neng ngarep masjid", "Krajan", "Perum Griya Asri blok C", "wonten wetan lepen",
        "Bulu kulon pak", "tidak jauh dari pasar",
    ],
)  # fmt: skip
def test_a_few_words_that_say_nothing_else_are_the_place(words: str) -> None:
    assert belongs(CASE, NOTHING, words)
    assert gives_place(CASE, NOTHING, words, late=False)


@pytest.mark.parametrize(
    "words",
    [
        "bolong banget", "tulung cepet", "kapan diperbaiki?", "iya pak", "wis suwe", "foto menyusul", "neng kene",
        "nggih", "👍", "...",
    ],
)  # fmt: skip
def test_a_few_words_of_the_matter_of_hurry_or_assent_go_on_with_the_case_but_are_no_place(words: str) -> None:
    assert belongs(CASE, NOTHING, words)
    assert not gives_place(CASE, NOTHING, words, late=False)


def test_a_name_alone_is_a_place_only_while_the_question_is_fresh() -> None:
    assert not gives_place(CASE, NOTHING, "tambah dalam", late=True)
    assert gives_place(CASE, NOTHING, "neng ngarep masjid", late=True)


@pytest.mark.parametrize("words", ["depan puskesmas", "cedhak pasar", "sebelah sekolah pak"])
def test_a_place_whose_name_sounds_like_a_topic_or_an_emergency_is_still_a_place(words: str) -> None:
    heard = Tags("pengaduan", "kesehatan", "darurat", "id", p_topic=1.0)
    for location in (None, words.removesuffix(" pak")):
        assert is_bare(replace(heard, location=location), words)
        tags = replace(heard, location=location, urgency="sedang")
        assert belongs(CASE, tags, words)
        assert gives_place(CASE, tags, words, late=False)


def test_directions_are_a_place_however_long() -> None:
    words = "dari perempatan lurus terus nanti ketemu warung belok kiri dekat rumah pak RT sebelah kandang ayam"
    for location in (None, "sebelah kandang ayam"):
        tags = replace(NOTHING, location=location)
        assert is_bare(tags, words)
        assert belongs(CASE, tags, words)
        assert gives_place(CASE, tags, words, late=False)
    assert not is_bare(NOTHING, "Air terus masuk ke rumah warga sampai selutut, tolong.")


def test_danger_is_never_only_a_place() -> None:
    fire = Tags("pengaduan", "bencana", "darurat", "id", p_topic=1.0, location="Desa Bulu", alarming=True)
    assert not is_bare(fire, "kobongan Desa Bulu")
    assert not belongs(CASE, fire, "kobongan Desa Bulu")
    assert not belongs(CASE, replace(fire, alarming=False), "mayat Desa Bulu")


def test_another_matter_does_not_belong() -> None:
    rubbish = Tags("pengaduan", "sampah", "sedang", "id", p_topic=0.9)
    assert not belongs(CASE, rubbish, "Sampah di belakang terminal menumpuk dan berbau.")
    assert not belongs(CASE, ROAD, "Jalan yang lain lagi juga berlubang di dekat sawah.")


def test_the_matter_told_again_with_its_place_belongs_and_another_of_its_kind_does_not() -> None:
    tags = replace(ROAD, location="Desa Bulu")
    assert belongs(CASE, tags, "Jalan di Desa Bulu yang rusak itu pak, depan masjid")
    assert not belongs(CASE, tags, "Jalan lain di Desa Bulu rusak juga pak, dekat masjid")


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("neng ngarep masjid.", "ngarep masjid"),
        ("nggih pak, wonten wetan lepen", "wetan lepen"),
        ("di  Krajan ", "Krajan"),
        ("Bulu kulon, pak.", "Bulu kulon"),
        ("sebelah kiri warung soto Pak Min", "sebelah kiri warung soto Pak Min"),
        ("Tempatnya di Krajan kulon", "Krajan kulon"),
    ],
)
def test_the_place_stands_without_what_leads_to_it(words: str, place: str) -> None:
    assert place_in(NOTHING, words) == place


@given(
    text=st.text(min_size=1).filter(str.strip), topic=st.sampled_from(TOPICS), kind=st.sampled_from(KINDS),
    p=st.floats(0, 1), unsure=st.booleans(), late=st.booleans(), location=st.none() | st.just("Desa Bulu"),
)  # fmt: skip
def test_whatever_is_said_the_rules_agree_with_each_other(
    text: str, topic: str, kind: str, p: float, *, unsure: bool, late: bool, location: str | None
) -> None:
    tags = Tags(kind, topic, "sedang", "id", p_topic=p, unsure=unsure, location=location)
    if is_bare(tags, text):
        assert belongs(CASE, tags, text)
        assert gives_place(CASE, tags, text, late=late)
    if gives_place(CASE, tags, text, late=True):
        assert gives_place(CASE, tags, text, late=False)
    assert len(place_in(tags, text)) <= LONGEST
    assert place_in(tags, text) or not any(map(str.isalnum, text))
