"""Texts are counted and parsed as Telegram does."""

from __future__ import annotations

import pytest

from tests.standin.errors import ApiError
from tests.standin.markup import parse_html, typed_entities, utf16_length


def test_an_emoji_counts_two_units() -> None:
    assert utf16_length("a😀é") == 4


def test_tags_become_entities_with_utf16_offsets() -> None:
    text, entities = parse_html(
        '😀 <b>dalan <i>rusak</i></b> &lt;3 <a href="https://a.id/?x=1&amp;y=2">peta</a>'
    )
    assert text == "😀 dalan rusak <3 peta"
    assert entities == [
        {"type": "bold", "offset": 3, "length": 11},
        {"type": "italic", "offset": 9, "length": 5},
        {"type": "text_link", "offset": 18, "length": 4, "url": "https://a.id/?x=1&y=2"},
    ]


def test_both_ends_are_stripped_and_entities_move() -> None:
    assert parse_html("\n  <b>teks</b>  \n") == ("teks", [{"type": "bold", "offset": 0, "length": 4}])


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<foo>x</foo>", 'Unsupported start tag "foo" at byte offset 0'),
        ("é <b>x</i>", 'Unmatched end tag at byte offset 7, expected "</b>", found "</i>"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("harga < 5000", "Unclosed start tag at byte offset 6"),
        ("1 < 2 > 0", 'Unsupported start tag "" at byte offset 2'),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ],
)
def test_broken_tags_are_refused_in_the_real_words(source: str, words: str) -> None:
    with pytest.raises(ApiError) as refusal:
        parse_html(source)
    assert refusal.value.description == f"Bad Request: can't parse entities: {words}"


def test_typed_commands_and_links_are_marked() -> None:
    found = typed_entities("😀 /status@wadul_bot PML lihat https://x.id #banjir")
    assert [(entity["type"], entity["offset"]) for entity in found] == [
        ("bot_command", 3), ("url", 31), ("hashtag", 44),
    ]  # fmt: skip
