"""The last word on each field of a case, where it comes from, and how much it weighs."""

from bot.domain.lessons import Taught, taught
from bot.domain.records import LABELLED, Lesson
from bot.domain.topics import Topic, Topics

MAP = Topics((Topic("keagamaan", becomes="pelayanan"), Topic("pariwisata", retired=True)))


def lesson(
    field: str, before: str, after: str, who: str = "telegram:1", at: float = 1.0, source: str = "kartu"
) -> Lesson:
    return Lesson(1, field, before, after, who, "m1", at, source)


def only(*lessons: Lesson) -> Taught:
    found = taught(lessons, MAP)
    assert found
    return found


def test_a_correction_weighs_one() -> None:
    found = only(lesson("topic", "jalan", "sampah", at=7.0))
    assert (found.labels, found.source, found.weight, found.at) == ({"topic": "sampah"}, "correction", 1.0, 7.0)


def test_a_guess_that_somebody_confirmed_weighs_less() -> None:
    assert only(lesson("topic", "jalan", "jalan")).weight == 0.7


def test_a_department_that_just_took_the_case_weighs_little_and_gives_way_to_any_word() -> None:
    weak = lesson("setuju", "jalan", "jalan", at=9.0)
    assert (only(weak).labels, only(weak).weight) == ({"topic": "jalan"}, 0.2)
    assert only(lesson("topic", "jalan", "sampah"), weak).labels == {"topic": "sampah"}


def test_the_last_word_on_a_field_wins() -> None:
    first, urgent = lesson("topic", "jalan", "sampah"), lesson("urgency", "sedang", "tinggi")
    found = only(first, urgent, lesson("topic", "sampah", "listrik"))
    assert found.labels == {"topic": "listrik", "urgency": "tinggi"}


def test_whoever_returns_to_the_models_guess_confirms_it() -> None:
    assert only(lesson("topic", "jalan", "sampah"), lesson("topic", "sampah", "jalan")).source == "confirmed"


def test_two_people_who_say_the_same_weigh_most_and_one_person_twice_does_not() -> None:
    first, again = lesson("topic", "jalan", "sampah"), lesson("topic", "jalan", "sampah", source=LABELLED)
    other = lesson("topic", "jalan", "sampah", "telegram:2", source=LABELLED)
    assert only(first, again).weight == 1.0
    assert only(first, other).weight == 1.5


def test_agreement_on_the_kind_makes_a_disputed_topic_no_stronger() -> None:
    said = [lesson("kind", "pengaduan", "pengaduan", who) for who in ("telegram:1", "telegram:2")]
    said += [lesson("topic", "jalan", "sampah"), lesson("topic", "jalan", "listrik", "telegram:2")]
    assert (only(*said).labels["topic"], only(*said).weight) == ("listrik", 1.0)


def test_a_corrected_urgency_is_not_weakened_by_an_agreed_topic() -> None:
    assert only(lesson("setuju", "jalan", "jalan"), lesson("urgency", "sedang", "tinggi")).weight == 1.0


def test_what_is_no_report_has_no_topic_and_no_hurry() -> None:
    found = only(lesson("topic", "jalan", "sampah"), lesson("kind", "pengaduan", "bukan_laporan"))
    assert found.labels == {"topic": "lainnya", "urgency": "rendah", "kind": "bukan_laporan"}


def test_a_retired_topic_is_read_by_the_map_and_a_lost_one_says_nothing() -> None:
    assert only(lesson("topic", "jalan", "keagamaan")).labels == {"topic": "pelayanan"}
    assert taught([lesson("topic", "jalan", "pariwisata")], MAP) is None
    assert only(lesson("topic", "jalan", "lainnya")).labels == {"topic": "lainnya"}


def test_a_merge_is_no_label() -> None:
    assert taught([lesson("merge", "PML-00001", "PML-00002")], MAP) is None
