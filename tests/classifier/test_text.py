"""Cleaning never raises, keeps what people meant, and folds spellings together."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier.text import MAX_CHARS, clean, fold, fold_digits


def test_broken_encodings_are_mended() -> None:
    assert clean("jalannya rusak â€œparahâ€\x9d") == 'jalannya rusak "parah"'


def test_spaces_control_marks_and_surrogates_go() -> None:
    assert clean(" jalan\x00  rusak\n\n\u200bparah \ud800 ") == "jalan rusak parah"


def test_styled_letters_become_plain() -> None:
    assert clean("𝗷𝗮𝗹𝗮𝗻 ｒｕｓａｋ") == "jalan rusak"


def test_emoji_stay() -> None:
    assert clean("banjir 😭😭") == "banjir 😭😭"


def test_long_texts_are_cut() -> None:
    assert len(clean("a b " * 1_000_000)) <= MAX_CHARS


def test_drawn_out_letters_marks_and_accents_fold() -> None:
    assert fold("Rusak BANGEEEET!!! gêdhé https://x.id/1") == "rusak banget! gedhe urlurl"


def test_digits_fold_to_zero() -> None:
    assert fold_digits("rt 12") == "rt 00"


@given(st.text())
def test_clean_takes_any_text_and_gives_one_line_that_can_be_stored(text: str) -> None:
    cleaned = clean(text)
    cleaned.encode("utf-8")
    assert "\x00" not in cleaned
    assert cleaned == " ".join(cleaned.split())


@pytest.mark.parametrize("text", ["", "   ", "\x00", "\ud800"])
def test_nothing_stays_nothing(text: str) -> None:
    assert clean(text) == ""
