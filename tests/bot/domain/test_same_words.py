"""Words of one meaning across Indonesian, ngoko, ngapak and krama, and words written in a hurry."""

import pytest

from bot.domain.same_words import alike, meaning_of, read_words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("air", "toya"), ("banyune", "airnya"), ("jalan", "margi"), ("dalane", "jalannya"), ("kreteg", "jembatan"),
        ("banjir", "kebanjiran"), ("kelem", "terendam"), ("padam", "pejah"), ("uwuh", "sampah"), ("peken", "pasar"),
        ("griya", "umahe"), ("kobongan", "kebakaran"), ("mampet", "tersumbat"), ("asat", "kering"),
    ],
)  # fmt: skip
def test_words_of_all_levels_meet_in_one_group(one: str, other: str) -> None:
    assert meaning_of(one) == meaning_of(other) != ""


@pytest.mark.parametrize("word", ["ora", "mboten", "tolong", "maning", "karangsari"])
def test_words_that_say_nothing_or_only_a_name_have_no_group(word: str) -> None:
    assert meaning_of(word) == ""


def test_a_report_has_groups_and_words_of_its_own() -> None:
    words = read_words("Tulung, banyune mlebu omah neng Karangsari, nomer 118")
    assert {"banyu", "rumah"} <= words.groups
    assert {"karangsari", "118"} <= words.own
    assert "tulung" not in words.own


def test_letters_left_out_are_forgiven_and_other_names_are_not() -> None:
    assert alike("mdini", "medini")
    assert alike("kdngmutih", "kedungmutih")
    assert not alike("karangsari", "karangsuru")
    assert not alike("pati", "patih")
    assert not alike("rt", "rte")
