"""Which of our languages answers which language of a citizen."""

import pytest

from bot.domain.labels import LANGUAGES
from bot.domain.registers import DEFAULT, answer_in


@pytest.mark.parametrize(
    ("language", "register"),
    [
        ("id", "id"),
        ("jv_ngoko", "jv"),
        ("jv_ngapak", "jv"),
        ("jv_krama", "jv@krama"),
        ("campur", "id"),
        ("lain", "id"),
        ("", "id"),
        ("xx", "id"),
    ],
)
def test_javanese_is_answered_in_its_own_register_and_the_rest_in_indonesian(language: str, register: str) -> None:
    assert answer_in(language) == register


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("spoken", [("id",), (), ("su",)], ids=str)
def test_a_region_that_does_not_speak_javanese_answers_in_indonesian(
    language: str, spoken: tuple[str, ...]
) -> None:
    assert answer_in(language, spoken=spoken) == DEFAULT
