"""What an out-of-fold report is cut into."""

import pytest

pytest.importorskip("sklearn", reason="training needs scikit-learn: pip install -r requirements.txt")

from training.calibrate import FEW, slices
from training.data import Example


def rows(source: str, language: str, count: int) -> list[Example]:
    """Messages of one file and language."""
    return [Example("x", {"language": language}, source=source) for _ in range(count)]


def test_a_file_of_both_languages_is_scored_by_language_too() -> None:
    found = slices(rows("exam", "id", FEW) + rows("exam", "jv_krama", FEW - 10) + rows("exam", "campur", 10))
    assert {name: len(places) for name, places in found.items()} == {
        "all": 2 * FEW, "exam": 2 * FEW, "exam, Indonesian": FEW, "exam, Javanese and mixed": FEW,
    }  # fmt: skip
    assert found["exam, Javanese and mixed"][0] == FEW


def test_a_language_of_few_messages_is_not_scored_on_its_own() -> None:
    assert list(slices(rows("dev", "id", FEW) + rows("dev", "jv_ngoko", 3))) == ["all", "dev"]
