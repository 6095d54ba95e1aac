"""What is counted of the model's work: agreement a case, weeks, doubt and confidence."""

from bot.domain.correcting import TOPIC
from bot.domain.lessons import AGREED
from bot.domain.performance import WEEK, WEEKS, Reading, Word, heard, perform
from bot.domain.topics import Topics

TOPICS = Topics()
NOW = 100 * WEEK


def word(case: int, before: str, after: str, *, ago: float = 0.5, field: str = TOPIC) -> Word:
    return Word(case, field, before, after, NOW - ago * WEEK, "jv_ngoko" if case % 2 else "id")


def test_the_models_word_is_compared_with_the_last_one_of_the_officers() -> None:
    cases = heard([word(1, "jalan", "sampah"), word(1, "sampah", "jalan"), word(2, "jalan", "listrik")], TOPICS)
    assert [(each.topic, each.agreed) for each in cases] == [("jalan", True), ("listrik", False)]


def test_a_department_that_took_the_case_agreed_until_somebody_chose_otherwise() -> None:
    taken = word(1, "jalan", "jalan", field=AGREED)
    assert heard([taken], TOPICS)[0].agreed
    assert not heard([taken, word(1, "jalan", "sampah")], TOPICS)[0].agreed


def test_agreement_is_counted_by_topic_language_and_week() -> None:
    words = [word(1, "jalan", "jalan"), word(2, "jalan", "sampah", ago=3.5), word(3, "jalan", "jalan", ago=3.2)]
    found = perform(words, [], TOPICS, now=NOW, live={})
    assert (found.whole.right, found.whole.n) == (2, 3)
    assert [(name, score.right, score.n) for name, score in found.topics] == [("jalan", 2, 2), ("sampah", 0, 1)]
    assert {name: score.n for name, score in found.languages} == {"jv_ngoko": 2, "id": 1}
    assert len(found.weeks) == WEEKS
    assert [week.agreed.n for week in found.weeks[-4:]] == [2, 0, 0, 1]


def test_doubt_and_confidence_are_those_of_the_week() -> None:
    readings = [Reading(0, "jalan", 9, doubted=False, count=30), Reading(0, "jalan", 3, doubted=True, count=10)]
    readings.append(Reading(4, "jalan", 9, doubted=False, count=200))
    found = perform([], readings, TOPICS, now=NOW, live={})
    assert (found.weeks[-1].doubted.right, found.weeks[-1].doubted.n) == (10, 40)
    assert found.confidence == (0.95, 0.8)
    assert found.confidence_drift.alarming
    assert not found.topic_drift.alarming
