"""Greetings and thanks: recognised where nothing else is said, in which register."""

from collections.abc import Iterable
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.smalltalk import GREETINGS, MOST_WORDS, THANKS, register_of, smalltalk

FILLERS = ("", " pak", " Bu Lurah", " nggih", "!!!", " 🙏", " min.")
REPORTS = ("jalan di depan pasar berlubang", "KTP saya belum jadi", "ada kebakaran")


def others(texts: Iterable[str], kind: str | None) -> list[str]:
    """The texts that are taken for anything else."""
    return [text for text in texts if smalltalk(text) != kind]


def test_every_greeting_is_one_however_it_is_filled_up() -> None:
    filled = [words + filler for words, filler in product(GREETINGS, FILLERS)]
    assert others([*filled, *map(str.upper, filled)], "greeting") == []


def test_all_thanks_are_thanks() -> None:
    assert others((words + filler for words, filler in product(THANKS, FILLERS)), "thanks") == []


def test_a_greeting_with_thanks_is_thanks() -> None:
    assert others((f"{greeting}, {thanks}" for greeting, thanks in product(GREETINGS, THANKS)), "thanks") == []


def test_what_says_anything_more_is_no_small_talk() -> None:
    both = list(product(GREETINGS + THANKS, REPORTS))
    assert others((f"{words}, {more}" for words, more in both), None) == []
    assert others((f"{more} {words}" for words, more in both), None) == []


@pytest.mark.parametrize("text", ["Haloooo", "PPPP", "assalamualaikum wr. wb.", "  Permisi,  pak!  "])
def test_it_is_recognised_as_people_write_it(text: str) -> None:
    assert smalltalk(text) == "greeting"


@pytest.mark.parametrize("text", ["", "   ", "🙏", "pak", "kula badhe wadul", " ".join(["halo"] * (MOST_WORDS + 1))])
def test_nothing_fillers_and_long_texts_are_none(text: str) -> None:
    assert smalltalk(text) is None


@settings(deadline=None)
@given(st.text(max_size=200))
def test_no_text_is_too_strange(text: str) -> None:
    assert smalltalk(text) in ("greeting", "thanks", None)
    assert register_of(text) in ("id", "jv", "jv@krama", None)


@pytest.mark.parametrize(
    ("text", "register"),
    [
        ("Sugeng enjing", "jv@krama"),
        ("kula nuwun", "jv@krama"),
        ("Matur nuwun sanget", "jv@krama"),
        ("nuwun sewu", "jv@krama"),
        ("suwun", "jv"),
        ("Kesuwun mas", "jv"),
        ("matur suwun", "jv"),
        ("Terima kasih", "id"),
        ("selamat pagi", "id"),
        ("makasi", "id"),
        ("Assalamualaikum", None),
        ("P", None),
        ("halo", None),
    ],
)
def test_the_register_is_that_of_the_words_where_they_have_one(text: str, register: str | None) -> None:
    assert register_of(text) == register
