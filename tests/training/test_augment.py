"""Noise on training texts."""

import random
from dataclasses import replace

from training.augment import augment
from training.settings import Settings

QUIET = Settings(lower_case=0.0, typos=0.0, drop_greeting=0.0, sms_spelling=0.0)
TEXT = "Selamat pagi pak. Jalan di depan Pasar Wage sudah rusak dan tidak diperbaiki"


def test_without_noise_the_text_stays() -> None:
    assert augment(TEXT, rng=random.Random(1), settings=QUIET) == TEXT


def test_the_same_seed_makes_the_same_noise() -> None:
    first = [augment(TEXT, rng=random.Random(5), settings=Settings()) for _ in range(2)]
    assert first[0] == first[1]


def test_a_greeting_is_dropped_and_the_report_stays() -> None:
    short = augment(TEXT, rng=random.Random(1), settings=replace(QUIET, drop_greeting=1.0))
    assert short.startswith("Jalan di depan")


def test_a_greeting_that_is_all_there_is_stays() -> None:
    hello = "Selamat pagi pak."
    assert augment(hello, rng=random.Random(1), settings=replace(QUIET, drop_greeting=1.0)) == hello


def test_words_are_shortened_as_in_chats() -> None:
    settings = replace(QUIET, sms_spelling=1.0)
    made = {augment("yang sudah tidak", rng=random.Random(seed), settings=settings) for seed in range(20)}
    assert "yg sdh tdk" in made


def test_typos_change_a_letter_but_no_word_count() -> None:
    settings = replace(QUIET, typos=1.0)
    made = [augment(TEXT, rng=random.Random(seed), settings=settings) for seed in range(30)]
    assert any(text != TEXT for text in made)
    assert all(len(text.split()) == len(TEXT.split()) for text in made)
