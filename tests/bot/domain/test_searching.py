"""Words to search by."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.lengths import units
from bot.domain.searching import (
    ASKED_BYTES,
    MOST_WORDS,
    WORD_CHARACTERS,
    asked_words,
    begins,
    excerpt,
    with_bare,
    words_of,
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Lampu PASAR Comal mati, lampu!", ("lampu", "pasar", "comal", "mati")),
        ("Dhèwèké nèng kéné", ("dheweke", "neng", "kene")),
        ("e\u0301lok", ("elok",)),
        ("jum'at rt_02/rw-03", ("jum", "at", "rt", "02", "rw", "03")),
        ("STRASSE Straße", ("strasse",)),
        ("🙏 … !?", ()),
        ("", ()),
    ],
)
def test_words_are_small_bare_and_stand_once(text: str, words: tuple[str, ...]) -> None:
    assert words_of(text) == words


def test_a_monster_of_a_word_is_cut_and_a_flood_of_words_ends() -> None:
    assert words_of("x" * 500) == ("x" * WORD_CHARACTERS,)
    assert len(words_of(" ".join(map(str, range(5000))))) == MOST_WORDS


@given(st.text())
def test_words_read_again_are_the_same_and_hold_nothing_that_a_query_could_trip_over(text: str) -> None:
    words = words_of(text)
    assert all(word.isalnum() for word in words)
    assert words_of(" ".join(words)) == words


@given(st.text(max_size=300))
def test_asked_words_fit_on_a_button_and_come_from_the_front(text: str) -> None:
    asked = asked_words(text)
    assert len(" ".join(asked).encode()) <= ASKED_BYTES
    assert words_of(text)[: len(asked)] == asked


def test_an_ending_of_everyday_speech_does_not_hide_a_word() -> None:
    assert {"lampu", "jalan", "rumah"} <= set(with_bare(["lampune", "jalane", "rumahnya"]))
    assert with_bare(["rt", "kue"]) == ("rt", "kue")


def test_from_three_letters_on_a_word_stands_for_what_begins_with_it() -> None:
    assert begins("banjire", ["banjir"])
    assert begins("rt", ["rt"])
    assert not begins("rtx", ["rt"])
    assert not begins("banjir", ["banjire"])


def test_an_excerpt_begins_shortly_before_what_was_found() -> None:
    text = "Pak, kemarin sore saya lewat\ndepan kecamatan dan melihat lampu pasar mati semua, mohon diperbaiki."
    assert excerpt(text, ["lampu"], limit=42).startswith("… kecamatan dan melihat lampu pasar ")
    assert excerpt(text, ["pak"], limit=14) == "Pak, kemarin …"
    assert excerpt("Lampu mati.", ["pasar"], limit=40) == "Lampu mati."
    assert excerpt("", ["pasar"], limit=40) == ""


@given(st.text(), st.lists(st.text(alphabet="abc", min_size=1), max_size=3), st.integers(min_value=8, max_value=80))
def test_an_excerpt_is_never_longer_than_asked(text: str, asked: list[str], limit: int) -> None:
    assert units(excerpt(text, asked, limit=limit)) <= limit
