"""Noise on training texts."""

import random
from dataclasses import replace

from training.augment import augment, joinable, joined, variants
from training.data import Example
from training.labels import LANGUAGES
from training.settings import Settings

QUIET = Settings(lower_case=0.0, typos=0.0, drop_greeting=0.0, sms_spelling=0.0, dialect=0.0, joined=0.0)
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


def test_words_become_those_of_the_next_valley_within_their_language() -> None:
    settings = replace(QUIET, dialect=1.0)
    made = {
        augment("dalane ora rata wong liya", rng=random.Random(seed), settings=settings, language="jv_ngoko")
        for seed in range(40)
    }
    assert "dalane gak rata wong liya" in made
    assert all(text.endswith("liya") and text.startswith("dalane") for text in made)


def test_a_message_of_unknown_language_keeps_its_words() -> None:
    settings = replace(QUIET, dialect=1.0)
    assert augment("ora tidak mboten", rng=random.Random(1), settings=settings) == "ora tidak mboten"


def test_every_language_of_ours_has_words_to_swap_and_no_word_stands_for_itself() -> None:
    for language in LANGUAGES[:-1]:
        found = variants(language)
        assert len(found) >= 20
        assert all(word not in others and others for word, others in found.items())


def test_two_complaints_in_one_message_keep_both_topics_and_the_greater_urgency() -> None:
    lamp = Example("Lampu gang mati.", {"kind": "pengaduan", "topic": "penerangan_jalan", "urgency": "sedang"})
    wire = Example("kabel listrik nglawer", {"kind": "pengaduan", "topic": "listrik", "urgency": "tinggi"})
    both = joined(lamp, wire, rng=random.Random(1))
    assert both.text.startswith("Lampu gang mati")
    assert both.text.endswith("kabel listrik nglawer")
    assert (both.labels["topic"], both.further, both.labels["urgency"]) == ("penerangan_jalan", ("listrik",), "tinggi")


def test_two_complaints_of_one_matter_have_no_second_topic() -> None:
    lamp = Example("Lampu gang mati", {"kind": "pengaduan", "topic": "penerangan_jalan", "urgency": "sedang"})
    assert joined(lamp, lamp, rng=random.Random(1)).further == ()


def test_long_messages_and_questions_are_not_joined() -> None:
    labels = {"kind": "pengaduan", "topic": "jalan", "urgency": "sedang"}
    assert joinable(Example("jalan rusak", labels))
    assert not joinable(Example("jalan rusak " * 20, labels))
    assert not joinable(Example("jalan rusak", {**labels, "kind": "informasi"}))
    assert not joinable(Example("jalan rusak", labels, ("sampah",)))
