"""Lengths as a chat counts them: an emoji is two, and none is ever cut in half."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.lengths import cut, fitting, units

TEXTS = st.text(st.sampled_from("a é🚧👍\n"), max_size=40)


@pytest.mark.parametrize(
    ("text", "length"), [("", 0), ("abc", 3), ("é", 1), ("ꦗꦮ", 2), ("🚧", 2), ("👨‍👩‍👧", 8), ("\ud83d", 1)], ids=ascii
)
def test_a_text_is_counted_in_utf_16_units(text: str, length: int) -> None:
    assert units(text) == length


@settings(deadline=None)
@given(TEXTS, TEXTS)
def test_two_texts_together_are_as_long_as_both(one: str, other: str) -> None:
    assert units(one + other) == units(one) + units(other)


def test_an_emoji_that_does_not_fit_is_left_out_whole() -> None:
    assert fitting("ab🚧c", 3) == 2
    assert fitting("ab🚧c", 4) == 3
    assert fitting("🚧", 1) == 0
    assert cut("ab🚧cd", 5) == "ab …"


@settings(deadline=None)
@given(TEXTS, st.integers(2, 90))
def test_a_cut_text_is_the_beginning_of_the_whole(text: str, limit: int) -> None:
    short = cut(text, limit)
    assert text.startswith(short.removesuffix(" …"))
    assert (short == text) == (units(text) <= limit or text == short)


@settings(deadline=None)
@given(TEXTS, st.integers(0, 90))
def test_a_greater_limit_never_fits_less(text: str, limit: int) -> None:
    assert fitting(text, limit) <= fitting(text, limit + 1) <= len(text)
