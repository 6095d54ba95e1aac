"""The counter: a report in one message, names and numbers however they are written, what is spoken instead."""

import pytest

from bot.domain.counter import KANTOR, Form, last_digits, normal_phone, read_form, read_who, spoken


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("0812 3456 7890", "+6281234567890"),
        ("0812-3456-7890", "+6281234567890"),
        ("+62 812 3456 7890", "+6281234567890"),
        ("62812.3456.7890", "+6281234567890"),
        ("812 3456 7890", "+6281234567890"),
        ("(0284) 321 456", "+62284321456"),
        ("+60 12 345 6789", "+60123456789"),
        ("0812 3456", None),
        ("0812x34567890", None),
        ("", None),
        ("dua belas", None),
    ],
)
def test_a_number_is_kept_in_one_form_or_not_at_all(typed: str, kept: str | None) -> None:
    assert normal_phone(typed) == kept


def test_plain_words_are_a_report_of_somebody_who_came() -> None:
    assert read_form("dalan neng Karangsari bolong") == Form("dalan neng Karangsari bolong")


@pytest.mark.parametrize("between", ["\n", "; ", ";"])
def test_lines_tell_who_and_how_in_any_order(between: str) -> None:
    parts = ["Nama: Bu  Tini", "dalan bolong", "HP: 0812 3456 7890", "rahasia", "cara: telpon", "anonim"]
    form = read_form(between.join(parts))
    assert form == Form("dalan bolong", "Bu Tini", "+6281234567890", "telepon", anonymous=True, secret=True)


def test_what_looks_like_a_line_but_tells_no_number_stays_a_word_of_the_report() -> None:
    assert read_form("HP: hilang dicopet di pasar").words == "HP: hilang dicopet di pasar"
    assert read_form("cara: entah").words == "cara: entah"


def test_a_number_that_cannot_be_one_is_said() -> None:
    assert read_form("dalan bolong\nhp: 12 34").bad_phone == "12 34"
    assert read_who("Bu Tini 0812 345").bad_phone == "Bu Tini 0812 345"


@pytest.mark.parametrize(
    ("typed", "name", "phone"),
    [
        ("Bu Tini 081234567890", "Bu Tini", "+6281234567890"),
        ("0812-3456-7890, Bu Tini", "Bu Tini", "+6281234567890"),
        ("nama: Bu Tini, hp: 0812 3456 7890", "Bu Tini", "+6281234567890"),
        ("Bu Tini", "Bu Tini", None),
        ("0812 3456 7890", "", "+6281234567890"),
    ],
)
def test_name_and_number_are_read_from_one_line(typed: str, name: str, phone: str | None) -> None:
    who = read_who(typed)
    assert (who.name.strip(" ,"), who.phone) == (name, phone)


def test_only_for_people_without_a_chat_something_else_is_said() -> None:
    assert spoken("told.question", KANTOR) == "call.question"
    assert spoken("told.question", "telegram") == "told.question"
    assert spoken("told.taken", KANTOR) == "told.taken"


def test_the_last_digits_are_not_enough_to_dial() -> None:
    assert last_digits("+6281234567890") == "…890"
