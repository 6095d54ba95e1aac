"""Cards as embeds: everything fits Discord's limits, and no word of a person becomes markup or a mention."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.discord.rendering import (
    COLOURS,
    TEXT_UNITS,
    card_embed,
    fit,
    keyboard,
    pieces,
    safe,
)
from bot.domain.lengths import units
from bot.domain.outgoing import Button, CardLine, CardView

LINES = (CardLine("Jalan · pengaduan", "Topik"), CardLine("tanpa kepala"))
CARD = CardView("Sedang · PML-00000", LINES, "dalane *bolong*", (CardLine("Diteruskan", "Status"),), colour="tinggi")


def unescaped(text: str) -> str:
    """What Discord shows: a backslash before a sign disappears."""
    return re.sub(r"\\([^0-9A-Za-z\s])", r"\1", text)


@pytest.mark.parametrize(
    "text",
    ["**tebal**", "_miring_", "~~coret~~", "`kode`", "||rahasia||", "@everyone", "<@123>", "<#5>", "[klik](x)",
     "# besar", "> kutip", "- daftar", "1. satu", "-# kecil", "\\n"],
)  # fmt: skip
def test_markup_loses_its_meaning_and_not_its_words(text: str) -> None:
    assert safe(text) != text
    assert unescaped(safe(text)) == text


def test_an_address_stays_one_that_can_be_opened() -> None:
    assert safe("di https://maps.app.goo.gl/a_b_C*d ya") == "di https://maps.app.goo.gl/a_b_C*d ya"


def test_ordinary_words_stay_as_they_are() -> None:
    assert safe("Jalan di RT 2/RW 3, dekat pasar (timur).") == "Jalan di RT 2/RW 3, dekat pasar (timur)."


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=400))
def test_no_word_is_lost_by_escaping(text: str) -> None:
    links = re.compile(r"https?://")
    if not links.search(text) and "\\" not in text:
        assert unescaped(safe(text)) == text


@given(st.text(max_size=6000))
def test_pieces_fit_and_are_never_empty(text: str) -> None:
    assert all(0 < units(piece) <= TEXT_UNITS for piece in pieces(text))


@given(st.text(alphabet="*_`a \n", min_size=1, max_size=3000), st.integers(50, 1024))
def test_escaped_words_fit_where_they_must(text: str, limit: int) -> None:
    assert units(fit(text, limit)) <= limit


def test_a_long_text_loses_no_word() -> None:
    text = "kata_kata " * 900
    assert unescaped(" ".join(pieces(text))) == text.strip()


def test_a_card_shows_its_parts() -> None:
    embed = card_embed(CARD)
    assert embed.title == "Sedang · PML-00000"
    assert embed.description == "tanpa kepala\n\n> dalane \\*bolong\\*"
    assert [(f.name, f.value) for f in embed.fields] == [("Topik", "Jalan · pengaduan"), ("Status", "Diteruskan")]
    assert embed.colour is not None
    assert embed.colour.value == COLOURS["tinggi"]


@given(
    st.text(min_size=1, max_size=300),
    st.lists(st.builds(CardLine, st.text(max_size=250), st.text(max_size=30)), max_size=9),
    st.text(max_size=5000),
)
def test_any_card_fits(title: str, lines: list[CardLine], quote: str) -> None:
    embed = card_embed(CardView(title, tuple(lines[:4]), quote, tuple(lines[4:])))
    assert len(embed) <= 6000
    assert units(embed.description or "") <= 4096
    assert all(f.name and f.value and units(f.value) <= 1024 for f in embed.fields)


async def test_buttons_carry_our_data_and_need_no_memory() -> None:
    view = keyboard(((Button("Terima", "terima:PML-00000"), Button("x" * 99, "alihkan:PML-00000")),))
    assert view is not None
    assert [(b.custom_id, len(b.label or "")) for b in view.children] == [  # type: ignore[attr-defined]
        ("terima:PML-00000", 6), ("alihkan:PML-00000", 80),
    ]  # fmt: skip
    assert view.is_finished()


async def test_many_rows_are_packed() -> None:
    view = keyboard(tuple((Button(f"d{n}", f"ke:{n}"),) for n in range(25)))
    assert view is not None
    assert [child.row for child in view.children] == [n // 5 for n in range(25)]


async def test_more_than_buttons_can_hold_are_lists_to_choose_from_and_none_is_lost() -> None:
    rows = tuple((Button(f"d{n}", f"ke:{n}"),) for n in range(60))
    view = keyboard((*rows, (Button("Kembali", "kembali:PML-00000"),)))
    assert view is not None
    *lists, back = view.children
    chosen = [option for each in lists for option in each.options]  # type: ignore[attr-defined]
    assert [(option.label, option.value) for option in chosen] == [(f"d{n}", f"ke:{n}") for n in range(60)]
    assert [len(each.options) for each in lists] == [25, 25, 10]  # type: ignore[attr-defined]
    assert len({each.custom_id for each in lists}) == 3  # type: ignore[attr-defined]
    assert (back.label, back.custom_id, back.row) == ("Kembali", "kembali:PML-00000", 3)  # type: ignore[attr-defined]


async def test_without_buttons_there_is_no_view() -> None:
    assert keyboard(()) is None
