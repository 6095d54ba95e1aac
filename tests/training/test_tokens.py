"""Tokenizer building and vocabulary cutting."""

from collections import Counter

from training.tokens import SPECIALS, build, choose, count_pieces

PIECES = [
    *((name, 0.0) for name in SPECIALS),
    ("▁jalan", -2.0),
    ("▁", -3.0),
    ("a", -4.0),
    ("稣", -9.0),
    ("▁rusak", -2.5),
]


def test_text_is_normalised_and_wrapped_in_specials() -> None:
    tokenizer = build(PIECES)
    assert tokenizer.encode("jalan\u200b  rusak").tokens == ["<s>", "▁jalan", "▁rusak", "</s>"]


def test_pieces_are_counted_over_all_lines() -> None:
    counts = count_pieces(build(PIECES), ["jalan rusak", "jalan"] * 3, batch=2)
    assert counts[4] == 6
    assert counts[8] == 3


def test_specials_asked_for_pieces_and_seen_characters_stay() -> None:
    kept = choose(PIECES, Counter({4: 9, 8: 1}), size=7, always=[8])
    assert kept[:4] == [0, 1, 2, 3]
    assert {4, 8} <= set(kept)
    assert 7 not in kept, "a character that nobody wrote goes"


def test_the_cut_tokenizer_gives_the_same_pieces() -> None:
    kept = choose(PIECES, Counter({4: 9, 8: 1}), size=8)
    small = build([PIECES[index] for index in kept])
    assert small.encode("jalan rusak").tokens == build(PIECES).encode("jalan rusak").tokens
