"""Cards as HTML, long texts in pieces, keyboards."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram.rendering import ROOM, TEXT_UNITS, card_html, keyboard, pieces
from bot.domain.lengths import cut, fitting, units
from bot.domain.outgoing import Button, CardLine, CardView

TEXTS = st.text(st.characters(codec="utf-8"), max_size=300)


def test_every_word_of_a_person_is_escaped() -> None:
    view = CardView("<T>", (CardLine("a & b", "<H>"),), "</blockquote><b>x", (CardLine("<i>"),))
    assert card_html(view) == (
        "<b>&lt;T&gt;</b>\n<b>&lt;H&gt;:</b> a &amp; b\n\n"
        "<blockquote expandable>&lt;/blockquote&gt;&lt;b&gt;x</blockquote>\n\n&lt;i&gt;"
    )


def test_a_card_without_words_has_no_quote() -> None:
    assert card_html(CardView("T", (), "")) == "<b>T</b>"


def test_the_quote_gives_way_where_the_card_is_too_long() -> None:
    view = CardView("T", (CardLine("k" * 1500),), "q" * 4000, (CardLine("f" * 1500),))
    plain = card_html(view).replace("<blockquote expandable>", "").replace("</blockquote>", "")
    assert units(plain) <= TEXT_UNITS
    assert "f" * 1500 in plain
    assert "q …" in plain


def test_a_lone_surrogate_becomes_a_question_mark() -> None:
    assert card_html(CardView("\ud83d", (), "")) == "<b>?</b>"


@pytest.mark.parametrize("text", ["a" * 4096, "🚧" * 2048])
def test_a_text_that_fits_stays_whole(text: str) -> None:
    assert pieces(text) == [text]


@pytest.mark.parametrize("text", ["kata " * 2000, "🚧 " * 3000, "x" * 9000, "baris\n" * 1500, "🚧" * 5000])
def test_a_long_text_is_cut_into_pieces_that_fit_and_lose_no_word(text: str) -> None:
    parts = pieces(text)
    assert len(parts) > 1
    assert all(units(part) <= ROOM for part in parts[:-1])
    assert units(parts[-1]) <= TEXT_UNITS
    assert "".join("".join(parts).split()) == "".join(text.split())


def test_an_empty_text_still_says_something() -> None:
    assert pieces("  ") == ["…"]


@given(TEXTS, st.integers(0, 400))
def test_what_fits_never_exceeds_the_limit_and_is_as_much_as_possible(text: str, limit: int) -> None:
    end = fitting(text, limit)
    assert units(text[:end]) <= limit
    assert end == len(text) or units(text[: end + 1]) > limit


@given(TEXTS, st.integers(2, 400))
def test_a_cut_text_fits_and_shows_that_something_is_missing(text: str, limit: int) -> None:
    short = cut(text, limit)
    assert units(short) <= limit
    assert short == text or short.endswith(" …")


def test_buttons_become_a_keyboard_and_none_becomes_none() -> None:
    markup = keyboard(((Button("Terima", "terima:X"), Button("Alihkan", "alihkan:X")), (Button("Selesai", "s"),)))
    assert markup is not None
    assert [[b.text for b in row] for row in markup.inline_keyboard] == [["Terima", "Alihkan"], ["Selesai"]]
    assert markup.inline_keyboard[0][0].callback_data == "terima:X"
    assert keyboard(()) is None
